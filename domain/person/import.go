package person

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Imported is somebody another system tells about, or an invented person. The
// names may be missing: some systems keep them to themselves.
type Imported struct {
	Person   Person    // identifiers and times are ignored; Entry.ExternalID is the other system's id
	AgencyID domain.ID // which registers the person
	Journey  Journey
	Consents []Consent     // purpose, mode, basis, text and time; nothing else is taken
	Steps    []domain.Step // transition, actor, reason and time of each; none means: imported now
	Account  *Account
}

// ImportReport counts what a batch did.
type ImportReport struct{ Added, Changed, Same int }

// CheckImported gives a row as it would be stored, with its words linked, or
// says by field what is wrong with it. It asks no database: call it from as
// many goroutines as there are processors.
func (s *Jobseekers) CheckImported(ctx context.Context, in Imported) (Imported, error) {
	const op = "person.CheckImported"
	p := in.Person.clone()
	check := s.d.checker()
	check.all(&p)
	check.journey(&in.Journey)
	check.fields.Check(p.Entry.ExternalID != "", "id", "error.required")
	check.fields.Check(p.Entry.Mode == EntryImport || p.Entry.Mode == EntrySeed, "entry", "error.choice")
	check.fields.Check(p.Given != "" || p.Family != "" || p.Entry.Mode == EntryImport, "given", "error.person.name")
	check.fields.Check(!p.Birth.Minor(s.d.today()) || p.Guardian != "", "guardian", "error.person.guardian")
	if err := check.fields.Err(op); err != nil {
		return Imported{}, err
	}
	// In the order the store gives them back, so that an equal row is equal.
	slices.SortFunc(p.Languages, func(a, b Language) int { return strings.Compare(a.Code, b.Code) })
	slices.SortFunc(p.Licences, func(a, b Licence) int { return strings.Compare(a.Category, b.Category) })
	if err := s.d.link(ctx, &p); err != nil {
		return Imported{}, err
	}
	in.Person = p
	return in, nil
}

// Import writes a batch of checked rows of one source in one transaction:
// Baara's own act. Nobody may be in it twice. A row whose external id is known
// changes what it tells and leaves the rest of the record; consents and the
// registration of somebody known are never touched, so that no import takes a
// withdrawal back. A row that says the same again changes nothing.
func (s *Jobseekers) Import(ctx context.Context, actor domain.Actor, source string, rows []Imported) (ImportReport, error) {
	var report ImportReport
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.PersonImport, access.Facts{}); err != nil {
			return err
		}
		known, err := s.known(ctx, tx, source, rows)
		if err != nil {
			return err
		}
		var fresh []Imported
		for _, row := range rows {
			old, found := known[row.Person.Entry.ExternalID]
			if !found {
				fresh = append(fresh, row)
				continue
			}
			next := old.told(row.Person)
			if reflect.DeepEqual(next, old) {
				report.Same++
				continue
			}
			next.UpdatedAt = s.d.Clock.Now()
			if err := s.d.People.Save(ctx, tx, next); err != nil {
				return err
			}
			report.Changed++
		}
		report.Added = len(fresh)
		return s.insertImported(ctx, tx, actor, source, fresh)
	})
	if err != nil {
		return ImportReport{}, err
	}
	return report, nil
}

// known reads the people of earlier imports by external id.
func (s *Jobseekers) known(ctx context.Context, tx domain.Tx, source string, rows []Imported) (map[string]Person, error) {
	external := make([]string, len(rows))
	for i, row := range rows {
		external[i] = row.Person.Entry.ExternalID
	}
	ids, err := s.d.People.External(ctx, tx, source, external)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	wanted := make([]domain.ID, 0, len(ids))
	for _, id := range ids {
		wanted = append(wanted, id)
	}
	people, err := s.d.People.Many(ctx, tx, wanted)
	out := make(map[string]Person, len(people))
	for _, p := range people {
		out[p.Entry.ExternalID] = p
	}
	return out, err
}

func (s *Jobseekers) insertImported(ctx context.Context, tx domain.Tx, actor domain.Actor, source string, rows []Imported) error {
	if len(rows) == 0 {
		return nil
	}
	numbers, err := s.d.People.References(ctx, tx, len(rows))
	if err != nil {
		return err
	}
	newcomers := make([]Newcomer, len(rows))
	for i, row := range rows {
		if newcomers[i], err = s.imported(actor, source, row, numbers[i]); err != nil {
			return err
		}
	}
	return s.d.People.InsertBatch(ctx, tx, newcomers)
}

// imported completes a row with all that registering gives somebody.
func (s *Jobseekers) imported(actor domain.Actor, source string, row Imported, number int64) (Newcomer, error) {
	now := s.d.Clock.Now()
	steps := slices.Clone(row.Steps)
	if len(steps) == 0 {
		step := domain.StepBy(actor, "", "", now)
		step.Transition = Import
		steps = []domain.Step{step}
	}
	first := steps[0].At.In(s.d.Rules.Zone)
	p := row.Person
	p.ID, p.Version, p.CreatedAt, p.UpdatedAt = s.d.IDs.New(), 1, first, now
	p.Entry.ExternalSource = source
	p.Reference = domain.Reference(s.d.Rules.Prefix, first.Year(), number)
	r := Registration{ID: s.d.IDs.New(), PersonID: p.ID, AgencyID: row.AgencyID, State: Draft, RegisteredOn: domain.DateOf(first), Version: 1}
	for i := range steps {
		steps[i].ID, steps[i].RecordID = s.d.IDs.New(), r.ID
		if err := s.d.apply(&r, &steps[i]); err != nil {
			return Newcomer{}, err
		}
	}
	n := Newcomer{Person: p, Registration: r, Steps: steps, Journey: row.Journey, Account: row.Account}
	for i := range n.Journey.Episodes {
		n.Journey.Episodes[i].ID, n.Journey.Episodes[i].CreatedAt = s.d.IDs.New(), first
	}
	for i := range n.Journey.Displacements {
		n.Journey.Displacements[i].ID, n.Journey.Displacements[i].CreatedAt = s.d.IDs.New(), first
	}
	for _, c := range row.Consents {
		c.ID, c.PersonID, c.Language, c.RecordedBy = s.d.IDs.New(), p.ID, p.Contact.Language, actor.UserID
		if c.GivenAt.IsZero() {
			c.GivenAt = now
		}
		if p.Birth.Minor(s.d.today()) && c.Representative == "" {
			c.Representative = p.Guardian
		}
		c.ExpiresAt = s.d.consentEnd(c.GivenAt)
		n.Consents = append(n.Consents, c)
	}
	return n, nil
}
