package linker

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// vocabulary holds the words of a dictionary and how they are spelt: each has a vector of its groups of three to five letters, where rare
// groups weigh more. The product of two words' vectors says how alike they look, which forgives typing errors, endings and compounds in
// every language alike.
type vocabulary struct {
	list    []string
	numbers map[string]uint32
	groups  map[string]uint32
	weight  []float32 // of groups
	in      postings  // words by group, once for each time it occurs
	of      postings  // groups by word, likewise
	lengths []float32 // of words' vectors
	sorted  []uint32  // words in alphabetical order
}

func (v *vocabulary) number(word string) uint32 {
	n, ok := v.numbers[word]
	if !ok {
		if v.numbers == nil {
			v.numbers, v.groups = map[string]uint32{}, map[string]uint32{}
		}
		n = uint32(len(v.list))
		v.numbers[word] = n
		v.list = append(v.list, word)
	}
	return n
}

const (
	shortestGroup = 3
	longestGroup  = 5
	longestSpelt  = 40 // letters that are looked at
)

// letterGroups calls visit with the groups of letters of a word, its ends marked by a space. An open word has no end yet.
func letterGroups(word string, open bool, visit func(string)) {
	s := " " + word
	if !open {
		s += " "
	}
	// Offsets of letters: groups are cut out of one string.
	at := make([]int, 0, longestSpelt+3)
	for i := range s {
		if len(at) == cap(at)-1 {
			break
		}
		at = append(at, i)
	}
	if len(at) == cap(at)-1 {
		s = s[:at[len(at)-1]]
		at = at[:len(at)-1]
	}
	at = append(at, len(s))
	letters := len(at) - 1
	if letters < shortestGroup {
		visit(s)
		return
	}
	for n := shortestGroup; n <= longestGroup; n++ {
		for i := 0; i+n <= letters; i++ {
			visit(s[at[i]:at[i+n]])
		}
	}
}

// measure weighs the groups by how many of the forms they occur in.
func (v *vocabulary) measure(forms int, frequency func(word uint32) int) {
	first, has := make([]uint32, 1, len(v.list)+1), []uint32(nil)
	for _, w := range v.list {
		letterGroups(w, false, func(g string) {
			n, ok := v.groups[g]
			if !ok {
				n = uint32(len(v.groups))
				v.groups[g] = n
			}
			has = append(has, n)
		})
		first = append(first, uint32(len(has)))
	}
	v.of = postings{first, slices.Clip(has)}
	with := make([]int, len(v.groups))
	var seen []uint32
	for w := range v.list {
		seen = append(seen[:0], v.of.of(uint32(w))...)
		slices.Sort(seen)
		for _, g := range slices.Compact(seen) {
			with[g] += frequency(uint32(w))
		}
	}
	v.weight = make([]float32, len(v.groups))
	for g, n := range with {
		v.weight[g] = float32(1 + math.Log(float64(1+forms)/float64(1+min(n, forms))))
	}
	v.in = newPostings(len(v.groups), len(v.list), func(w int) []uint32 { return v.of.of(uint32(w)) })
	v.sorted = make([]uint32, len(v.list))
	for i := range v.sorted {
		v.sorted[i] = uint32(i)
	}
	slices.SortFunc(v.sorted, func(a, b uint32) int { return strings.Compare(v.list[a], v.list[b]) })
	v.lengths = make([]float32, len(v.list))
	var buffer vector
	for w := range v.list {
		v.lengths[w] = v.length([]uint32{uint32(w)}, &buffer)
	}
}

// beginning calls visit with the words that begin so.
func (v *vocabulary) beginning(with string, visit func(word uint32)) {
	i, _ := slices.BinarySearchFunc(v.sorted, with, func(n uint32, s string) int { return strings.Compare(v.list[n], s) })
	for ; i < len(v.sorted) && strings.HasPrefix(v.list[v.sorted[i]], with); i++ {
		visit(v.sorted[i])
	}
}

// vector is a sum of letter groups: how often each occurs.
type vector []groupCount

type groupCount struct {
	group uint32
	count float32
}

// compact sorts a vector and adds up what occurs several times.
func (x *vector) compact() {
	s := *x
	slices.SortFunc(s, func(a, b groupCount) int { return cmp.Compare(a.group, b.group) })
	out := s[:0]
	for _, g := range s {
		if n := len(out); n > 0 && out[n-1].group == g.group {
			out[n-1].count += g.count
			continue
		}
		out = append(out, g)
	}
	*x = out
}

// length is that of the vector of words together. The buffer is overwritten.
func (v *vocabulary) length(words []uint32, buffer *vector) float32 {
	*buffer = (*buffer)[:0]
	for _, w := range words {
		for _, g := range v.of.of(w) {
			*buffer = append(*buffer, groupCount{g, 1})
		}
	}
	buffer.compact()
	return v.norm(*buffer)
}

func (v *vocabulary) norm(x vector) float32 {
	sum := 0.0
	for _, g := range x {
		w := float64(g.count * v.weight[g.group])
		sum += w * w
	}
	return float32(math.Sqrt(sum))
}

// tiny stands for a length of nothing, which is divided by.
const tiny = 1e-6

// spell gives the vector of a word that need not be known, and its length. Groups that no word has are left out.
func (v *vocabulary) spell(word string, open bool) (x vector, length float32) {
	letterGroups(word, open, func(g string) {
		if n, ok := v.groups[g]; ok {
			x = append(x, groupCount{n, 1})
		}
	})
	x.compact()
	return x, max(v.norm(x), tiny)
}
