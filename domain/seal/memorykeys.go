package seal

import (
	"context"
	"crypto/rand"
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

// MemoryKeys is a Wrapper that is lost at the end of the process: for tests and
// for commands whose database is thrown away.
type MemoryKeys struct {
	mu   sync.Mutex
	keys map[string]tink.AEAD
	made map[string]time.Time
	kept map[string]map[domain.ID][]byte
	gone map[string]bool
}

// NewMemoryKeys is a store without a key.
func NewMemoryKeys() *MemoryKeys {
	return &MemoryKeys{keys: map[string]tink.AEAD{}, made: map[string]time.Time{}, kept: map[string]map[domain.ID][]byte{}, gone: map[string]bool{}}
}

// Create implements Wrapper.
func (m *MemoryKeys) Create(context.Context) (string, error) {
	raw := make([]byte, boxKey+8)
	_, _ = rand.Read(raw)
	aead, err := subtle.NewAESGCM(raw[:boxKey])
	if err != nil {
		return "", fmt.Errorf("seal: new wrapping key: %w", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	id := hex.EncodeToString(raw[boxKey:])
	m.keys[id], m.made[id] = aead, time.Now()
	return id, nil
}

// Wrap implements Wrapper.
func (m *MemoryKeys) Wrap(_ context.Context, id string, subject domain.ID, key SubjectKey) ([]byte, error) {
	aead, err := m.key(id)
	if err != nil {
		return nil, err
	}
	return wrap(aead, subject, key)
}

// Unwrap implements Wrapper.
func (m *MemoryKeys) Unwrap(_ context.Context, id string, subject domain.ID, wrapped []byte) (SubjectKey, error) {
	aead, err := m.key(id)
	if err != nil {
		return SubjectKey{}, err
	}
	return unwrap(aead, subject, wrapped)
}

// Destroy implements Wrapper.
func (m *MemoryKeys) Destroy(_ context.Context, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.keys, id)
	delete(m.kept, id)
	m.gone[id] = true
	return nil
}

// Destroyed implements Wrapper.
func (m *MemoryKeys) Destroyed(_ context.Context, id string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.gone[id], nil
}

// Made implements Wrapper.
func (m *MemoryKeys) Made(_ context.Context, id string) (time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.keys[id] == nil {
		return time.Time{}, ErrNoKey
	}
	return m.made[id], nil
}

// Keep implements Wrapper.
func (m *MemoryKeys) Keep(_ context.Context, id string, taken map[domain.ID][]byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.keys[id] == nil {
		return ErrNoKey
	}
	m.kept[id] = maps.Clone(taken)
	return nil
}

// Kept implements Wrapper.
func (m *MemoryKeys) Kept(_ context.Context, id string) (map[domain.ID][]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.kept[id]), nil
}

// List implements Wrapper.
func (m *MemoryKeys) List(context.Context) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.keys)), nil
}

func (m *MemoryKeys) key(id string) (tink.AEAD, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if aead := m.keys[id]; aead != nil {
		return aead, nil
	}
	return nil, ErrNoKey
}
