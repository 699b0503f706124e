package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"github.com/blevesearch/bleve/v2"
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
	var s State
	dirs, err := (&Live{root: root}).generations()
	if errors.Is(err, os.ErrNotExist) || err == nil && len(dirs) == 0 {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	s.Generation = dirs[len(dirs)-1]
	lock, err := os.Open(filepath.Join(root, "lock"))
	if err != nil {
		return s, fmt.Errorf("index: %w", err)
	}
	defer func() { _ = lock.Close() }()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_SH|syscall.LOCK_NB); err != nil {
		s.InUse = true
		return s, nil
	}
	config := storeConfig()
	config["read_only"] = true
	b, err := bleve.OpenUsing(filepath.Join(root, s.Generation), config)
	if err != nil {
		return s, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	defer func() { _ = b.Close() }()
	if err := (&Generation{bleve: b}).accept(epoch); err != nil {
		return s, err
	}
	s.Documents, err = b.DocCount()
	return s, err
}
