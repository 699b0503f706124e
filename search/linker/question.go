package linker

import (
	"strings"

	"github.com/baara-platform/baara/domain/text"
)

// Bounds of a question; no label is longer.
const (
	mostWords    = 12
	mostWritings = 3
	mostLetters  = 200 // bytes of what was typed that are read
)

// reading is one way to read a question.
type reading struct {
	neutral  string
	words    []spelt
	stems    []uint32 // known ones, without repetition
	weight   float32  // rarity of all stems, unknown ones too
	goesOn   bool     // the last word is the beginning of another: it stands for all that begin so
	spelling float32  // length of the vector of all words
	named    []uint32 // concepts that have the very words as a name
	heads    [2]int   // places in words of the first word, and of the last before a comma
}

// spelt is a word by its letters.
type spelt struct {
	word   string
	vector vector
	length float32
	open   bool // it may go on
}

// read reads what was asked in each way it can be meant. With open the last word may go on.
func (d *dictionary) read(s *synonyms, asked string, open bool) []reading {
	asked = clip(asked)
	list := writings(asked)
	out := make([]reading, 0, mostWritings)
	for i, neutral := range list[:min(len(list), mostWritings)] {
		r := d.readOne(s, neutral, open)
		if main, _, ok := strings.Cut(asked, ","); i == 0 && ok {
			r.heads[1] = d.lastOf(r, neutral, main)
		}
		out = append(out, r)
	}
	return out
}

// clip cuts at a rune.
func clip(s string) string {
	if len(s) <= mostLetters {
		return s
	}
	return strings.ToValidUTF8(s[:mostLetters], "")
}

func (d *dictionary) readOne(s *synonyms, neutral string, open bool) reading {
	r := reading{neutral: neutral}
	d.named(neutral, func(f uint32) { r.named = append(r.named, d.sizes[f].concept) })
	words := contentWords(neutral)
	words = words[:min(len(words), mostWords)]
	var all vector
	for i, w := range words {
		last := open && i == len(words)-1
		v, length := d.words.spell(w, last)
		r.words = append(r.words, spelt{w, v, length, last})
		all = append(all, v...)
	}
	all.compact()
	r.spelling = max(d.words.norm(all), tiny)
	r.heads = [2]int{0, len(words) - 1}
	d.readMeaning(s, &r, words)
	return r
}

// misspelt is what a word that had to be corrected weighs more than the word itself: what is found by it agrees less.
const misspelt = 1.4

// unfinished is what the beginning of a word weighs against a whole word that nobody knows.
const unfinished = 0.5

// readMeaning finds the stems. A word that nobody knows is read as the one it is likely a misspelling of.
func (d *dictionary) readMeaning(s *synonyms, r *reading, words []string) {
	corrected := make([]string, len(words))
	extra := float32(0)
	for i, w := range words {
		corrected[i] = w
		if r.words[i].open || d.known(s, w) {
			continue
		}
		if n, ok := d.correct(w); ok {
			corrected[i] = d.words.list[n]
			extra += (misspelt - 1) * rarity(len(d.forms), len(d.withWord.of(n)))
		}
	}
	seen := map[string]bool{}
	for _, m := range s.meanings(corrected) {
		if seen[m] {
			continue
		}
		seen[m] = true
		n, ok := d.stems[m]
		switch {
		case ok:
			r.stems = append(r.stems, n)
			r.weight += d.rarity[n]
		case len(words) > 0 && r.words[len(words)-1].open && m == text.Stem(words[len(words)-1]):
			r.goesOn = true
			r.weight += unfinished * rarity(len(d.forms), 0)
		default:
			r.weight += rarity(len(d.forms), 0)
		}
	}
	r.weight += extra
}

func (d *dictionary) known(s *synonyms, word string) bool {
	if _, ok := d.words.numbers[word]; ok {
		return true
	}
	stem := text.Stem(word)
	if _, ok := d.stems[stem]; ok {
		return true
	}
	_, ok := s.of[stem]
	return ok
}

// correct finds the known word with the fewest errors, of several the most frequent one.
func (d *dictionary) correct(word string) (best uint32, ok bool) {
	least, most := 0, 0
	d.near.of(word, d.words.list, func(n uint32, errors int) {
		frequency := len(d.withWord.of(n))
		if !ok || errors < least || errors == least && frequency > most {
			best, ok, least, most = n, true, errors, frequency
		}
	})
	return best, ok
}

// lastOf finds the place of the last word of the main part of a title, "representatives" of "sales representatives, wholesale".
func (d *dictionary) lastOf(r reading, neutral, main string) int {
	n := len(contentWords(text.Neutral(main)))
	return min(max(n, 1), len(r.words)) - 1
}
