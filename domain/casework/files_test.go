package casework_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/person"
)

func TestTakingSomebodyFromTheQueue(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	who := d.waiting()
	_, err := d.files.Take(ctx, d.elsewhere, who)
	refused(t, err, domain.KindNotFound)
	c, err := d.files.Take(ctx, d.awa, who)
	if err != nil {
		t.Fatal(err)
	}
	if c.OwnerID != d.awa.UserID || c.AgencyID != d.agency || c.Stage != casework.Assessment {
		t.Errorf("file %+v", c)
	}
	_, err = d.files.Take(ctx, d.binta, who)
	refused(t, err, domain.KindConflict)
	d.write(func(tx domain.Tx) error {
		reg, err := d.db.Registrations().Registration(ctx, tx, who)
		if reg.State != person.Active {
			t.Errorf("the registration is %s, want active", reg.State)
		}
		return err
	})
	read, err := d.files.Get(ctx, d.awa, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c, read); diff != "" {
		t.Errorf("read back differently (-taken +read):\n%s", diff)
	}
}

func TestOnlyOneOfManyTakesTheSamePerson(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	who := d.waiting()
	var wg sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		actor := d.awa
		if i%2 == 1 {
			actor = d.binta
		}
		wg.Go(func() { _, results[i] = d.files.Take(ctx, actor, who) })
	}
	wg.Wait()
	taken := 0
	for _, err := range results {
		if err == nil {
			taken++
		} else {
			refused(t, err, domain.KindConflict)
		}
	}
	if taken != 1 {
		t.Errorf("%d took the file, want 1", taken)
	}
}

func TestAFileIsNobodyElses(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	c := d.opened()
	for name, try := range map[string]struct {
		actor domain.Actor
		want  domain.Kind
	}{
		"a colleague may read, not move":       {d.binta, domain.KindForbidden},
		"another agency does not know of it":   {d.elsewhere, domain.KindNotFound},
		"an employer does not know of it":      {domain.Actor{Role: domain.RoleEmployer, UserID: d.ids.New(), OrganisationID: d.ids.New()}, domain.KindNotFound},
		"another jobseeker does not either":    {domain.Actor{Role: domain.RoleJobseeker, UserID: d.ids.New(), PersonID: d.ids.New()}, domain.KindNotFound},
		"the person reads, but does not move":  {domain.Actor{Role: domain.RoleJobseeker, UserID: d.ids.New(), PersonID: c.PersonID}, domain.KindForbidden},
		"a visitor is asked who it is":         {domain.Anonymous(), domain.KindUnauthenticated},
		"an analyst does not know of any file": {domain.Actor{Role: domain.RoleAnalyst, UserID: d.ids.New()}, domain.KindNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.files.Move(ctx, try.actor, casework.MoveFile{ID: c.ID, Version: c.Version, Transition: casework.Plan})
			refused(t, err, try.want)
		})
	}
	moved, err := d.files.Move(ctx, d.awa, casework.MoveFile{ID: c.ID, Version: c.Version, Transition: casework.Plan})
	if err != nil || moved.Stage != casework.Planning {
		t.Fatalf("the owner moves it: %v %v", moved.Stage, err)
	}
	_, err = d.files.Move(ctx, d.awa, casework.MoveFile{ID: c.ID, Version: c.Version, Transition: casework.Activate})
	refused(t, err, domain.KindStale)
}

