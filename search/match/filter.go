package match

import (
	"fmt"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

// allowed puts into a set the live documents of a segment that a plan lets pass.
func allowed(s *index.Segment, p matching.Plan, into index.Bits) error {
	var filters, turned []matching.Filter
	for _, f := range p.Filters {
		if p.Missed != "" && f.Condition == p.Missed {
			turned = append(turned, f)
		} else {
			filters = append(filters, f)
		}
	}
	into.Fill(s.Docs)
	if err := narrow(s, filters, into); err != nil {
		return err
	}
	if p.Missed != "" {
		meets := slices.Clone(into)
		if err := narrow(s, turned, meets); err != nil {
			return err
		}
		into.AndNot(meets)
	}
	s.Live(into)
	return nil
}

// narrow keeps the documents that pass every filter. What each filter lets through is kept with the segment: the same few hundred filters come
// again and again, and to intersect such sets costs microseconds where walking over lists costs milliseconds.
func narrow(s *index.Segment, filters []matching.Filter, set index.Bits) error {
	for _, f := range filters {
		passing, err := s.Set(filterName(f), func(b index.Bits) error { return fill(s, f, b) })
		if err != nil {
			return err
		}
		set.And(passing)
	}
	return nil
}

// filterName says all that a filter's set depends on. Terms hold no control characters.
func filterName(f matching.Filter) string {
	return fmt.Sprintf("filter %d %s %s\x01%s\x01%s", f.Kind, f.Field, f.Min, f.Max, strings.Join(f.Terms, "\x01"))
}

func fill(s *index.Segment, f matching.Filter, b index.Bits) error {
	if f.Kind == matching.AnyOf {
		return addAll(s, f.Field, f.Terms, b)
	}
	all, err := s.Terms(f.Field)
	if err != nil {
		return err
	}
	var inside, outside []string
	var in, out uint64
	for _, t := range all {
		if passes(f, t.Text) {
			inside, in = append(inside, t.Text), in+t.Count
		} else {
			outside, out = append(outside, t.Text), out+t.Count
		}
	}
	// Every record of the kind asked for has exactly one term in a field with a range, so those outside can be taken out instead, where they
	// are fewer. Records of the other kind have none and share no term with the groups.
	if f.Kind == matching.Between && in <= out {
		return addAll(s, f.Field, inside, b)
	}
	b.Fill(s.Docs)
	for _, t := range outside {
		list, err := s.Postings(f.Field, t)
		if err != nil {
			return err
		}
		b.Remove(list)
	}
	return nil
}

func passes(f matching.Filter, term string) bool {
	if f.Kind == matching.Between {
		return term >= f.Min && (f.Max == "" || term <= f.Max)
	}
	_, ok := slices.BinarySearch(f.Terms, term)
	return ok
}

func addAll(s *index.Segment, field string, terms []string, b index.Bits) error {
	for _, t := range terms {
		list, err := s.Postings(field, t)
		if err != nil {
			return err
		}
		b.Add(list)
	}
	return nil
}
