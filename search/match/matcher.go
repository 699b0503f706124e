package match

import (
	"context"
	"sync"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

// Index is what is searched.
type Index interface {
	Read(ctx context.Context, do func(*index.Snapshot) error) error
}

// Matcher answers questions from an index. It is safe for concurrent use.
type Matcher struct {
	index   Index
	weights matching.Weights
	scratch sync.Pool // of *scratch

	matched, worded meter
}

// New returns a matcher with the weights by which it ranks.
func New(ix Index, w matching.Weights) *Matcher {
	m := &Matcher{index: ix, weights: w}
	m.scratch.New = func() any { return new(scratch) }
	return m
}

// Weights returns the weights in use, to explain hits with.
func (m *Matcher) Weights() matching.Weights { return m.weights }

// The words of questions and answers are the matching package's.
type (
	Page       = matching.Page
	Hit        = matching.Hit
	Hits       = matching.Hits
	WordSearch = matching.WordSearch
	Found      = matching.Found
	Facets     = matching.Facets
	Count      = matching.Count
)

// Candidates ranks the people who fit a vacancy on a day: every hard condition met and at least one point. People whose consent has
// ended by then are not among them.
func (m *Matcher) Candidates(ctx context.Context, o matching.Opening, day domain.Date, page Page) (Hits, error) {
	return m.run(ctx, o.ID, day, matching.PlanCandidates(o, day, m.weights), page)
}

// Openings ranks the vacancies that fit a person on a day.
func (m *Matcher) Openings(ctx context.Context, p matching.Profile, day domain.Date, page Page) (Hits, error) {
	return m.run(ctx, p.ID, day, matching.PlanOpenings(p, day, m.weights), page)
}

func (m *Matcher) run(ctx context.Context, question domain.ID, day domain.Date, plan matching.Plan, page Page) (Hits, error) {
	if err := page.Check("match.Page"); err != nil {
		return Hits{}, err
	}
	if plan.Never {
		return Hits{}, nil
	}
	begun := time.Now()
	defer func() { m.matched.add(time.Since(begun)) }()
	var out Hits
	err := m.index.Read(ctx, func(state *index.Snapshot) error {
		scratch := m.scratch.Get().(*scratch)
		defer m.scratch.Put(scratch)
		best := selection{n: page.From + page.Size}
		for _, seg := range state.Segments {
			since, err := sinceDays(seg)
			if err != nil {
				return err
			}
			if err := scratch.prepare(seg, plan); err != nil {
				return err
			}
			if err := scratch.terms(seg, plan.Groups); err != nil {
				return err
			}
			err = scratch.accumulate(ctx, seg, func(doc uint32, points int) { best.add(seg, doc, points, since) })
			if err != nil {
				return err
			}
		}
		hits, err := best.ranked(question, day)
		out = Hits{Hits: hits[min(page.From, len(hits)):], Total: best.total}
		return err
	})
	return out, err
}
