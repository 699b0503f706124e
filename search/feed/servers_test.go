package feed_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
)

// TestServersOfOneDatabaseConverge: each keeps an index of its own, and one that was away catches up.
func TestServersOfOneDatabaseConverge(t *testing.T) {
	c, away := aCountry(t), t.TempDir()
	d := changes{country: c, dice: rand.New(rand.NewPCG(5, 6)), next: 20}
	for n := range 20 {
		c.register(c.db.SQL, n)
	}
	first, second := c.start(t.TempDir(), c.Search()), c.start(away, c.Search())
	d.some(20)
	second.await()
	second.stop()
	d.some(20)
	second = c.start(away, c.Search())
	d.some(20)
	first.await()
	second.await()
	first.agrees()
	second.agrees()
	if one, other := first.ids(), second.ids(); len(one) == 0 || !slices.Equal(one, other) {
		t.Errorf("one holds %v, the other %v", one, other)
	}
}

// TestADamagedIndexIsRebuilt: until that is done nobody is answered, rather than wrongly.
func TestADamagedIndexIsRebuilt(t *testing.T) {
	c, dir := aCountry(t), t.TempDir()
	for n := range 30 {
		c.register(c.db.SQL, n)
	}
	p := c.start(dir, c.Search())
	p.await()
	p.stop()
	files, err := filepath.Glob(filepath.Join(dir, "g000001", "store", "*.zap"))
	c.must(err)
	if len(files) != 1 {
		t.Fatalf("segments: %v", files)
	}
	data, err := os.ReadFile(files[0])
	c.must(err)
	data[len(data)/2] ^= 4
	c.must(os.WriteFile(files[0], data, 0o600))

	blocked := &waiting{Search: c.Search(), allow: make(chan struct{})}
	p = c.start(dir, blocked)
	p.until("rebuilding", func(s feed.Status) bool { return s.State == feed.Rebuilding })
	err = p.live.Read(context.Background(), func(*index.Snapshot) error { return nil })
	if domain.KindOf(err) != domain.KindUnavailable {
		t.Errorf("while it is rebuilt it answers %v", err)
	}
	close(blocked.allow)
	p.await()
	p.agrees()
	if left := generations(t, dir); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}

// waiting is a database that gives no people until it is told to.
type waiting struct {
	store.Search
	allow chan struct{}
}

func (w *waiting) PeopleBetween(ctx context.Context, first, last domain.ID, lore *matching.Lore) ([]matching.PersonRecord, error) {
	select {
	case <-w.allow:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return w.Search.PeopleBetween(ctx, first, last, lore)
}

// TestAnIndexThatCannotBeWrittenIsOpenedAgain: after a failed write Bleve's memory is not to be trusted, what is on disk is.
func TestAnIndexThatCannotBeWrittenIsOpenedAgain(t *testing.T) {
	c, dir := aCountry(t), t.TempDir()
	c.register(c.db.SQL, 1)
	p := c.start(dir, c.Search())
	p.await()
	// Directories stand where the next segments would be written, with something in them, or Bleve would clear them away: also while they are
	// made, so each is moved there whole. An index that is opened goes on with higher numbers.
	for n := range 64 {
		made := filepath.Join(t.TempDir(), "made")
		c.must(os.Mkdir(made, 0o700))
		c.must(os.WriteFile(filepath.Join(made, "full"), nil, 0o600))
		at := filepath.Join(dir, "g000001", "store", fmt.Sprintf("%012x.zap", n))
		if err := os.Rename(made, at); err != nil && !errors.Is(err, os.ErrExist) && !errors.Is(err, syscall.ENOTDIR) {
			t.Fatal(err)
		}
	}
	before := p.live.Current()
	c.register(c.db.SQL, 2)
	p.await()
	p.agrees()
	p.holds(1, 2)
	if p.live.Current() == before {
		t.Error("the write did not fail: the test says nothing")
	}
	if left := generations(t, dir); len(left) != 1 || filepath.Base(left[0]) != "g000001" {
		t.Errorf("it was built anew: %v", left)
	}
}

// TestAnIndexWhoseFilesVanishIsBuiltAnew while a server runs on it.
func TestAnIndexWhoseFilesVanishIsBuiltAnew(t *testing.T) {
	c, dir := aCountry(t), t.TempDir()
	c.register(c.db.SQL, 1)
	p := c.start(dir, c.Search())
	p.await()
	c.must(os.RemoveAll(filepath.Join(dir, "g000001", "store")))
	c.register(c.db.SQL, 2)
	p.await()
	p.agrees()
	p.holds(1, 2)
}
