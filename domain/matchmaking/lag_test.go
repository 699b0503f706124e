package matchmaking_test

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/store"
)

// stopped is an index that was written once and knows nothing of what happened since: it finds everybody and everything.
type stopped struct {
	matchmaking.Engine
	people, vacancies []domain.ID
}

func hits(ids []domain.ID) (h matching.Hits) {
	for _, id := range ids {
		h.Hits = append(h.Hits, matching.Hit{ID: id, Points: 500})
	}
	h.Total = len(ids)
	return h
}

func (s stopped) Candidates(context.Context, matching.Opening, domain.Date, matching.Page) (matching.Hits, error) {
	return hits(s.people), nil
}

func (s stopped) NearCandidates(context.Context, matching.Opening, domain.Date, int) ([]matching.Hit, error) {
	return hits(s.people).Hits, nil
}

func (s stopped) Openings(context.Context, matching.Profile, domain.Date, matching.Page) (matching.Hits, error) {
	return hits(s.vacancies), nil
}

func (s stopped) NearOpenings(context.Context, matching.Profile, domain.Date, int) ([]matching.Hit, error) {
	return hits(s.vacancies).Hits, nil
}

func (s stopped) People(context.Context, matching.WordSearch) (matching.Found, error) {
	return matching.Found{IDs: s.people, Total: len(s.people)}, nil
}

func (stopped) Weights() matching.Weights { return matching.DefaultWeights() }

type vacancies struct {
	store.Vacancies
	store.Organisations
}

// TestTheIndexStopped: somebody withdraws, lapses or is found to be under 18 while the index is stopped. No list shows her.
func TestTheIndexStopped(t *testing.T) {
	o := domaintest.NewOffice(t)
	firm := domaintest.AnOrganisation(o.IDs, o.Bamako, o.Awa.UserID, o.Moussa.UserID)
	vacancy := domaintest.AVacancy(o.IDs, firm).Vacancy()
	people := o.DB.Persons()
	stays, leaves, ends := domaintest.APerson(o.IDs).At(o.Bamako), domaintest.APerson(o.IDs).At(o.Bamako), domaintest.APerson(o.IDs).At(o.Bamako)
	minor := domaintest.APerson(o.IDs).Born(2010).At(o.Bamako)
	for _, n := range []*person.Newcomer{&stays, &leaves, &ends, &minor} {
		n.Person.Mobility.Anywhere = true
	}
	o.Write(func(tx domain.Tx) error {
		if err := o.DB.Organisations().InsertOrganisation(o.Ctx, tx, firm); err != nil {
			return err
		}
		if err := o.DB.Vacancies().InsertVacancy(o.Ctx, tx, vacancy); err != nil {
			return err
		}
		return people.InsertBatch(o.Ctx, tx, []person.Newcomer{stays, leaves, ends, minor})
	})
	if _, err := o.SQL.Exec(`UPDATE vacancies SET isco = '9311'`); err != nil { // a labourer in a mine
		t.Fatal(err)
	}
	all := []domain.ID{stays.Person.ID, leaves.Person.ID, ends.Person.ID, minor.Person.ID}
	matches := matchmaking.New(matchmaking.Deps{
		Tx: o.DB, Engine: stopped{people: all, vacancies: []domain.ID{vacancy.ID}}, Records: o.DB.Search(), People: people,
		Vacancies: vacancies{o.DB.Vacancies(), o.DB.Organisations()}, Views: domaintest.Uncounted{}, Holds: o.DB, Policy: access.Default(), Clock: o.Clock,
	})
	consents := person.NewConsents(person.Deps{
		Tx: o.DB, People: people, Consents: o.DB.Consents(), Policy: access.Default(), IDs: o.IDs, Clock: o.Clock, Rules: person.DefaultRules(),
	})
	her := domain.Actor{UserID: o.Awa.UserID, Role: domain.RoleJobseeker, PersonID: leaves.Person.ID}
	o.Must(consents.Withdraw(o.Ctx, her, person.WithdrawConsent{PersonID: leaves.Person.ID, Purpose: person.ForMatching}))
	if _, err := o.SQL.Exec(`UPDATE consents SET given_at = given_at - interval '3 years', expires_at = $1 WHERE person_id = $2`,
		time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), string(ends.Person.ID)); err != nil {
		t.Fatal(err)
	}

	found, err := matches.ForVacancy(o.Ctx, o.Awa, vacancy.ID, matching.Page{Size: 10})
	o.Must(err)
	shown(t, "matches", ids(found.List), stays.Person.ID)
	near, err := matches.NearVacancy(o.Ctx, o.Awa, vacancy.ID)
	o.Must(err)
	shown(t, "near matches", ids(near), minor.Person.ID) // the counsellor reads why: nothing but the law stands between
	if missed := near[0].Why.Missed(); !slices.Equal(missed, []matching.Condition{matching.ConditionHazard}) {
		t.Errorf("the minor misses %v", missed)
	}
	search, err := matches.SearchPeople(o.Ctx, o.Awa, matching.WordSearch{Page: matching.Page{Size: 10}})
	o.Must(err)
	shown(t, "search", ids(search.List), stays.Person.ID, minor.Person.ID)

	_, err = matches.ForPerson(o.Ctx, o.Awa, leaves.Person.ID, matching.Page{Size: 10})
	if domain.KindOf(err) != domain.KindConflict {
		t.Errorf("vacancies for who withdrew: %v", err)
	}
	openings, err := matches.ForPerson(o.Ctx, o.Awa, minor.Person.ID, matching.Page{Size: 10})
	o.Must(err)
	if len(openings.List) != 0 {
		t.Errorf("a minor is proposed hazardous work: %+v", openings.List)
	}
	if openings, err = matches.ForPerson(o.Ctx, o.Awa, stays.Person.ID, matching.Page{Size: 10}); err != nil || len(openings.List) != 1 {
		t.Errorf("who stays is proposed %d vacancies: %v", len(openings.List), err)
	}

	if _, err = matches.Outlook(o.Ctx, o.Awa, leaves.Person.ID, 10); domain.KindOf(err) != domain.KindConflict {
		t.Errorf("an outlook for who withdrew: %v", err)
	}
	agrees(t, o, matches, stays.Person.ID, 1, 0)
	agrees(t, o, matches, minor.Person.ID, 0, 1)
}

// agrees expects the outlook to say what its three parts say when they are asked one by one.
func agrees(t *testing.T, o *domaintest.Office, matches *matchmaking.Matches, id domain.ID, fit, near int) {
	t.Helper()
	whole, err := matches.Outlook(o.Ctx, o.Awa, id, 10)
	o.Must(err)
	var want matchmaking.Outlook
	want.Openings, err = matches.ForPerson(o.Ctx, o.Awa, id, matching.Page{Size: 10})
	o.Must(err)
	want.Near, err = matches.NearPerson(o.Ctx, o.Awa, id)
	o.Must(err)
	want.Ways, err = matches.WaysFor(o.Ctx, o.Awa, id)
	o.Must(err)
	if len(whole.List) != fit || len(whole.Near) != near || whole.Ways.Looked != fit || !reflect.DeepEqual(whole, want) {
		t.Errorf("the outlook says\n%+v\nits parts\n%+v", whole, want)
	}
}

func ids(list []matchmaking.Candidate) (out []domain.ID) {
	for _, c := range list {
		out = append(out, c.PersonID)
	}
	return out
}

func shown(t *testing.T, where string, got []domain.ID, want ...domain.ID) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s show %v, want %v", where, got, want)
	}
}
