package seal

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/baara-platform/baara/domain"
)

// MemoryKeys is a Wrapper that is lost at the end of the process: for tests and
// for commands whose database is thrown away.
type MemoryKeys struct {
	mu   sync.Mutex
	keys map[string]tink.AEAD
}

// NewMemoryKeys is a store without a key.
func NewMemoryKeys() *MemoryKeys { return &MemoryKeys{keys: map[string]tink.AEAD{}} }

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
	m.keys[id] = aead
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
	return nil
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
