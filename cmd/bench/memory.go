package bench

import (
	"cmp"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// Memory holds people in plain arrays, without durability, updates, words or
// strings: the limit that an engine can come near to.
type Memory struct {
	register *register
	starts   []int32 // of a person's terms
	terms    []int32
	values   [5][]int32
	since    []int32
	postings [][]uint32 // people by term
	points   []int32    // while a question is answered
	last     []int32
	buckets  [][]uint32
}

// hit is an answer: which person, by number, with how many points.
type hit struct {
	person int
	points int32
}

func newMemory(r *register) *Memory { return &Memory{register: r, starts: []int32{0}} }

func (m *Memory) add(r row) {
	m.terms = append(m.terms, r.terms...)
	m.starts = append(m.starts, int32(len(m.terms)))
	m.since = append(m.since, r.since)
	for i := range m.values {
		m.values[i] = append(m.values[i], r.values[i])
	}
}

func (m *Memory) of(person int) []int32 { return m.terms[m.starts[person]:m.starts[person+1]] }

// invert makes the postings, once all are added.
func (m *Memory) invert() {
	m.postings = make([][]uint32, len(m.register.numbers)+1)
	for person := range m.since {
		for _, t := range m.of(person) {
			m.postings[t] = append(m.postings[t], uint32(person))
		}
	}
	m.points, m.last = make([]int32, len(m.since)), make([]int32, len(m.since))
}

func (m *Memory) list(term int32) []uint32 {
	if int(term) < len(m.postings) {
		return m.postings[term]
	}
	return nil
}

func (m *Memory) passes(person int, q question) bool {
	for _, b := range q.ranges {
		if v := m.values[b.column][person]; v < b.min || v > b.max {
			return false
		}
	}
	mine := m.of(person)
	for _, any := range q.any {
		if !slices.ContainsFunc(any, func(t int32) bool { return slices.Contains(mine, t) }) {
			return false
		}
	}
	return true
}

// search answers as fast as arrays can: it adds up points, sorts people into
// buckets of equal points, and looks at conditions from the top until enough
// have passed. It counts no totals.
func (m *Memory) search(q question, asked domain.ID, day domain.Date, n int) []hit {
	var touched []uint32
	most := int32(0)
	for i, g := range q.groups {
		for _, a := range g.alternatives {
			for _, person := range m.list(a.term) {
				if m.last[person] == int32(i+1) {
					continue
				}
				if m.last[person] == 0 {
					if a.weak {
						continue
					}
					touched = append(touched, person)
				}
				m.last[person] = int32(i + 1)
				m.points[person] += a.points
				most = max(most, m.points[person])
			}
		}
	}
	for len(m.buckets) <= int(most) {
		m.buckets = append(m.buckets, nil)
	}
	for _, person := range touched {
		p := m.points[person]
		m.buckets[p] = append(m.buckets[p], person)
		m.points[person], m.last[person] = 0, 0
	}
	var out []hit
	for p := most; p > 0 && len(out) < n; p-- {
		for _, person := range m.buckets[p] {
			if m.passes(int(person), q) {
				out = append(out, hit{int(person), p})
			}
		}
	}
	for p := range m.buckets {
		m.buckets[p] = m.buckets[p][:0]
	}
	return m.rank(out, asked, day, n)
}

// brute looks at everybody. It shares nothing with search but the arrays. Weak
// alternatives are added at the end, to whom anything else has given points.
func (m *Memory) brute(q question, asked domain.ID, day domain.Date, n int) (top []hit, total int) {
	groupOf, pointsOf := make([]int32, len(m.register.numbers)+1), make([]int32, len(m.register.numbers)+1)
	weakly := make([]bool, len(m.register.numbers)+1)
	for i, g := range q.groups {
		for _, a := range g.alternatives {
			groupOf[a.term], pointsOf[a.term], weakly[a.term] = int32(i+1), a.points, a.weak
		}
	}
	best, faint := make([]int32, len(q.groups)+1), make([]int32, len(q.groups)+1)
	var all []hit
	for person := range m.since {
		clear(best)
		clear(faint)
		for _, t := range m.of(person) {
			switch g := groupOf[t]; {
			case g > 0 && weakly[t]:
				faint[g] = max(faint[g], pointsOf[t])
			case g > 0:
				best[g] = max(best[g], pointsOf[t])
			}
		}
		sum := int32(0)
		for _, b := range best {
			sum += b
		}
		if sum > 0 && m.passes(person, q) {
			for g, points := range faint {
				if best[g] == 0 {
					sum += points
				}
			}
			all = append(all, hit{person, sum})
		}
	}
	return m.rank(all, asked, day, n), len(all)
}

// rank puts the best first: more points, then the longest waiting, then the lot.
func (m *Memory) rank(all []hit, asked domain.ID, day domain.Date, n int) []hit {
	slices.SortFunc(all, func(a, b hit) int {
		if c := cmp.Or(cmp.Compare(b.points, a.points), cmp.Compare(m.since[a.person], m.since[b.person])); c != 0 {
			return c
		}
		return cmp.Compare(matching.Lot(PersonID(a.person), asked, day), matching.Lot(PersonID(b.person), asked, day))
	})
	return all[:min(n, len(all))]
}
