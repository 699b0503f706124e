package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/demo"
	"github.com/baara-platform/baara/domain/person"
)

// tale gives invented records a past, by the use-cases everybody uses and a
// clock that stands where the tale is.
type tale struct {
	invented  wire.Invented
	staff     map[domain.ID]domain.Actor // a counsellor by agency
	lead      domain.Actor               // of Bamako
	employers map[domain.ID]domain.Actor // by organisation

	core      *wire.Core // by the tale's clock
	now       time.Time
	today     domain.Date
	people    map[int]person.Person // by number, those of agencies with a counsellor
	agency    map[int]domain.ID
	vacancies []employer.Vacancy // those made for such a person, the oldest first
	madeFor   map[domain.ID]int
	waiting   int // number of the person who has a proposal to answer
}

// read loads what was invented and chooses who the tale is about.
func (t *tale) read(ctx context.Context, core *wire.Core) (err error) {
	t.now, t.today = core.Clock.Now(), domain.DateOf(core.Clock.Now())
	if t.core, err = core.At(domain.ClockFunc(func() time.Time { return t.now })); err != nil {
		return err
	}
	g := t.invented.Generator
	return core.DB.InTx(ctx, domain.System(), func(tx domain.Tx) error { // reading vacancies by their number locks them
		return errors.Join(t.readPeople(ctx, tx, g), t.readVacancies(ctx, tx, g))
	})
}

func (t *tale) readPeople(ctx context.Context, tx domain.Tx, g *demo.Generator) error {
	numbers := map[string]int{}
	external := make([]string, g.People)
	for n := range g.People {
		external[n] = g.Person(n).Person.Entry.ExternalID
		numbers[external[n]] = n
	}
	known, err := t.core.Persons().External(ctx, tx, demo.Source, external)
	if err != nil {
		return err
	}
	ids := make([]domain.ID, 0, len(known))
	for _, id := range known {
		ids = append(ids, id)
	}
	people, err := t.core.Persons().Many(ctx, tx, ids)
	if err != nil {
		return err
	}
	facts, err := t.core.Persons().Facts(ctx, tx, ids)
	t.people, t.agency = map[int]person.Person{}, map[int]domain.ID{}
	for _, p := range people {
		if _, served := t.staff[facts[p.ID].AgencyID]; served {
			n := numbers[p.Entry.ExternalID]
			t.people[n], t.agency[n] = p, facts[p.ID].AgencyID
		}
	}
	return err
}

func (t *tale) readVacancies(ctx context.Context, tx domain.Tx, g *demo.Generator) error {
	numbers := map[string]int{}
	external := make([]string, g.Vacancies)
	for n := range g.Vacancies {
		row, _ := g.Vacancy(n)
		external[n] = row.ExternalID
		numbers[row.ExternalID] = n
	}
	found, err := t.core.DB.Vacancies().VacanciesByExternal(ctx, tx, demo.Source, external)
	t.madeFor, t.waiting = map[domain.ID]int{}, -1
	for id, v := range found {
		who := g.MadeFor(numbers[id])
		if _, served := t.people[who]; served {
			t.vacancies = append(t.vacancies, v)
			t.madeFor[v.ID] = who
		}
	}
	slices.SortFunc(t.vacancies, func(a, b employer.Vacancy) int {
		return cmp.Or(a.PublishedAt.Compare(b.PublishedAt), cmp.Compare(a.Reference, b.Reference))
	})
	for _, v := range t.vacancies { // the newest whose person has a phone and said what she can do
		if who := t.madeFor[v.ID]; ownPhone(t.people[who]) != "" && len(t.people[who].Wishes) > 0 {
			t.waiting = who
		}
	}
	if err == nil && t.waiting < 0 {
		err = fmt.Errorf("of %d vacancies none is for somebody with a phone", len(t.vacancies))
	}
	return err
}

// busiestEmployers are the employers of the tale, those with most vacancies first.
func (t *tale) busiestEmployers() []domain.ID {
	count := map[domain.ID]int{}
	var out []domain.ID
	for _, v := range t.vacancies {
		if count[v.OrganisationID]++; count[v.OrganisationID] == 1 {
			out = append(out, v.OrganisationID)
		}
	}
	slices.SortStableFunc(out, func(a, b domain.ID) int { return count[b] - count[a] })
	for _, id := range t.invented.Employers { // at least two
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// ago sets the tale's clock to the morning of a day; today's is just past.
func (t *tale) ago(days int) {
	now := time.Now()
	if days <= 0 {
		t.now = now.Add(-time.Minute)
		return
	}
	t.now = t.today.AddDays(-days).Time().Add(9*time.Hour + time.Duration(now.Minute())*time.Minute)
}

// tell gives people files and applications.
func (t *tale) tell(ctx context.Context) error {
	if err := t.tellApplications(ctx); err != nil {
		return fmt.Errorf("applications: %w", err)
	}
	if err := t.tellFiles(ctx); err != nil {
		return fmt.Errorf("case files: %w", err)
	}
	if err := t.tellTransfers(ctx); err != nil {
		return fmt.Errorf("transfers: %w", err)
	}
	if err := t.tellTwice(ctx); err != nil {
		return fmt.Errorf("duplicates: %w", err)
	}
	if err := t.tellOffers(ctx); err != nil {
		return fmt.Errorf("offers: %w", err)
	}
	return nil
}

// counsellor acts for the person of a number.
func (t *tale) counsellor(who int) domain.Actor { return t.staff[t.agency[who]] }

func (t *tale) jobseeker(who int) domain.Actor {
	return domain.Actor{Role: domain.RoleJobseeker, PersonID: t.people[who].ID}
}

// answering is who answers for a vacancy's employer.
func (t *tale) answering(v employer.Vacancy, who int) domain.Actor {
	if actor, ok := t.employers[v.OrganisationID]; ok {
		return actor
	}
	return t.counsellor(who)
}
