package match

import "github.com/baara-platform/baara/search/index"

// entry is a document that may be among the first.
type entry struct {
	segment *index.Segment
	doc     uint32
	key     int    // more comes first
	since   uint16 // day, see sinceDays
}

// selection keeps of many documents those that can be among the first n by key. It counts documents by key, so it knows at any time
// the least key that still has a chance, and drops nobody who is equal to the n-th.
type selection struct {
	n       int
	total   int
	with    []int // documents by key
	least   int
	above   int // documents with at least the least key
	entries []entry
}

// add takes part; since is asked for only where it matters.
func (s *selection) add(seg *index.Segment, doc uint32, key int, since []uint16) {
	s.total++
	if key < s.least {
		return
	}
	for key >= len(s.with) {
		s.with = append(s.with, make([]int, key+1)...)
	}
	s.with[key]++
	s.above++
	for s.above-s.with[s.least] >= s.n {
		s.above -= s.with[s.least]
		s.least++
	}
	s.entries = append(s.entries, entry{seg, doc, key, since[doc]})
	if len(s.entries) >= 4096 && len(s.entries) >= 2*s.above {
		s.drop()
	}
}

// drop forgets who has no chance any more.
func (s *selection) drop() {
	kept := s.entries[:0]
	for _, e := range s.entries {
		if e.key >= s.least {
			kept = append(kept, e)
		}
	}
	s.entries = kept
}
