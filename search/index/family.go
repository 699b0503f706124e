package index

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum/levenshtein"
)

// Family is terms of a field that are asked for together, in one segment. It is kept with the segment: people type the same few thousand words again
// and again, and to look for what resembles one takes longer than to answer the question.
type Family struct {
	Terms []Term          // sorted
	Docs  *roaring.Bitmap // that have any of them, deleted ones included; nil when there are none. It must not be changed.
}

// Beginning gives the terms of a field that begin with prefix.
func (s *Segment) Beginning(field, prefix string) (Family, error) {
	return s.family("beginning "+field+" "+prefix, field, prefix, func() (segment.Automaton, error) { return nil, nil })
}

// Near gives the terms of a field that begin with prefix and are at most so many letters away from term, 1 or 2.
func (s *Segment) Near(field, term string, letters int, prefix string) (Family, error) {
	return s.family(fmt.Sprint("near ", letters, " ", field, " ", prefix, " ", term), field, prefix, func() (segment.Automaton, error) {
		near, err := automata()[letters].BuildDfa(term, uint8(letters))
		if err != nil {
			return nil, fmt.Errorf("index: words near another: %w", err)
		}
		return near, nil
	})
}

// automata build machines that accept words one or two letters away; swapped letters count as one.
var automata = sync.OnceValue(func() map[int]*levenshtein.LevenshteinAutomatonBuilder {
	out := map[int]*levenshtein.LevenshteinAutomatonBuilder{}
	for letters := 1; letters <= 2; letters++ {
		b, err := levenshtein.NewLevenshteinAutomatonBuilder(uint8(letters), true)
		if err != nil {
			panic(err) // the numbers are constant
		}
		out[letters] = b
	}
	return out
})

func (s *Segment) family(name, field, prefix string, automaton func() (segment.Automaton, error)) (Family, error) {
	return Keep(s, name, func() (f Family, bytes int, err error) {
		accept, err := automaton()
		if err != nil {
			return f, 0, err
		}
		if f.Terms, err = s.terms(field, prefix, accept); err != nil {
			return f, 0, err
		}
		lists := make([]*roaring.Bitmap, 0, len(f.Terms))
		for _, t := range f.Terms {
			bytes += len(t.Text) + 24
			list, err := s.Postings(field, t.Text)
			if err != nil {
				return f, 0, err
			}
			if list != nil {
				lists = append(lists, list)
			}
		}
		if len(lists) > 0 {
			f.Docs = roaring.FastOr(lists...)
			f.Docs.CloneCopyOnWriteContainers() // it must not point into a file that may go
			f.Docs.SetCopyOnWrite(false)        // nor be marked by those who share it
			bytes += int(f.Docs.GetSizeInBytes())
		}
		return f, bytes, nil
	})
}

// Sum adds up the terms of the same family in all segments, sorted.
func Sum(families []Family) []Term {
	if len(families) == 1 {
		return families[0].Terms
	}
	counts := map[string]uint64{}
	for _, f := range families {
		for _, t := range f.Terms {
			counts[t.Text] += t.Count
		}
	}
	out := make([]Term, 0, len(counts))
	for _, text := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, Term{text, counts[text]})
	}
	return out
}
