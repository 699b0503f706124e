package seal

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/baara-platform/baara/domain"
)

// KeyFolder is a Wrapper of files: a wrapping key a file, base64 on one line,
// readable by the program's own user only. Beside it stand, where there are
// any, the subjects it took over (.taken, see keyfolder_taken.go), and of keys
// that were destroyed an empty file (.gone).
type KeyFolder struct {
	dir  string
	mu   sync.RWMutex
	open map[string]tink.AEAD // of files that were there at the last look
}

// What the names of files end with.
const (
	keySuffix   = ".key"
	takenSuffix = ".taken"
	goneSuffix  = ".gone"
)

// OpenKeyFolder uses a folder, which is made when there is none.
func OpenKeyFolder(dir string) (*KeyFolder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("seal: key folder: %w", err)
	}
	return &KeyFolder{dir: dir, open: map[string]tink.AEAD{}}, nil
}

// Create writes a new key before it gives its name.
func (f *KeyFolder) Create(context.Context) (string, error) {
	raw := make([]byte, boxKey+8)
	_, _ = rand.Read(raw)
	id := hex.EncodeToString(raw[boxKey:])
	text := base64.StdEncoding.EncodeToString(raw[:boxKey]) + "\n"
	if err := writeNew(f.file(id), []byte(text)); err != nil {
		return "", fmt.Errorf("seal: new wrapping key: %w", explained(err))
	}
	return id, syncFolder(f.dir)
}

// Wrap implements Wrapper.
func (f *KeyFolder) Wrap(_ context.Context, id string, subject domain.ID, key SubjectKey) ([]byte, error) {
	aead, err := f.key(id)
	if err != nil {
		return nil, err
	}
	return wrap(aead, subject, key)
}

// Unwrap implements Wrapper.
func (f *KeyFolder) Unwrap(_ context.Context, id string, subject domain.ID, wrapped []byte) (SubjectKey, error) {
	aead, err := f.key(id)
	if err != nil {
		return SubjectKey{}, err
	}
	return unwrap(aead, subject, wrapped)
}

// Destroy removes the file, for good once the folder is on disk. That it was
// meant stays on record beside it, written first.
func (f *KeyFolder) Destroy(_ context.Context, id string) error {
	if !validKeyID(id) {
		return fmt.Errorf("seal: %q is no name of a wrapping key", id)
	}
	f.forget(id)
	if err := writeNew(f.beside(id, goneSuffix), nil); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("seal: destroy wrapping key: %w", explained(err))
	}
	if err := syncFolder(f.dir); err != nil {
		return err
	}
	for _, name := range []string{f.file(id), f.beside(id, takenSuffix)} {
		blank(name)
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("seal: destroy wrapping key: %w", explained(err))
		}
	}
	return syncFolder(f.dir)
}

// Destroyed implements Wrapper.
func (f *KeyFolder) Destroyed(_ context.Context, id string) (bool, error) {
	if !validKeyID(id) {
		return false, nil
	}
	_, err := os.Stat(f.beside(id, goneSuffix))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Made implements Wrapper.
func (f *KeyFolder) Made(_ context.Context, id string) (time.Time, error) {
	if !validKeyID(id) {
		return time.Time{}, ErrNoKey
	}
	info, err := os.Stat(f.file(id))
	if errors.Is(err, os.ErrNotExist) {
		return time.Time{}, ErrNoKey
	} else if err != nil {
		return time.Time{}, fmt.Errorf("seal: wrapping key: %w", err)
	}
	return info.ModTime(), nil
}

// List implements Wrapper.
func (f *KeyFolder) List(context.Context) ([]string, error) {
	files, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, fmt.Errorf("seal: key folder: %w", err)
	}
	var ids []string
	for _, file := range files {
		if id, ok := strings.CutSuffix(file.Name(), keySuffix); ok && validKeyID(id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// key gives a wrapping key that is there now: another process may have
// destroyed it since it was read.
func (f *KeyFolder) key(id string) (tink.AEAD, error) {
	if !validKeyID(id) {
		return nil, ErrNoKey
	}
	if _, err := os.Stat(f.file(id)); err != nil {
		f.forget(id)
		if errors.Is(err, os.ErrNotExist) {
			return nil, ErrNoKey
		}
		return nil, fmt.Errorf("seal: wrapping key: %w", err)
	}
	f.mu.RLock()
	aead := f.open[id]
	f.mu.RUnlock()
	if aead != nil {
		return aead, nil
	}
	text, err := readSmall(f.file(id))
	if errors.Is(err, os.ErrNotExist) {
		return nil, ErrNoKey
	} else if err != nil {
		return nil, fmt.Errorf("seal: wrapping key: %w", err)
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(raw) != boxKey {
		return nil, fmt.Errorf("seal: the file of wrapping key %s holds no key", id) // without what it holds
	}
	if aead, err = subtle.NewAESGCM(raw); err != nil {
		return nil, fmt.Errorf("seal: wrapping key: %w", err)
	}
	f.mu.Lock()
	f.open[id] = aead
	f.mu.Unlock()
	return aead, nil
}

func (f *KeyFolder) forget(id string) {
	f.mu.Lock()
	delete(f.open, id)
	f.mu.Unlock()
}

func (f *KeyFolder) file(id string) string { return f.beside(id, keySuffix) }

func (f *KeyFolder) beside(id, suffix string) string { return filepath.Join(f.dir, id+suffix) }

// validKeyID reports whether a name can be one of Create's: it becomes part of a path.
func validKeyID(id string) bool {
	raw, err := hex.DecodeString(id)
	return err == nil && len(raw) == 8
}
