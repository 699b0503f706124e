package bench

import (
	"testing"
)

// TestMatchIsExact runs the whole benchmark but PostgreSQL, small: the engine gives what brute force gives, and every figure is measured.
func TestMatchIsExact(t *testing.T) {
	w := NewWorld(7, 3000)
	got, err := Match(t.Context(), w, Options{Dir: t.TempDir(), Questions: 60, Seconds: 1, Say: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	if !got.Exact {
		t.Error("not exact")
	}
	for name, figure := range map[string]float64{
		"p50": got.BaaraP50, "p99": got.BaaraP99, "memory": got.MemoryP50, "facets": got.FacetsP50, "bytes": got.BytesPerProfile,
		"rebuild": got.RebuildPerSecond, "text": got.TextP50 + got.AllWordsP50,
	} {
		if figure <= 0 {
			t.Errorf("%s was not measured", name)
		}
	}
	if got.Changes == nil || got.Changes.SearchableP95 <= 0 || got.Changes.BusyP99 <= 0 {
		t.Errorf("changes were not measured: %+v", got.Changes)
	}
}

// TestTheSamePeopleForTheSameSeed: figures can be compared only when the work is the same.
func TestTheSamePeopleForTheSameSeed(t *testing.T) {
	a, b, other := NewWorld(1, 100), NewWorld(1, 100), NewWorld(2, 100)
	r := newRegister()
	same := 0
	for n := range 100 {
		if personNumber(PersonID(n)) != n {
			t.Fatalf("person %d has the id %s", n, PersonID(n))
		}
		one, again, another := r.row(a.Person(n, 0).Profile), r.row(b.Person(n, 0).Profile), r.row(other.Person(n, 0).Profile)
		if !equal(one, again) {
			t.Errorf("person %d is not the same", n)
		}
		if equal(one, another) {
			same++
		}
		if equal(one, r.row(a.Person(n, 1).Profile)) {
			same++
		}
	}
	if same > 5 {
		t.Errorf("%d people do not depend on seed or version", same)
	}
}

func equal(a, b row) bool {
	if len(a.terms) != len(b.terms) || a.values != b.values || a.since != b.since {
		return false
	}
	for i := range a.terms {
		if a.terms[i] != b.terms[i] {
			return false
		}
	}
	return true
}
