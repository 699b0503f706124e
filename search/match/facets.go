package match

import (
	"cmp"
	"slices"

	"github.com/baara-platform/baara/search/index"
)

// facetValues bounds a facet; a country has fewer regions, and ISCO fewer sub-major groups.
const facetValues = 60

// tally counts what was found, by field and value.
type tally map[string]map[string]int

// facet is the values of a field in a segment, each with the documents that have it.
type facet struct {
	values []string
	having []index.Bits
}

// add counts the documents found in a segment.
func (t tally) add(seg *index.Segment, found index.Bits) error {
	few, isFew := fewOf(found)
	for _, field := range []string{index.FieldRegion, index.FieldGroup, index.FieldContract} {
		of, err := facetOf(seg, field)
		if err != nil {
			return err
		}
		if t[field] == nil {
			t[field] = map[string]int{}
		}
		for i, value := range of.values {
			n := 0
			if isFew {
				n = of.having[i].CountAmong(few)
			} else {
				n = found.CountAnd(of.having[i])
			}
			if n > 0 {
				t[field][value] += n
			}
		}
	}
	return nil
}

// fewOf lists the documents of a set where that is shorter than the set: then looking each of them up is faster than going over whole sets.
func fewOf(set index.Bits) ([]uint32, bool) {
	n := set.Count()
	if n >= len(set) {
		return nil, false
	}
	few := make([]uint32, 0, n)
	set.Each(func(doc uint32) { few = append(few, doc) })
	return few, true
}

func facetOf(seg *index.Segment, field string) (facet, error) {
	return index.Keep(seg, "facet "+field, func() (f facet, bytes int, err error) {
		values, err := seg.Terms(field)
		if err != nil {
			return f, 0, err
		}
		for _, v := range values {
			having := index.NewBits(seg.Docs)
			if err := addAll(seg, field, []string{v.Text}, having); err != nil {
				return f, 0, err
			}
			f.values, f.having = append(f.values, v.Text), append(f.having, having)
			bytes += len(v.Text) + 8*len(having)
		}
		return f, bytes, nil
	})
}

func (t tally) facets() Facets {
	return Facets{Regions: t.counts(index.FieldRegion), Groups: t.counts(index.FieldGroup), Contracts: t.counts(index.FieldContract)}
}

func (t tally) counts(field string) []Count {
	var out []Count
	for value, n := range t[field] {
		out = append(out, Count{Value: value, Count: n})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value)) })
	return out[:min(len(out), facetValues)]
}
