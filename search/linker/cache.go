package linker

import (
	"sync"

	"github.com/baara-platform/baara/domain/taxonomy"
)

// question is what was asked.
type question struct {
	kind        taxonomy.Kind
	lang, words string
}

// cache remembers answers: in an import the same words come again and again. When it is full it forgets everything, which costs less than
// knowing what to keep.
type cache struct {
	mu      sync.Mutex
	answers map[question]taxonomy.Guess
}

const (
	cacheSize   = 50_000
	longestWord = 200 // bytes; longer questions are not remembered
)

func newCache() *cache { return &cache{answers: map[question]taxonomy.Guess{}} }

func (c *cache) get(q question) (taxonomy.Guess, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	g, ok := c.answers[q]
	return g, ok
}

func (c *cache) put(q question, g taxonomy.Guess) {
	if len(q.words) > longestWord {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.answers) >= cacheSize {
		clear(c.answers)
	}
	c.answers[q] = g
}
