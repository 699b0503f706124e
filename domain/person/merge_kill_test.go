package person_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/store"
)

// TestKilledWhileMerging kills the process that merges, and the one that takes
// apart, with SIGKILL before and after each of its writes: what is left is two
// files as they were, or one that comes apart into them again. 100 runs of each
// with BAARA_KILLS=100, which make proof sets; a step here and there otherwise.
func TestKilledWhileMerging(t *testing.T) {
	runs, _ := strconv.Atoi(os.Getenv("BAARA_KILLS"))
	stride := 1
	if runs == 0 {
		runs, stride = 4, 6
	}
	x := newTwice(t)
	x.caseOf(x.kept, x.awa, "assessment")
	before := x.state()
	live := func() (id domain.ID, version int) {
		var found string
		err := x.sql.SQL.QueryRowContext(x.ctx, `SELECT coalesce(max(id::text), ''), coalesce(max(version), 0) FROM merges WHERE undone_at IS NULL`).Scan(&found, &version)
		x.must(err)
		return domain.ID(found), version
	}
	undo := func() {
		if id, version := live(); id != "" {
			_, err := x.merges.Undo(x.ctx, x.lead, id, version)
			x.must(err)
		}
		if after := x.state(); after != before {
			t.Fatalf("what is left does not come apart:\n%s\nwant\n%s", after, before)
		}
	}
	made, undone, finished := 0, 0, 0
	for run := range runs {
		if x.child("make", 1+run*stride%makeSteps) {
			finished++
		}
		if id, _ := live(); id != "" {
			made++
		} else if after := x.state(); after != before {
			t.Fatalf("run %d: a merge that was not made left\n%s\nwant\n%s", run, after, before)
		}
		undo()
	}
	for run := range runs {
		_, err := x.make()
		x.must(err)
		if x.child("undo", 1+run*stride%undoSteps) {
			finished++
		}
		if id, _ := live(); id == "" {
			undone++
		}
		undo()
	}
	t.Logf("%d runs each: %d merges and %d undoings were there in the end, %d processes lived", runs, made, undone, finished)
	if finished > 0 {
		t.Errorf("%d processes were not killed: an act has fewer writes than steps", finished)
	}
	if runs >= makeSteps && (made == 0 || made == runs || undone == 0 || undone == runs) {
		t.Errorf("of %d runs %d merges and %d undoings were made: the kills tried one side alone", runs, made, undone)
	}
}

// Steps of each act: before and after each write, and after the commit.
const (
	makeSteps = 15
	undoSteps = 13
)

// child merges or undoes in a process that kills itself at a step, and tells
// whether it lived.
func (x twice) child(act string, step int) bool {
	x.t.Helper()
	cmd := exec.CommandContext(x.ctx, os.Args[0], "-test.run", "^TestTheProcessThatMerges$")
	cmd.Env = append(os.Environ(), "BAARA_MERGE="+strings.Join([]string{
		act, strconv.Itoa(step), x.sql.AppURL, string(x.lead.UserID), string(x.lead.AgencyID), string(x.kept), string(x.gone),
	}, " "))
	out, err := cmd.CombinedOutput()
	var ended *exec.ExitError
	if errors.As(err, &ended) && ended.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
		return false
	}
	if err != nil {
		x.t.Fatalf("%s, step %d: %v\n%s", act, step, err, out)
	}
	return true
}

