package matchmaking

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// How far ways are looked for, and how many are shown.
const (
	vacanciesLooked = 200
	gapsShown       = 10
	prospectsShown  = 10
)

// Ways are what could bring somebody closer to work: what to learn, and what
// else to do with what they know.
type Ways struct {
	// Gaps are the skills that open most of the vacancies whose hard conditions
	// are met, among the Looked best.
	Gaps      []matching.Gap
	Looked    int
	Prospects []matching.Prospect
}

// WaysFor looks for them over the vacancies that are open now.
func (s *Matches) WaysFor(ctx context.Context, actor domain.Actor, personID domain.ID) (Ways, error) {
	profile, err := s.profileOf(ctx, actor, personID)
	if err != nil {
		return Ways{}, err
	}
	today := domain.DateOf(s.d.Clock.Now())
	hits, err := s.d.Engine.Openings(ctx, profile, today, matching.Page{Size: vacanciesLooked})
	if err != nil {
		return Ways{}, err
	}
	var out Ways
	err = s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		known, err := s.d.Records.Openings(ctx, tx, hitIDs(hits))
		if err != nil {
			return err
		}
		out, err = s.ways(ctx, tx, profile, known, hitIDs(hits), today)
		return err
	})
	return out, err
}

// ways looks for them over some vacancies, the best first.
func (s *Matches) ways(ctx context.Context, tx domain.Tx, profile matching.Profile, known map[domain.ID]matching.Opening, ids []domain.ID,
	today domain.Date) (Ways, error) {
	var whys []matching.Explanation
	for _, id := range ids {
		o, ok := known[id]
		if !ok {
			continue
		}
		if _, why := matching.Score(profile, o, today, s.d.Engine.Weights()); why.Eligible() {
			whys = append(whys, why)
		}
	}
	gaps := matching.Gaps(whys, s.d.Engine.Weights())
	out := Ways{Looked: len(whys), Gaps: gaps[:min(gapsShown, len(gaps))]}
	all, err := s.d.Records.Prospects(ctx, tx, profile.Known())
	out.Prospects = matching.Prospects(profile, all, prospectsShown)
	return out, err
}
