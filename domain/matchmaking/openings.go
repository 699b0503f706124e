package matchmaking

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
)

// Opening is a vacancy that fits somebody.
type Opening struct {
	Vacancy  employer.Vacancy
	Employer string // the employer's public name, "" when it is not to be named
	Points   int
	Why      matching.Explanation
}

// Openings is a page of the vacancies that fit somebody, the best first.
type Openings struct {
	List  []Opening
	Total int
}

// ForPerson ranks the open vacancies whose hard conditions somebody meets.
// Who does not consent to matching, or has no active registration, gets a
// Conflict that says so.
func (s *Matches) ForPerson(ctx context.Context, actor domain.Actor, personID domain.ID, page matching.Page) (Openings, error) {
	profile, err := s.profileOf(ctx, actor, personID)
	if err != nil {
		return Openings{}, err
	}
	today := domain.DateOf(s.d.Clock.Now())
	hits, err := s.d.Engine.Openings(ctx, profile, today, page)
	if err != nil {
		return Openings{}, err
	}
	return s.openings(ctx, actor, profile, hits, today, matching.Explanation.Eligible)
}

// profileOf authorises matching somebody and gives what matching knows of them.
func (s *Matches) profileOf(ctx context.Context, actor domain.Actor, personID domain.ID) (matching.Profile, error) {
	const op = "matchmaking.profileOf"
	var profile matching.Profile
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.People.Facts(ctx, tx, []domain.ID{personID})
		if err != nil {
			return err
		}
		if _, known := facts[personID]; !known {
			return domain.NotFound(op)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PersonMatch, facts[personID]); err != nil {
			return err
		}
		if err := domain.Hold(ctx, s.d.Holds, []domain.ID{personID}); err != nil {
			return err
		}
		profiles, err := s.d.Records.Profiles(ctx, []domain.ID{personID}) // in a transaction of its own: it knows what the hold waited for
		if err != nil {
			return err
		}
		found, live := profiles[personID]
		if !live {
			return domain.Conflict(op, "error.person.not_matchable")
		}
		profile = found
		return nil
	})
	return profile, err
}

// openings explains those of the hits that still are what they were found for.
func (s *Matches) openings(ctx context.Context, actor domain.Actor, profile matching.Profile, hits matching.Hits, today domain.Date,
	keep func(matching.Explanation) bool) (Openings, error) {
	out := Openings{Total: hits.Total}
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		ids := hitIDs(hits)
		known, err := s.d.Records.Openings(ctx, tx, ids)
		if err != nil {
			return err
		}
		named, err := s.vacancies(ctx, tx, ids)
		if err != nil {
			return err
		}
		out.List = s.explained(profile, known, named, ids, today, keep)
		return nil
	})
	return out, err
}

// explained lists, in order, the vacancies whose explanation is to be kept.
func (s *Matches) explained(profile matching.Profile, known map[domain.ID]matching.Opening, named vacancies, ids []domain.ID, today domain.Date,
	keep func(matching.Explanation) bool) []Opening {
	var out []Opening
	for _, id := range ids {
		opening, open := known[id]
		v, ok := named.records[id]
		if !open || !ok {
			continue // filled or withdrawn since the index was written
		}
		points, why := matching.Score(profile, opening, today, s.d.Engine.Weights())
		if keep(why) {
			out = append(out, Opening{Vacancy: v, Employer: named.employer(v), Points: points, Why: why})
		}
	}
	return out
}

// Explain tells how one person and one vacancy fit, also when a hard condition
// is missed: for the page of an application and for near misses.
func (s *Matches) Explain(ctx context.Context, actor domain.Actor, personID, vacancyID domain.ID) (int, matching.Explanation, error) {
	today := domain.DateOf(s.d.Clock.Now())
	var points int
	var why matching.Explanation
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.People.Facts(ctx, tx, []domain.ID{personID})
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PersonMatch, facts[personID]); err != nil {
			return err
		}
		if err := domain.Hold(ctx, s.d.Holds, []domain.ID{personID}); err != nil {
			return err
		}
		profiles, err := s.d.Records.Profiles(ctx, []domain.ID{personID}) // in a transaction of its own: it knows what the hold waited for
		if err != nil {
			return err
		}
		openings, err := s.d.Records.Openings(ctx, tx, []domain.ID{vacancyID})
		if err != nil {
			return err
		}
		profile, live := profiles[personID]
		opening, open := openings[vacancyID]
		if !live {
			return domain.Conflict("matchmaking.Explain", "error.person.not_matchable")
		}
		if !open {
			return domain.Conflict("matchmaking.Explain", "error.vacancy.not_open")
		}
		points, why = matching.Score(profile, opening, today, s.d.Engine.Weights())
		return nil
	})
	return points, why, err
}
