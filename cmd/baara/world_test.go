package main

import (
	"context"
	"database/sql"
	"sync"
	"testing"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/store"
)

// world is the use-cases over a database of the test's own, by a clock the test
// moves. It has the country's territory; withTaxonomy adds occupations.
type world struct {
	*testing.T
	*app
	ctx              context.Context
	sql              *sql.DB
	appURL, ownerURL string
	mu               sync.Mutex
	now              time.Time
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldOf(t, func(*world) store.Keys { return domaintest.Keys() })
}

// newWorldOf has keys of its own, for commands that open a folder of keys.
func newWorldOf(t *testing.T, keys func(*world) store.Keys) *world {
	t.Helper()
	t.Parallel()
	w := &world{T: t, ctx: t.Context(), now: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}
	db := domaintest.Database(t)
	w.sql, w.appURL, w.ownerURL = db.SQL, db.AppURL, db.OwnerURL
	core, err := wire.NewCore(w.ctx, db.AppURL, wire.Options{Store: store.Options{Keys: keys(w)}, Clock: domain.ClockFunc(func() time.Time {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.now
	})})
	w.must(err)
	t.Cleanup(func() { _ = core.Close() })
	_, err = core.Directory.Seed(w.ctx)
	w.must(err)
	w.must(core.Directory.Refresh(w.ctx))
	w.app = &app{opening: opening{core: core}}
	return w
}

func (w *world) withTaxonomy() *world {
	w.Helper()
	w.must(w.core.LoadStarter(w.ctx))
	return w
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// on sets the clock to a day after the beginning.
func (w *world) on(day int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = time.Date(2026, 11, 24+day, 11, 0, 0, 0, time.UTC)
}

// count runs a query that gives one number.
func (w *world) count(query string, args ...any) int {
	w.Helper()
	var n int
	w.must(w.sql.QueryRowContext(w.ctx, query, args...).Scan(&n))
	return n
}

// task runs a periodic task now, as the queue would.
func (w *world) task(name string) int {
	w.Helper()
	for _, task := range w.tasks() {
		if task.Name == name {
			n, err := task.Do(w.ctx)
			w.must(err)
			return n
		}
	}
	w.Fatalf("there is no task %q", name)
	return 0
}

// until waits for a condition.
func (w *world) until(what string, done func() bool) {
	w.Helper()
	waitFor(w.T, what, done)
}

// patience bounds waiting for a condition; nothing waits that long.
const patience = time.Minute

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}
