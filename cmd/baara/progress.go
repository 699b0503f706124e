package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// progress tells how far a long command is: a bar that is drawn over at a
// terminal, else a line now and then.
type progress struct {
	out   io.Writer
	what  string
	bar   bool
	every time.Duration

	mu    sync.Mutex
	start time.Time
	last  time.Time
}

func newProgress(out *os.File, what string) *progress {
	p := &progress{out: out, what: what, bar: term.IsTerminal(int(out.Fd())), every: 5 * time.Second, start: time.Now()}
	if p.bar {
		p.every = 100 * time.Millisecond
	}
	p.last = p.start
	return p
}

// show tells that a part of the whole is done; note says more: "1200 rows".
func (p *progress) show(done, whole int64, note string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if now.Sub(p.last) < p.every {
		return
	}
	p.last = now
	p.draw(done, whole, note)
}

// end draws the whole and goes to the next line.
func (p *progress) end(note string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar {
		p.draw(1, 1, note)
		fmt.Fprintln(p.out)
	}
}

const barWidth = 30

func (p *progress) draw(done, whole int64, note string) {
	part := 0.0
	if whole > 0 {
		part = min(1, float64(done)/float64(whole))
	}
	if !p.bar {
		fmt.Fprintf(p.out, "%s: %.0f %%, %s\n", p.what, 100*part, note)
		return
	}
	full := int(part * barWidth)
	fmt.Fprintf(p.out, "\r%s [%s%s] %3.0f %% %s\x1b[K", p.what, strings.Repeat("█", full), strings.Repeat("░", barWidth-full), 100*part, note)
}
