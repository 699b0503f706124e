package match

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// NearCandidates ranks the people who miss one hard condition of a vacancy and meet all others, at most size for each condition.
func (m *Matcher) NearCandidates(ctx context.Context, o matching.Opening, day domain.Date, size int) ([]Hit, error) {
	return m.near(ctx, o.ID, day, matching.PlanCandidates(o, day, m.weights), size)
}

// NearOpenings ranks the vacancies of which somebody misses one hard condition, at most size for each condition.
func (m *Matcher) NearOpenings(ctx context.Context, p matching.Profile, day domain.Date, size int) ([]Hit, error) {
	return m.near(ctx, p.ID, day, matching.PlanOpenings(p, day, m.weights), size)
}

func (m *Matcher) near(ctx context.Context, question domain.ID, day domain.Date, plan matching.Plan, size int) ([]Hit, error) {
	var out []Hit
	for _, c := range matching.Negotiable() {
		but, asked := plan.But(c)
		if !asked {
			continue
		}
		found, err := m.run(ctx, question, day, but, Page{Size: size})
		if err != nil {
			return nil, err
		}
		out = append(out, found.Hits...)
	}
	return out, nil
}