func TestAShareOpensAFileUntilItsEnd(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	c := d.opened()
	end := d.now.Add(48 * time.Hour)
	// Shares are judged by the database's clock, which runs in real time.
	real := time.Now().UTC()
	d.now = real
	_, err := d.files.Share(ctx, d.awa, casework.ShareFile{ID: c.ID, UserID: d.elsewhere.UserID, Reason: "interview", Until: real.Add(48 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.files.Get(ctx, d.elsewhere, c.ID); err != nil {
		t.Errorf("shared, and still hidden: %v", err)
	}
	_, err = d.files.Move(ctx, d.elsewhere, casework.MoveFile{ID: c.ID, Version: c.Version, Transition: casework.Plan})
	refused(t, err, domain.KindForbidden)
	_, err = d.files.Share(ctx, d.elsewhere, casework.ShareFile{ID: c.ID, UserID: d.elsewhere.UserID, Until: end})
	if domain.KindOf(err) == "" {
		t.Error("somebody a file is shared with shared it on")
	}
}

func TestSuspendingComesBackToWhereItWas(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	c := d.opened()
	move := func(name, reason string, until domain.Date) error {
		moved, err := d.files.Move(ctx, d.awa, casework.MoveFile{ID: c.ID, Version: c.Version, Transition: name, Reason: reason, Until: until})
		if err == nil {
			c = moved
		}
		return err
	}
	refused(t, move(casework.Suspend, "", domain.Date{}), domain.KindInvalid)
	refused(t, move(casework.Suspend, "", domain.DateOf(d.now)), domain.KindInvalid)
	for _, step := range []struct {
		name, reason string
		until        domain.Date
		want         domain.State
	}{
		{casework.Plan, "", domain.Date{}, casework.Planning},
		{casework.Suspend, "rainy season", domain.DateOf(d.now).AddDays(60), casework.Suspended},
		{casework.Resume, "", domain.Date{}, casework.Planning},
		{casework.Close, "left", domain.Date{}, casework.Closed},
		{casework.Reopen, "came back", domain.Date{}, casework.Active},
	} {
		if err := move(step.name, step.reason, step.until); err != nil || c.Stage != step.want {
			t.Fatalf("%s: at %s (%v), want %s", step.name, c.Stage, err, step.want)
		}
	}
	history, err := d.files.History(ctx, d.awa, c.ID)
	if err != nil || len(history) != 6 {
		t.Fatalf("%d steps kept (%v), want 6: taking and five moves", len(history), err)
	}
	if last := history[5]; last.Reason != "came back" || last.ActorID != d.awa.UserID || last.From != casework.Closed {
		t.Errorf("last step %+v", last)
	}
}

func TestAssigningStaysWithinTheAgency(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	c := d.opened()
	_, err := d.files.Assign(ctx, d.binta, casework.AssignFile{ID: c.ID, Version: c.Version, OwnerID: d.binta.UserID})
	refused(t, err, domain.KindForbidden)
	_, err = d.files.Assign(ctx, d.lead, casework.AssignFile{ID: c.ID, Version: c.Version, OwnerID: d.elsewhere.UserID})
	refused(t, err, domain.KindInvalid)
	given, err := d.files.Assign(ctx, d.lead, casework.AssignFile{ID: c.ID, Version: c.Version, OwnerID: d.binta.UserID, Reason: "leave"})
	if err != nil || given.OwnerID != d.binta.UserID {
		t.Fatalf("%v %v", given.OwnerID, err)
	}
	_, err = d.files.Move(ctx, d.awa, casework.MoveFile{ID: c.ID, Version: given.Version, Transition: casework.Plan})
	refused(t, err, domain.KindForbidden)
}

// A referent who moved away still owns the file, hands it over with its needs,
// and knows it no more; the lead of the file's agency always may.
func TestWhoMovedAwayHandsTheFileOver(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	for _, who := range []string{"referent", "lead"} {
		c := d.opened()
		c.Barriers = []casework.Barrier{{Kind: "money"}}
		d.write(func(tx domain.Tx) error { return d.db.Cases().SaveCase(ctx, tx, c) })
		away := d.awa
		away.AgencyID = d.second
		actor := map[string]domain.Actor{"referent": away, "lead": d.lead}[who]
		given, err := d.files.Assign(ctx, actor, casework.AssignFile{ID: c.ID, Version: c.Version + 1, OwnerID: d.binta.UserID, Reason: "moved"})
		if err != nil || given.OwnerID != d.binta.UserID {
			t.Fatalf("the %s hands over: %v %v", who, given.OwnerID, err)
		}
		_, err = d.files.Get(ctx, away, c.ID)
		refused(t, err, domain.KindNotFound)
		read, err := d.files.Get(ctx, d.binta, c.ID)
		if err != nil || read.AgencyID != d.agency || len(read.Barriers) != 1 {
			t.Errorf("the new referent has %+v (%v)", read, err)
		}
		history, err := d.files.History(ctx, d.binta, c.ID)
		if err != nil || len(history) != 2 || history[1].Transition != "assign" || history[1].ActorID != actor.UserID {
			t.Errorf("steps %+v (%v)", history, err)
		}
	}
}

func TestARepeatedRequestTakesOnce(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	who := d.waiting()
	actor := d.awa
	actor.Once = domain.Once{Scope: "test", Key: "key-12345678", PayloadHash: "p"}
	c, err := d.files.Take(ctx, actor, who)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.files.Take(ctx, actor, who)
	if id, again := domain.Replayed(err); !again || id != c.ID {
		t.Errorf("the repeat gave %v, want a replay of %s", err, c.ID)
	}
	actor.Once.PayloadHash = "other"
	_, err = d.files.Take(ctx, actor, who)
	refused(t, err, domain.KindInvalid)
}
