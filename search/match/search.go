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
		if l.typed, err = typedWords(state, s.Words, fields); err != nil {
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
	typed   []word
	newest  bool
	deep    int // how many are wanted from the first on
}

// find looks for what has all the words, and for what has any of them only where there is none: the first costs far less.
func (l *listing) find(state *index.Snapshot, page Page) (Found, error) {
	r, err := l.pass(state, len(l.typed) > 1)
	relaxed := false
	if err == nil && r.best.total == 0 && len(l.typed) > 1 {
		r, err = l.pass(state, false)
		relaxed = r.best.total > 0
	}
	if err != nil {
		return Found{}, err
	}
	hits, err := r.best.newest()
	if err != nil {
		return Found{}, err
	}
	hits = hits[min(page.From, len(hits)):]
	found := Found{IDs: make([]domain.ID, len(hits)), Total: r.best.total, Relaxed: relaxed, Facets: r.tally.facets()}
	for i, h := range hits {
		found.IDs[i] = h.ID
	}
	return found, nil
}

// result is what meets a search: ranked, and counted by the values of facets.
type result struct {
	best  selection
	tally tally
}

func (l *listing) pass(state *index.Snapshot, all bool) (*result, error) {
	r := &result{best: selection{n: l.deep}, tally: tally{}}
	for _, seg := range state.Segments {
		if err := l.segment(seg, all, r); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (l *listing) segment(seg *index.Segment, all bool, r *result) error {
	s := l.scratch
	since, err := sinceDays(seg)
	if err != nil {
		return err
	}
	if err := s.prepare(seg, matching.Plan{Filters: l.filters}); err != nil {
		return err
	}
	if len(l.typed) == 0 {
		s.allowed.Each(func(doc uint32) { r.best.add(seg, doc, int(since[doc]), since) })
		return r.tally.add(seg, s.allowed)
	}
	if all {
		err = s.together(seg, l.typed)
	} else {
		err = s.anyOf(seg, l.typed)
	}
	if err != nil || len(s.lists) == 0 {
		return err
	}
	s.found = s.found.Emptied(seg.Docs)
	err = s.accumulate(l.ctx, seg, func(doc uint32, points int) {
		if l.newest {
			points = int(since[doc])
		}
		r.best.add(seg, doc, points, since)
		s.found.Put(doc)
	})
	if err != nil {
		return err
	}
	return r.tally.add(seg, s.found)
}
