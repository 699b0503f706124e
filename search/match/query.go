package match

import (
	"context"
	"sync"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// planQuery is a Bleve query that executes a plan exactly. Bleve's own scoring cannot: a boosted disjunction kept less than half of the
// score of the true top twenty when it was measured, at twice the time.
//
// A value serves one search: it carries the total back.
type planQuery struct {
	plan     matching.Plan
	question domain.ID
	day      domain.Date
	depth    int // how many hits to emit
	pool     *sync.Pool
	total    int // set by the search
}

// Searcher implements query.Query. All work is done here; what it returns only hands out the winners, best first. Bleve's collector sorts by
// score and keeps the order of arrival among equals, so the order survives.
func (q *planQuery) Searcher(ctx context.Context, r bleveindex.IndexReader, _ mapping.IndexMapping, _ search.SearcherOptions) (search.Searcher, error) {
	s := q.pool.Get().(*scratch)
	defer q.pool.Put(s)
	s.reset()
	x := execution{ctx: ctx, reader: r, scratch: s}
	if err := x.conditions(q.plan); err != nil {
		return nil, err
	}
	if err := x.accumulate(q.plan.Groups); err != nil {
		return nil, err
	}
	q.total = len(s.touched)
	winners, err := x.winners(q.depth, q.question, q.day)
	if err != nil {
		return nil, err
	}
	return &winnerSearcher{winners: winners}, nil
}

// winnerSearcher hands out a ranked list.
type winnerSearcher struct {
	winners []winner
	next    int
}

// Next implements search.Searcher.
func (s *winnerSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	if s.next == len(s.winners) {
		return nil, nil
	}
	w := s.winners[s.next]
	s.next++
	m := ctx.DocumentMatchPool.Get()
	m.IndexInternalID = bleveindex.NewIndexInternalID(m.IndexInternalID, uint64(w.doc))
	m.Score = float64(w.rank.Points)
	return m, nil
}

// Advance implements search.Searcher for the case that the query stands alone, which it does: there is nothing to skip to in a list that is not
// in document order.
func (s *winnerSearcher) Advance(ctx *search.SearchContext, _ bleveindex.IndexInternalID) (*search.DocumentMatch, error) {
	return s.Next(ctx)
}

// Close implements search.Searcher.
func (s *winnerSearcher) Close() error { return nil }

// Weight implements search.Searcher.
func (s *winnerSearcher) Weight() float64 { return 1 }

// SetQueryNorm implements search.Searcher.
func (s *winnerSearcher) SetQueryNorm(float64) {}

// Count implements search.Searcher.
func (s *winnerSearcher) Count() uint64 { return uint64(len(s.winners)) }

// Min implements search.Searcher.
func (s *winnerSearcher) Min() int { return 0 }

// Size implements search.Searcher.
func (s *winnerSearcher) Size() int { return len(s.winners) * winnerBytes }

// DocumentMatchPoolSize implements search.Searcher.
func (s *winnerSearcher) DocumentMatchPoolSize() int { return 1 }
