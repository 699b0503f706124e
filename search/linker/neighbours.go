package linker

import (
	"cmp"
	"hash/maphash"
	"slices"
	"unicode/utf8"
)

// form is something filed under the hash of a spelling: a stem or a label.
type form struct {
	hash uint64
	of   uint32
}

func sortForms(forms []form) {
	slices.SortFunc(forms, func(a, b form) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.of, b.of)) })
}

// under calls visit with what is filed under a hash.
func under(forms []form, hash uint64, visit func(of uint32)) {
	i, _ := slices.BinarySearchFunc(forms, hash, func(f form, h uint64) int { return cmp.Compare(f.hash, h) })
	for ; i < len(forms) && forms[i].hash == hash; i++ {
		visit(forms[i].of)
	}
}

// neighbours finds the stems a typing error away from a word. Each stem is filed under itself and under each of its forms with one letter
// left out; a word is looked up the same way. Two words that share a form are at most one letter each apart, which the distance then
// confirms.
type neighbours struct {
	forms []form // of stems
	seed  maphash.Seed
}

// shortest is the length from which errors are forgiven, because shorter words have too many neighbours; longest bounds the work.
const (
	shortest = 4
	longest  = 40
)

func newNeighbours(names []string, seed maphash.Seed) neighbours {
	n := neighbours{seed: seed}
	for i, name := range names {
		if mayErr(name) {
			n.each(name, func(h uint64) { n.forms = append(n.forms, form{h, uint32(i)}) })
		}
	}
	sortForms(n.forms)
	n.forms = slices.Clip(slices.Compact(n.forms))
	return n
}

func (n neighbours) each(word string, visit func(hash uint64)) {
	visit(maphash.String(n.seed, word))
	var h maphash.Hash
	for i := range word {
		h.SetSeed(n.seed)
		_, size := utf8.DecodeRuneInString(word[i:])
		h.WriteString(word[:i])
		h.WriteString(word[i+size:])
		visit(h.Sum64())
	}
}

// of calls visit with each stem near word and how many errors lie between, 1 or 2.
func (n neighbours) of(word string, names []string, visit func(stem uint32, errors int)) {
	if !mayErr(word) {
		return
	}
	var seen []uint32
	n.each(word, func(hash uint64) {
		under(n.forms, hash, func(stem uint32) {
			if slices.Contains(seen, stem) {
				return
			}
			seen = append(seen, stem)
			if e := distance(word, names[stem]); e > 0 && e <= forgiven(word) {
				visit(stem, e)
			}
		})
	})
}

func mayErr(word string) bool { return len(word) >= shortest && len(word) <= longest }

// forgiven is how many errors a word may have.
func forgiven(word string) int {
	if len(word) < 8 {
		return 1
	}
	return 2
}

// distance counts the letters to insert, remove, replace or swap with the next one (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	var before []int
	last := make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row := make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			change := 1
			if x[i] == y[j] {
				change = 0
			}
			row[j+1] = min(last[j]+change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}
