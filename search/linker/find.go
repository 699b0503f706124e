package linker

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain/text"
)

// The scores of the surest findings, and the share of the overlap that the others get.
const (
	scoreExact   = 100
	scoreStems   = 95
	scoreOverlap = 82
)

// The worth of a word found with errors, or from its beginning, against the word itself.
const (
	worthOneError  = 0.85
	worthTwoErrors = 0.7
	worthBeginning = 0.9
)

// asked is a word of the question: the stems it may stand for, with what each is worth.
type asked struct {
	readings []reading
	rarity   float32 // of the word itself when it is known, else of its best reading
}

type reading struct {
	stem  uint32
	worth float32
}

// mostWords bounds a question; no label is longer.
const mostWords = 24

// read looks neutral words up. An unknown word is read as its neighbours.
func (d *dictionary) read(neutral string) []asked { return d.readAll(distinct(stemsOf(neutral))) }

// readTyped is read of words whose last may go on: that one is also read as whatever begins like it.
func (d *dictionary) readTyped(typed, neutral string) []asked {
	stems := stemsOf(neutral)
	if len(stems) == 0 {
		return nil
	}
	// Before sorting: only the word at the end can be unfinished.
	last := stems[len(stems)-1]
	return append(d.readAll(distinct(stems[:len(stems)-1])), d.readBeginning(last, typed))
}

func stemsOf(neutral string) []string {
	stems := text.NeutralStems(neutral)
	return stems[:min(len(stems), mostWords)]
}

func (d *dictionary) readAll(stems []string) []asked {
	out := make([]asked, 0, len(stems))
	for _, s := range stems {
		out = append(out, d.readWord(s))
	}
	return out
}

func (d *dictionary) readWord(stem string) asked {
	if s, ok := d.stems[stem]; ok {
		return asked{[]reading{{s, 1}}, d.rarity[s]}
	}
	var a asked
	d.near.of(stem, d.names, func(s uint32, errors int) {
		worth := float32(worthOneError)
		if errors == 2 {
			worth = worthTwoErrors
		}
		a.readings = append(a.readings, reading{s, worth})
	})
	return d.weigh(a)
}

// readBeginning reads a word that may go on. Its stem may be shorter than what was typed ("boulange" has the stem of "boulanger").
func (d *dictionary) readBeginning(stem, words string) asked {
	a := d.readWord(stem)
	tokens := text.Tokens(words)
	for _, begin := range distinct([]string{stem, tokens[len(tokens)-1]}) {
		if len(begin) < 2 {
			continue
		}
		i, _ := slices.BinarySearchFunc(d.sorted, begin, func(s uint32, b string) int { return strings.Compare(d.names[s], b) })
		for ; i < len(d.sorted) && strings.HasPrefix(d.names[d.sorted[i]], begin); i++ {
			if s := d.sorted[i]; !slices.ContainsFunc(a.readings, func(r reading) bool { return r.stem == s }) {
				a.readings = append(a.readings, reading{s, worthBeginning})
			}
		}
	}
	return d.weigh(a)
}

func (d *dictionary) weigh(a asked) asked {
	a.rarity = rarity(len(d.labels), 0)
	if len(a.readings) > 0 {
		a.rarity = d.rarity[slices.MaxFunc(a.readings, func(x, y reading) int { return cmp.Compare(x.worth, y.worth) }).stem]
	}
	return a
}

// found is a concept with its best label's score.
type found struct {
	concept   uint32
	score     float32
	preferred bool
	ownLang   bool
}

// find returns the concepts for a question, best first. Among equals: a preferred label, then the asker's language, then the order of the
// dictionary, which is stable.
func (d *dictionary) find(question []asked, neutral, lang string) []found {
	var weight float32
	for _, a := range question {
		weight += a.rarity
	}
	if weight == 0 {
		return nil
	}
	best := findings{}
	under(d.exact, maphash.String(d.seed, neutral), func(n uint32) { best.take(d.labels[n], scoreExact, lang) })
	for _, n := range d.candidates(question) {
		if score := d.score(question, weight, n); score >= lowest {
			best.take(d.labels[n], score, lang)
		}
	}
	return best.sorted()
}

// equal returns the concepts that have the very words as a label, as find would order them.
func (d *dictionary) equal(neutral, lang string) []found {
	best := findings{}
	under(d.exact, maphash.String(d.seed, neutral), func(n uint32) { best.take(d.labels[n], scoreExact, lang) })
	return best.sorted()
}

// findings is the best label of each concept found.
type findings map[uint32]found

func (best findings) take(l label, score float32, lang string) {
	f := found{l.concept, score, l.preferred, sameLang(l.lang, lang)}
	if old, ok := best[l.concept]; !ok || compareFound(f, old) < 0 {
		best[l.concept] = f
	}
}

func (best findings) sorted() []found {
	out := make([]found, 0, len(best))
	for _, f := range best {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b found) int { return cmp.Or(compareFound(a, b), cmp.Compare(a.concept, b.concept)) })
	return out
}

// lowest is the score from which a finding is worth mentioning.
const lowest = 20

// enough is how many labels are looked at. The rarest words of a question come first; common ones only add to what those found.
const enough = 3000

func (d *dictionary) candidates(question []asked) []uint32 {
	var lists [][]uint32
	for _, a := range question {
		for _, r := range a.readings {
			lists = append(lists, d.labelsWith(r.stem))
		}
	}
	slices.SortFunc(lists, func(a, b []uint32) int { return cmp.Compare(len(a), len(b)) })
	var out []uint32
	for _, list := range lists {
		if len(out) > 0 && len(out)+len(list) > enough {
			break
		}
		out = append(out, list...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// score compares a question with a label: the share of their words that they have in common (Dice), by rarity. A word of the label answers
// one word of the question.
func (d *dictionary) score(question []asked, weight float32, n uint32) float32 {
	words := d.wordsOf(n)
	var common float32
	var used uint64 // words of the label, by place; labels have fewer than 64
	same := len(words) == len(question)
	for _, a := range question {
		worth, place := float32(0), 0
		for _, r := range a.readings {
			if i := slices.Index(words, r.stem); i >= 0 && used&(1<<i) == 0 && r.worth > worth {
				worth, place = r.worth, i
			}
		}
		if worth > 0 {
			used |= 1 << place
			common += worth * (a.rarity + d.rarity[words[place]])
		}
		same = same && worth == 1
	}
	if same {
		return scoreStems
	}
	return min(scoreOverlap, scoreOverlap*common/(weight+d.labels[n].weight))
}

func compareFound(a, b found) int {
	return cmp.Or(cmp.Compare(b.score, a.score), first(a.preferred, b.preferred), first(a.ownLang, b.ownLang))
}

func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func sameLang(l [3]byte, lang string) bool {
	return lang != "" && strings.TrimRight(string(l[:]), "\x00") == lang
}
