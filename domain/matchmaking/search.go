package matchmaking

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
)

// ListedVacancy is a vacancy in a list of search results.
type ListedVacancy struct {
	Vacancy  employer.Vacancy
	Employer string
}

// FoundVacancies is a page of a search of published vacancies.
type FoundVacancies struct {
	List    []ListedVacancy
	Total   int
	Relaxed bool // nothing holds all the words; these hold some
	Facets  matching.Facets
}

// SearchVacancies finds published vacancies by words, for everybody.
func (s *Matches) SearchVacancies(ctx context.Context, actor domain.Actor, q matching.WordSearch) (FoundVacancies, error) {
	q.Day = domain.DateOf(s.d.Clock.Now())
	found, err := s.d.Engine.Vacancies(ctx, q)
	if err != nil {
		return FoundVacancies{}, err
	}
	out := FoundVacancies{Total: found.Total, Relaxed: found.Relaxed, Facets: found.Facets}
	err = s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		named, err := s.vacancies(ctx, tx, found.IDs)
		if err != nil {
			return err
		}
		for _, id := range found.IDs {
			if v, ok := named.records[id]; ok && s.d.Policy.Allows(actor, access.VacancyRead, v.Facts()) {
				out.List = append(out.List, ListedVacancy{Vacancy: v, Employer: named.employer(v)})
			}
		}
		return nil
	})
	return out, err
}

// FoundPeople is a page of a search of consenting people by what they can do.
type FoundPeople struct {
	List    []Candidate // Points and Why are empty
	Total   int
	Relaxed bool
	Facets  matching.Facets
}

// SearchPeople finds consenting people by skills and occupations, for staff.
// To find somebody by name, ask the name register (person.Jobseekers.Find).
func (s *Matches) SearchPeople(ctx context.Context, actor domain.Actor, q matching.WordSearch) (FoundPeople, error) {
	if err := s.d.Policy.Require(ctx, s.d.Tx, actor, access.PersonFind, access.Facts{}); err != nil {
		return FoundPeople{}, err
	}
	q.Day = domain.DateOf(s.d.Clock.Now())
	found, err := s.d.Engine.People(ctx, q)
	if err != nil {
		return FoundPeople{}, err
	}
	out := FoundPeople{Total: found.Total, Relaxed: found.Relaxed, Facets: found.Facets}
	if err := domain.Hold(ctx, s.d.Holds, found.IDs); err != nil {
		return FoundPeople{}, err
	}
	err = s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		live, err := s.d.Records.Profiles(ctx, found.IDs)
		if err != nil {
			return err
		}
		known, err := s.people(ctx, tx, found.IDs)
		if err != nil {
			return err
		}
		for _, id := range found.IDs {
			_, card := known.cards[id]
			if _, ok := live[id]; ok && card {
				out.List = append(out.List, s.candidate(actor, known, id, q.Day, 0, matching.Explanation{}))
			}
		}
		return nil
	})
	return out, err
}
