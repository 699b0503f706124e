package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

func TestErasingTakesOneAndLeavesTheOthers(t *testing.T) {
	t.Parallel()
	c := newConfided(t)
	people := c.register(c.db, 5)
	old := c.erase(people[0])
	if len(c.jobs.jobs) != 1 || c.jobs.jobs[0].WrappingID != old {
		t.Fatalf("the work that follows: %v, want the one under %s", c.jobs.jobs, old)
	}
	c.everybodyReads("before the work that follows")
	if later := c.register(c.db, 1); c.wrappingOf(later[0])[0] == old {
		t.Error("a retired wrapping key takes new people")
	}
	c.must(c.db.KeyWork().Empty(t.Context(), old))
	c.everybodyReads("afterwards")
	c.settled("afterwards")
	if _, err := c.folder.Unwrap(t.Context(), old, people[0], c.erased[0].wrapped); !errors.Is(err, seal.ErrNoKey) {
		t.Errorf("the old wrapping key: %v", err)
	}
	c.must(c.db.KeyWork().Empty(t.Context(), old)) // the job again
	c.must(c.db.InTx(t.Context(), domain.System(), func(tx domain.Tx) error {
		return c.db.Erasing(c.jobs).Erase(t.Context(), tx, people[0])
	}))
	if len(c.jobs.jobs) != 1 {
		t.Errorf("erasing somebody again asks for work: %v", c.jobs.jobs)
	}
}

// An act that is not committed erases nobody.
func TestAnErasureThatIsTakenBack(t *testing.T) {
	t.Parallel()
	c := newConfided(t)
	people := c.register(c.db, 2)
	old := c.wrappingOf(people[0])[0]
	back := errors.New("taken back")
	err := c.db.InTx(t.Context(), domain.System(), func(tx domain.Tx) error {
		return errors.Join(c.db.Erasing(c.jobs).Erase(t.Context(), tx, people[0]), back)
	})
	if !errors.Is(err, back) {
		t.Fatal(err)
	}
	c.must(c.db.KeyWork().Empty(t.Context(), old))
	c.everybodyReads("afterwards")
	if now := c.wrappingOf(people...); now[0] != old || now[1] != old {
		t.Errorf("under %v, were under %s", now, old)
	}
}

// Whoever acts may erase; the role that serves people cannot undo it or touch another's key.
func TestErasingAsAPerson(t *testing.T) {
	t.Parallel()
	c := newConfided(t)
	people := c.register(c.db, 2)
	c.must(c.db.InTx(t.Context(), domain.Actor{Role: domain.RoleCounsellor}, func(tx domain.Tx) error {
		return c.db.Erasing(c.jobs).Erase(t.Context(), tx, people[0])
	}))
	app, err := sql.Open("pgx", c.raw.AppURL)
	c.must(err)
	defer func() { _ = app.Close() }()
	for _, statement := range []string{`UPDATE wrapping_keys SET retired_at = NULL`, `UPDATE subject_keys SET wrapped = ''`, `SELECT * FROM destroyed_keys`, `DELETE FROM wrapping_keys`} {
		if _, err := app.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s: allowed", statement)
		}
	}
}

