//go:build linux

package linker_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/esco"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/search/linker"
)

// realESCO gives the labels of ESCO in the languages at hand, and skips where there are none.
func realESCO(b *testing.B) linker.Labels {
	b.Helper()
	data := os.Getenv("BAARA_SHARED_DATA")
	if data == "" {
		data = filepath.Join("..", "..", "..", "shared", "data")
	}
	folder := filepath.Join(data, "esco")
	if _, err := os.Stat(folder); err != nil {
		b.Skip("the real ESCO files are not here: set BAARA_SHARED_DATA to a folder with esco/")
	}
	release, _, err := esco.Read([]string{folder}, "")
	if err != nil {
		b.Fatal(err)
	}
	return func(_ context.Context, yield func(taxonomy.Concept, taxonomy.Label) error) error {
		for _, c := range release.Concepts {
			for _, l := range c.Labels {
				l.Text = strings.Clone(l.Text) // as read from the database: the dictionary keeps it
				if err := yield(taxonomy.Concept{ID: domain.ID(c.URI), Kind: c.Kind, URI: c.URI, ISCO: c.ISCO}, l); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// written gives labels of a kind as people write them: some words left out, some letters wrong.
func written(b *testing.B, labels linker.Labels, kind taxonomy.Kind, n int) []string {
	b.Helper()
	var all []string
	err := labels(context.Background(), func(c taxonomy.Concept, l taxonomy.Label) error {
		if c.Kind == kind {
			all = append(all, l.Text)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]string, n)
	for i := range out {
		s := []rune(all[r.IntN(len(all))])
		if at := r.IntN(len(s)); len(s) > 6 && i%2 == 0 {
			s = slices.Delete(s, at, at+1)
		}
		out[i] = string(s)
	}
	return out
}

// worked is the processor time of this thread: on a machine that does other things too, the time on the wall is theirs.
func worked() time.Duration {
	var t unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t)
	return time.Duration(t.Nano())
}

// quantiles reports how long one answer takes, and how much of that it worked.
func quantiles(b *testing.B, questions []string, ask func(words string)) {
	b.Helper()
	for _, q := range questions[:min(100, len(questions))] {
		ask(q)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var wall, work []time.Duration
	for i := 0; b.Loop(); i++ {
		start, before := time.Now(), worked()
		ask(questions[i%len(questions)])
		wall, work = append(wall, time.Since(start)), append(work, worked()-before)
	}
	for name, times := range map[string][]time.Duration{"": wall, "work_": work} {
		slices.Sort(times)
		b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, name+"p50_ms")
		b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, name+"p99_ms")
	}
}

func BenchmarkESCO(b *testing.B) {
	labels := realESCO(b)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	l := linker.New()
	runtime.LockOSThread()
	start, count := worked(), 0
	err := l.Load(context.Background(), func(ctx context.Context, yield func(taxonomy.Concept, taxonomy.Label) error) error {
		return labels(ctx, func(c taxonomy.Concept, l taxonomy.Label) error { count++; return yield(c, l) })
	})
	if err != nil {
		b.Fatal(err)
	}
	took := worked() - start
	runtime.UnlockOSThread()
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.Run("load", func(b *testing.B) {
		for b.Loop() { //nolint:revive // what was measured above is reported
		}
		b.ReportMetric(took.Seconds(), "work_s")
		b.ReportMetric(float64(count), "labels")
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "heap_MB")
	})
	for _, kind := range []taxonomy.Kind{taxonomy.Occupation, taxonomy.Skill} {
		names := written(b, labels, kind, 5000)
		b.Run("rank/"+string(kind), func(b *testing.B) {
			quantiles(b, names, func(words string) { _, _ = l.Rank(context.Background(), kind, "fr", words, 10) })
		})
		b.Run("link/"+string(kind), func(b *testing.B) {
			quantiles(b, names, func(words string) { _, _ = l.Link(context.Background(), kind, "fr", words) })
		})
		typed := beginnings(names)
		b.Run("suggest/"+string(kind), func(b *testing.B) {
			quantiles(b, typed, func(words string) { _, _ = l.Suggest(context.Background(), kind, "fr", words, 10) })
		})
	}
}

// beginnings are what a form asks while the names are typed, from two letters on.
func beginnings(names []string) []string {
	r := rand.New(rand.NewPCG(3, 4))
	out := make([]string, len(names))
	for i, n := range names {
		letters := utf8.RuneCountInString(n)
		out[i] = string([]rune(n)[:min(letters, 2+r.IntN(max(letters-1, 1)))])
	}
	return out
}
