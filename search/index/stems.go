package index

import (
	"sync"

	"github.com/baara-platform/baara/domain/text"
)

// Stems remembers the stems of labels: in a rebuild the same few thousand come again with every person. The zero value is ready; it is for one
// rebuild, or for as long as its memory is worth it.
type Stems struct {
	mu      sync.Mutex
	known   map[string][]int // label → numbers of its stems
	numbers map[string]int
	stems   []string // by number
	seen    []int    // by number: the last field it was put into
	round   int      // counts fields
}

// mostLabels bounds what is remembered: ESCO has some 35,000 preferred labels in two languages.
const mostLabels = 50_000

// begin starts a field. It needs the lock.
func (s *Stems) begin() {
	if s.known == nil || len(s.known) >= mostLabels {
		s.known, s.numbers, s.stems, s.seen = map[string][]int{}, map[string]int{}, nil, nil
	}
	s.round++
}

// of gives the numbers of a label's stems; they must not be changed. It needs the lock.
func (s *Stems) of(label string) []int {
	numbers, ok := s.known[label]
	if ok {
		return numbers
	}
	for _, stem := range text.Stems(label) {
		n, ok := s.numbers[stem]
		if !ok {
			n = len(s.stems)
			s.numbers[stem], s.stems, s.seen = n, append(s.stems, stem), append(s.seen, 0)
		}
		numbers = append(numbers, n)
	}
	s.known[label] = numbers
	return numbers
}
