package match

import (
	"testing"
	"time"
)

func TestTimings(t *testing.T) {
	var m meter
	if got := m.read(); got.Count != 0 || got.Quantile(0.5) != 0 {
		t.Errorf("before any question: %+v", got)
	}
	for range 98 {
		m.add(200 * time.Microsecond)
	}
	m.add(900 * time.Microsecond)
	m.add(time.Hour)
	got := m.read()
	if got.Count != 100 || got.Total != 98*200*time.Microsecond+900*time.Microsecond+time.Hour {
		t.Errorf("%d in %s", got.Count, got.Total)
	}
	for q, want := range map[float64]time.Duration{0.5: 250 * time.Microsecond, 0.98: 250 * time.Microsecond, 0.99: time.Millisecond, 1: 250 * time.Microsecond << 14} {
		if is := got.Quantile(q); is != want {
			t.Errorf("quantile %v is %s, want %s", q, is, want)
		}
	}
}
