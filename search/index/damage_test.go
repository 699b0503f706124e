package index

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/baara-platform/baara/domain/matching"
)

// TestDamagedFilesAreRefused flips one bit at a time, and cuts and removes files: what is damaged is never served, whatever the place, and the program
// does not fall over it. Where only the newest part is damaged the state before may be served, since it knows how far it read the feed.
func TestDamagedFilesAreRefused(t *testing.T) {
	people := map[uint64]int{7: 300, 8: 310} // by position
	whole := t.TempDir()
	l, err := Open(whole, quiet)
	must(t, err)
	g := built(t, l, people[7], matching.Position{Epoch: "one", XID: 7})
	must(t, g.Apply(several(290, people[8]), nil, matching.Position{Epoch: "one", XID: 8}))
	must(t, g.close())
	must(t, l.Close())
	segments, err := filepath.Glob(filepath.Join(whole, "g000001", "store", "*.zap"))
	must(t, err)
	if len(segments) != 2 {
		t.Fatalf("%d segments", len(segments))
	}
	resume := func(what string, damage func(dir string)) *Generation {
		t.Helper()
		root := t.TempDir()
		must(t, os.CopyFS(root, os.DirFS(whole)))
		damage(filepath.Join(root, "g000001", "store"))
		l := open(t, root)
		found, err := l.Resume("one")
		must(t, err)
		if found != nil && count(t, l) != people[found.Position().XID] {
			t.Errorf("%s: %d people are served at %+v", what, count(t, l), found.Position())
		}
		return found
	}
	if resume("whole", func(string) {}) == nil {
		t.Fatal("the whole index is refused")
	}
	for i, segment := range segments {
		name, newest := filepath.Base(segment), i == len(segments)-1
		refuse := func(what string, damage func(string)) {
			t.Helper()
			if g := resume(what, damage); g != nil && (!newest || g.Position().XID != 7) {
				t.Errorf("%s: it is served", what)
			}
		}
		before, err := os.ReadFile(segment)
		must(t, err)
		write := func(data []byte) func(string) {
			return func(dir string) { must(t, os.WriteFile(filepath.Join(dir, name), data, 0o600)) }
		}
		for i := range 12 {
			after := bytes.Clone(before)
			after[(len(after)-1)*i/11] ^= 1 << (i % 8)
			refuse(fmt.Sprintf("%s with a flipped bit at %d of 11", name, i), write(after))
		}
		for _, left := range []int{0, 3, len(before) / 2, len(before) - 1} {
			refuse(fmt.Sprintf("%s with %d of %d bytes", name, left, len(before)), write(before[:left]))
		}
		refuse("without "+name, func(dir string) { must(t, os.Remove(filepath.Join(dir, name))) })
	}
	for _, name := range []string{"store/root.bolt", "index_meta.json"} {
		before, err := os.ReadFile(filepath.Join(whole, "g000001", name))
		must(t, err)
		for _, left := range []int{0, len(before) / 2} {
			what := fmt.Sprintf("%d of %d bytes of %s", left, len(before), name)
			if g := resume(what, func(dir string) { must(t, os.WriteFile(filepath.Join(dir, "..", name), before[:left], 0o600)) }); g != nil && left == 0 {
				t.Errorf("%s: it is served", what)
			}
		}
	}
	if resume("rest of a crash", func(dir string) {
		must(t, os.WriteFile(filepath.Join(dir, "0000000000ff.zap"), []byte("half written"), 0o600))
	}) == nil {
		t.Error("what a crash left behind makes the index refused")
	}
}

// TestADamagedStateNeverFallsOver flips bits all over the file that says which segments there are. Not every flip matters, so some are served: but
// then with the position that was written.
func TestADamagedStateNeverFallsOver(t *testing.T) {
	at := matching.Position{Epoch: "one", XID: 7, Seq: 3}
	whole := t.TempDir()
	l, err := Open(whole, quiet)
	must(t, err)
	g := built(t, l, 50, at)
	must(t, g.close())
	must(t, l.Close())
	before, err := os.ReadFile(filepath.Join(whole, "g000001", "store", "root.bolt"))
	must(t, err)
	var written []int // most of the file is empty
	for i, b := range before {
		if b != 0 {
			written = append(written, i)
		}
	}
	refused := 0
	for i := range 80 {
		after := bytes.Clone(before)
		after[written[(len(written)-1)*i/79]] ^= 1 << (i % 8)
		root := t.TempDir()
		must(t, os.CopyFS(root, os.DirFS(whole)))
		must(t, os.WriteFile(filepath.Join(root, "g000001", "store", "root.bolt"), after, 0o600))
		l := open(t, root)
		found, err := l.Resume("one")
		must(t, err)
		if found == nil {
			refused++
		} else if found.Position() != at {
			t.Errorf("flip %d: served at %+v", i, found.Position())
		}
	}
	if refused == 0 {
		t.Error("none of 80 flips was noticed")
	}
}
