package feed

import (
	"context"
	"sync"
	"time"

	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

// runner is the state of one Run. Everything but the building itself happens in one goroutine, so nothing here is locked.
type runner struct {
	*Feed
	helpers  *sync.WaitGroup
	built    chan built
	building bool
	failures backoff

	edition string // seen last, other than that of the index that answers
	since   time.Time
}

type built struct {
	generation *index.Generation
	err        error
}

// startBuild builds a new index in the background unless that is under way.
func (r *runner) startBuild(ctx context.Context) {
	if r.building {
		return
	}
	r.building = true
	r.state(Rebuilding)
	r.log.Info("search index is being rebuilt")
	r.helpers.Go(func() {
		g, err := r.build(ctx)
		r.built <- built{g, err}
	})
}

// finishBuild catches the new index up and lets it answer. It returns when to look at the feed next.
func (r *runner) finishBuild(ctx context.Context, b built) time.Duration {
	r.building = false
	err := b.err
	if err == nil {
		err = r.adopt(ctx, b.generation)
	}
	if err != nil {
		return r.failed(ctx, "rebuild search index", err)
	}
	r.failures = backoff{}
	r.log.Info("search index rebuilt")
	return 0
}

// follow writes what changed to the index that answers. It returns when to do so again.
func (r *runner) follow(ctx context.Context) time.Duration {
	g := r.live.Current()
	if g == nil {
		r.startBuild(ctx)
		return idle
	}
	ch, err := r.apply(ctx, g)
	if g.Broken() {
		if err := r.live.Reopen(); err != nil {
			r.log.Error("search index is lost", "error", err)
		}
	}
	if err != nil {
		return r.failed(ctx, "follow the database", err)
	}
	r.failures = backoff{}
	if ch.Lost {
		return r.lost(ctx, g)
	}
	if r.outdated(ch) { // which goes on following meanwhile: only what concepts and places say is behind
		r.startBuild(ctx)
	}
	state := Ready
	if r.building {
		state = Rebuilding
	}
	r.report(state, ch)
	if ch.Waiting {
		return overtaken
	}
	return idle
}

// outdated reports whether the index was built with another edition than that of now, and that one stands still: an import changes it many times.
func (r *runner) outdated(ch matching.Changes) bool {
	if ch.Edition == ch.Next.Edition {
		return false
	}
	if ch.Edition != r.edition {
		r.edition, r.since = ch.Edition, r.clock.Now()
	}
	return r.clock.Now().Sub(r.since) >= settled
}

// lost rebuilds an index that the feed no longer reaches. One of another state of the database answers no more: it could name the wrong people.
func (r *runner) lost(ctx context.Context, g *index.Generation) time.Duration {
	at, err := r.source.Horizon(ctx)
	if err != nil {
		return r.failed(ctx, "follow the database", err)
	}
	was := g.Position()
	if was.Epoch != at.Epoch || was.XID > at.XID {
		if err := r.live.Withdraw(); err != nil {
			return r.failed(ctx, "withdraw search index", err)
		}
	}
	r.startBuild(ctx)
	return idle
}

func (r *runner) failed(ctx context.Context, what string, err error) time.Duration {
	if ctx.Err() == nil {
		r.log.Error("search feed failed", "doing", what, "error", err)
		r.state(Failing)
	}
	return r.failures.next()
}

// discardUnused removes an index that was finished when nobody wanted it any more. It runs before Run waits for its helpers, so it waits for
// the builder itself.
func (r *runner) discardUnused() {
	if !r.building {
		return
	}
	if b := <-r.built; b.err == nil {
		_ = r.live.Discard(b.generation) // an unserved generation is removed at the next start as well
	}
}