// TestTheProcessThatMerges is that process; alone it does nothing.
func TestTheProcessThatMerges(t *testing.T) {
	told := strings.Fields(os.Getenv("BAARA_MERGE"))
	if len(told) == 0 {
		t.Skip("run by TestKilledWhileMerging")
	}
	last, err := strconv.Atoi(told[1])
	if err != nil {
		t.Fatal(err)
	}
	ids := domain.IDFunc(func() domain.ID { return domain.ID(uuid.NewString()) })
	db, err := store.Open(t.Context(), told[2], ids, store.Options{MaxOpen: 4})
	if err != nil {
		t.Fatal(err)
	}
	d := &death{left: last}
	merges := person.NewMerges(person.Deps{
		Tx: dyingTx{db, d}, People: dyingPeople{db.Persons(person.PlainKeys{}), d}, Registrations: dyingRegistrations{db.Registrations(), d}, History: db.History("registration"),
		Merges: dyingMerges{db.Merges(), d}, Consents: db.Consents(), Policy: access.Default(), IDs: ids, Clock: domain.SystemClock(), Rules: person.DefaultRules(),
	})
	lead := domain.Actor{Role: domain.RoleLead, UserID: domain.ID(told[3]), AgencyID: domain.ID(told[4])}
	kept, gone := domain.ID(told[5]), domain.ID(told[6])
	if told[0] == "make" {
		pair, err := merges.Compare(t.Context(), lead, kept, gone)
		if err != nil {
			t.Fatal(err)
		}
		_, err = merges.Make(t.Context(), lead, person.MakeMerge{
			SurvivorID: kept, AbsorbedID: gone, SurvivorVersion: pair.Survivor.Version, AbsorbedVersion: pair.Absorbed.Version, Reason: "x",
		})
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	of, err := merges.Of(t.Context(), lead, kept)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range of {
		if m.Live() {
			if _, err := merges.Undo(t.Context(), lead, m.ID, m.Version); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// death counts steps down and kills the process at the last.
type death struct{ left int }

func (d *death) step() {
	if d.left--; d.left == 0 {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

// around makes a step before and after a write.
func (d *death) around(write func() error) error {
	d.step()
	err := write()
	d.step()
	return err
}

type dyingTx struct {
	*store.DB
	d *death
}

// InTx makes a step after the commit.
func (x dyingTx) InTx(ctx context.Context, actor domain.Actor, fn func(domain.Tx) error) error {
	err := x.DB.InTx(ctx, actor, fn)
	x.d.step()
	return err
}

type dyingPeople struct {
	person.Store
	d *death
}

func (x dyingPeople) Save(ctx context.Context, tx domain.Tx, p person.Person) error {
	return x.d.around(func() error { return x.Store.Save(ctx, tx, p) })
}

func (x dyingPeople) SaveJourney(ctx context.Context, tx domain.Tx, id domain.ID, version int, j person.Journey) error {
	return x.d.around(func() error { return x.Store.SaveJourney(ctx, tx, id, version, j) })
}

type dyingRegistrations struct {
	person.RegistrationStore
	d *death
}

func (x dyingRegistrations) SaveRegistration(ctx context.Context, tx domain.Tx, r person.Registration) error {
	return x.d.around(func() error { return x.RegistrationStore.SaveRegistration(ctx, tx, r) })
}

type dyingMerges struct {
	person.MergeStore
	d *death
}

func (x dyingMerges) Touch(ctx context.Context, tx domain.Tx, id domain.ID) error {
	return x.d.around(func() error { return x.MergeStore.Touch(ctx, tx, id) })
}

func (x dyingMerges) InsertMerge(ctx context.Context, tx domain.Tx, m person.Merge) error {
	return x.d.around(func() error { return x.MergeStore.InsertMerge(ctx, tx, m) })
}

func (x dyingMerges) KeepRecords(ctx context.Context, tx domain.Tx, id domain.ID, before, after person.Snapshot) error {
	return x.d.around(func() error { return x.MergeStore.KeepRecords(ctx, tx, id, before, after) })
}

func (x dyingMerges) MoveRecords(ctx context.Context, tx domain.Tx, id domain.ID) error {
	return x.d.around(func() error { return x.MergeStore.MoveRecords(ctx, tx, id) })
}

func (x dyingMerges) ReturnRecords(ctx context.Context, tx domain.Tx, id domain.ID) error {
	return x.d.around(func() error { return x.MergeStore.ReturnRecords(ctx, tx, id) })
}

func (x dyingMerges) EndMerge(ctx context.Context, tx domain.Tx, m person.Merge) error {
	return x.d.around(func() error { return x.MergeStore.EndMerge(ctx, tx, m) })
}
