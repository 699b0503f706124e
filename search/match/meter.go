package match

import (
	"sync/atomic"
	"time"
)

// meter counts questions by how long they took, in buckets of doubling width. Nothing about a question is kept.
type meter struct {
	counts [meterBuckets]atomic.Uint64
	nanos  atomic.Uint64
}

const (
	meterBuckets = 16
	meterFirst   = 250 * time.Microsecond // and twice as much with each; the last has no bound
)

func (m *meter) add(took time.Duration) {
	i := 0
	for bound := meterFirst; took > bound && i < meterBuckets-1; bound *= 2 {
		i++
	}
	m.counts[i].Add(1)
	m.nanos.Add(uint64(took))
}

// Timings are how long questions took since the program began.
type Timings struct {
	Count   uint64
	Total   time.Duration
	Buckets []Bucket // the last holds what took longer than the one before
}

// Bucket counts the questions that took at most so long, and longer than the bucket before.
type Bucket struct {
	AtMost time.Duration // 0 for the last, which has no bound
	Count  uint64
}

func (m *meter) read() Timings {
	t := Timings{Total: time.Duration(m.nanos.Load())}
	bound := meterFirst
	for i := range m.counts {
		b := Bucket{AtMost: bound, Count: m.counts[i].Load()}
		if i == meterBuckets-1 {
			b.AtMost = 0
		}
		t.Count += b.Count
		t.Buckets = append(t.Buckets, b)
		bound *= 2
	}
	return t
}

// Quantile gives a time that the share q of the questions did not exceed, to the width of a bucket; 0 without questions.
func (t Timings) Quantile(q float64) time.Duration {
	var sum uint64
	longest := time.Duration(0)
	for _, b := range t.Buckets {
		if b.AtMost > 0 {
			longest = b.AtMost
		}
		if sum += b.Count; t.Count > 0 && float64(sum) >= q*float64(t.Count) {
			return longest
		}
	}
	return 0
}

// Timings tells how long matching and searching words took.
func (m *Matcher) Timings() (matches, words Timings) { return m.matched.read(), m.worded.read() }
