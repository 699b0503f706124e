package feed

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

const (
	batch     = 200                   // changes written at once
	coalesce  = 25 * time.Millisecond // wait after a wake-up, so that changes made together are written together
	overtaken = 50 * time.Millisecond // until changes behind a running transaction are looked at again
	idle      = time.Second           // until the feed is looked at without a wake-up
	longest   = 30 * time.Second      // between attempts after failures
	settled   = 2 * time.Second       // that an import of concepts or places must have been still for, before the index is built anew
)

// Feed follows one database with one index. Run it once.
type Feed struct {
	source  Source
	live    *index.Live
	clock   domain.Clock
	log     *slog.Logger
	board   *board
	tell    func(built int) // of a command; may be nil
	wake    chan struct{}
	rebuild chan struct{}
}

// New connects a database and an index.
func New(source Source, live *index.Live, clock domain.Clock, log *slog.Logger) *Feed {
	return &Feed{
		source: source, live: live, clock: clock, log: log, board: newBoard(),
		wake: make(chan struct{}, 1), rebuild: make(chan struct{}, 1),
	}
}

// OnProgress calls tell with the number of records a build has written so far,
// for a command's progress bar. Call it before Reindex or Run.
func (f *Feed) OnProgress(tell func(built int)) { f.tell = tell }

// Rebuild asks for a new index beside the one that answers. Asking again while one is being built changes nothing.
func (f *Feed) Rebuild() { signal(f.rebuild) }

func signal(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}

// Reindex builds the index anew, lets it answer and returns: for the offline command. It must not run beside Run.
func (f *Feed) Reindex(ctx context.Context) error {
	g, err := f.build(ctx)
	if err != nil {
		return err
	}
	return f.adopt(ctx, g)
}

// adopt brings a finished generation up to date and lets it answer.
func (f *Feed) adopt(ctx context.Context, g *index.Generation) error {
	ch, err := f.apply(ctx, g)
	if err != nil {
		_ = f.live.Discard(g) // what matters is why it is discarded
		return err
	}
	f.live.Serve(g)
	f.report(Ready, ch)
	return nil
}

// Run follows the database until ctx ends. Failures are logged and tried again: the database and the index each may be away for a while.
func (f *Feed) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	var helpers sync.WaitGroup
	defer helpers.Wait()
	defer stop()
	if err := f.resume(ctx); err != nil {
		return ignoreEnd(ctx, err)
	}
	helpers.Go(func() { f.listen(ctx) })

	r := &runner{Feed: f, helpers: &helpers, built: make(chan built, 1)}
	defer r.discardUnused()
	timer := time.NewTimer(0)
	defer timer.Stop()
	if f.live.Current() == nil {
		r.startBuild(ctx)
	}
	soon := false // a wake-up is waited out: more of them must not put it off
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-f.rebuild:
			r.startBuild(ctx)
		case b := <-r.built:
			timer.Reset(r.finishBuild(ctx, b))
			soon = false
		case <-f.wake:
			if !soon {
				timer.Reset(coalesce)
				soon = true
			}
		case <-timer.C:
			timer.Reset(r.follow(ctx))
			soon = false
		}
	}
}

// resume serves the index on disk when it may be, waiting for a database that does not answer yet.
func (f *Feed) resume(ctx context.Context) error {
	wait := backoff{}
	for {
		at, err := f.source.Horizon(ctx)
		if err == nil {
			_, err := f.live.Resume(at.Epoch)
			return err
		}
		f.log.Warn("search feed waits for the database", "error", err)
		if err := wait.sleep(ctx); err != nil {
			return err
		}
	}
}

// listen turns notifications into wake-ups and connects again when the connection breaks.
func (f *Feed) listen(ctx context.Context) {
	wait := backoff{}
	for {
		err := f.source.Listen(ctx, func() { wait = backoff{}; signal(f.wake) })
		if ctx.Err() != nil {
			return
		}
		f.log.Warn("search feed lost its notifications", "error", err)
		if wait.sleep(ctx) != nil {
			return
		}
	}
}

func (f *Feed) report(state State, ch matching.Changes) {
	f.board.update(func(s *Status, oldest *time.Time) { s.State, s.Position, *oldest = state, ch.Next, ch.Oldest })
}

func (f *Feed) state(state State) {
	f.board.update(func(s *Status, _ *time.Time) { s.State = state })
}

func ignoreEnd(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// backoff doubles the wait between attempts.
type backoff struct{ last time.Duration }

func (b *backoff) next() time.Duration {
	b.last = min(longest, max(100*time.Millisecond, 2*b.last))
	return b.last
}

func (b *backoff) sleep(ctx context.Context) error {
	t := time.NewTimer(b.next())
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
