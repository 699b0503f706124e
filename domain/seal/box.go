package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Box seals small secrets that must be read again, such as those of second
// factors: AES-256-GCM with a random nonce and the use as associated data.
type Box struct {
	aead cipher.AEAD
	key  []byte
}

// boxKey is the length of a key in bytes.
const boxKey = 32

// NewBox makes a box of a key of 32 bytes.
func NewBox(key []byte) (*Box, error) {
	if len(key) != boxKey {
		return nil, fmt.Errorf("seal: a key of %d bytes, want %d", len(key), boxKey)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("seal: key: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("seal: key: %w", err)
	}
	return &Box{aead: aead, key: bytes.Clone(key)}, nil
}

// RandomBox is a box whose key is nowhere else: for tests and for commands
// that seal nothing.
func RandomBox() *Box {
	key := make([]byte, boxKey)
	_, _ = rand.Read(key)
	box, err := NewBox(key)
	if err != nil {
		panic("seal: " + err.Error()) // the key has the right length
	}
	return box
}

// OpenBox reads the key from a file, base64 on one line, and makes file and key
// when there is none. Only the program's own user may read the file.
func OpenBox(file string) (*Box, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		key := make([]byte, boxKey)
		_, _ = rand.Read(key)
		text = []byte(base64.StdEncoding.EncodeToString(key) + "\n")
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, fmt.Errorf("seal: key file: %w", err)
		}
		err = writeNew(file, text)
		if errors.Is(err, os.ErrExist) { // another process was faster
			text, err = os.ReadFile(file)
		}
		if err != nil {
			return nil, fmt.Errorf("seal: key file: %w", err)
		}
	} else if err != nil {
		return nil, fmt.Errorf("seal: key file: %w", err)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, errors.New("seal: key file: no base64") // without what the file says
	}
	return NewBox(key)
}

// Seal closes a secret for one use.
func (b *Box) Seal(plain []byte, use string) []byte {
	return b.aead.Seal(nil, nil, plain, []byte(use)) //nolint:gosec // this AEAD takes no nonce: it draws a random one itself
}

// Derive gives a key of 32 bytes for one use, the same from every box of this
// key. It says nothing about the box's own.
func (b *Box) Derive(use string) []byte {
	key, err := hkdf.Key(sha256.New, b.key, nil, use, boxKey)
	if err != nil {
		panic("seal: " + err.Error()) // the length is one that SHA-256 can give
	}
	return key
}

// Open gives back what was sealed for that use under this key.
func (b *Box) Open(sealed []byte, use string) ([]byte, error) {
	plain, err := b.aead.Open(nil, nil, sealed, []byte(use))
	if err != nil {
		return nil, errors.New("seal: this key does not open what was sealed for that use")
	}
	return plain, nil
}
