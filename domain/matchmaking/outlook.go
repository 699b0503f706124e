package matchmaking

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// Outlook is what somebody sees first: the vacancies that fit best, those that
// miss by one condition, and what could bring them closer to work.
type Outlook struct {
	Openings
	Near []Opening
	Ways Ways
}

// PageFor gives a page of the vacancies that fit somebody, on the first one with
// all of the outlook.
func (s *Matches) PageFor(ctx context.Context, actor domain.Actor, personID domain.ID, page matching.Page) (Outlook, error) {
	if page.From == 0 {
		return s.Outlook(ctx, actor, personID, page.Size)
	}
	found, err := s.ForPerson(ctx, actor, personID, page)
	return Outlook{Openings: found}, err
}

// Outlook answers what [Matches.ForPerson], [Matches.NearPerson] and
// [Matches.WaysFor] answer one by one, with one reading of the person and of
// the vacancies. The list has the best size vacancies; errors are ForPerson's.
func (s *Matches) Outlook(ctx context.Context, actor domain.Actor, personID domain.ID, size int) (Outlook, error) {
	profile, err := s.profileOf(ctx, actor, personID)
	if err != nil {
		return Outlook{}, err
	}
	today := domain.DateOf(s.d.Clock.Now())
	hits, err := s.d.Engine.Openings(ctx, profile, today, matching.Page{Size: max(size, vacanciesLooked)})
	if err != nil {
		return Outlook{}, err
	}
	missed, err := s.d.Engine.NearOpenings(ctx, profile, today, nearest)
	if err != nil {
		return Outlook{}, err
	}
	fitting, near := hitIDs(hits), hitIDs(matching.Hits{Hits: best(missed)})
	first := fitting[:min(size, len(fitting))]
	out := Outlook{Openings: Openings{Total: hits.Total}}
	err = s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		known, err := s.d.Records.Openings(ctx, tx, slices.Concat(fitting, near))
		if err != nil {
			return err
		}
		named, err := s.vacancies(ctx, tx, slices.Concat(first, near))
		if err != nil {
			return err
		}
		out.List = s.explained(profile, known, named, first, today, matching.Explanation.Eligible)
		out.Near = s.explained(profile, known, named, near, today, missesOne)
		out.Ways, err = s.ways(ctx, tx, profile, known, fitting, today)
		return err
	})
	return out, err
}
