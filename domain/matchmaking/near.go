package matchmaking

import (
	"cmp"
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/matching"
)

// nearest is how many near misses an answer holds at most.
const nearest = 20

// NearVacancy lists who else could do the work: consenting people who miss one
// hard condition and meet all others, the best first. Why tells which. Only
// staff may ask: what somebody lacks is theirs to talk over, not an employer's.
func (s *Matches) NearVacancy(ctx context.Context, actor domain.Actor, vacancyID domain.ID) ([]Candidate, error) {
	if err := s.d.Policy.Require(ctx, s.d.Tx, actor, access.PersonFind, access.Facts{}); err != nil {
		return nil, err
	}
	today := domain.DateOf(s.d.Clock.Now())
	opening, err := s.openingFor(ctx, actor, vacancyID)
	if err != nil {
		return nil, err
	}
	hits, err := s.d.Engine.NearCandidates(ctx, opening, today, nearest)
	if err != nil {
		return nil, err
	}
	ids := hitIDs(matching.Hits{Hits: best(hits)})
	if err := domain.Hold(ctx, s.d.Holds, ids); err != nil {
		return nil, err
	}
	var out []Candidate
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
				continue
			}
			points, why := matching.Score(profile, opening, today, s.d.Engine.Weights())
			if missesOne(why) {
				out = append(out, s.candidate(actor, known, id, today, points, why))
			}
		}
		return nil
	})
	return out, err
}

// NearPerson lists the vacancies of which somebody misses one hard condition
// and meets all others, the best first.
func (s *Matches) NearPerson(ctx context.Context, actor domain.Actor, personID domain.ID) ([]Opening, error) {
	profile, err := s.profileOf(ctx, actor, personID)
	if err != nil {
		return nil, err
	}
	today := domain.DateOf(s.d.Clock.Now())
	hits, err := s.d.Engine.NearOpenings(ctx, profile, today, nearest)
	if err != nil {
		return nil, err
	}
	found, err := s.openings(ctx, actor, profile, matching.Hits{Hits: best(hits)}, today, missesOne)
	return found.List, err
}

// missesOne says that one hard condition stands in the way.
func missesOne(why matching.Explanation) bool { return len(why.Missed()) == 1 }

// best orders the hits of several lists by points; each list is in order
// already, and its order stands among equals.
func best(hits []matching.Hit) []matching.Hit {
	hits = slices.Clone(hits)
	slices.SortStableFunc(hits, func(a, b matching.Hit) int { return cmp.Compare(b.Points, a.Points) })
	return hits[:min(nearest, len(hits))]
}
