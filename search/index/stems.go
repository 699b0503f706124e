package index

import (
	"sync"

	"github.com/baara-platform/baara/domain/text"
)

// Stems remembers the stems of labels: in a rebuild the same few thousand come again with every person. The zero value is ready; it is for one
// rebuild, or for as long as its memory is worth it.
type Stems struct {
	mu    sync.Mutex
	known map[string][]string
	seen  map[string]bool // while a field is filled
}

// mostLabels bounds what is remembered: ESCO has some 35,000 preferred labels in two languages.
const mostLabels = 50_000

// of gives the stems of a label; they must not be changed. It needs the lock.
func (s *Stems) of(label string) []string {
	stems, ok := s.known[label]
	if !ok {
		stems = text.Stems(label)
		if s.known == nil || len(s.known) >= mostLabels {
			s.known = map[string][]string{}
		}
		s.known[label] = stems
	}
	return stems
}
