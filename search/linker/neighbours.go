package linker

import (
	"cmp"
	"hash/maphash"
	"slices"
	"unicode/utf8"
)

// spelling is a word filed under the hash of one of its spellings.
type spelling struct {
	hash uint64
	word uint32
}

// neighbours finds the words a typing error away from another. Each word is filed under itself and under each of its forms with one letter
// left out; a word is looked up the same way. Two words that share a form are at most one letter each apart, which the distance then
// confirms.
type neighbours struct {
	spellings []spelling // sorted
	seed      maphash.Seed
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
			n.each(name, func(h uint64) { n.spellings = append(n.spellings, spelling{h, uint32(i)}) })
		}
	}
	slices.SortFunc(n.spellings, func(a, b spelling) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.word, b.word)) })
	n.spellings = slices.Clip(slices.Compact(n.spellings))
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

// under calls visit with the words filed under a hash.
func (n neighbours) under(hash uint64, visit func(word uint32)) {
	i, _ := slices.BinarySearchFunc(n.spellings, hash, func(f spelling, h uint64) int { return cmp.Compare(f.hash, h) })
	for ; i < len(n.spellings) && n.spellings[i].hash == hash; i++ {
		visit(n.spellings[i].word)
	}
}

// of calls visit with each word near the given one and how many errors lie between, 1 or 2.
func (n neighbours) of(word string, names []string, visit func(near uint32, errors int)) {
	if !mayErr(word) {
		return
	}
	var seen []uint32
	n.each(word, func(hash uint64) {
		n.under(hash, func(near uint32) {
			if slices.Contains(seen, near) {
				return
			}
			seen = append(seen, near)
			if e := distance(word, names[near]); e > 0 && e <= forgiven(word) {
				visit(near, e)
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
