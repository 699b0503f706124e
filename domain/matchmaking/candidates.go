package matchmaking

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/person"
)

// Matches are the use-cases on matching and searching.
type Matches struct{ d Deps }

// New wires the use-cases.
func New(d Deps) *Matches { return &Matches{d: d} }

// Candidate is somebody who fits a vacancy, as far as the reader may see.
type Candidate struct {
	PersonID domain.ID      // "" to employers
	AgencyID domain.ID      // whom to ask; "" to employers
	Person   *person.Person // only where the reader may read the record
	Card     person.Card    // always
	Points   int
	Why      matching.Explanation
}

// Candidates is a page of the people who fit a vacancy, the best first.
type Candidates struct {
	List  []Candidate
	Total int
}

// ForVacancy ranks the consenting people who meet a vacancy's hard conditions.
// Employers get cards only, and none before their organisation is verified or
// beyond what they may be shown a day.
func (s *Matches) ForVacancy(ctx context.Context, actor domain.Actor, vacancyID domain.ID, page matching.Page) (Candidates, error) {
	today := domain.DateOf(s.d.Clock.Now())
	opening, err := s.openingFor(ctx, actor, vacancyID)
	if err != nil {
		return Candidates{}, err
	}
	hits, err := s.d.Engine.Candidates(ctx, opening, today, page)
	if err != nil {
		return Candidates{}, err
	}
	out := Candidates{Total: hits.Total}
	var shown []domain.ID
	ids := hitIDs(hits)
	if err := domain.Hold(ctx, s.d.Holds, ids); err != nil {
		return Candidates{}, err
	}
	err = s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		profiles, err := s.d.Records.Profiles(ctx, ids)
		if err != nil {
			return err
		}
		known, err := s.people(ctx, tx, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			profile, live := profiles[id]
			_, card := known.cards[id]
			if !live || !card {
				continue // the index lags: consent ended or the file was closed
			}
			points, why := matching.Score(profile, opening, today, s.d.Engine.Weights())
			if !why.Eligible() {
				continue
			}
			shown = append(shown, id)
			out.List = append(out.List, s.candidate(actor, known, id, today, points, why))
		}
		return nil
	})
	if err == nil {
		err = s.d.Views.Show(ctx, actor, shown)
	}
	if err != nil {
		return Candidates{}, err
	}
	return out, nil
}

// openingFor authorises matching a vacancy and gives what matching knows of it.
func (s *Matches) openingFor(ctx context.Context, actor domain.Actor, id domain.ID) (matching.Opening, error) {
	const op = "matchmaking.openingFor"
	var opening matching.Opening
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		v, err := s.d.Vacancies.Vacancy(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.VacancyMatch, v.Facts()); err != nil {
			return err
		}
		if actor.ForEmployer() {
			orgs, err := s.d.Vacancies.EmployerNames(ctx, tx, []domain.ID{v.OrganisationID})
			if err != nil {
				return err
			}
			org, ok := orgs[v.OrganisationID]
			switch {
			case ok && org.Verification == employer.VerificationStopped:
				return domain.Conflict(op, "error.organisation.stopped")
			case !ok || !org.Verified():
				return domain.Conflict(op, "error.organisation.unverified")
			}
		}
		openings, err := s.d.Records.Openings(ctx, tx, []domain.ID{id})
		if err != nil {
			return err
		}
		found, open := openings[id]
		if !open {
			return domain.Conflict(op, "error.vacancy.not_open")
		}
		opening = found
		return nil
	})
	return opening, err
}

// people is what is known of some: what cards need of all who may be matched,
// and the records the reader may read.
type people struct {
	cards, records map[domain.ID]person.Person
	facts          map[domain.ID]access.Facts
}

func (s *Matches) people(ctx context.Context, tx domain.Tx, ids []domain.ID) (people, error) {
	cards, err := s.d.People.ForCards(ctx, ids)
	if err != nil {
		return people{}, err
	}
	records, err := s.d.People.Many(ctx, tx, ids)
	if err != nil {
		return people{}, err
	}
	facts, err := s.d.People.Facts(ctx, tx, ids)
	return people{byID(cards), byID(records), facts}, err
}

func byID(list []person.Person) map[domain.ID]person.Person {
	out := make(map[domain.ID]person.Person, len(list))
	for _, p := range list {
		out[p.ID] = p
	}
	return out
}

// candidate narrows somebody to what the reader may see.
func (s *Matches) candidate(actor domain.Actor, known people, id domain.ID, today domain.Date, points int, why matching.Explanation) Candidate {
	facts := known.facts[id]
	c := Candidate{Card: person.CardOf(known.cards[id], today), Points: points, Why: why}
	if s.d.Policy.Allows(actor, access.PersonCard, facts) {
		c.PersonID, c.AgencyID = id, facts.AgencyID
	}
	if p, readable := known.records[id]; readable && s.d.Policy.Allows(actor, access.PersonRead, facts) {
		c.PersonID, c.AgencyID, c.Person = id, facts.AgencyID, &p
	}
	return c
}

func hitIDs(h matching.Hits) []domain.ID {
	ids := make([]domain.ID, len(h.Hits))
	for i, hit := range h.Hits {
		ids[i] = hit.ID
	}
	return ids
}
