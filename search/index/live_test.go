package index

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.IgnoreCurrent()) }

var quiet = slog.New(slog.DiscardHandler)

func open(t *testing.T, root string) *Live {
	t.Helper()
	l, err := Open(root, quiet)
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	return l
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func someone(i int) Document {
	return PersonDocument(matching.PersonRecord{Profile: matching.Profile{ID: domain.ID(fmt.Sprintf("00000000-0000-7000-8000-%012x", i))}})
}

func several(from, to int) []Document {
	var docs []Document
	for i := from; i < to; i++ {
		docs = append(docs, someone(i))
	}
	return docs
}

// builtAt is when every generation of these tests was finished.
var builtAt = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

func built(t *testing.T, l *Live, people int, at matching.Position) *Generation {
	t.Helper()
	g, err := l.Create()
	must(t, err)
	must(t, g.Add(several(0, people)))
	must(t, g.Finish(at, builtAt))
	return g
}

func count(t *testing.T, l *Live) int {
	t.Helper()
	var n int
	must(t, l.Read(context.Background(), func(s *Snapshot) (err error) { n, err = living(s); return err }))
	return n
}

func living(s *Snapshot) (n int, err error) {
	err = s.Each(func(Entry) error { n++; return nil })
	return n, err
}

func TestAnIndexIsFoundAgain(t *testing.T) {
	root := t.TempDir()
	at := matching.Position{Epoch: "one", XID: 42, Seq: 7}
	l, err := Open(root, quiet)
	must(t, err)
	l.Serve(built(t, l, 10, at))
	must(t, l.Current().Apply(several(8, 12), []domain.ID{someone(0).ID()}, matching.Position{Epoch: "one", XID: 50, Seq: 9}))
	must(t, l.Close())

	again := open(t, root)
	g, err := again.Resume("one")
	must(t, err)
	if g == nil || g.Position() != (matching.Position{Epoch: "one", XID: 50, Seq: 9}) {
		t.Fatalf("resumed %+v", g)
	}
	if n := count(t, again); n != 11 {
		t.Errorf("%d documents, want 11", n)
	}
}

func TestRefusedGenerations(t *testing.T) {
	for name, make := range map[string]func(t *testing.T, l *Live){
		"not built to its end": func(t *testing.T, l *Live) {
			g, err := l.Create()
			must(t, err)
			must(t, g.Add(several(0, 3)))
			must(t, g.close())
		},
		"another database": func(t *testing.T, l *Live) {
			must(t, built(t, l, 3, matching.Position{Epoch: "another"}).close())
		},
		"another format": func(t *testing.T, l *Live) {
			g := built(t, l, 3, matching.Position{Epoch: "one"})
			must(t, g.bleve.SetInternal(keyFormat, []byte("0")))
			must(t, g.close())
		},
		"no position": func(t *testing.T, l *Live) {
			g := built(t, l, 3, matching.Position{Epoch: "one"})
			must(t, g.bleve.DeleteInternal(keyPosition))
			must(t, g.close())
		},
		"files gone": func(t *testing.T, l *Live) {
			g := built(t, l, 3, matching.Position{Epoch: "one"})
			must(t, g.close())
			must(t, os.RemoveAll(filepath.Join(g.dir, "store")))
		},
		"no index at all": func(t *testing.T, l *Live) { must(t, os.Mkdir(filepath.Join(l.root, "g000001"), 0o700)) },
	} {
		t.Run(name, func(t *testing.T) {
			l := open(t, t.TempDir())
			make(t, l)
			g, err := l.Resume("one")
			must(t, err)
			if g != nil || l.Current() != nil {
				t.Fatal("it is served")
			}
			if dirs, _ := l.generations(); len(dirs) != 0 {
				t.Errorf("left behind: %v", dirs)
			}
			err = l.Read(context.Background(), func(*Snapshot) error { return nil })
			if domain.KindOf(err) != domain.KindUnavailable {
				t.Errorf("search answers %v", err)
			}
		})
	}
}

func TestTheNewestGoodGenerationIsServed(t *testing.T) {
	l := open(t, t.TempDir())
	must(t, built(t, l, 3, matching.Position{Epoch: "one"}).close())
	must(t, built(t, l, 5, matching.Position{Epoch: "one"}).close())
	unfinished, err := l.Create()
	must(t, err)
	must(t, unfinished.close())
	if _, err := l.Resume("one"); err != nil {
		t.Fatal(err)
	}
	if n := count(t, l); n != 5 {
		t.Errorf("%d documents, want those of the second", n)
	}
	if dirs, _ := l.generations(); len(dirs) != 1 {
		t.Errorf("generations left: %v", dirs)
	}
}

func TestOneProcessHoldsADirectory(t *testing.T) {
	root := t.TempDir()
	open(t, root)
	if _, err := Open(root, quiet); domain.KindOf(err) != domain.KindUnavailable {
		t.Errorf("second open: %v", err)
	}
}

// TestSwapUnderLoad replaces the index again and again while others search: every answer is one of the two whole indexes.
func TestSwapUnderLoad(t *testing.T) {
	l := open(t, t.TempDir())
	l.Serve(built(t, l, 10, matching.Position{Epoch: "one"}))
	stop := make(chan struct{})
	failed := make(chan error, 8)
	var searchers sync.WaitGroup
	for range 4 {
		searchers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				err := l.Read(context.Background(), func(s *Snapshot) error {
					n, err := living(s)
					if err == nil && n != 10 && n != 20 {
						err = fmt.Errorf("%d documents", n)
					}
					return err
				})
				if err != nil {
					failed <- err
					return
				}
			}
		})
	}
	for i := range 12 {
		l.Serve(built(t, l, 10+10*(i%2), matching.Position{Epoch: "one"}))
	}
	close(stop)
	searchers.Wait()
	close(failed)
	if err := errors.Join(collect(failed)...); err != nil {
		t.Error(err)
	}
	if dirs, _ := l.generations(); len(dirs) != 1 {
		t.Errorf("generations left: %v", dirs)
	}
}

func collect(ch <-chan error) []error {
	var errs []error
	for err := range ch {
		errs = append(errs, err)
	}
	return errs
}

func TestStats(t *testing.T) {
	l := open(t, t.TempDir())
	l.Serve(built(t, l, 10, matching.Position{Epoch: "one"}))
	s, err := l.Stats()
	must(t, err)
	if s.Documents != 10 || s.Bytes == 0 || !s.Built.Equal(builtAt) {
		t.Errorf("got %+v", s)
	}
}
