package matching

import (
	"cmp"
	"hash/fnv"
	"maps"
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Rank is a place in a list of matches: more points first, then who has waited longest, then a lot.
//
// The lot is drawn from the record and the question (see [Lot]): it is the same when the list is paged or repeated that day, it cannot be
// chosen by registering early or late within a day, and over many vacancies nobody is favoured. Never the id, never the order of insertion.
type Rank struct {
	Points int
	Since  string // day of registration or publication, ISO form; "" sorts first
	Lot    uint64
}

// Compare is negative when a comes before b.
func (a Rank) Compare(b Rank) int {
	return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.Since, b.Since), cmp.Compare(a.Lot, b.Lot))
}

// Lot draws the lot of a record in the list made for question (the vacancy's or person's id) on a day.
func Lot(record, question domain.ID, day domain.Date) uint64 {
	h := fnv.New64a()
	for _, s := range [...]string{day.String(), string(question), string(record)} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	// FNV leaves neighbouring inputs close in the high bits: mix them (the finaliser of SplitMix64).
	x := h.Sum64()
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func compareAlternatives(a, b Alternative) int {
	strength := 0
	if a.Weak != b.Weak {
		if strength = -1; a.Weak {
			strength = 1
		}
	}
	return cmp.Or(strength, cmp.Compare(b.Points, a.Points), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Term, b.Term))
}

func compareGaps(a, b Gap) int {
	return cmp.Or(cmp.Compare(b.Opens, a.Opens), cmp.Compare(b.Helps, a.Helps), cmp.Compare(b.Points, a.Points), cmp.Compare(a.Words, b.Words))
}

// compareProspects puts the larger share first, then the one of more skills.
func compareProspects(a, b Prospect) int {
	return cmp.Or(cmp.Compare(b.Has*a.Of, a.Has*b.Of), cmp.Compare(b.Has, a.Has), cmp.Compare(a.Occupation, b.Occupation))
}

func unique(terms []string) []string {
	out := slices.Clone(terms)
	slices.Sort(out)
	return slices.Compact(out)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
