package feed_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
)

func TestWhatIsCommittedBecomesSearchable(t *testing.T) {
	c := aCountry(t)
	c.register(c.db.SQL, 1)
	p := c.start(t.TempDir(), c.Search())
	p.await()
	p.holds(1)

	c.register(c.db.SQL, 2)
	p.await()
	p.holds(1, 2)
	if s := p.Status(); s.State != feed.Ready || !s.Serving || s.Lag != 0 {
		t.Errorf("status %+v", s)
	}

	c.exec(c.db.SQL, `UPDATE consents SET withdrawn_at = now() WHERE person_id = $1`, string(person(1)))
	c.changed(c.db.SQL, 1)
	p.await()
	p.holds(2)

	c.exec(c.db.SQL, `DELETE FROM persons WHERE id = $1`, string(person(2)))
	c.changed(c.db.SQL, 2)
	p.await()
	p.holds()
}

// TestCommitsOutOfOrder lets the transaction that began first commit last, after the feed has seen the other.
func TestCommitsOutOfOrder(t *testing.T) {
	c := aCountry(t)
	p := c.start(t.TempDir(), c.Search())
	p.await()
	slow, err := c.db.SQL.Begin()
	c.must(err)
	c.register(slow, 1)
	c.register(c.db.SQL, 2)
	p.until("behind", func(s feed.Status) bool { return s.Lag > 0 })
	c.must(slow.Commit())
	p.await()
	p.holds(1, 2)
}

func TestRestartGoesOnWhereItStopped(t *testing.T) {
	c := aCountry(t)
	dir := t.TempDir()
	c.register(c.db.SQL, 1)
	p := c.start(dir, c.Search())
	p.await()
	p.stop()
	first := generations(t, dir)

	c.register(c.db.SQL, 2)
	p = c.start(dir, c.Search())
	p.await()
	p.holds(1, 2)
	if again := generations(t, dir); len(again) != 1 || again[0] != first[0] {
		t.Errorf("generations %v, then %v: it was rebuilt", first, again)
	}
}

func TestRebuildBesideTheIndexThatAnswers(t *testing.T) {
	c := aCountry(t)
	dir := t.TempDir()
	var want []int
	for n := range 50 {
		c.register(c.db.SQL, n)
		want = append(want, n)
	}
	p := c.start(dir, c.Search())
	p.await()
	first := generations(t, dir)
	p.Rebuild()
	for n := 50; n < 80; n++ {
		c.register(c.db.SQL, n)
		want = append(want, n)
		p.ids() // answers throughout
	}
	p.until("rebuilt", func(s feed.Status) bool {
		g := generations(t, dir)
		return s.State == feed.Ready && len(g) == 1 && g[0] != first[0]
	})
	p.await()
	p.holds(want...)
}

func TestAnIndexThatTheFeedNoLongerReachesIsRebuilt(t *testing.T) {
	c := aCountry(t)
	dir := t.TempDir()
	c.register(c.db.SQL, 1)
	p := c.start(dir, c.Search())
	p.await()
	p.stop()

	c.register(c.db.SQL, 2)
	c.exec(c.db.SQL, `UPDATE search_changes SET at = now() - interval '8 days'`)
	c.register(c.db.SQL, 3) // its transaction ends after the update's, so the rows below are behind the horizon
	if _, err := c.Search().Prune(context.Background(), domain.SystemClock().Now().AddDate(0, 0, -7)); err != nil {
		t.Fatal(err)
	}
	p = c.start(dir, c.Search())
	p.until("complete", func(feed.Status) bool { return p.live.Current() != nil && len(p.ids()) == 3 })
	p.holds(1, 2, 3)
}

func TestADatabaseThatWasPutBackMeansAnotherIndex(t *testing.T) {
	c := aCountry(t)
	dir := t.TempDir()
	c.register(c.db.SQL, 1)
	p := c.start(dir, c.Search())
	p.await()
	c.exec(c.db.SQL, `DELETE FROM persons`) // without a change: the index cannot know but by the epoch
	c.exec(c.db.SQL, `UPDATE database_epoch SET epoch = gen_random_uuid()`)
	p.until("empty", func(s feed.Status) bool { return s.State == feed.Ready && p.live.Current() != nil && len(p.ids()) == 0 })
	if g := generations(t, dir); len(g) != 1 {
		t.Errorf("generations %v", g)
	}
}

// flaky is a source whose records cannot be read for a while.
type flaky struct {
	store.Search
	failures atomic.Int32
}

func (f *flaky) People(ctx context.Context, ids []domain.ID) ([]matching.PersonRecord, error) {
	if f.failures.Add(-1) >= 0 {
		return nil, errors.New("the database is away")
	}
	return f.Search.People(ctx, ids)
}

func TestFailuresAreSurvivedAndShown(t *testing.T) {
	c := aCountry(t)
	source := &flaky{Search: c.Search()}
	p := c.start(t.TempDir(), source)
	p.await()
	source.failures.Store(3)
	c.register(c.db.SQL, 1)
	p.until("failing", func(s feed.Status) bool { return s.State == feed.Failing || source.failures.Load() < 0 })
	p.await()
	p.holds(1)
	p.until("ready again", func(s feed.Status) bool { return s.State == feed.Ready })
}

// restless is a database that changes all the time.
type restless struct{ store.Search }

func (restless) Listen(ctx context.Context, wake func()) error {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
			wake()
		}
	}
}

// TestManyWakeUpsDoNotPutOffIndexing: changes made together are written together, but when they never end each is still written soon.
func TestManyWakeUpsDoNotPutOffIndexing(t *testing.T) {
	c := aCountry(t)
	p := c.start(t.TempDir(), restless{c.Search()})
	p.await()
	c.register(c.db.SQL, 1)
	p.await()
	p.holds(1)
}

// TestNoPersonalDataInTheIndex looks for canaries in every byte on disk.
func TestNoPersonalDataInTheIndex(t *testing.T) {
	c := aCountry(t)
	dir := t.TempDir()
	for n := range 5 {
		c.register(c.db.SQL, n)
	}
	p := c.start(dir, c.Search())
	p.await()
	p.stop()
	read := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		read += len(data)
		if bytes.Contains(bytes.ToLower(data), []byte("canary")) {
			t.Errorf("a canary sits in %s", filepath.Base(path))
		}
		return err
	})
	c.must(err)
	if read == 0 {
		t.Error("nothing was written")
	}
}

func TestReindexOffline(t *testing.T) {
	c := aCountry(t)
	dir := t.TempDir()
	c.register(c.db.SQL, 1)
	live, err := index.Open(dir, quiet)
	c.must(err)
	c.must(feed.New(c.Search(), live, domain.SystemClock(), quiet).Reindex(context.Background()))
	c.must(live.Close())

	p := c.start(dir, c.Search())
	p.await()
	p.holds(1)
}

func generations(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "g*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Erasing somebody tells the index by itself: no document is left once it caught up.
func TestWhoIsErasedLeavesTheIndex(t *testing.T) {
	c := aCountry(t)
	c.register(c.db.SQL, 1)
	c.register(c.db.SQL, 2)
	p := c.start(t.TempDir(), c.Search())
	p.await()
	p.holds(1, 2)
	c.must(c.InTx(t.Context(), domain.System(), func(tx domain.Tx) error {
		_, err := c.Rights().Erase(t.Context(), tx, rights.Gone{PersonID: person(1)})
		return err
	}))
	p.await()
	p.holds(2)
}
