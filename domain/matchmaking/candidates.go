package matchmaking

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
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
// Employers get cards only, and none before their organisation is verified.
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
	err = s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		ids := hitIDs(hits)
		profiles, err := s.d.Records.Profiles(ctx, tx, ids)
		if err != nil {
			return err
		}
		people, facts, err := s.people(ctx, tx, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			profile, live := profiles[id]
			p, known := people[id]
			if !live || !known {
				continue // the index lags: consent ended or the file was closed
			}
			points, why := matching.Score(profile, opening, today, s.d.Engine.Weights())
			if !why.Eligible() {
				continue
			}
			out.List = append(out.List, s.candidate(actor, p, facts[id], today, points, why))
		}
		return nil
	})
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
		if actor.Role == domain.RoleEmployer {
			orgs, err := s.d.Vacancies.OrganisationsByID(ctx, tx, []domain.ID{v.OrganisationID})
			if err != nil {
				return err
			}
			if org, ok := orgs[v.OrganisationID]; !ok || !org.Verified() {
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

func (s *Matches) people(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]person.Person, map[domain.ID]access.Facts, error) {
	list, err := s.d.People.Many(ctx, tx, ids)
	if err != nil {
		return nil, nil, err
	}
	facts, err := s.d.People.Facts(ctx, tx, ids)
	if err != nil {
		return nil, nil, err
	}
	people := make(map[domain.ID]person.Person, len(list))
	for _, p := range list {
		people[p.ID] = p
	}
	return people, facts, nil
}

// candidate narrows somebody to what the reader may see.
func (s *Matches) candidate(actor domain.Actor, p person.Person, facts access.Facts, today domain.Date, points int, why matching.Explanation) Candidate {
	c := Candidate{Card: person.CardOf(p, today), Points: points, Why: why}
	if s.d.Policy.Allows(actor, access.PersonCard, facts) {
		c.PersonID, c.AgencyID = p.ID, facts.AgencyID
	}
	if s.d.Policy.Allows(actor, access.PersonRead, facts) {
		c.PersonID, c.AgencyID, c.Person = p.ID, facts.AgencyID, &p
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
