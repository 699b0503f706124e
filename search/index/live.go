package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/baara-platform/baara/domain"
)

// Live is the index that answers, and the directory of generations behind it. Searches may run while generations are swapped.
type Live struct {
	root string
	lock *os.File
	log  *slog.Logger

	reading sync.RWMutex // held while a generation is read, so that it is not removed meanwhile
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
	return &Live{root: root, lock: lock, log: log}, nil
}

// Resume serves the newest generation that this program made to its end from the database epoch, and removes all others. It returns nil when
// there is none: then one must be built.
func (l *Live) Resume(epoch string) (*Generation, error) {
	dirs, err := l.generations()
	if err != nil {
		return nil, err
	}
	if err := l.removeCopies(); err != nil {
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

// removeCopies removes what [Look] left behind when it was killed.
func (l *Live) removeCopies() error {
	copies, err := filepath.Glob(filepath.Join(l.root, "look-*"))
	for _, dir := range copies {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	if err != nil {
		return fmt.Errorf("index: remove copies: %w", err)
	}
	return nil
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
	before := l.swap(g)
	if before == nil {
		return
	}
	if err := before.destroy(); err != nil {
		l.log.Warn("old search index was left behind", "error", err) // until the next start, which removes it
	}
}

// swap lets g answer, nil for none, and returns the one before once nobody reads it any more.
func (l *Live) swap(g *Generation) (before *Generation) {
	l.reading.Lock()
	defer l.reading.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	before, l.current = l.current, g
	return before
}

// Reopen opens the generation that is served again from what is on disk, after it broke. Nobody is answered meanwhile. Where even that may not be
// served it is removed, and one must be built.
func (l *Live) Reopen() error {
	g := l.swap(nil)
	if g == nil {
		return nil
	}
	err := g.close()
	again, refused := openGeneration(g.dir, g.at.Epoch)
	if refused != nil {
		return errors.Join(err, refused, os.RemoveAll(g.dir))
	}
	if err != nil {
		l.log.Warn("search index broke when it was closed", "error", err)
	}
	l.Serve(again)
	return nil
}

// Withdraw stops answering and removes the index: it belongs to another state of the database.
func (l *Live) Withdraw() error {
	if g := l.swap(nil); g != nil {
		return g.destroy()
	}
	return nil
}

// Discard removes a generation that will not be served.
func (l *Live) Discard(g *Generation) error { return g.destroy() }

// Current is the generation that answers, nil when none does.
func (l *Live) Current() *Generation {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.current
}

// Read lends the present state of the generation that is served to do. It is Unavailable while the first one is being built, and when the index
// cannot be read; the caller's own end comes back as it is.
func (l *Live) Read(ctx context.Context, do func(*Snapshot) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// Answers take less than a millisecond and wait for nothing, so where they keep all processors busy, what follows the database would wait ten
	// milliseconds for its turn at each of its many steps.
	runtime.Gosched()
	l.reading.RLock()
	defer l.reading.RUnlock()
	g := l.Current()
	if g == nil {
		e := domain.Unavailable("index.Read", nil)
		e.Key = "error.search.rebuilding"
		return e
	}
	err := g.read(do)
	if err != nil && ctx.Err() == nil {
		return domain.Unavailable("index.Read", err)
	}
	return err
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
	var err error
	if g := l.swap(nil); g != nil {
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
