package seal

import (
	"context"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/baara-platform/baara/domain"
)

// DerivedKeys is a Wrapper whose keys follow from a secret and their names, so
// that every process that has the secret has them: for tests, where several
// share a database. It protects nothing: a destroyed key is gone here only.
type DerivedKeys struct {
	secret string
	mu     sync.Mutex
	keys   map[string]tink.AEAD
	gone   map[string]bool
	made   map[string]time.Time
	kept   map[string]map[domain.ID][]byte
}

// NewDerivedKeys makes a store of the keys of a secret.
func NewDerivedKeys(secret string) *DerivedKeys {
	return &DerivedKeys{secret: secret, keys: map[string]tink.AEAD{}, gone: map[string]bool{},
		made: map[string]time.Time{}, kept: map[string]map[domain.ID][]byte{}}
}

// Create implements Wrapper.
func (d *DerivedKeys) Create(context.Context) (string, error) {
	raw := make([]byte, 8)
	_, _ = rand.Read(raw)
	id := hex.EncodeToString(raw)
	_, err := d.key(id)
	return id, err
}

// Wrap implements Wrapper.
func (d *DerivedKeys) Wrap(_ context.Context, id string, subject domain.ID, key SubjectKey) ([]byte, error) {
	aead, err := d.key(id)
	if err != nil {
		return nil, err
	}
	return wrap(aead, subject, key)
}

// Unwrap implements Wrapper.
func (d *DerivedKeys) Unwrap(_ context.Context, id string, subject domain.ID, wrapped []byte) (SubjectKey, error) {
	aead, err := d.key(id)
	if err != nil {
		return SubjectKey{}, err
	}
	return unwrap(aead, subject, wrapped)
}

// Destroy implements Wrapper.
func (d *DerivedKeys) Destroy(_ context.Context, id string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gone[id] = true
	delete(d.keys, id)
	delete(d.kept, id)
	return nil
}

// Destroyed implements Wrapper.
func (d *DerivedKeys) Destroyed(_ context.Context, id string) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.gone[id], nil
}

// Made implements Wrapper: when the key was first used here.
func (d *DerivedKeys) Made(_ context.Context, id string) (time.Time, error) {
	if _, err := d.key(id); err != nil {
		return time.Time{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.made[id], nil
}

// Keep implements Wrapper.
func (d *DerivedKeys) Keep(_ context.Context, id string, taken map[domain.ID][]byte) error {
	if _, err := d.key(id); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.kept[id] = maps.Clone(taken)
	return nil
}

// Kept implements Wrapper.
func (d *DerivedKeys) Kept(_ context.Context, id string) (map[domain.ID][]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return maps.Clone(d.kept[id]), nil
}

// List names the keys that were used here.
func (d *DerivedKeys) List(context.Context) ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(maps.Keys(d.keys)), nil
}

func (d *DerivedKeys) key(id string) (tink.AEAD, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.gone[id] || !validKeyID(id) {
		return nil, ErrNoKey
	}
	if aead := d.keys[id]; aead != nil {
		return aead, nil
	}
	raw, err := hkdf.Key(sha256.New, []byte(d.secret), nil, id, boxKey)
	if err != nil {
		return nil, fmt.Errorf("seal: derived key: %w", err)
	}
	aead, err := subtle.NewAESGCM(raw)
	if err != nil {
		return nil, fmt.Errorf("seal: derived key: %w", err)
	}
	d.keys[id], d.made[id] = aead, time.Now()
	return aead, nil
}
