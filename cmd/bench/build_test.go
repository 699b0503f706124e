package bench

import (
	"path/filepath"
	"testing"
)

func BenchmarkBuild(b *testing.B) {
	w := NewWorld(1, 20000)
	for b.Loop() {
		e, err := openEngine(filepath.Join(b.TempDir(), "x"))
		if err != nil {
			b.Fatal(err)
		}
		took, _, err := e.build(w, func(int) {})
		if err != nil {
			b.Fatal(err)
		}
		n, _ := e.bytes()
		b.ReportMetric(20000/took.Seconds(), "profiles/s")
		b.ReportMetric(float64(n)/20000, "B/profile")
		e.close()
	}
}
