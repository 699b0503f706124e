package seal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// BackupFolder is a folder of backups of keys. Old ones leave it: see BackupLife.
type BackupFolder string

const (
	backupPrefix = "baara-keys-"
	backupSuffix = ".sealed"
)

// Save puts a backup into the folder under its date, and removes those of the
// same store that have served their time. It gives the file and how many went.
func (f BackupFolder) Save(text []byte, now time.Time) (file string, pruned int, err error) {
	b, err := BackupHead(text)
	if err != nil {
		return "", 0, err
	}
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return "", 0, fmt.Errorf("seal: backups: %w", err)
	}
	file = filepath.Join(string(f), backupPrefix+b.Made.UTC().Format("20060102T150405Z")+backupSuffix)
	if err := replaceFile(file, text); err != nil {
		return "", 0, fmt.Errorf("seal: backups: %w", err)
	}
	old, err := f.Expired(b.Store, now)
	if err != nil {
		return file, 0, err
	}
	for _, name := range old {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return file, pruned, fmt.Errorf("seal: backups: %w", err)
		}
		pruned++
	}
	return file, pruned, syncFolder(string(f))
}

// Expired names the backups of a store that have served their time.
func (f BackupFolder) Expired(store string, now time.Time) ([]string, error) {
	var out []string
	err := f.each(store, func(file string, b Backup) {
		if now.Sub(b.Made) > BackupLife {
			out = append(out, file)
		}
	})
	return out, err
}

// Newest gives the youngest backup of a store; false when there is none.
func (f BackupFolder) Newest(store string) (Backup, bool, error) {
	var newest Backup
	found := false
	err := f.each(store, func(_ string, b Backup) {
		if !found || b.Made.After(newest.Made) {
			newest, found = b, true
		}
	})
	return newest, found, err
}

func (f BackupFolder) each(store string, do func(file string, b Backup)) error {
	entries, err := os.ReadDir(string(f))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("seal: backups: %w", err)
	}
	slices.SortFunc(entries, func(a, b os.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), backupPrefix) || !strings.HasSuffix(e.Name(), backupSuffix) {
			continue
		}
		file := filepath.Join(string(f), e.Name())
		text, err := readSmall(file)
		if errors.Is(err, os.ErrNotExist) {
			continue
		} else if err != nil {
			return fmt.Errorf("seal: backups: %w", err)
		}
		if b, err := BackupHead(text); err == nil && b.Store == store {
			do(file, b)
		}
	}
	return nil
}
