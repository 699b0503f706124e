package seal

import (
	"bytes"
	"context"
	"crypto/hpke"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Opened is a backup that was opened: what its first line says holds.
type Opened struct {
	Backup
	files map[string][]byte
}

// OpenByPassphrase opens a backup.
func OpenByPassphrase(text []byte, passphrase string) (Opened, error) {
	b, sealed, err := backupBody(text, byPassphrase)
	if err != nil {
		return Opened{}, err
	}
	salt, err := base64.RawURLEncoding.DecodeString(b.param)
	if err != nil || len(salt) != backupSalt {
		return Opened{}, errors.New("seal: this is no backup of keys")
	}
	box, err := passphraseBox(passphrase, salt)
	if err != nil {
		return Opened{}, err
	}
	plain, err := box.Open(sealed, b.head())
	if err != nil {
		return Opened{}, errors.New("seal: the passphrase does not open this backup, or the backup was changed")
	}
	return opened(b, plain)
}

// OpenByHalves opens a backup with both halves of its escrow, in any order.
func OpenByHalves(text []byte, one, two string) (Opened, error) {
	b, sealed, err := backupBody(text, byEscrow)
	if err != nil {
		return Opened{}, err
	}
	private, mark, err := together(one, two)
	if err != nil {
		return Opened{}, err
	}
	if mark != b.param {
		return Opened{}, fmt.Errorf("seal: this backup is for the escrow %s, the halves are of %s", b.param, mark)
	}
	plain, err := hpke.Open(private, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte(b.head()), sealed)
	if err != nil {
		return Opened{}, errors.New("seal: the halves do not open this backup, or the backup was changed")
	}
	return opened(b, plain)
}

func backupBody(text []byte, how string) (Backup, []byte, error) {
	b, err := BackupHead(text)
	if err != nil {
		return b, nil, err
	}
	if b.How != how {
		return b, nil, fmt.Errorf("seal: this backup is sealed by %s", b.How)
	}
	_, sealed, _ := bytes.Cut(text, []byte("\n"))
	return b, sealed, nil
}

func opened(b Backup, plain []byte) (Opened, error) {
	o := Opened{Backup: b}
	if err := json.Unmarshal(plain, &o.files); err != nil {
		return o, fmt.Errorf("seal: backup: %w", err)
	}
	for name := range o.files {
		if _, _, ok := personFile(name); !ok && name != identityName {
			return o, fmt.Errorf("seal: backup: %q is no file of a key store", name)
		}
	}
	return o, nil
}

// Wrapping names the wrapping keys of the backup that were not destroyed by
// what it knows itself.
func (o Opened) Wrapping() []string {
	var ids []string
	for name := range o.files {
		if id, suffix, _ := personFile(name); suffix == keySuffix && o.files[id+goneSuffix] == nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Took reports whether a wrapping key of the backup had taken subjects over
// from others.
func (o Opened) Took(id string) bool { return len(o.files[id+takenSuffix]) > 0 }

// Restored is what Restore did.
type Restored struct {
	Box      bool // the box's key was missing and is back
	Back     int  // wrapping keys that were missing and are back
	LeftAway int  // wrapping keys that nobody wants back: destroyed, or never used
}

// Restore puts back what is missing of the store, and of the wrapping keys
// those that are wanted and were not destroyed. It overwrites nothing: what is
// there must be of the same store. Called again, it goes on.
func (s KeyStore) Restore(o Opened, wanted func(id string) bool) (Restored, error) {
	var out Restored
	if err := s.sameStore(o); err != nil {
		return out, err
	}
	if err := os.MkdirAll(s.PeopleDir(), 0o700); err != nil {
		return out, fmt.Errorf("seal: key store: %w", explained(err))
	}
	put := func(file string, text []byte) (bool, error) {
		err := writeNew(file, text)
		if errors.Is(err, os.ErrExist) {
			return false, nil
		}
		return err == nil, explained(err)
	}
	for _, name := range slices.Sorted(maps.Keys(o.files)) { // first what is known to be gone
		if _, suffix, _ := personFile(name); suffix == goneSuffix {
			if _, err := put(filepath.Join(s.PeopleDir(), name), nil); err != nil {
				return out, fmt.Errorf("seal: restore: %w", err)
			}
		}
	}
	folder := &KeyFolder{dir: s.PeopleDir()}
	for _, id := range o.Wrapping() {
		gone, err := folder.Destroyed(context.Background(), id) // a folder is read without waiting
		if err != nil {
			return out, err
		}
		if gone || !wanted(id) {
			out.LeftAway++
			continue
		}
		if taken := o.files[id+takenSuffix]; taken != nil {
			if _, err := put(folder.beside(id, takenSuffix), taken); err != nil {
				return out, fmt.Errorf("seal: restore: %w", err)
			}
		}
		back, err := put(folder.file(id), o.files[id+keySuffix])
		if err != nil {
			return out, fmt.Errorf("seal: restore: %w", err)
		}
		if back {
			out.Back++
		}
	}
	var err error
	if out.Box, err = put(s.identity(), o.files[identityName]); err == nil {
		_, err = put(s.storeFile(), []byte(o.Store+"\n")) // last: without it the store is lost, not half there
	}
	if err != nil {
		return out, fmt.Errorf("seal: restore: %w", err)
	}
	return out, errors.Join(syncFolder(s.PeopleDir()), syncFolder(s.Dir))
}

// sameStore holds that what there is does not belong to another store.
func (s KeyStore) sameStore(o Opened) error {
	c, err := s.Contents()
	if err != nil {
		return err
	}
	if c.ID != "" && c.ID != o.Store {
		return fmt.Errorf("%w: the backup is of store %s, and %s is store %s: move that folder away first", ErrKeysWrong, o.Store, s.Dir, c.ID)
	}
	if c.Identity {
		there, err := os.ReadFile(s.identity())
		if err != nil {
			return fmt.Errorf("seal: key store: %w", err)
		}
		if !bytes.Equal(bytes.TrimSpace(there), bytes.TrimSpace(o.files[identityName])) {
			return fmt.Errorf("%w: %s is another key than the backup's: move it away first", ErrKeysWrong, s.identity())
		}
	}
	return nil
}
