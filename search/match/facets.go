package match

import (
	"cmp"
	"slices"

	"github.com/baara-platform/baara/search/index"
)

// facetValues bounds a facet; a country has fewer regions, and ISCO fewer sub-major groups.
const facetValues = 60

// facets counts what was found by region, group and contract: for each value, the documents in both its set and the result.
func facets(state *index.Snapshot, found []index.Bits) (f Facets, err error) {
	for field, into := range map[string]*[]Count{
		index.FieldRegion: &f.Regions, index.FieldGroup: &f.Groups, index.FieldContract: &f.Contracts,
	} {
		if *into, err = counts(state, found, field); err != nil {
			return Facets{}, err
		}
	}
	return f, nil
}

func counts(state *index.Snapshot, found []index.Bits, field string) ([]Count, error) {
	by := map[string]int{}
	for i, seg := range state.Segments {
		values, err := seg.Terms(field)
		if err != nil {
			return nil, err
		}
		for _, v := range values {
			having, err := seg.Set("facet "+field+" "+v.Text, func(b index.Bits) error { return addAll(seg, field, []string{v.Text}, b) })
			if err != nil {
				return nil, err
			}
			if n := found[i].CountAnd(having); n > 0 {
				by[v.Text] += n
			}
		}
	}
	var out []Count
	for value, n := range by {
		out = append(out, Count{Value: value, Count: n})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value)) })
	return out[:min(len(out), facetValues)], nil
}
