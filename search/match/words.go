package match

import (
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/baara-platform/baara/domain/text"
	"github.com/baara-platform/baara/search/index"
)

// maxWords bounds what one search costs; the words after them are ignored.
const maxWords = 12

// The worth of the ways in which a word can be found, in per cent of a word found as it is in the text.
const (
	worthTitle  = 400
	worthText   = 100
	worthPrefix = 50 // of those: the beginning of a word, for the last word, which may still be being typed
	worthTypo   = 25 // of those
)

// field is where words are looked for, with its worth.
type field struct {
	name  string
	worth int
}

// word is the ways in which one word can be found, the best first: a document counts for the first that it meets.
type word []way

// way is terms of a field that are worth the same.
type way struct {
	points int
	docs   func(*index.Segment) (*roaring.Bitmap, error) // that meet it; nil for none
}

// typedWords returns the words of what was typed: each is met by itself, by a word one or two letters away, and the last also by its
// continuation. The best way counts, times how rare the word is.
func typedWords(state *index.Snapshot, typed string, fields []field) ([]word, error) {
	stems := text.Stems(typed)
	stems = stems[:min(len(stems), maxWords)]
	words := make([]word, len(stems))
	for i, stem := range stems {
		w := ways{state: state, stem: stem}
		for _, f := range fields {
			if err := w.find(f, i == len(stems)-1); err != nil {
				return nil, err
			}
		}
		words[i] = w.weighed()
	}
	return words, nil
}

// ways gathers how a word can be found.
type ways struct {
	state  *index.Snapshot
	stem   string
	found  word
	common uint64 // documents that have the commonest of the words found
}

func (w *ways) find(f field, last bool) error {
	n, err := w.state.Count(f.name, w.stem)
	if err != nil {
		return err
	}
	w.add(f.worth, []index.Term{{Text: w.stem, Count: n}}, func(seg *index.Segment) (*roaring.Bitmap, error) { return seg.Postings(f.name, w.stem) })
	if last && len(w.stem) >= 3 {
		err := w.family(f.worth*worthPrefix/100, func(seg *index.Segment) (index.Family, error) { return seg.Beginning(f.name, w.stem) })
		if err != nil {
			return err
		}
	}
	letters := typosForgiven(w.stem)
	if letters == 0 {
		return nil
	}
	// How common the words are that look like the one typed matters only where that is in no document.
	if common := w.common; common > 0 {
		defer func() { w.common = common }()
	}
	first := string([]rune(w.stem)[:1])
	return w.family(f.worth*worthTypo/100, func(seg *index.Segment) (index.Family, error) { return seg.Near(f.name, w.stem, letters, first) })
}

func (w *ways) family(worth int, of func(*index.Segment) (index.Family, error)) error {
	families := make([]index.Family, len(w.state.Segments))
	for i, seg := range w.state.Segments {
		var err error
		if families[i], err = of(seg); err != nil {
			return err
		}
	}
	w.add(worth, index.Sum(families), func(seg *index.Segment) (*roaring.Bitmap, error) {
		f, err := of(seg)
		return f.Docs, err
	})
	return nil
}

func (w *ways) add(worth int, terms []index.Term, docs func(*index.Segment) (*roaring.Bitmap, error)) {
	for _, t := range terms {
		w.common = max(w.common, t.Count)
	}
	if len(terms) > 0 {
		w.found = append(w.found, way{worth, docs})
	}
}

// weighed orders the ways. Rarity is the word's and not the way's: a slip of the pen is rare and means little.
func (w *ways) weighed() word {
	rarity := 1 + math.Log(float64(w.state.Docs()+1)/float64(w.common+1))
	slices.SortStableFunc(w.found, func(a, b way) int { return b.points - a.points })
	for i := range w.found {
		w.found[i].points = max(1, int(float64(w.found[i].points)*rarity))
	}
	return w.found
}

// typosForgiven: short words have too many neighbours, and the first letter is rarely wrong.
func typosForgiven(stem string) int {
	switch n := len([]rune(stem)); {
	case n < 4:
		return 0
	case n < 8:
		return 1
	}
	return 2
}
