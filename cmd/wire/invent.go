package wire

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/collection"
	"github.com/baara-platform/baara/domain/exchange/demo"
	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/store"
)

// Invention is how much is invented, and of which seed.
type Invention struct {
	Seed      uint64
	People    int
	Vacancies int
	Favour    map[string]int // regions, see demo.Setting
	Done      func(rows int) // told after every batch; may be nil
}

// Invented is what an invention wrote.
type Invented struct {
	Generator *demo.Generator
	Employers []domain.ID // by number
	People    collection.Report
	Vacancies collection.Report
}

// Invent writes invented people, employers and vacancies and notes that the
// installation holds such. The same again adds nothing. Agencies must exist.
func (c *Core) Invent(ctx context.Context, in Invention) (Invented, error) {
	var out Invented
	if err := c.DB.Installation().Set(ctx, store.DemoKey, "yes"); err != nil {
		return out, err
	}
	var err error
	if out.Generator, err = c.generator(ctx, in); err != nil {
		return out, err
	}
	if out.Employers, err = c.inventEmployers(ctx, out.Generator); err != nil {
		return out, err
	}
	agency := collection.AskOnce(c.agencyFor)
	opt := collection.Options{Source: demo.Source, Stamp: fmt.Sprint("demo 1 of ", in.People), Done: in.Done}
	out.People, err = collection.Load(ctx, out.Generator.PeopleSource(), demo.People{
		Ledger: c.DB.ImportedPeople(), Generator: out.Generator, Jobseekers: c.Jobseekers, AgencyFor: agency,
	}, opt)
	if err != nil {
		return out, err
	}
	out.Vacancies, err = collection.Load(ctx, out.Generator.VacanciesSource(), demo.Vacancies{
		Ledger: c.DB.ImportedVacancies(), Generator: out.Generator, Vacancies: c.Vacancies, Employers: out.Employers, AgencyFor: agency,
	}, opt)
	return out, errors.Join(err, refusedRows(out))
}

// refusedRows is an error where something invented was refused: the generator
// is wrong then, not the world.
func refusedRows(out Invented) error {
	for _, report := range []collection.Report{out.People, out.Vacancies} {
		if report.Refused > 0 {
			p := report.Problems[0]
			return fmt.Errorf("%d invented records were refused, the first for %s %s", report.Refused, p.Field, p.Reason)
		}
	}
	return nil
}

func (c *Core) generator(ctx context.Context, in Invention) (*demo.Generator, error) {
	release, err := starter.Taxonomy()
	if err != nil {
		return nil, err
	}
	uris := make([]string, len(release.Concepts))
	for i, concept := range release.Concepts {
		uris[i] = concept.URI
	}
	concepts, err := c.Concepts.ByURI(ctx, domain.System(), uris)
	if err != nil {
		return nil, err
	}
	return demo.New(demo.Setting{
		Seed: in.Seed, People: in.People, Vacancies: in.Vacancies, Today: domain.DateOf(c.Clock.Now()), Favour: in.Favour,
		Places: c.Directory.Present(), Release: release, Concepts: concepts,
	})
}

// inventEmployers writes employers, verified by two invented members of staff
// where there are two: else vacancies name their employers in words.
func (c *Core) inventEmployers(ctx context.Context, g *demo.Generator) ([]domain.ID, error) {
	staff, err := c.verifiers(ctx)
	if err != nil || len(staff) < 2 {
		return nil, err
	}
	var out []domain.ID
	var numbers []int
	for n := range g.Organisations() {
		numbers = append(numbers, n)
	}
	for batch := range slices.Chunk(numbers, 200) {
		rows := g.OrganisationRows(batch)
		for i := range rows {
			rows[i].VerifiedBy = [2]domain.ID{staff[0], staff[1]}
		}
		ids, err := c.Organisations.Import(ctx, domain.System(), demo.Source, rows)
		if err != nil {
			return nil, err
		}
		out = append(out, ids...)
	}
	return out, nil
}

// verifiers are invented accounts that may verify employers: nobody real has
// looked at what does not exist.
func (c *Core) verifiers(ctx context.Context) ([]domain.ID, error) {
	var out []domain.ID
	for _, role := range []domain.Role{domain.RoleLead, domain.RoleCounsellor} {
		users, err := c.Accounts.List(ctx, domain.System(), identity.UserFilter{Roles: []domain.Role{role}}, domain.Cursor{Limit: domain.MaxLimit})
		if err != nil {
			return nil, err
		}
		for _, u := range users.Items {
			if u.Demo && u.DisabledAt.IsZero() {
				out = append(out, u.ID)
			}
		}
	}
	return out, nil
}
