package feed

import (
	"context"
	"sync"
	"time"

	"github.com/baara-platform/baara/domain/matching"
)

// State says what the index is doing. The codes are stable: they are message keys.
type State string

// The states of the index.
const (
	Starting   State = "starting"   // nothing known yet
	Rebuilding State = "rebuilding" // being built; the one before may still answer
	Ready      State = "ready"      // answering and following the database
	Failing    State = "failing"    // the last attempt to follow failed; answers may be old
)

// Status is what the administrator's page, the health check and the metrics show.
type Status struct {
	State   State
	Serving bool // searches are answered
	Built   int  // records written by the rebuild under way
	// Lag is the age of the oldest change that is not yet searchable; 0 when there is none.
	Lag      time.Duration
	Position matching.Position
}

// board holds the status and tells who waits when it changes.
type board struct {
	mu      sync.Mutex
	status  Status
	oldest  time.Time
	changed chan struct{}
}

func newBoard() *board { return &board{status: Status{State: Starting}, changed: make(chan struct{})} }

func (b *board) update(change func(s *Status, oldest *time.Time)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change(&b.status, &b.oldest)
	close(b.changed)
	b.changed = make(chan struct{})
}

func (b *board) read() (Status, time.Time, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.status, b.oldest, b.changed
}

// Status tells how the index is.
func (f *Feed) Status() Status {
	s, oldest, _ := f.board.read()
	s.Serving = f.live.Current() != nil
	if !oldest.IsZero() {
		s.Lag = max(0, f.clock.Now().Sub(oldest))
	}
	return s
}

// Await returns when everything committed before the call is searchable, or with the context's error.
func (f *Feed) Await(ctx context.Context) error {
	target, err := f.source.Latest(ctx)
	if err != nil {
		return err
	}
	for {
		s, _, changed := f.board.read()
		if f.live.Current() != nil && s.Position.Epoch == target.Epoch && s.Position.Reaches(target) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

func (f *Feed) progress(built int) {
	if f.tell != nil {
		f.tell(built)
	}
	f.board.update(func(s *Status, _ *time.Time) { s.Built = built })
}
