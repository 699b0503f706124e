package bench

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
	"github.com/baara-platform/baara/search/match"
)

// Engine is Baara's own: the index on disk and the port in front of it, as the
// server wires them.
type Engine struct {
	dir  string
	live *index.Live
	*match.Matcher
}

// openEngine opens the index in dir; it serves what is there.
func openEngine(dir string) (*Engine, error) {
	e, err := holdEngine(dir)
	if err == nil {
		_, err = e.live.Resume(epoch)
	}
	return e, err
}

// holdEngine takes hold of the index in dir; somebody else says what is served.
func holdEngine(dir string) (*Engine, error) {
	live, err := index.Open(dir, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	return &Engine{dir: dir, live: live, Matcher: match.New(live, matching.DefaultWeights())}, nil
}

const epoch = "bench"

// build writes everybody, as a rebuild does, and lets the index answer. It says
// how long that took, from records in memory to answers, and what processor
// time. Inventing the records is not counted.
func (e *Engine) build(w *World, say func(done int)) (took, cpu time.Duration, err error) {
	const chunk, batch = 20_000, 1000
	g, err := e.live.Create()
	if err != nil {
		return 0, 0, err
	}
	var stems index.Stems
	for from := 0; from < w.People; from += chunk {
		records := make([]matching.PersonRecord, min(chunk, w.People-from))
		for i := range records {
			records[i] = w.Person(from+i, 0)
		}
		start, before := time.Now(), processTime()
		for part := range slices.Chunk(records, batch) {
			docs := make([]index.Document, len(part))
			for i, r := range part {
				docs[i] = stems.Person(r)
			}
			if err := g.Add(docs); err != nil {
				return 0, 0, err
			}
		}
		g.Settle() // what is written beside must not go on, uncounted, while the next are invented
		took, cpu = took+time.Since(start), cpu+processTime()-before
		say(from + len(records))
	}
	start, before := time.Now(), processTime()
	if err := g.Finish(matching.Position{Epoch: epoch}, domain.SystemClock().Now()); err != nil {
		return 0, 0, err
	}
	e.live.Serve(g)
	return took + time.Since(start), cpu + processTime() - before, nil
}

// bytes is the size of the index on disk.
func (e *Engine) bytes() (int64, error) {
	stats, err := e.live.Stats()
	return stats.Bytes, err
}

func (e *Engine) close() error { return e.live.Close() }

// residentMB is this process's memory, mapped files included.
func residentMB() (float64, error) {
	runtime.GC()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, fmt.Errorf("bench: memory: %w", err)
	}
	return statusMB(string(status), "VmRSS:")
}

// Alone opens an index and answers questions with two clients, in a process
// that does nothing else. It returns the memory that takes, in MB.
func Alone(ctx context.Context, w *World, dir string, questions int) (float64, error) {
	e, err := openEngine(filepath.Clean(dir))
	if err != nil {
		return 0, err
	}
	errs := make(chan error, 2)
	for client := range 2 {
		go func() {
			for n := client; n < questions; n += 2 {
				if _, err := e.Candidates(ctx, w.Opening(n), w.Today, top20()); err != nil {
					errs <- err
					return
				}
				if _, err := e.People(ctx, w.wordSearch(w.Words(n))); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range 2 {
		if err := <-errs; err != nil {
			return 0, err
		}
	}
	mb, err := residentMB()
	if err != nil {
		return 0, err
	}
	return mb, e.close()
}

func top20() matching.Page { return matching.Page{Size: 20} }

func (w *World) wordSearch(words string) matching.WordSearch {
	return matching.WordSearch{Words: words, Day: w.Today, Page: top20()}
}
