package match

import (
	"context"
	"fmt"
	"slices"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"github.com/baara-platform/baara/domain/matching"
)

// execution is one run of a plan over a snapshot of the index. Documents are numbers, dense from 0; deleted ones never come up.
type execution struct {
	ctx     context.Context
	reader  bleveindex.IndexReader
	scratch *scratch
	allowed bitset // of the documents that pass, when filtered
	some    bool   // whether allowed restricts anything
}

// scratch is the working memory of a run, kept between runs: four bytes a document for the points, four for the group counted last.
type scratch struct {
	points  []int32
	counted []int32 // the last group (from 1) that gave the document points
	touched []uint32
}

func (s *scratch) reset() {
	for _, doc := range s.touched {
		s.points[doc], s.counted[doc] = 0, 0
	}
	s.touched = s.touched[:0]
}

// add gives the document points for a group unless that group gave it some before: the best alternatives come first. Weak ones only add to
// what other groups gave.
func (s *scratch) add(doc uint32, group, points int32, weak bool) {
	if weak && (int(doc) >= len(s.counted) || s.counted[doc] == 0) {
		return
	}
	if int(doc) >= len(s.points) {
		n := max(int(doc)+1, 2*len(s.points))
		s.points = append(s.points, make([]int32, n-len(s.points))...)
		s.counted = append(s.counted, make([]int32, n-len(s.counted))...)
	}
	switch s.counted[doc] {
	case group:
		return
	case 0:
		s.touched = append(s.touched, doc)
	}
	s.counted[doc] = group
	s.points[doc] += points
}

func (x *execution) accumulate(groups []matching.Group) error {
	for i, g := range groups {
		for _, a := range g.Alternatives {
			err := x.each(a.Field, a.Term, func(doc uint32) {
				if !x.some || x.allowed.has(doc) {
					x.scratch.add(doc, int32(i+1), int32(a.Points), a.Weak)
				}
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// conditions narrows allowed to the documents that a plan lets pass.
func (x *execution) conditions(p matching.Plan) error {
	if p.Missed == "" {
		return x.filter(p.Filters)
	}
	var others, turned []matching.Filter
	for _, f := range p.Filters {
		if f.Condition == p.Missed {
			turned = append(turned, f)
		} else {
			others = append(others, f)
		}
	}
	if err := x.filter(others); err != nil {
		return err
	}
	if !x.some {
		all, err := x.everything()
		if err != nil {
			return err
		}
		x.allowed, x.some = all, true
	}
	meets := execution{ctx: x.ctx, reader: x.reader, allowed: slices.Clone(x.allowed), some: true}
	if err := meets.filter(turned); err != nil {
		return err
	}
	x.allowed.andNot(meets.allowed)
	return nil
}

// filter narrows allowed to the documents that pass every filter.
func (x *execution) filter(filters []matching.Filter) error {
	for _, f := range filters {
		var err error
		switch f.Kind {
		case matching.AnyOf:
			err = x.keepUnion(f.Field, f.Terms)
		case matching.Between:
			err = x.between(f)
		case matching.OnlyFrom:
			err = x.onlyFrom(f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (x *execution) keepUnion(field string, terms []string) error {
	union, err := x.union(field, terms)
	if err != nil {
		return err
	}
	if x.some {
		x.allowed.and(union)
	} else {
		x.allowed, x.some = union, true
	}
	return nil
}

// between keeps the documents within the range or drops those outside, whichever are fewer: nearly everybody is available and consents, and
// walking over nearly everybody would cost more than the rest of the query. Dropping is right because a document has exactly one
// term in such a field, and documents of the other kind share no term with the groups.
func (x *execution) between(f matching.Filter) error {
	var inside, outside []string
	var in, out uint64
	err := x.dictionary(f.Field, func(e *bleveindex.DictEntry) {
		if e.Term >= f.Min && (f.Max == "" || e.Term <= f.Max) {
			inside, in = append(inside, e.Term), in+e.Count
		} else {
			outside, out = append(outside, e.Term), out+e.Count
		}
	})
	if err != nil {
		return err
	}
	if in <= out {
		return x.keepUnion(f.Field, inside)
	}
	return x.drop(f.Field, outside)
}

// onlyFrom drops the documents that have a term outside the list.
func (x *execution) onlyFrom(f matching.Filter) error {
	var others []string
	err := x.dictionary(f.Field, func(e *bleveindex.DictEntry) {
		if _, ok := slices.BinarySearch(f.Terms, e.Term); !ok {
			others = append(others, e.Term)
		}
	})
	if err != nil {
		return err
	}
	return x.drop(f.Field, others)
}

func (x *execution) drop(field string, terms []string) error {
	if len(terms) == 0 {
		return nil
	}
	if !x.some {
		all, err := x.everything()
		if err != nil {
			return err
		}
		x.allowed, x.some = all, true
	}
	for _, t := range terms {
		if err := x.each(field, t, x.allowed.remove); err != nil {
			return err
		}
	}
	return nil
}

func (x *execution) union(field string, terms []string) (bitset, error) {
	var u bitset
	for _, t := range terms {
		if err := x.each(field, t, u.put); err != nil {
			return nil, err
		}
	}
	return u, nil
}

// each calls visit with every document that has the term.
func (x *execution) each(field, term string, visit func(doc uint32)) (err error) {
	if err := x.ctx.Err(); err != nil {
		return err
	}
	r, err := x.reader.TermFieldReader(x.ctx, []byte(term), field, false, false, false)
	if err != nil {
		return fmt.Errorf("match: term: %w", err)
	}
	defer closing(r, &err)
	var reuse bleveindex.TermFieldDoc
	for {
		d, err := r.Next(&reuse)
		if err != nil {
			return fmt.Errorf("match: postings: %w", err)
		}
		if d == nil {
			return nil
		}
		visit(uint32(d.ID.Value()))
	}
}

func (x *execution) dictionary(field string, visit func(*bleveindex.DictEntry)) (err error) {
	d, err := x.reader.FieldDict(field)
	if err != nil {
		return fmt.Errorf("match: dictionary: %w", err)
	}
	defer closing(d, &err)
	for {
		e, err := d.Next()
		if err != nil {
			return fmt.Errorf("match: dictionary: %w", err)
		}
		if e == nil {
			return nil
		}
		visit(e)
	}
}

func (x *execution) everything() (all bitset, err error) {
	r, err := x.reader.DocIDReaderAll()
	if err != nil {
		return nil, fmt.Errorf("match: documents: %w", err)
	}
	defer closing(r, &err)
	for {
		id, err := r.Next()
		if err != nil {
			return nil, fmt.Errorf("match: documents: %w", err)
		}
		if id == nil {
			return all, nil
		}
		all.put(uint32(id.Value()))
	}
}

// closing closes c and keeps its error when nothing worse happened.
func closing(c interface{ Close() error }, err *error) {
	if e := c.Close(); e != nil && *err == nil {
		*err = fmt.Errorf("match: close: %w", e)
	}
}