// Several processes erase, register, rotate and sweep at once.
func TestErasingWhileOthersRegisterAndRotate(t *testing.T) {
	t.Parallel()
	c := newConfided(t)
	people := c.register(c.db, 60)
	var all sync.WaitGroup
	var mu sync.Mutex
	var came []domain.ID
	for n := range 4 {
		db, _ := c.process()
		mine := people[n*10 : n*10+10]
		all.Go(func() {
			for i, who := range mine {
				var under noted
				retry(t, func() error {
					under = noted{}
					return db.InTx(t.Context(), domain.System(), func(tx domain.Tx) error { return db.Erasing(&under).Erase(t.Context(), tx, who) })
				})
				for _, job := range under.jobs {
					retry(t, func() error { return db.KeyWork().Empty(t.Context(), job.WrappingID) })
				}
				switch {
				case n == 0 && i%4 == 3:
					retry(t, func() error {
						_, err := db.KeyWork().Rotate(t.Context(), func(int, int) {})
						return err
					})
				case n == 1:
					retry(t, func() error {
						_, err := db.KeyWork().Sweep(t.Context(), time.Now())
						return err
					})
				default:
					other := &confided{TB: t, raw: c.raw}
					other.register(db, 3)
					mu.Lock()
					came = append(came, other.alive...)
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	c.alive = append(append([]domain.ID{}, people[40:]...), came...)
	for _, who := range people[:40] {
		c.erased = append(c.erased, lastCopy{subject: who})
	}
	_, err := c.db.KeyWork().Sweep(t.Context(), time.Now())
	c.must(err)
	c.everybodyReads("afterwards")
	c.settled("afterwards")
}

// retry does what the queue does with a job that failed because another held
// what it needed.
func retry(t testing.TB, do func() error) {
	t.Helper()
	var err error
	for range 20 {
		if err = do(); err == nil || domain.KindOf(err) != domain.KindUnavailable {
			break
		}
	}
	if err != nil {
		t.Error(err)
	}
}

// A view that began before keys were wrapped again still reads everybody.
func TestAViewFromBeforeKeysWereWrappedAgain(t *testing.T) {
	t.Parallel()
	c := newConfided(t)
	people := c.register(c.db, 3)
	view, _ := c.process()
	err := view.View(t.Context(), domain.Actor{}, func(tx domain.Tx) error {
		if _, err := view.KeysOf(t.Context(), tx, people[2]); err != nil { // the snapshot is taken
			return err
		}
		c.must(c.db.KeyWork().Empty(t.Context(), c.erase(people[0])))
		found, err := view.KeysOf(t.Context(), tx, people...)
		if len(found) != 2 || found[people[1]].IsZero() {
			t.Errorf("%d keys of two people", len(found))
		}
		return err
	})
	c.must(err)
}

// The work waits for whoever is registering under the key, and takes them along.
func TestMovingWaitsForWhoIsRegistering(t *testing.T) {
	t.Parallel()
	c := newConfided(t)
	people := c.register(c.db, 2)
	late := domain.ID("0190c0de-0000-7000-8000-000000000001")
	inside, leave := make(chan struct{}), make(chan struct{})
	done := make(chan error)
	go func() {
		done <- c.db.InTx(context.Background(), domain.Actor{}, func(tx domain.Tx) error {
			_, err := c.db.CreateKeys(context.Background(), tx, late)
			close(inside)
			<-leave
			return err
		})
	}()
	<-inside
	old := c.erase(people[0])
	moving, _ := c.process()
	moved := make(chan error)
	go func() { moved <- moving.KeyWork().Empty(context.Background(), old) }()
	waitForLock(c)
	close(leave)
	c.must(<-done)
	c.must(<-moved)
	if now := c.wrappingOf(late)[0]; now == old {
		t.Error("who registered meanwhile was left under the old key")
	}
	c.settled("afterwards")
	found := readableKeys(c, late)
	if len(found) != 1 {
		t.Error("who registered meanwhile has no key any more")
	}
}

func readableKeys(c *confided, people ...domain.ID) map[domain.ID]seal.SubjectKey {
	c.Helper()
	db, _ := c.process()
	var found map[domain.ID]seal.SubjectKey
	c.must(db.View(c.Context(), domain.Actor{}, func(tx domain.Tx) (err error) {
		found, err = db.KeysOf(c.Context(), tx, people...)
		return err
	}))
	return found
}

// waitForLock returns when somebody in the database waits for somebody else.
func waitForLock(c *confided) {
	c.Helper()
	for range 1_000_000 {
		var waiting bool
		c.must(c.raw.SQL.QueryRowContext(c.Context(), `SELECT EXISTS (SELECT 1 FROM pg_stat_activity
			WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0)`).Scan(&waiting))
		if waiting {
			return
		}
	}
	c.Fatal("nobody waits")
}

func TestSweep(t *testing.T) {
	t.Parallel()
	c := newConfided(t)
	people := c.register(c.db, 3)
	c.erase(people[0]) // the job is lost
	stray, err := c.folder.Create(t.Context())
	c.must(err)
	work, now := c.db.KeyWork(), time.Now()
	if n, err := work.Sweep(t.Context(), now); n != 1 || err != nil {
		t.Errorf("%d keys went, want the retired one; %v", n, err)
	}
	c.everybodyReads("after a sweep")
	for after, want := range map[time.Duration]int{30 * time.Minute: 0, 2 * time.Hour: 1} {
		if unknown, err := work.Unknown(t.Context(), now.Add(after), time.Hour); len(unknown) != want || err != nil {
			t.Errorf("after %s: unknown %v, want %d; %v", after, unknown, want, err)
		}
	}
	// A key the database does not know may be of a later day of the same database.
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{30 * 24 * time.Hour, 0}, {store.UnknownKeyAge + time.Hour, 1}} {
		if n, err := work.Sweep(t.Context(), now.Add(step.after)); n != step.want || err != nil {
			t.Errorf("after %s %d keys went, want %d; %v", step.after, n, step.want, err)
		}
	}
	if gone, err := c.folder.Destroyed(t.Context(), stray); !gone || err != nil {
		t.Errorf("the stray key: %t, %v", gone, err)
	}
	c.everybodyReads("after all sweeps")
	c.settled("after all sweeps")
}

func TestRotationPutsSmallGroupsTogether(t *testing.T) {
	t.Parallel()
	c := newConfided(t)
	for range 6 { // as six starts of the program do
		db, _ := c.process()
		c.register(db, 20)
	}
	c.register(c.db, seal.SubjectsPerKey+30)
	before, err := c.db.KeyWork().List(t.Context())
	c.must(err)
	var told []string
	done, err := c.db.KeyWork().Rotate(t.Context(), func(done, whole int) { told = append(told, fmt.Sprint(done, "/", whole)) })
	c.must(err)
	if done.Subjects != len(c.alive) || done.Destroyed != len(before) || done.Began != 2 || done.Resumed {
		t.Errorf("%+v of %d people under %d keys: want all of them, under 2", done, len(c.alive), len(before))
	}
	if want := fmt.Sprint(len(c.alive), "/", len(c.alive)); len(told) == 0 || told[len(told)-1] != want {
		t.Errorf("told %v, want %s at the end", told, want)
	}
	c.everybodyReads("after a rotation")
	c.settled("after a rotation")
	for _, k := range before {
		if _, err := c.folder.Made(t.Context(), k.ID); !errors.Is(err, seal.ErrNoKey) {
			t.Errorf("%s is still there: %v", k.ID, err)
		}
	}
}
