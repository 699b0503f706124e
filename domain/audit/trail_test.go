package audit_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/domain/domaintest"
)

// office adds what these tests ask.
type office struct {
	*domaintest.Office
	policy access.Policy
	trail  *audit.Trail
	dpo    domain.Actor
}

func newOffice(t *testing.T) office {
	t.Helper()
	o := office{Office: domaintest.NewOffice(t), policy: access.Default()}
	o.trail = audit.NewTrail(audit.Deps{Tx: o.DB, Store: o.DB.Audit(), Exports: o.DB.Exports(), Policy: o.policy, IDs: o.IDs, Clock: o.Clock})
	o.dpo = o.Account(domain.RoleDataProtection, "")
	return o
}

// act asks the policy inside a transaction, as use-cases do.
func (o office) act(actor domain.Actor, action access.Action, on access.Facts, made domain.ID) error {
	o.Pass(time.Second)
	return o.DB.InTx(o.Ctx, actor, func(tx domain.Tx) error {
		if err := o.policy.Authorise(tx, actor, action, on); err != nil {
			return err
		}
		if made != "" {
			tx.Outcome("person", made, 1)
		}
		return nil
	})
}

func (o office) view(actor domain.Actor, action access.Action, on access.Facts) error {
	o.Pass(time.Second)
	return o.DB.View(o.Ctx, actor, func(tx domain.Tx) error { return o.policy.Authorise(tx, actor, action, on) })
}

func (o office) entries(f audit.Filter) []audit.Entry {
	o.T.Helper()
	list, err := o.trail.List(o.Ctx, o.dpo, f, domain.Cursor{Limit: 100})
	o.Must(err)
	return list.Items
}

func TestActsReadingsAndRefusalsAreEntries(t *testing.T) {
	o := newOffice(t)
	person, file, made := o.IDs.New(), o.IDs.New(), o.IDs.New()
	facts := access.Facts{RecordID: file, PersonID: person, OwnerID: o.Awa.UserID, AgencyID: o.Bamako}
	awa := o.Awa
	awa.RequestID = "request-1"
	o.Must(o.act(awa, access.CaseNote, facts, ""))
	o.Must(o.view(awa, access.CaseRead, facts))
	o.Must(o.act(awa, access.PersonCreate, access.Facts{}, made))
	domaintest.Refused(t, "another agency", o.view(o.Binta, access.CaseRead, facts), domain.KindNotFound)
	domaintest.Refused(t, "a colleague", o.act(o.Moussa, access.CaseStage, facts, ""), domain.KindForbidden)

	want := []audit.Entry{ // newest first
		{ActorID: o.Moussa.UserID, ActorRole: domain.RoleCounsellor, AgencyID: o.Bamako, Action: "case.stage", Kind: "case", RecordID: file, PersonID: person},
		{ActorID: o.Binta.UserID, ActorRole: domain.RoleCounsellor, AgencyID: o.Kayes, Action: "case.read", Kind: "case", RecordID: file, PersonID: person},
		{ActorID: awa.UserID, ActorRole: domain.RoleCounsellor, AgencyID: o.Bamako, RequestID: "request-1", Action: "person.create", Allowed: true, Kind: "person", RecordID: made},
		{ActorID: awa.UserID, ActorRole: domain.RoleCounsellor, AgencyID: o.Bamako, RequestID: "request-1", Action: "case.read", Allowed: true, Kind: "case", RecordID: file, PersonID: person},
		{ActorID: awa.UserID, ActorRole: domain.RoleCounsellor, AgencyID: o.Bamako, RequestID: "request-1", Action: "case.note", Allowed: true, Kind: "case", RecordID: file, PersonID: person},
	}
	got := o.entries(audit.Filter{})
	if len(got) < len(want) {
		t.Fatalf("%d entries, want %d", len(got), len(want))
	}
	for i, w := range want {
		g := got[i]
		if want := o.Now.Add(-time.Duration(i) * time.Second); g.At != want {
			t.Errorf("entry %d is dated %s, want %s", i, g.At, want)
		}
		g.Chain, g.Seq, g.Hash, g.At = 0, 0, w.Hash, w.At
		if g != w {
			t.Errorf("entry %d\n got %+v\nwant %+v", i, g, w)
		}
	}
	if n := len(o.entries(audit.Filter{About: string(person)})); n != 4 {
		t.Errorf("%d entries about the person, want 4", n)
	}
	if n := len(o.entries(audit.Filter{About: string(person), Allowed: new(bool)})); n != 2 {
		t.Errorf("%d refusals, want 2", n)
	}
}

