package index

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/baara-platform/baara/domain/matching"
)

func TestInspect(t *testing.T) {
	root := filepath.Join(t.TempDir(), "index")
	look := func(what string, want State, refused bool) {
		t.Helper()
		got, err := Inspect(root, "epoch")
		if got != want || errors.Is(err, ErrRefused) != refused || err != nil && !refused {
			t.Errorf("%s: %+v, %v; want %+v", what, got, err, want)
		}
	}
	look("no directory", State{}, false)
	l, err := Open(root, quiet)
	must(t, err)
	look("an empty one", State{}, false)
	half, err := l.Create()
	must(t, err)
	look("held", State{InUse: true, Generation: "g000001"}, false)
	must(t, half.close())
	must(t, l.Close())
	look("half built", State{Generation: "g000001"}, true)
	l, err = Open(root, quiet)
	must(t, err)
	g := built(t, l, 3, matching.Position{Epoch: "epoch"})
	must(t, g.close())
	must(t, l.Close())
	look("whole", State{Generation: "g000002", Documents: 3}, false)
	if _, err := Inspect(root, "another"); !errors.Is(err, ErrRefused) {
		t.Errorf("of another database: %v", err)
	}
}
