package match

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

// Vacancies searches the published vacancies that take people on the day. Everything found is public.
func (m *Matcher) Vacancies(ctx context.Context, s WordSearch) (Found, error) {
	return m.words(ctx, s, index.KindVacancy, matching.OpenFilters(s.Day), []field{{index.FieldTitle, worthTitle}, {index.FieldText, worthText}})
}

// People searches the skills and occupations of people who consent to be matched, for staff. Names are not in the index: use the name register.
func (m *Matcher) People(ctx context.Context, s WordSearch) (Found, error) {
	return m.words(ctx, s, index.KindPerson, matching.ConsentFilters(s.Day), []field{{index.FieldText, worthText}})
}

func (m *Matcher) words(ctx context.Context, s WordSearch, kind string, conditions []matching.Filter, fields []field) (found Found, err error) {
	if err := s.Page.Check("match.Search"); err != nil {
		return Found{}, err
	}
	begun := time.Now()
	defer func() { m.worded.add(time.Since(begun)) }()
	filters := append([]matching.Filter{anyOf(index.FieldKind, kind)}, conditions...)
	for field, values := range map[string][]string{index.FieldRegion: s.Regions, index.FieldGroup: s.Groups, index.FieldContract: s.Contracts} {
		if len(values) > 0 {
			filters = append(filters, anyOf(field, values...))
		}
	}
	err = m.index.Read(ctx, func(state *index.Snapshot) error {
		scratch := m.scratch.Get().(*scratch)
		defer m.scratch.Put(scratch)
		l := listing{ctx: ctx, scratch: scratch, filters: filters, newest: s.Newest, deep: s.Page.From + s.Page.Size}
		if l.groups, err = wordGroups(state, s.Words, fields); err != nil {
			return err
		}
		found, err = l.find(state, s.Page)
		return err
	})
	return found, err
}

func anyOf(field string, terms ...string) matching.Filter {
	return matching.Filter{Field: field, Kind: matching.AnyOf, Terms: terms}
}

// listing is one search of words, or of everything that passes where there are none.
type listing struct {
	ctx     context.Context
	scratch *scratch
	filters []matching.Filter
	groups  []matching.Group
	newest  bool
	deep    int // how many are wanted from the first on
}

// result is what meets a search: ranked, and as a set of each segment.
type result struct {
	best selection
	sets []index.Bits
}

func (r *result) add(seg *index.Segment, doc uint32, key int, since []uint16) {
	r.best.add(seg, doc, key, since)
	r.sets[len(r.sets)-1].Put(doc)
}

// find looks for what has all the words and, in the same walk, for what has any: the latter counts when there is none of the former.
func (l *listing) find(state *index.Snapshot, page Page) (Found, error) {
	all, any := result{best: selection{n: l.deep}}, result{best: selection{n: l.deep}}
	for _, seg := range state.Segments {
		if err := l.segment(seg, &all, &any); err != nil {
			return Found{}, err
		}
	}
	chosen := &all
	if all.best.total == 0 && len(l.groups) > 1 {
		chosen = &any
	}
	hits, err := chosen.best.newest()
	if err != nil {
		return Found{}, err
	}
	hits = hits[min(page.From, len(hits)):]
	found := Found{IDs: make([]domain.ID, len(hits)), Total: chosen.best.total, Relaxed: chosen == &any && any.best.total > 0}
	for i, h := range hits {
		found.IDs[i] = h.ID
	}
	found.Facets, err = facets(state, chosen.sets)
	return found, err
}

func (l *listing) segment(seg *index.Segment, all, any *result) error {
	since, err := sinceDays(seg)
	if err != nil {
		return err
	}
	if err := l.scratch.prepare(seg, matching.Plan{Filters: l.filters}); err != nil {
		return err
	}
	all.sets, any.sets = append(all.sets, index.NewBits(seg.Docs)), append(any.sets, index.NewBits(seg.Docs))
	if len(l.groups) == 0 {
		l.scratch.allowed.Each(func(doc uint32) { all.add(seg, doc, int(since[doc]), since) })
		return nil
	}
	return l.scratch.accumulate(l.ctx, seg, l.groups, func(doc uint32, points, met int) {
		if l.newest {
			points = int(since[doc])
		}
		if met == len(l.groups) {
			all.add(seg, doc, points, since)
		}
		any.add(seg, doc, points, since)
	})
}
