package match

import (
	"context"
	"sync"

	"github.com/blevesearch/bleve/v2"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

// Index is what is searched: the live index, or one generation of it.
type Index interface {
	Search(ctx context.Context, req *bleve.SearchRequest) (*bleve.SearchResult, error)
}

// Matcher answers questions from an index. It is safe for concurrent use.
type Matcher struct {
	index   Index
	weights matching.Weights
	scratch sync.Pool // of *scratch
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
	q := &planQuery{plan: plan, question: question, day: day, depth: page.From + page.Size, pool: &m.scratch}
	req := bleve.NewSearchRequestOptions(q, page.Size, page.From, false)
	res, err := m.index.Search(ctx, req)
	if err != nil {
		return Hits{}, err
	}
	out := Hits{Hits: make([]Hit, len(res.Hits)), Total: q.total}
	for i, h := range res.Hits {
		out.Hits[i] = Hit{ID: index.UnpackID(h.ID), Points: int(h.Score)}
	}
	return out, nil
}
