package bench

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/feed"
)

// source is a database that costs nothing: it keeps which people changed, in
// order. The production feed reads it as it reads PostgreSQL.
type source struct {
	world *World

	mu      sync.Mutex
	changed []int // people, in order of commits
	version map[int]int
	wake    chan struct{}
}

func newSource(w *World) *source {
	return &source{world: w, version: map[int]int{}, wake: make(chan struct{}, 1)}
}

// commit notes a change; after it Latest is the position to wait for.
func (s *source) commit(person int) {
	s.mu.Lock()
	s.changed = append(s.changed, person)
	s.version[person]++
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *source) Horizon(context.Context) (matching.Position, error) {
	return matching.Position{Epoch: epoch}, nil
}

func (s *source) Latest(context.Context) (matching.Position, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return matching.Position{Epoch: epoch, Seq: int64(len(s.changed))}, nil
}

func (s *source) Changes(_ context.Context, after matching.Position, limit int) (matching.Changes, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := matching.Changes{Next: after}
	for i := int(after.Seq); i < len(s.changed) && len(out.List) < limit; i++ {
		out.List = append(out.List, matching.Change{Person: true, ID: PersonID(s.changed[i])})
		out.Next.Seq = int64(i + 1)
	}
	out.More = int(out.Next.Seq) < len(s.changed)
	return out, nil
}

func (s *source) People(_ context.Context, ids []domain.ID) ([]matching.PersonRecord, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]matching.PersonRecord, len(ids))
	for i, id := range ids {
		n := personNumber(id)
		out[i] = s.world.Person(n, s.version[n])
	}
	return out, nil
}

func (s *source) Vacancies(context.Context, []domain.ID) ([]matching.VacancyRecord, error) {
	return nil, nil
}

func (s *source) PeopleBetween(context.Context, domain.ID, domain.ID, *matching.Lore) ([]matching.PersonRecord, error) {
	return nil, nil
}

func (s *source) PeopleAfter(context.Context, domain.ID, int) ([]domain.ID, error) { return nil, nil }

func (s *source) VacanciesAfter(context.Context, domain.ID, int) ([]domain.ID, error) {
	return nil, nil
}

func (s *source) Listen(ctx context.Context, wake func()) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.wake:
			wake()
		}
	}
}

// changesPerSecond is what a country's offices write at their busiest.
const changesPerSecond = 50

// change opens the index again, now with the feed that follows a database, lets
// two clients ask for a while, then again while people change.
func (r *run) change(ctx context.Context) error {
	if r.opt.Seconds == 0 {
		return nil
	}
	dir := r.engine.dir
	if err := r.engine.close(); err != nil {
		return err
	}
	var err error
	if r.engine, err = holdEngine(dir); err != nil {
		return err
	}
	src := newSource(r.world)
	f := feed.New(src, r.engine.live, domain.SystemClock(), slog.New(slog.DiscardHandler))
	following, stop := context.WithCancel(ctx)
	var helpers sync.WaitGroup
	defer helpers.Wait()
	defer stop()
	helpers.Go(func() { _ = f.Run(following) })
	if err := f.Await(ctx); err != nil {
		return err
	}
	long := time.Duration(r.opt.Seconds) * time.Second
	if _, err := r.clients(ctx, long/4); err != nil { // warms
		return err
	}
	before, err := r.engine.live.Stats()
	if err != nil {
		return err
	}
	quiet, err := r.clients(ctx, long)
	if err != nil {
		return err
	}
	begun := time.Now()
	var times []time.Duration
	changing, enough := context.WithCancel(following)
	defer enough()
	helpers.Go(func() { times = r.changes(changing, src, f) })
	busy, err := r.clients(ctx, long)
	took := time.Since(begun)
	enough()
	stop()
	helpers.Wait()
	if err != nil {
		return err
	}
	after, err := r.engine.live.Stats()
	r.out.Changes = &Changes{
		PerSecond: float64(len(times)) / took.Seconds(), SegmentsAtStart: before.Segments, SegmentsAtEnd: after.Segments,
		SearchableP50: quantile(times, 0.5), SearchableP95: quantile(times, 0.95),
		QuietP50: quantile(quiet, 0.5), QuietP99: quantile(quiet, 0.99),
		BusyP50: quantile(busy, 0.5), BusyP99: quantile(busy, 0.99),
	}
	return err
}

// changes commits changes at an even pace until ctx ends, and measures how long
// each takes to be found.
func (r *run) changes(ctx context.Context, src *source, f *feed.Feed) []time.Duration {
	d := newDice(r.world.Seed, streamChange, 0)
	var mu sync.Mutex
	var times []time.Duration
	var waiting sync.WaitGroup
	tick := time.NewTicker(time.Second / changesPerSecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			waiting.Wait()
			return times
		case <-tick.C:
		}
		src.commit(d.IntN(r.world.People))
		start := time.Now()
		waiting.Go(func() {
			if f.Await(ctx) == nil {
				mu.Lock()
				defer mu.Unlock()
				times = append(times, time.Since(start))
			}
		})
	}
}

// clients is two of them, asking without a pause.
func (r *run) clients(ctx context.Context, long time.Duration) ([]time.Duration, error) {
	end := time.Now().Add(long)
	var times [2][]time.Duration
	errs := make(chan error, 2)
	for c := range 2 {
		go func() {
			for n := c; time.Now().Before(end); n += 2 {
				o := r.world.Opening(n % max(2, r.opt.Questions))
				err := timed(&times[c], func() error { _, err := r.engine.Candidates(ctx, o, r.world.Today, top20()); return err })()
				if err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range 2 {
		if err := <-errs; err != nil {
			return nil, err
		}
	}
	return append(times[0], times[1]...), nil
}
