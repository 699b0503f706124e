package identity_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// entry is a line of the audit trail as the tests of this package look at it.
type entry struct {
	Actor, Action string
	Allowed       bool
	Record        string
}

// trail reads the entries about sessions, the oldest first.
func (o *office) trail() []entry {
	o.t.Helper()
	rows, err := o.raw.Query(`SELECT coalesce(actor_id::text, actor_role), action, allowed, coalesce(record_id::text, '') FROM audit_entries
		WHERE action LIKE 'session.%' ORDER BY xmin::text::bigint, seq`) // as they were committed: the clock stands still
	o.must(err)
	defer func() { _ = rows.Close() }()
	var out []entry
	for rows.Next() {
		var e entry
		o.must(rows.Scan(&e.Actor, &e.Action, &e.Allowed, &e.Record))
		out = append(out, e)
	}
	o.must(rows.Err())
	return out
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// Signing in leaves a line whether it worked or not, and whether somebody has
// the account or not. The trail never holds what was typed.
func TestSigningInIsInTheTrail(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	awa := o.user(domain.RoleCounsellor, "awa@example.org")
	visitor := domain.Anonymous()
	for _, try := range [][2]string{{awa.Email, "faux"}, {"personne@example.org", password}, {awa.Email, password}} {
		_, _ = o.accounts.SignIn(ctx, visitor, try[0], try[1])
	}
	o.must(o.accounts.Opened(ctx, visitor, awa))
	kind(t, o.factors.StepUp(ctx, awa.Actor(), identity.Proof{Password: "faux"}), domain.KindInvalid)
	o.must(o.factors.StepUp(ctx, awa.Actor(), identity.Proof{Password: password}))
	o.must(o.accounts.Closed(ctx, awa.Actor()))
	me := string(awa.ID)
	want := []entry{
		{"anonymous", "session.password", false, me}, {"anonymous", "session.password", false, ""},
		{me, "session.password", true, me}, {me, "session.open", true, me},
		{me, "session.step_up", false, me}, {me, "session.step_up", true, me}, {me, "session.close", true, me},
	}
	if diff := cmp.Diff(want, o.trail()); diff != "" {
		t.Errorf("the trail (-want +got):\n%s", diff)
	}
}

func TestPasswordsGuessersTryAreRefused(t *testing.T) {
	for password, want := range map[string]string{
		"1q2w3e4r5t": "error.password.common", "BASKETBALL": "error.password.common", "aaaaaaaaaaaa": "error.password.common",
		"awa.diarra@example.org": "error.password.common", "2026awa.diarra@example.org": "error.password.common",
		"court": "error.password.length", "cent-baobabs-bleus": "",
	} {
		var f domain.Fields
		identity.CheckPassword(&f, "password", password, "awa.diarra@example.org", "Awa")
		got := ""
		if len(f) > 0 {
			got = f[0].Key
		}
		if got != want {
			t.Errorf("%s: %q, want %q", password, got, want)
		}
	}
}

func TestBudgetsAreSharedAndKeepForgettingInTime(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	budgets, rate := o.db.Budgets(), identity.Rate{Every: time.Minute, Burst: 3}
	spend := func(key string) time.Duration {
		t.Helper()
		wait, err := budgets.Spend(ctx, key, rate, o.now)
		o.must(err)
		return wait
	}
	for n := range 3 {
		if wait := spend("a"); wait != 0 {
			t.Fatalf("refused for %s after %d", wait, n)
		}
	}
	if wait := spend("a"); wait != time.Minute {
		t.Errorf("the fourth waits %s, want a minute", wait)
	}
	if wait := spend("b"); wait != 0 {
		t.Error("somebody else pays for it")
	}
	o.now = o.now.Add(40 * time.Second)
	if wait := spend("a"); wait != 20*time.Second {
		t.Errorf("after 40 s it waits %s, want 20 s", wait)
	}
	o.now = o.now.Add(20 * time.Second)
	if first, second := spend("a"), spend("a"); first != 0 || second != time.Minute {
		t.Errorf("one a minute comes back: %s %s", first, second)
	}
	o.must(budgets.NoteDevice(ctx, "browser", "awa", o.now.Add(time.Hour)))
	for _, c := range []struct {
		device, account string
		after           time.Duration
		want            bool
	}{{"browser", "awa", 0, true}, {"browser", "binta", 0, false}, {"other", "awa", 0, false}, {"browser", "awa", 2 * time.Hour, false}} {
		if known, err := budgets.KnownDevice(ctx, c.device, c.account, o.now.Add(c.after)); err != nil || known != c.want {
			t.Errorf("%+v: %v (%v)", c, known, err)
		}
	}
}
