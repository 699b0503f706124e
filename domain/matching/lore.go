package matching

import (
	"maps"
	"slices"
	"sync"

	"github.com/baara-platform/baara/domain"
)

// Lore is what the taxonomy says of the concepts that records mention, remembered while everybody is read: the same few thousand come with each
// batch. It belongs to one such reading; an edition that changes meanwhile calls for another. The zero value knows nothing yet.
type Lore struct {
	Labels    Memo[string]    // preferred, in every language
	Essential Memo[domain.ID] // skills, by occupation
}

// Memo remembers lists by id. Several may ask at once; then the same may be read twice.
type Memo[V any] struct {
	mu    sync.Mutex
	known map[domain.ID][]V
}

// Of gives the list of each id, absent where there is none. Those not met before come from read, which is asked for all of them together, also for
// none. The lists must not be changed.
func (m *Memo[V]) Of(ids []domain.ID, read func(unknown []domain.ID) (map[domain.ID][]V, error)) (map[domain.ID][]V, error) {
	out := make(map[domain.ID][]V, len(ids))
	unknown := m.recall(ids, out)
	found, err := read(unknown)
	if err != nil {
		return nil, err
	}
	maps.Copy(out, found)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[domain.ID][]V{}
	}
	for _, id := range unknown {
		m.known[id] = found[id] // also that there is nothing
	}
	return out, nil
}

// recall puts what is known into out and gives the rest, in order.
func (m *Memo[V]) recall(ids []domain.ID, out map[domain.ID][]V) (unknown []domain.ID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, id := range ids {
		if list, ok := m.known[id]; !ok {
			unknown = append(unknown, id)
		} else if len(list) > 0 {
			out[id] = list
		}
	}
	slices.Sort(unknown)
	return unknown
}
