package seal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// writeNew writes a file that must not exist, whole or not at all.
func writeNew(file string, text []byte) error {
	draft, err := draftFor(file, text)
	if draft != "" {
		defer func() { _ = os.Remove(draft) }()
	}
	if err != nil {
		return err
	}
	return os.Link(draft, file)
}

// replaceFile writes a file, whole or not at all, over one that may exist.
func replaceFile(file string, text []byte) error {
	draft, err := draftFor(file, text)
	if err == nil {
		err = os.Rename(draft, file)
	}
	if err != nil && draft != "" {
		_ = os.Remove(draft)
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(file))
}

// draftPrefix begins the names of files that are not whole yet. One that stays
// is of a process that ended in the middle.
const draftPrefix = ".key-"

func draftFor(file string, text []byte) (string, error) {
	draft, err := os.CreateTemp(filepath.Dir(file), draftPrefix+"*") // readable by the owner only
	if err != nil {
		return "", err
	}
	_, err = draft.Write(text)
	return draft.Name(), errors.Join(err, draft.Sync(), draft.Close())
}

// blank writes zeros over a file that is about to be removed. It is worth what
// the disk makes of it: copies a file system or a flash disk keeps are the
// operator's matter.
func blank(name string) {
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return
	}
	defer func() { _ = file.Close() }()
	if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
		_, _ = io.CopyN(file, zeros{}, info.Size())
		_ = file.Sync()
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// syncFolder makes names of files last a power cut.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("seal: key folder: %w", err)
	}
	defer func() { _ = d.Close() }()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("seal: key folder: %w", err)
	}
	return nil
}

// readSmall reads a file that holds a line: whatever else lies there is not
// read into memory.
func readSmall(name string) ([]byte, error) {
	const most = 4096
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(io.LimitReader(file, most))
}

// explained says what an operator does about a folder that cannot be written.
func explained(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: there is no room left in the key folder: nobody can be registered or erased until there is", err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, os.ErrPermission):
		return fmt.Errorf("%w: the key folder must be writable by the account Baara runs as", err)
	}
	return err
}
