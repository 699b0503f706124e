package index

import "sync"

// What a generation keeps in memory of what was derived from its segments is bounded: room for some 250 sets, of a bit a document each, and for no
// less than leastKept bytes.
const (
	leastKept  = 64 << 20
	keptPerDoc = 32 // bytes
)

// keeper keeps what was derived from segments. When the newer half is full it becomes the older half, and what nobody asked for since then is
// forgotten, together with what belonged to segments that are gone.
type keeper struct {
	mu           sync.Mutex
	newer, older map[keepKey]kept
	bytes        int // of the newer half
	most         int // of both
}

type keepKey struct {
	segment uint64
	name    string
}

type kept struct {
	value any
	bytes int
}

func newKeeper() *keeper { return &keeper{newer: map[keepKey]kept{}, most: leastKept} }

// fit makes room for an index of so many documents.
func (k *keeper) fit(docs int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.most = max(leastKept, keptPerDoc*docs)
}

func (k *keeper) get(key keepKey) (any, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	v, ok := k.newer[key]
	if !ok {
		if v, ok = k.older[key]; ok {
			k.put(key, v)
		}
	}
	return v.value, ok
}

// put needs the lock.
func (k *keeper) put(key keepKey, v kept) {
	if k.bytes+v.bytes > k.most/2 {
		k.newer, k.older, k.bytes = map[keepKey]kept{}, k.newer, 0
	}
	k.newer[key] = v
	k.bytes += v.bytes
}

// Set gives the set of that name, made by build the first time. A name must say all that the set depends on. Sets are shared: never change one.
func (s *Segment) Set(name string, build func(Bits) error) (Bits, error) {
	return Keep(s, name, func() (Bits, int, error) {
		b := NewBits(s.Docs)
		return b, 8 * len(b), build(b)
	})
}

// Column gives a number for each document, made by build the first time.
func (s *Segment) Column(name string, build func([]uint16) error) ([]uint16, error) {
	return Keep(s, "column "+name, func() ([]uint16, int, error) {
		c := make([]uint16, s.Docs)
		return c, 2 * len(c), build(c)
	})
}

// Keep gives what is kept with a segment under a name, made by build the first time, which says how many bytes it takes. A name must say all that
// the value depends on, its type too. It may be built twice when two ask at once; either will do.
func Keep[T any](s *Segment, name string, build func() (value T, bytes int, err error)) (T, error) {
	key := keepKey{s.id, name}
	if v, ok := s.kept.get(key); ok {
		return v.(T), nil
	}
	v, bytes, err := build()
	if err != nil {
		return v, err
	}
	s.kept.mu.Lock()
	defer s.kept.mu.Unlock()
	s.kept.put(key, kept{v, bytes + 100})
	return v, nil
}
