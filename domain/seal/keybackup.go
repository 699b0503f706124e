package seal

import (
	"bytes"
	"crypto/hpke"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"
)

// BackupLife is how long a backup of keys is good. Destroying a key is worth
// nothing while a backup has it: after so long none has.
const BackupLife = 30 * 24 * time.Hour

// Backup is what the first line of a backup says, which is sealed with it.
type Backup struct {
	Store string
	Made  time.Time
	How   string // "passphrase" or "escrow"
	param string // the salt, or the escrow's mark
}

const (
	backupWord    = "baara-keys-1" //nolint:gosec // what a backup begins with
	byPassphrase  = "passphrase"
	byEscrow      = "escrow"
	maxBackupHead = 256
)

// head is the first line, without its end.
func (b Backup) head() string {
	return strings.Join([]string{backupWord, b.Store, b.Made.UTC().Format(time.RFC3339), b.How, b.param}, " ")
}

// BackupHead reads the first line of a backup. What it says is not proved yet.
func BackupHead(text []byte) (Backup, error) {
	first, _, ok := bytes.Cut(text[:min(len(text), maxBackupHead)], []byte("\n"))
	words := strings.Split(string(first), " ")
	if !ok || len(words) != 5 || words[0] != backupWord || !validStoreID(words[1]) || words[3] != byPassphrase && words[3] != byEscrow {
		return Backup{}, errors.New("seal: this is no backup of keys")
	}
	made, err := time.Parse(time.RFC3339, words[2])
	if err != nil {
		return Backup{}, errors.New("seal: this is no backup of keys: it has no date")
	}
	return Backup{Store: words[1], Made: made, How: words[3], param: words[4]}, nil
}

// Fresh fails for a backup that has served its time. There is no way around:
// people who were erased since would come back.
func (b Backup) Fresh(now time.Time) error {
	switch age := now.Sub(b.Made); {
	case age > BackupLife:
		return fmt.Errorf("seal: this backup is of %s: backups of keys are good for %d days, because older ones would bring back people who were erased",
			b.Made.Format(time.DateOnly), int(BackupLife.Hours()/24))
	case age < -24*time.Hour:
		return fmt.Errorf("seal: this backup is of %s, which is to come: look at the clock of this machine", b.Made.Format(time.DateOnly))
	}
	return nil
}

// backupParams of argon2id: the second choice of RFC 9106, 64 MiB.
const (
	backupPasses = 3
	backupMemory = 64 * 1024
	backupLanes  = 4
	backupSalt   = 16
	// ShortestPassphrase is how many characters a passphrase of a backup has at least.
	ShortestPassphrase = 16
)

func passphraseBox(passphrase string, salt []byte) (*Box, error) {
	return NewBox(argon2.IDKey([]byte(passphrase), salt, backupPasses, backupMemory, backupLanes, boxKey))
}

// BackupByPassphrase seals everything in the store under a passphrase of
// ShortestPassphrase characters at least.
func (s KeyStore) BackupByPassphrase(now time.Time, passphrase string) ([]byte, error) {
	if len([]rune(passphrase)) < ShortestPassphrase {
		return nil, fmt.Errorf("seal: the passphrase of a backup needs %d characters at least", ShortestPassphrase)
	}
	salt := make([]byte, backupSalt)
	_, _ = rand.Read(salt)
	return s.backup(Backup{Made: now, How: byPassphrase, param: base64.RawURLEncoding.EncodeToString(salt)}, func(head string, plain []byte) ([]byte, error) {
		box, err := passphraseBox(passphrase, salt)
		if err != nil {
			return nil, err
		}
		return box.Seal(plain, head), nil
	})
}

// BackupByEscrow seals everything in the store for two people together.
func (s KeyStore) BackupByEscrow(now time.Time, to Escrow) ([]byte, error) {
	return s.backup(Backup{Made: now, How: byEscrow, param: to.Mark()}, func(head string, plain []byte) ([]byte, error) {
		return hpke.Seal(to.public, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte(head), plain)
	})
}

func (s KeyStore) backup(b Backup, seal func(head string, plain []byte) ([]byte, error)) ([]byte, error) {
	c, err := s.Contents()
	if err != nil {
		return nil, err
	}
	if c.ID == "" || !c.Identity {
		return nil, fmt.Errorf("%w: there is nothing whole to back up in %s", ErrKeysLost, s.Dir)
	}
	b.Store = c.ID
	files, err := s.files()
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(files)
	if err != nil {
		return nil, fmt.Errorf("seal: backup: %w", err)
	}
	sealed, err := seal(b.head(), plain)
	if err != nil {
		return nil, fmt.Errorf("seal: backup: %w", err)
	}
	return append([]byte(b.head()+"\n"), sealed...), nil
}

// files are those of a backup, by name: identity.key and those of people/.
func (s KeyStore) files() (map[string][]byte, error) {
	box, err := os.ReadFile(s.identity())
	if err != nil {
		return nil, fmt.Errorf("seal: backup: %w", err)
	}
	files := map[string][]byte{identityName: box}
	entries, err := os.ReadDir(s.PeopleDir())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("seal: backup: %w", err)
	}
	for _, e := range entries {
		if _, _, ok := personFile(e.Name()); !ok {
			continue
		}
		text, err := os.ReadFile(filepath.Join(s.PeopleDir(), e.Name()))
		if errors.Is(err, os.ErrNotExist) { // destroyed while this looked
			continue
		} else if err != nil {
			return nil, fmt.Errorf("seal: backup: %w", err)
		}
		files[e.Name()] = text
	}
	return files, nil
}

const identityName = "identity.key"

// personFile takes the name of a file of people/ apart.
func personFile(name string) (id, suffix string, ok bool) {
	for _, suffix := range []string{keySuffix, takenSuffix, goneSuffix} {
		if id, found := strings.CutSuffix(name, suffix); found && validKeyID(id) {
			return id, suffix, true
		}
	}
	return "", "", false
}
