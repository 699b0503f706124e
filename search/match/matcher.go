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

// Page is the part of a list that is asked for. From + Size is at most MaxDepth.
type Page struct{ From, Size int }

// MaxDepth is how far a ranked list can be paged: who reads further should narrow the question.
const MaxDepth = 1000

func (p Page) check(op string) error {
	if p.From < 0 || p.Size < 1 || p.From+p.Size > MaxDepth {
		return domain.Invalid(op, domain.Field("page", "error.page.depth", "Max", MaxDepth))
	}
	return nil
}

// Hit is a record that fits.
type Hit struct {
	ID     domain.ID
	Points int // as matching.Score counts them
}

// Hits is a page of a ranked list. Total counts all that fit, this page included.
type Hits struct {
	Hits  []Hit
	Total int
}

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
	if err := page.check("match.Page"); err != nil {
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
