package linker

import (
	"cmp"
	"math"
	"slices"
)

// related is a stem that other concepts use as another word for the same.
type related struct {
	stem  uint32
	share float32 // 0–1
}

// Bounds of what is learnt of related stems.
const (
	mostRelated   = 8
	leastShare    = 0.12
	mostCommon    = 400 // concepts; a stem of more says nothing of its neighbours
	leastTogether = 2   // concepts
)

// learnRelated finds for each stem those that stand in other names of the same concepts: the names of a concept are synonyms, so words that
// keep meeting in concepts are related in meaning.
func (d *dictionary) learnRelated(stemsOf postings) {
	with := newPostings(len(d.stems), len(d.concepts), func(c int) []uint32 { return stemsOf.of(uint32(c)) }) // concepts by stem
	d.related = make([][]related, len(d.stems))
	counts := make([]int, len(d.stems))
	var touched []uint32
	for s := range d.related {
		concepts := with.of(uint32(s))
		if len(concepts) < leastTogether || len(concepts) > mostCommon {
			continue
		}
		touched = touched[:0]
		for _, c := range concepts {
			for _, t := range stemsOf.of(c) {
				if counts[t] == 0 {
					touched = append(touched, t)
				}
				counts[t]++
			}
		}
		var list []related
		for _, t := range touched {
			share := float32(float64(counts[t]) / math.Sqrt(float64(len(concepts)*len(with.of(t)))))
			if int(t) != s && counts[t] >= leastTogether && share >= leastShare {
				list = append(list, related{t, share})
			}
			counts[t] = 0
		}
		slices.SortFunc(list, func(a, b related) int { return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.stem, b.stem)) })
		d.related[s] = slices.Clone(list[:min(len(list), mostRelated)])
	}
}
