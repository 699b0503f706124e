package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/text"
)

// Options say how much is done.
type Options struct {
	Dir       string // for index and cluster; what an earlier run left there is used again
	Questions int    // timed and compared with brute force
	Seconds   int    // of changes, each: quiet and busy
	Postgres  bool
	Say       func(format string, args ...any)
	// Alone measures memory in a process of its own: given the index's
	// directory, it returns MB. Nil leaves it out.
	Alone func(ctx context.Context, dir string) (float64, error)
}

// run is what is measured against what.
type run struct {
	world  *World
	opt    Options
	engine *Engine
	memory *Memory
	rival  *Postgres
	out    Report
}

// Match builds everything, asks everybody, and reports.
func Match(ctx context.Context, w *World, opt Options) (_ Report, err error) {
	r := &run{world: w, opt: opt, memory: newMemory(newRegister())}
	r.out = Report{Profiles: w.People, Cores: runtime.NumCPU(), Seed: w.Seed, Questions: opt.Questions, LoadAverage: load()}
	defer func() {
		if r.engine != nil {
			_ = r.engine.close()
		}
		if r.rival != nil {
			_ = r.rival.close(context.WithoutCancel(ctx))
		}
	}()
	for _, step := range []func(context.Context) error{r.build, r.loadRivals, r.match, r.text, r.facets, r.change} {
		if err := step(ctx); err != nil {
			return r.out, err
		}
	}
	r.out.LoadAverage += " | " + load()
	return r.out, nil
}

func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(b))[:3], " ")
}

// build writes the index, and measures its size, and the memory of a process
// that answers from it.
func (r *run) build(ctx context.Context) (err error) {
	dir := filepath.Join(r.opt.Dir, "index")
	if r.engine, err = openEngine(dir); err != nil {
		return err
	}
	if r.engine.live.Current() != nil {
		return r.size(ctx, dir)
	}
	took, cpu, err := r.engine.build(r.world, func(done int) {
		if done%100_000 == 0 || done == r.world.People {
			r.opt.Say("index: %d of %d", done, r.world.People)
		}
	})
	if err != nil {
		return err
	}
	r.out.RebuildPerSecond = float64(r.world.People) / took.Seconds()
	r.out.RebuildPerCPUSecond = float64(r.world.People) / cpu.Seconds()
	return r.size(ctx, dir)
}

func (r *run) size(ctx context.Context, dir string) error {
	bytes, err := r.engine.bytes()
	if err != nil {
		return err
	}
	r.out.BytesPerProfile = float64(bytes) / float64(r.world.People)
	if r.opt.Alone == nil {
		return nil
	}
	if err := r.engine.close(); err != nil {
		return err
	}
	if r.out.RSS, err = r.opt.Alone(ctx, dir); err != nil {
		return err
	}
	r.engine, err = openEngine(dir)
	return err
}

func (r *run) loadRivals(ctx context.Context) (err error) {
	for n := range r.world.People {
		r.memory.add(r.memory.register.row(r.world.Person(n, 0).Profile))
	}
	r.memory.invert()
	r.opt.Say("memory: %d people, %d terms", r.world.People, len(r.memory.register.numbers))
	if !r.opt.Postgres {
		return nil
	}
	if r.rival, err = startPostgres(ctx, filepath.Join(r.opt.Dir, "postgres")); err != nil {
		return err
	}
	if err := r.rival.load(ctx, r.world, r.memory); err != nil {
		return err
	}
	var sample []question
	for n := range 12 {
		q, _ := r.question(r.opt.Questions + n)
		sample = append(sample, q)
	}
	if r.out.Tried, err = r.rival.choose(ctx, sample[:min(len(sample), r.opt.Questions)]); err != nil {
		return err
	}
	r.out.Formulation = fmt.Sprintf("%s, %d workers", r.rival.form.name, r.rival.form.workers)
	r.opt.Say("postgres: %s (%v)", r.out.Formulation, r.out.Tried)
	return nil
}

func (r *run) question(n int) (question, matching.Opening) {
	o := r.world.Opening(n)
	return r.memory.register.question(matching.PlanCandidates(o, r.world.Today, r.engine.Weights())), o
}

// match asks all three in turn; who begins changes from question to question.
// The first round warms and compares, the second is timed.
func (r *run) match(ctx context.Context) error {
	r.out.Exact, r.out.PostgresExact = true, true
	var ours, theirs, limit, work []time.Duration
	for n := range r.opt.Questions {
		if err := r.compare(ctx, n); err != nil {
			return err
		}
	}
	r.opt.Say("exact: %v", r.out.Exact)
	for n := range r.opt.Questions {
		q, o := r.question(n)
		turns := []func() error{
			timed(&ours, func() error { _, err := r.engine.Candidates(ctx, o, r.world.Today, top20()); return err }),
			timed(&limit, func() error { r.memory.search(q, o.ID, r.world.Today, 20); return nil }),
		}
		if r.rival != nil {
			turns = append(turns, timed(&theirs, func() error { _, err := r.rival.search(ctx, q, 20); return err }))
		}
		if err := inTurn(n, turns); err != nil {
			return err
		}
	}
	for n := range r.opt.Questions {
		_, o := r.question(n)
		took, err := spent(func() error { _, err := r.engine.Candidates(ctx, o, r.world.Today, top20()); return err })
		if err != nil {
			return err
		}
		work = append(work, took)
	}
	r.out.BaaraCPUP50, r.out.BaaraCPUP99 = quantile(work, 0.5), quantile(work, 0.99)
	r.out.BaaraP50, r.out.BaaraP99 = quantile(ours, 0.5), quantile(ours, 0.99)
	r.out.PostgresP50, r.out.PostgresP99 = quantile(theirs, 0.5), quantile(theirs, 0.99)
	r.out.MemoryP50 = quantile(limit, 0.5)
	return nil
}

