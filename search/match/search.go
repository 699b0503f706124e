package match

import (
	"context"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

// facetValues bounds a facet; a country has fewer regions, and ISCO fewer sub-major groups.
const facetValues = 60

// Vacancies searches the published vacancies that take people on the day. Everything found is public.
func (m *Matcher) Vacancies(ctx context.Context, s WordSearch) (Found, error) {
	return m.words(ctx, s, index.KindVacancy, matching.OpenFilters(s.Day),
		map[string]float64{index.FieldTitle: boostTitle, index.FieldText: boostText})
}

// People searches the skills and occupations of people who consent to be matched, for staff. Names are not in the index: use the name register.
func (m *Matcher) People(ctx context.Context, s WordSearch) (Found, error) {
	return m.words(ctx, s, index.KindPerson, matching.ConsentFilters(s.Day), map[string]float64{index.FieldText: boostText})
}

func (m *Matcher) words(ctx context.Context, s WordSearch, kind string, conditions []matching.Filter, fields map[string]float64) (Found, error) {
	if err := s.Page.Check("match.Search"); err != nil {
		return Found{}, err
	}
	filters := []query.Query{anyOf(index.FieldKind, []string{kind})}
	for _, f := range conditions {
		filters = append(filters, filterQuery(f))
	}
	for field, values := range map[string][]string{index.FieldRegion: s.Regions, index.FieldGroup: s.Groups, index.FieldContract: s.Contracts} {
		if len(values) > 0 {
			filters = append(filters, anyOf(field, values))
		}
	}
	wanted := wordQueries(s.Words, fields)
	found, err := m.ask(ctx, s, filters, wanted, false)
	if err == nil && found.Total == 0 && len(wanted) > 1 {
		found, err = m.ask(ctx, s, filters, wanted, true)
		found.Relaxed = found.Total > 0
	}
	return found, err
}

func (m *Matcher) ask(ctx context.Context, s WordSearch, filters, wanted []query.Query, anyWord bool) (Found, error) {
	q := bleve.NewBooleanQuery()
	switch {
	case len(wanted) == 0:
		q.AddMust(bleve.NewConjunctionQuery(filters...))
	case anyWord:
		q.AddMust(bleve.NewDisjunctionQuery(wanted...))
		q.AddFilter(bleve.NewConjunctionQuery(filters...))
	default:
		q.AddMust(wanted...)
		q.AddFilter(bleve.NewConjunctionQuery(filters...))
	}
	req := bleve.NewSearchRequestOptions(q, s.Page.Size, s.Page.From, false)
	if s.Newest || len(wanted) == 0 {
		req.SortBy([]string{"-" + index.FieldSince, "_id"})
	} else {
		req.SortBy([]string{"-_score", "-" + index.FieldSince, "_id"})
	}
	for _, field := range []string{index.FieldRegion, index.FieldGroup, index.FieldContract} {
		req.AddFacet(field, bleve.NewFacetRequest(field, facetValues))
	}
	res, err := m.index.Search(ctx, req)
	if err != nil {
		return Found{}, err
	}
	found := Found{IDs: make([]domain.ID, len(res.Hits)), Total: int(res.Total)}
	for i, h := range res.Hits {
		found.IDs[i] = index.UnpackID(h.ID)
	}
	found.Facets = Facets{
		Regions: counts(res.Facets[index.FieldRegion]), Groups: counts(res.Facets[index.FieldGroup]), Contracts: counts(res.Facets[index.FieldContract]),
	}
	return found, nil
}

func counts(f *search.FacetResult) []Count {
	if f == nil || f.Terms == nil {
		return nil
	}
	var out []Count
	for _, t := range f.Terms.Terms() {
		out = append(out, Count{Value: t.Term, Count: t.Count})
	}
	return out
}
