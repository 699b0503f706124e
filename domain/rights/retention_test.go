package rights_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/rights"
)

// closed makes a registration that ended so many months ago.
func (k *kit) closed(months int) domain.Actor {
	k.T.Helper()
	who, _ := k.jobseeker("Oumar", "Traoré")
	at := k.Now.AddDate(0, -months, -1)
	for _, statement := range []string{
		`UPDATE registrations SET state = 'closed', closed_reason = 'job', registered_on = ($2::timestamptz - interval '2 years')::date WHERE person_id = $1`,
		`INSERT INTO registration_history (id, record_id, transition, from_state, to_state, actor_role, at)
			SELECT gen_random_uuid(), id, 'close', 'active', 'closed', 'counsellor', $2 FROM registrations WHERE person_id = $1`,
	} {
		_, err := k.SQL.Exec(statement, string(who.PersonID), at)
		k.Must(err)
	}
	return who
}

func TestRetentionIsReportedBeforeAndAppliedByAnExplicitAct(t *testing.T) {
	k := newKit(t)
	old, held, young := k.closed(61), k.closed(70), k.closed(59)
	_, err := k.requests.Make(k.Ctx, held, rights.Ask{Kind: rights.Access})
	k.Must(err)
	for months, who := range map[int]domain.Actor{5: k.her, 7: k.stranger} {
		k.Write(func(tx domain.Tx) error {
			return k.message(tx, who.PersonID, "+22366000001", "sms.receipt", nil, k.Now.AddDate(0, -months, 0))
		})
	}
	report := func() map[rights.RuleKind]rights.Due {
		lines, err := k.keeping.Report(k.Ctx, k.officer)
		k.Must(err)
		out := map[rights.RuleKind]rights.Due{}
		for _, l := range lines {
			if l.Rows > 0 || l.Held > 0 {
				out[l.Kind] = rights.Due{Rows: l.Rows, Held: l.Held}
			}
		}
		return out
	}
	want := map[rights.RuleKind]rights.Due{rights.KeepPeople: {Rows: 1, Held: 1}, rights.KeepMessages: {Rows: 1}}
	if diff := cmp.Diff(want, report()); diff != "" {
		t.Errorf("the report (-want +got):\n%s", diff)
	}
	people := func() int { return k.Count(`SELECT count(*) FROM persons`) }
	if people() != 5 {
		t.Fatalf("%d people after a report, want 5", people())
	}
	for name, actor := range map[string]domain.Actor{"a lead": k.Lead, "the administrator": k.Administrator, "a jobseeker": k.her} {
		_, err := k.keeping.Report(k.Ctx, actor)
		domaintest.Refused(t, name+"'s report", err, domain.KindNotFound)
		_, err = k.keeping.Apply(k.Ctx, actor)
		domaintest.Refused(t, name+" removing", err, domain.KindNotFound)
	}
	gone, err := k.keeping.Apply(k.Ctx, k.officer)
	k.Must(err)
	if gone[rights.KeepPeople] != 1 || gone[rights.KeepMessages] != 1 || people() != 4 {
		t.Errorf("removed %v, %d people are left", gone, people())
	}
	for name, who := range map[string]domain.Actor{"held": held, "young": young, "active": k.her} {
		if k.Count(`SELECT count(*) FROM persons WHERE id = $1`, string(who.PersonID)) != 1 {
			t.Errorf("the %s one is gone", name)
		}
	}
	if k.Count(`SELECT count(*) FROM users WHERE id = $1`, string(old.UserID)) != 0 || len(k.keys.gone) != 1 || k.keys.gone[0] != old.PersonID {
		t.Errorf("what is left of the old one: keys destroyed of %v", k.keys.gone)
	}
	for action, n := range map[string]int{"retention.apply": 1, "person.erase": 1} {
		if got := k.Count(`SELECT count(*) FROM audit_entries WHERE action = $1 AND allowed`, action); got != n {
			t.Errorf("%d entries of %s, want %d", got, action, n)
		}
	}
	delete(want, rights.KeepMessages)
	want[rights.KeepPeople] = rights.Due{Held: 1}
	if diff := cmp.Diff(want, report()); diff != "" {
		t.Errorf("the report afterwards (-want +got):\n%s", diff)
	}
}

// Periods are data: each has a length, or says that nothing is removed.
func TestEveryRuleHasAPeriod(t *testing.T) {
	for _, r := range rights.Retention() {
		today := domain.Date{Year: 2026, Month: time.March, Day: 31}
		if before := r.Before(today); !r.Never && r.Minutes == 0 && !before.Before(today) {
			t.Errorf("%s is kept for no time", r.Kind)
		}
	}
	kept := map[rights.RuleKind]bool{}
	for _, p := range rights.Processings() {
		for _, kind := range p.Keeps {
			kept[kind] = true
		}
	}
	for _, r := range rights.Retention() {
		if !kept[r.Kind] {
			t.Errorf("no processing keeps %s", r.Kind)
		}
	}
}

func TestWhatLeavesTheCountryIsRecorded(t *testing.T) {
	k := newKit(t)
	a := rights.Agreement{Recipient: "ONG Demo", Country: "SEN", Purpose: "Return programme", Data: "Names of twelve people", Authorisation: "APDP-2026-000", Since: domain.DateOf(k.Now)}
	for name, actor := range map[string]domain.Actor{"a lead": k.Lead, "the administrator": k.Administrator} {
		_, err := k.registers.Record(k.Ctx, actor, a)
		domaintest.Refused(t, name, err, domain.KindNotFound)
	}
	for name, change := range map[string]func(*rights.Agreement){
		"no recipient": func(a *rights.Agreement) { a.Recipient = " " }, "no authorisation": func(a *rights.Agreement) { a.Authorisation = "" },
		"inside the country": func(a *rights.Agreement) { a.Country = "MLI" }, "over before it begins": func(a *rights.Agreement) { a.Until = a.Since.AddDays(-1) },
	} {
		wrong := a
		change(&wrong)
		_, err := k.registers.Record(k.Ctx, k.officer, wrong)
		domaintest.Refused(t, name, err, domain.KindInvalid)
	}
	made, err := k.registers.Record(k.Ctx, k.officer, a)
	k.Must(err)
	k.Must(k.registers.End(k.Ctx, k.officer, made.ID))
	ended, err := k.registers.Agreements(k.Ctx, k.officer)
	if err != nil || len(ended) != 1 || ended[0].Country != "SEN" || ended[0].EndedAt.IsZero() {
		t.Errorf("the register holds %+v (%v)", ended, err)
	}
	k.Pass(time.Hour)
	domaintest.Refused(t, "ending it twice", k.registers.End(k.Ctx, k.officer, made.ID), domain.KindStale)
	if again, err := k.registers.Agreements(k.Ctx, k.officer); err != nil || !again[0].EndedAt.Equal(ended[0].EndedAt) {
		t.Errorf("ending it twice moves its end: %+v (%v)", again, err)
	}
	domaintest.Refused(t, "ending what is not there", k.registers.End(k.Ctx, k.officer, k.IDs.New()), domain.KindNotFound)
}