func timed(into *[]time.Duration, do func() error) func() error {
	return func() error {
		start := time.Now()
		err := do()
		*into = append(*into, time.Since(start))
		return err
	}
}

func inTurn(first int, turns []func() error) error {
	for i := range turns {
		if err := turns[(first+i)%len(turns)](); err != nil {
			return err
		}
	}
	return nil
}

// text asks for four words. Where nobody has all of them ours forgives that and
// looks for any; theirs is told at once which of the two to do. Ours forgives
// typing errors, completes the last word and counts what it found besides.
func (r *run) text(ctx context.Context) error {
	until := value(r.world.Today.String())
	relaxed := make([]bool, min(r.opt.Questions, mostTexts))
	for n := range relaxed { // warms, too
		words := r.world.Words(n)
		found, err := r.engine.People(ctx, r.world.wordSearch(words))
		if err != nil {
			return err
		}
		relaxed[n] = found.Relaxed
		if r.rival != nil {
			if err := r.rival.text(ctx, text.Stems(words), until, glue(found.Relaxed)); err != nil {
				return err
			}
		}
	}
	var ours, theirs [2][]time.Duration // all the words, any of them
	for n, any := range relaxed {
		kind := 0
		if any {
			kind = 1
			r.out.Relaxed++
		}
		words := r.world.Words(n)
		turns := []func() error{timed(&ours[kind], func() error { _, err := r.engine.People(ctx, r.world.wordSearch(words)); return err })}
		if r.rival != nil {
			turns = append(turns, timed(&theirs[kind], func() error { return r.rival.text(ctx, text.Stems(words), until, glue(any)) }))
		}
		if err := inTurn(n, turns); err != nil {
			return err
		}
	}
	r.out.AllWordsP50, r.out.PostgresAllWords = quantile(ours[0], 0.5), quantile(theirs[0], 0.5)
	r.out.TextP50, r.out.PostgresTextP50 = quantile(ours[1], 0.5), quantile(theirs[1], 0.5)
	return nil
}

// mostTexts bounds the searches of words: PostgreSQL takes a second for some.
const mostTexts = 200

func glue(any bool) string {
	if any {
		return " | "
	}
	return " & "
}

// facets lists everybody who consents, the longest waiting first, with counts.
func (r *run) facets(ctx context.Context) error {
	var ours, theirs []time.Duration
	for n := range 20 {
		day := r.world.Today.AddDays(n) // another day is another filter
		turns := []func() error{timed(&ours, func() error {
			_, err := r.engine.People(ctx, matching.WordSearch{Day: day, Page: top20()})
			return err
		})}
		if r.rival != nil {
			turns = append(turns, timed(&theirs, func() error { return r.rival.facets(ctx, value(day.String())) }))
		}
		if err := inTurn(n, turns); err != nil {
			return err
		}
	}
	r.out.FacetsP50, r.out.PostgresFacets = quantile(ours, 0.5), quantile(theirs, 0.5)
	return nil
}

// compare answers one question by brute force and by all others.
func (r *run) compare(ctx context.Context, n int) error {
	q, o := r.question(n)
	day := r.world.Today
	want, total := r.memory.brute(q, o.ID, day, 20)
	got, err := r.engine.Candidates(ctx, o, day, top20())
	if err != nil {
		return err
	}
	same := len(got.Hits) == len(want) && got.Total == total
	for i := range min(len(want), len(got.Hits)) {
		same = same && got.Hits[i] == matching.Hit{ID: PersonID(want[i].person), Points: int(want[i].points)}
	}
	if !same {
		r.out.Exact = false
		r.opt.Say("question %d: want %v of %d, got %v of %d", n, want, total, got.Hits, got.Total)
	}
	if err := r.scores(want, o, day); err != nil {
		return err
	}
	fast := r.memory.search(q, o.ID, day, 20)
	for i := range want {
		if i >= len(fast) || fast[i] != want[i] {
			return fmt.Errorf("bench: question %d: arrays in memory disagree with brute force", n)
		}
	}
	if r.rival == nil {
		return nil
	}
	theirs, err := r.rival.search(ctx, q, 20)
	for i := range want {
		r.out.PostgresExact = r.out.PostgresExact && i < len(theirs) && theirs[i].points == want[i].points
	}
	return err
}

// scores compares brute force with the rule itself: matching.Score, of the hits
// and of people picked at random.
func (r *run) scores(want []hit, o matching.Opening, day domain.Date) error {
	for _, h := range want {
		points, why := matching.Score(r.world.Person(h.person, 0).Profile, o, day, r.engine.Weights())
		if points != int(h.points) || !why.Eligible() {
			return fmt.Errorf("bench: person %d has %d points by the rule, %d by brute force", h.person, points, h.points)
		}
	}
	return nil
}
