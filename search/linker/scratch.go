package linker

import (
	"math/bits"
	"sync"
)

// scratch is the memory of one answer: numbers for each word, form and concept, all zero between answers. What is asked most, whether
// something is there at all, are bits: they fit next to the processor, the numbers do not.
type scratch struct {
	products  [][]float32 // by word of the question: of its vector and that of each word of the dictionary
	touched   []uint32    // words of the dictionary with a product, while one word of the question is compared
	near      set         // words of the dictionary with a product
	forms     []weighed   // by form of the dictionary
	met       set         // forms that have something in common with the question
	found     []uint32    // the same, in order
	concepts  []scored    // that have one of them
	edge      []scored    // those that may or may not deserve a close look
	picked    []scored    // those looked at closely
	related   set         // stems related to one of the question
	own       []uint32    // of these, those of one concept
	candidate []candidate // before they are sorted
	places    []int32     // of concepts among the answers, from 1
}

// weighed is a form and what it has in common with the question: side by side, so that one of them is fetched with the other.
type weighed struct {
	product   float32 // of their vectors
	common    float32 // rarity of the stems in both
	spelling  float32 // as in size; so are weight, concept and preferred
	weight    float32
	concept   uint32
	stems     uint16 // places of the question's stems that it has, as bits
	preferred bool
}

// scored is a concept with a first idea of how well it answers.
type scored struct {
	concept  uint32
	score    float32
	from, to uint32 // into found: its forms
}

// set is a set of numbers.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

func (s set) add(n uint32)      { s[n/64] |= 1 << (n % 64) }
func (s set) has(n uint32) bool { return s[n/64]&(1<<(n%64)) != 0 }

// appendTo lists the set in order.
func (s set) appendTo(list []uint32) []uint32 {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			list = append(list, uint32(i*64+bits.TrailingZeros64(word)))
		}
	}
	return list
}

// pool keeps the memory of earlier answers.
type pool struct {
	mu   sync.Mutex
	free []*scratch
}

// mostFree bounds what is kept for the next burst of questions.
const mostFree = 8

func (d *dictionary) borrow() *scratch {
	d.pool.mu.Lock()
	defer d.pool.mu.Unlock()
	if n := len(d.pool.free); n > 0 {
		s := d.pool.free[n-1]
		d.pool.free = d.pool.free[:n-1]
		return s
	}
	s := &scratch{
		near: newSet(len(d.words.list)), forms: make([]weighed, len(d.forms)), met: newSet(len(d.forms)),
		related: newSet(len(d.stems)), places: make([]int32, len(d.concepts)),
	}
	for f := range d.sizes {
		size := &d.sizes[f]
		s.forms[f] = weighed{spelling: size.spelling, weight: size.weight, concept: size.concept, preferred: size.preferred}
	}
	return s
}

func (d *dictionary) giveBack(s *scratch) {
	d.pool.mu.Lock()
	defer d.pool.mu.Unlock()
	if len(d.pool.free) < mostFree {
		d.pool.free = append(d.pool.free, s)
	}
}

// word gives the place for the i-th word of a question.
func (s *scratch) word(i, words int) []float32 {
	for len(s.products) <= i {
		s.products = append(s.products, make([]float32, words))
	}
	return s.products[i]
}

// clear makes everything of a reading zero again.
func (s *scratch) clear(r *reading) {
	for i := range r.words {
		clear(s.products[i])
	}
	for _, f := range s.found {
		w := &s.forms[f]
		w.product, w.common, w.stems = 0, 0, 0
	}
	s.found, s.concepts = s.found[:0], s.concepts[:0]
	clear(s.near)
	clear(s.met)
	clear(s.related)
}
