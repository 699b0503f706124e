package match

import (
	"math"
	"slices"

	"github.com/baara-platform/baara/domain/matching"
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

// wordGroups returns a group for each word of what was typed: it is met by the word itself, by a word one or two letters away, and for the last
// word by its continuation. The best way counts, times how rare the word is.
func wordGroups(state *index.Snapshot, typed string, fields []field) ([]matching.Group, error) {
	stems := text.Stems(typed)
	stems = stems[:min(len(stems), maxWords)]
	groups := make([]matching.Group, len(stems))
	for i, stem := range stems {
		w := ways{state: state, stem: stem}
		for _, f := range fields {
			if err := w.find(f, i == len(stems)-1); err != nil {
				return nil, err
			}
		}
		groups[i] = w.group()
	}
	return groups, nil
}

// ways gathers how a word can be found.
type ways struct {
	state  *index.Snapshot
	stem   string
	found  []matching.Alternative
	common uint64 // documents that have the commonest of the words found
}

func (w *ways) find(f field, last bool) error {
	n, err := w.state.Count(f.name, w.stem)
	if err != nil {
		return err
	}
	w.add(f.name, f.worth, index.Term{Text: w.stem, Count: n})
	if last && len(w.stem) >= 3 {
		terms, err := w.state.Beginning(f.name, w.stem)
		if err != nil {
			return err
		}
		w.add(f.name, f.worth*worthPrefix/100, terms...)
	}
	if letters := typosForgiven(w.stem); letters > 0 {
		first := string([]rune(w.stem)[:1])
		terms, err := w.state.Near(f.name, w.stem, letters, first)
		if err != nil {
			return err
		}
		w.addNear(f, terms)
	}
	return nil
}

// addNear adds words that look like the one typed. How common they are matters only where the one typed is in no document.
func (w *ways) addNear(f field, terms []index.Term) {
	if common := w.common; common > 0 {
		defer func() { w.common = common }()
	}
	w.add(f.name, f.worth*worthTypo/100, terms...)
}

func (w *ways) add(field string, worth int, terms ...index.Term) {
	for _, t := range terms {
		w.found = append(w.found, matching.Alternative{Field: field, Term: t.Text, Points: worth})
		w.common = max(w.common, t.Count)
	}
}

// group orders the ways, the best first, each term once. Rarity is the word's and not the way's: a slip of the pen is rare and means little.
func (w *ways) group() matching.Group {
	rarity := 1 + math.Log(float64(w.state.Docs()+1)/float64(w.common+1))
	slices.SortStableFunc(w.found, func(a, b matching.Alternative) int { return b.Points - a.Points })
	type name struct{ field, term string }
	seen := map[name]bool{}
	var g matching.Group
	for _, a := range w.found {
		if n := (name{a.Field, a.Term}); !seen[n] {
			seen[n] = true
			a.Points = max(1, int(float64(a.Points)*rarity))
			g.Alternatives = append(g.Alternatives, a)
		}
	}
	return g
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