func TestWhatLeavesNoEntry(t *testing.T) {
	o := newOffice(t)
	person := o.IDs.New()
	her := domain.Actor{Role: domain.RoleJobseeker, PersonID: person}
	before := len(o.entries(audit.Filter{}))
	o.Must(o.view(her, access.PersonRead, access.Facts{RecordID: person, PersonID: person}))
	o.Must(o.view(domain.Anonymous(), access.TaxonomyRead, access.Facts{}))
	domaintest.Refused(t, "a visitor", o.view(domain.Anonymous(), access.CaseRead, access.Facts{PersonID: person}), domain.KindUnauthenticated)
	failed := errors.New("the rule refused")
	err := o.DB.InTx(o.Ctx, o.Awa, func(tx domain.Tx) error {
		if err := o.policy.Authorise(tx, o.Awa, access.CaseNote, access.Facts{OwnerID: o.Awa.UserID}); err != nil {
			return err
		}
		return failed
	})
	if !errors.Is(err, failed) {
		t.Fatal(err)
	}
	if n := len(o.entries(audit.Filter{})); n != before+1 { // reading the trail is one
		t.Errorf("%d entries more, want only the reading of the trail", n-before)
	}
}

func TestOnlyTheDataProtectionOfficerReadsTheTrail(t *testing.T) {
	o := newOffice(t)
	for _, actor := range []domain.Actor{o.Awa, o.Lead, o.Administrator} {
		_, err := o.trail.List(o.Ctx, actor, audit.Filter{}, domain.Cursor{})
		domaintest.Refused(t, string(actor.Role), err, domain.KindNotFound)
	}
}

func TestTheDatabaseChainsAsTheProgramDoes(t *testing.T) {
	o := newOffice(t)
	odd := o.Awa
	odd.RequestID = "é:7ɛ\n"
	for range 20 {
		o.Must(o.act(odd, access.CaseNote, access.Facts{OwnerID: o.Awa.UserID, RecordID: o.IDs.New()}, ""))
	}
	anchor, err := o.trail.Anchor(o.Ctx, domain.System())
	o.Must(err)
	n, err := o.trail.Verify(o.Ctx, domain.System(), []audit.Anchor{anchor}, nil)
	if err != nil || n < 20 {
		t.Fatalf("%d entries hold: %v", n, err)
	}
	for name, tamper := range map[string]string{
		"changed":   `UPDATE audit_entries SET allowed = false WHERE chain = 2 AND seq = 2`,
		"removed":   `DELETE FROM audit_entries WHERE chain = 1 AND seq = 2`,
		"exchanged": `UPDATE audit_entries SET seq = -(3 - seq) WHERE chain = 1 AND seq IN (1, 2); UPDATE audit_entries SET seq = -seq WHERE seq < 0`,
		"moved":     `UPDATE audit_entries SET chain = 9 WHERE chain = 8`,
		"tail cut": `DELETE FROM audit_entries WHERE chain = 4 AND seq > 1;
			UPDATE audit_heads h SET seq = 1, hash = e.hash FROM audit_entries e WHERE h.chain = 4 AND e.chain = 4 AND e.seq = 1`,
		"emptied": `DELETE FROM audit_entries WHERE chain = 4; UPDATE audit_heads SET seq = 0, hash = decode(repeat('00', 32), 'hex') WHERE chain = 4`,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := o.SQL.ExecContext(o.Ctx, `ALTER TABLE audit_entries DROP CONSTRAINT IF EXISTS audit_entries_seq_check;
				CREATE TABLE kept AS TABLE audit_entries; CREATE TABLE kept_head AS TABLE audit_heads; `+tamper)
			o.Must(err)
			var broken *audit.BrokenError
			if _, err := o.trail.Verify(o.Ctx, domain.System(), []audit.Anchor{anchor}, nil); !errors.As(err, &broken) {
				t.Errorf("not caught: %v", err)
			}
			_, err = o.SQL.ExecContext(o.Ctx, `TRUNCATE audit_entries, audit_heads; INSERT INTO audit_entries TABLE kept;
				INSERT INTO audit_heads TABLE kept_head; DROP TABLE kept, kept_head`)
			o.Must(err)
		})
	}
}

func TestTheApplicationCannotWriteTheTrail(t *testing.T) {
	o := newOffice(t)
	for _, statement := range []string{
		`INSERT INTO audit_entries SELECT * FROM audit_entries`, `UPDATE audit_entries SET reason = 'x'`, `DELETE FROM audit_entries`,
		`TRUNCATE audit_entries`, `UPDATE audit_heads SET seq = 0`, `DROP FUNCTION audit_append`,
	} {
		_, err := o.DB.SQL().ExecContext(o.Ctx, statement)
		if err == nil || !strings.Contains(err.Error(), "42501") && !strings.Contains(err.Error(), "42725") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}
