package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/baara-platform/baara/domain/matching"
)

// State is what Inspect found.
type State struct {
	InUse      bool   // a process holds the index, and accepted it when it began
	Generation string // the newest one, "" when there is none
	Documents  uint64 // of an index that nobody holds
}

// Inspect looks at the index in a directory without changing it, for whoever
// operates the program. One that is held by a process is told by its presence.
// ErrRefused says that the newest generation would not be served.
func Inspect(root, epoch string) (State, error) {
	s, _, release, err := find(root)
	if err != nil || s.Generation == "" || s.InUse {
		return s, err
	}
	defer release()
	err = examine(filepath.Join(root, s.Generation), epoch, func(g *Generation) (err error) {
		s.Documents, err = g.Documents()
		return err
	})
	return s, err
}

// Look lends the index in a directory to look, also while a process holds it: then a copy of its present state, which costs no room. It is
// ErrRefused when there is none that may be served.
func Look(root, epoch string, look func(at matching.Position, s *Snapshot) error) error {
	s, dirs, release, err := find(root)
	if err != nil {
		return err
	}
	defer release()
	lend := func(g *Generation) error { return g.read(func(s *Snapshot) error { return look(g.at, s) }) }
	if s.Generation == "" {
		return fmt.Errorf("%w: there is none", ErrRefused)
	}
	if !s.InUse {
		return examine(filepath.Join(root, s.Generation), epoch, lend)
	}
	for _, dir := range slices.Backward(dirs) { // the newest may still be being built
		if err = lookAtCopy(root, dir, epoch, lend); !errors.Is(err, ErrRefused) {
			return err
		}
	}
	return err
}

// find tells what is there. Release lets go of the directory.
func find(root string) (s State, dirs []string, release func(), err error) {
	release = func() {}
	dirs, err = (&Live{root: root}).generations()
	if errors.Is(err, os.ErrNotExist) || err == nil && len(dirs) == 0 {
		return s, nil, release, nil
	}
	if err != nil {
		return s, nil, release, err
	}
	s.Generation = dirs[len(dirs)-1]
	lock, err := os.Open(filepath.Join(root, "lock"))
	if err != nil {
		return s, nil, release, fmt.Errorf("index: %w", err)
	}
	s.InUse = syscall.Flock(int(lock.Fd()), syscall.LOCK_SH|syscall.LOCK_NB) != nil
	return s, dirs, func() { _ = lock.Close() }, nil
}

// lookAtCopy links the segments, which never change, and copies the file that says which there are until it did not change meanwhile.
func lookAtCopy(root, generation, epoch string, look func(*Generation) error) error {
	to, err := os.MkdirTemp(root, "look-")
	if err != nil {
		return fmt.Errorf("index: look: %w", err)
	}
	defer func() { _ = os.RemoveAll(to) }()
	from := filepath.Join(root, generation)
	for range 20 {
		if err = copyState(from, to); err != nil {
			continue // a segment was merged away meanwhile
		}
		if err = examine(to, epoch, look); !errors.Is(err, ErrRefused) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", ErrRefused, err)
}

func copyState(from, to string) error {
	if err := os.MkdirAll(filepath.Join(to, "store"), 0o700); err != nil {
		return err
	}
	for _, name := range []string{"index_meta.json", "store/root.bolt"} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name), data, 0o600); err != nil { //nolint:gosec // the names are constant
			return err
		}
	}
	segments, err := filepath.Glob(filepath.Join(from, "store", "*.zap"))
	if err != nil {
		return err
	}
	for _, s := range segments {
		err := os.Link(s, filepath.Join(to, "store", filepath.Base(s)))
		if err != nil && !errors.Is(err, os.ErrExist) {
			return err
		}
	}
	return nil
}
