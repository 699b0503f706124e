package linker

import "sync"

// scratch is the memory of one answer: numbers for each word, form and concept, all zero between answers.
type scratch struct {
	alike    [][]float32 // by word of the question: how alike each word of the dictionary is, 0–1
	touched  [][]uint32  // words of alike that are not zero
	shared   []shared    // of forms: what they have in common with the question
	forms    []uint32    // that have something
	best     []float32   // of concepts: the likeness of their likest form
	concepts []scored    // that have one
	asked    []bool      // stems of the question
	counts   []float32   // by stem of the question, of one concept
}

// shared is what a form has in common with the question.
type shared struct {
	product float32 // of their vectors
	common  float32 // rarity of the stems in both
}

// scored is a concept with a first idea of how well it answers.
type scored struct {
	concept uint32
	score   float32
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
	return &scratch{
		shared: make([]shared, len(d.forms)), best: make([]float32, len(d.concepts)),
		asked: make([]bool, len(d.stems)),
	}
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
	for len(s.alike) <= i {
		s.alike = append(s.alike, make([]float32, words))
		s.touched = append(s.touched, nil)
	}
	return s.alike[i]
}

// clear makes everything zero again.
func (s *scratch) clear(r *reading) {
	for i, list := range s.touched {
		for _, w := range list {
			s.alike[i][w] = 0
		}
		s.touched[i] = list[:0]
	}
	for _, f := range s.forms {
		s.shared[f] = shared{}
	}
	s.forms = s.forms[:0]
	for i := range s.concepts {
		s.best[s.concepts[i].concept] = 0
	}
	s.concepts = s.concepts[:0]
	for _, n := range r.stems {
		s.asked[n] = false
	}
}
