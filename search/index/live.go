package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2"

	"github.com/baara-platform/baara/domain"
)

// Live is the index that answers, and the directory of generations behind it. Searches may run while generations are swapped.
type Live struct {
	root  string
	lock  *os.File
	log   *slog.Logger
	alias bleve.IndexAlias

	mu      sync.RWMutex
	current *Generation
}

// Open takes hold of the directory root. Nothing is served until Resume or Serve. A directory that another process holds is Unavailable: it is
// never touched.
func Open(root string, log *slog.Logger) (*Live, error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(root, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(domain.Unavailable("index.Open", fmt.Errorf("another process holds the index: %w", err)), lock.Close())
	}
	return &Live{root: root, lock: lock, log: log, alias: bleve.NewIndexAlias()}, nil
}

// Resume serves the newest generation that this program made to its end from the database epoch, and removes all others. It returns nil when
// there is none: then one must be built.
func (l *Live) Resume(epoch string) (*Generation, error) {
	dirs, err := l.generations()
	if err != nil {
		return nil, err
	}
	var found *Generation
	for i := len(dirs) - 1; i >= 0; i-- {
		dir := filepath.Join(l.root, dirs[i])
		if found == nil {
			if g, err := openGeneration(dir, epoch); err == nil {
				found = g
				continue
			} else {
				l.log.Warn("search index is rebuilt", "generation", dirs[i], "reason", err)
			}
		}
		if err := os.RemoveAll(dir); err != nil {
			return nil, fmt.Errorf("index: remove generation: %w", err)
		}
	}
	if found != nil {
		l.Serve(found)
	}
	return found, nil
}

// Create starts a new, empty generation beside the one that is served.
func (l *Live) Create() (*Generation, error) {
	dirs, err := l.generations()
	if err != nil {
		return nil, err
	}
	next := 1
	if len(dirs) > 0 {
		next = number(dirs[len(dirs)-1]) + 1
	}
	return createGeneration(filepath.Join(l.root, fmt.Sprintf("g%06d", next)))
}

// Serve lets a finished generation answer from now on. The one before answers what it has begun, then it is removed.
func (l *Live) Serve(g *Generation) {
	l.mu.Lock()
	before := l.current
	l.current = g
	l.mu.Unlock()
	if before == nil {
		l.alias.Add(g.bleve)
		return
	}
	l.alias.Swap([]bleve.Index{g.bleve}, []bleve.Index{before.bleve}) // returns once no search runs on what went out
	if err := before.destroy(); err != nil {
		l.log.Warn("old search index was left behind", "error", err) // until the next start, which removes it
	}
}

// Withdraw stops answering and removes the index: it belongs to another state of the database.
func (l *Live) Withdraw() error {
	l.mu.Lock()
	g := l.current
	l.current = nil
	l.mu.Unlock()
	if g == nil {
		return nil
	}
	l.alias.Remove(g.bleve)
	return g.destroy()
}

// Discard removes a generation that will not be served.
func (l *Live) Discard(g *Generation) error { return g.destroy() }

// Current is the generation that answers, nil when none does.
func (l *Live) Current() *Generation {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.current
}

// Search answers from the generation that is served. It is Unavailable while the first one is being built.
func (l *Live) Search(ctx context.Context, req *bleve.SearchRequest) (*bleve.SearchResult, error) {
	if l.Current() == nil {
		e := domain.Unavailable("index.Search", nil)
		e.Key = "error.search.rebuilding"
		return nil, e
	}
	res, err := l.alias.SearchInContext(ctx, req)
	if err != nil {
		return nil, domain.Unavailable("index.Search", err)
	}
	return res, nil
}

// Stats describes what is on disk, for metrics and the administrator's page.
type Stats struct {
	Built     time.Time
	Documents uint64
	Bytes     int64
	Segments  int
}

// Stats counts; it is zero while nothing is served.
func (l *Live) Stats() (Stats, error) {
	g := l.Current()
	if g == nil {
		return Stats{}, nil
	}
	var s Stats
	var err error
	if s.Documents, err = g.Documents(); err == nil {
		s.Built, err = g.Built()
	}
	if err != nil {
		return Stats{}, fmt.Errorf("index: stats: %w", err)
	}
	err = filepath.WalkDir(g.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return ignoreMissing(err) // merging removes files while we look
		}
		info, err := d.Info()
		if err != nil {
			return ignoreMissing(err)
		}
		s.Bytes += info.Size()
		if filepath.Ext(path) == ".zap" {
			s.Segments++
		}
		return nil
	})
	return s, err
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// Close stops answering and lets go of the directory. The files stay.
func (l *Live) Close() error {
	l.mu.Lock()
	g := l.current
	l.current = nil
	l.mu.Unlock()
	var err error
	if g != nil {
		l.alias.Remove(g.bleve)
		err = g.close()
	}
	return errors.Join(err, l.lock.Close())
}

// generations lists the directories of generations, oldest first.
func (l *Live) generations() ([]string, error) {
	entries, err := os.ReadDir(l.root)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), "g") {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(number(a), number(b)) })
	return names, nil
}

// number is 0 for a directory that is none of ours.
func number(generation string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(generation, "g"))
	return n
}
