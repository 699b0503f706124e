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
)

// KeyStore is the folder with everything that opens the sealed columns of one
// database:
//
//	store.id      which store this is
//	database      which database it serves
//	identity.key  the key of the Box: second factors, and look-ups derived from it
//	people/       the wrapping keys, a KeyFolder
//
// It is shared by all processes that serve the database. Look-ups have no key
// of their own: one secret fewer to lose, and without the box's they would be
// of no use.
type KeyStore struct {
	Dir      string
	Identity string // the file of the box's key; "" means identity.key in the folder
}

func (s KeyStore) identity() string {
	if s.Identity != "" {
		return s.Identity
	}
	return filepath.Join(s.Dir, "identity.key")
}

// PeopleDir is the folder of the wrapping keys.
func (s KeyStore) PeopleDir() string { return filepath.Join(s.Dir, "people") }

func (s KeyStore) storeFile() string    { return filepath.Join(s.Dir, "store.id") }
func (s KeyStore) databaseFile() string { return filepath.Join(s.Dir, "database") }

// Contents says what there is of a key store, without opening a key.
type Contents struct {
	ID       string // "" when there is none
	Database string // the database it serves; "" before the first
	Identity bool   // the box's key is there
	Wrapping int    // wrapping keys
}

// Contents looks at the folder. One that is missing is empty.
func (s KeyStore) Contents() (Contents, error) {
	var c Contents
	var err error
	if c.ID, err = line(s.storeFile()); err != nil {
		return c, err
	}
	if c.ID != "" && !validStoreID(c.ID) {
		return c, fmt.Errorf("seal: %s does not name a key store", s.storeFile())
	}
	if c.Database, err = line(s.databaseFile()); err != nil {
		return c, err
	}
	if _, err := os.Stat(s.identity()); err == nil {
		c.Identity = true
	} else if !errors.Is(err, os.ErrNotExist) {
		return c, fmt.Errorf("seal: key store: %w", err)
	}
	ids, err := (&KeyFolder{dir: s.PeopleDir()}).List(context.Background()) // a folder is read without waiting
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return c, err
	}
	c.Wrapping = len(ids)
	return c, nil
}

// line is the first line of a small file, "" when there is none.
func line(file string) (string, error) {
	text, err := readSmall(file)
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	} else if err != nil {
		return "", fmt.Errorf("seal: key store: %w", err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSpace(first), nil
}

func validStoreID(id string) bool {
	raw, err := hex.DecodeString(id)
	return err == nil && len(raw) == 16
}

// begin makes what is missing of a store. Of two processes at once both use
// what the first one made.
func (s KeyStore) begin() error {
	if err := os.MkdirAll(s.PeopleDir(), 0o700); err != nil {
		return fmt.Errorf("seal: key store: %w", explained(err))
	}
	if _, err := OpenBox(s.identity()); err != nil {
		return err
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id)
	if err := writeNew(s.storeFile(), []byte(hex.EncodeToString(id)+"\n")); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("seal: key store: %w", explained(err))
	}
	return syncFolder(s.Dir)
}

// serve notes which database the store serves.
func (s KeyStore) serve(database string) error {
	if err := replaceFile(s.databaseFile(), []byte(database+"\n")); err != nil {
		return fmt.Errorf("seal: key store: %w", explained(err))
	}
	return nil
}

// Box opens the key of the box, which must be there.
func (s KeyStore) Box() (*Box, error) {
	if _, err := os.Stat(s.identity()); err != nil {
		return nil, fmt.Errorf("seal: key file: %w", err)
	}
	return OpenBox(s.identity())
}

// check is a value that only this box's key gives, and that says nothing of it.
func (s KeyStore) check() (string, error) {
	box, err := s.Box()
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(box.Derive("which key store this is")[:lookupBytes]), nil
}

// Open opens what the vault needs. Pair comes before.
func (s KeyStore) Open() (*KeyFolder, Lookup, error) {
	box, err := s.Box()
	if err != nil {
		return nil, Lookup{}, err
	}
	folder, err := OpenKeyFolder(s.PeopleDir())
	return folder, NewLookup(box.Derive("look-ups")), err
}

// Permissions says which files and folders of the store others may read or
// write, and which are no files of it.
func (s KeyStore) Permissions() ([]string, error) {
	var wrong []string
	look := func(path string, most os.FileMode) error {
		info, err := os.Lstat(path)
		if errors.Is(err, os.ErrNotExist) {
			return nil
		} else if err != nil {
			return err
		}
		switch {
		case info.Mode()&os.ModeSymlink != 0:
			wrong = append(wrong, path+" is a link")
		case info.Mode().Perm()&^most != 0:
			wrong = append(wrong, fmt.Sprintf("%s is open to others (%#o): chmod %#o", path, info.Mode().Perm(), most))
		}
		return nil
	}
	for _, dir := range []string{s.Dir, s.PeopleDir()} {
		if err := look(dir, 0o700); err != nil {
			return nil, fmt.Errorf("seal: key store: %w", err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("seal: key store: %w", err)
		}
		for _, e := range entries {
			if e.IsDir() {
				continue
			}
			if err := look(filepath.Join(dir, e.Name()), 0o600); err != nil {
				return nil, fmt.Errorf("seal: key store: %w", err)
			}
		}
	}
	return wrong, look(s.identity(), 0o600)
}
