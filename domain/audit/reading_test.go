package audit_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/domain/domaintest"
)

// acted fills a trail with acts of four people, a second apart, and gives the
// moment before the first.
func acted(o office) (before time.Time, file, person domain.ID) {
	o.T.Helper()
	before = o.Now
	file, person = o.IDs.New(), o.IDs.New()
	facts := access.Facts{RecordID: file, PersonID: person, OwnerID: o.Awa.UserID, AgencyID: o.Bamako}
	o.Must(o.act(o.Awa, access.CaseNote, facts, ""))
	o.Must(o.view(o.Lead, access.CaseRead, facts))
	domaintest.Refused(o.T, "another agency", o.view(o.Binta, access.CaseRead, facts), domain.KindNotFound)
	domaintest.Refused(o.T, "a colleague", o.act(o.Moussa, access.CaseStage, facts, ""), domain.KindForbidden)
	_, err := o.SQL.ExecContext(o.Ctx, `UPDATE users SET name = 'Binta Sangaré' WHERE id = $1`, string(o.Binta.UserID))
	o.Must(err)
	return before, file, person
}

func TestFilters(t *testing.T) {
	o := newOffice(t)
	before, file, person := acted(o)
	no, yes := false, true
	for name, c := range map[string]struct {
		filter audit.Filter
		want   []string // actions, newest first
	}{
		"one file":              {audit.Filter{About: string(file)}, []string{"case.stage", "case.read", "case.read", "case.note"}},
		"one person":            {audit.Filter{About: string(person)}, []string{"case.stage", "case.read", "case.read", "case.note"}},
		"a name":                {audit.Filter{Who: "sangaré"}, []string{"case.read"}},
		"an account":            {audit.Filter{Who: string(o.Awa.UserID)}, []string{"case.note"}},
		"a role":                {audit.Filter{Role: domain.RoleLead}, []string{"case.read"}},
		"an agency":             {audit.Filter{AgencyID: o.Kayes}, []string{"case.read"}},
		"an act":                {audit.Filter{Action: "case.note"}, []string{"case.note"}},
		"acts on a noun":        {audit.Filter{Action: "case"}, []string{"case.stage", "case.read", "case.read", "case.note"}},
		"refusals":              {audit.Filter{Allowed: &no}, []string{"case.stage", "case.read"}},
		"what was done":         {audit.Filter{Allowed: &yes, Action: "case"}, []string{"case.read", "case.note"}},
		"from a moment on":      {audit.Filter{Action: "case", From: before.Add(3 * time.Second)}, []string{"case.stage", "case.read"}},
		"until a moment":        {audit.Filter{Action: "case", Until: before.Add(3 * time.Second)}, []string{"case.read", "case.note"}},
		"refusals of an agency": {audit.Filter{Allowed: &no, AgencyID: o.Bamako}, []string{"case.stage"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, e := range o.entries(c.filter) {
				got = append(got, e.Action)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	for name, f := range map[string]audit.Filter{
		"a name nobody has":      {Who: "Personne du tout"},
		"a reference nobody has": {About: "ML-1999-00001"},
		"an end before a start":  {From: before, Until: before.Add(-time.Hour)},
	} {
		_, err := o.trail.List(o.Ctx, o.dpo, f, domain.Cursor{})
		domaintest.Refused(t, name, err, domain.KindInvalid)
	}
}

// What names the officer learns: of those who work here, and references; a
// jobseeker's name never, by whatever it is asked for.
func TestNamesAreOfStaffAndReferencesOfPeople(t *testing.T) {
	o := newOffice(t)
	person := o.IDs.New()
	_, err := o.SQL.ExecContext(o.Ctx, `INSERT INTO persons (id, reference, sealed_names, entered_mode, created_at, updated_at)
		VALUES ($1, 'ML-2026-00317', 'Canari Diarra', 'staff', now(), now())`, string(person))
	o.Must(err)
	account := o.IDs.New()
	_, err = o.SQL.ExecContext(o.Ctx, `INSERT INTO users (id, role, name, person_id, created_at) VALUES ($1, 'jobseeker', 'Canari Diarra', $2, now())`, string(account), string(person))
	o.Must(err)
	o.Must(o.view(o.Awa, access.PersonRead, access.Facts{RecordID: person, PersonID: person, AgencyID: o.Bamako}))
	her := domain.Actor{Role: domain.RoleJobseeker, UserID: account, PersonID: person}
	o.Must(o.act(her, access.ApplicationApply, access.Facts{PersonID: person}, ""))
	page, err := o.trail.List(o.Ctx, o.dpo, audit.Filter{About: "ml-2026-00317"}, domain.Cursor{})
	o.Must(err)
	if len(page.Items) != 2 || page.Names[person] != "ML-2026-00317" || page.Names[o.Awa.UserID] != "Test" {
		t.Errorf("%d entries with the names %v", len(page.Items), page.Names)
	}
	for id, name := range page.Names {
		if strings.Contains(name, "Canari") {
			t.Errorf("the officer reads %q of %s", name, id)
		}
	}
	_, err = o.trail.List(o.Ctx, o.dpo, audit.Filter{Who: "Canari"}, domain.Cursor{})
	domaintest.Refused(t, "a jobseeker by name", err, domain.KindInvalid)
	for _, actor := range []domain.Actor{o.Awa, o.Lead, o.Administrator, her, domain.Anonymous()} { // behind the policy's back
		o.Must(o.DB.View(o.Ctx, actor, func(tx domain.Tx) error {
			accounts, records, err := o.DB.Audit().Find(o.Ctx, tx, "ML-2026-00317")
			names, failed := o.DB.Audit().Names(o.Ctx, tx, []domain.ID{person, o.Awa.UserID})
			if len(accounts)+len(records)+len(names) > 0 {
				t.Errorf("%s finds %v %v %v", actor.Role, accounts, records, names)
			}
			return errors.Join(err, failed)
		}))
	}
}

func TestOneEntry(t *testing.T) {
	o := newOffice(t)
	acted(o)
	newest := o.entries(audit.Filter{Action: "case"})[0]
	got, err := o.trail.Get(o.Ctx, o.dpo, newest.Chain, newest.Seq)
	o.Must(err)
	if got.Entry != newest || !got.Holds() {
		t.Errorf("got %+v, want %+v that holds", got, newest)
	}
	_, err = o.SQL.ExecContext(o.Ctx, `UPDATE audit_entries SET allowed = true WHERE chain = $1 AND seq = $2`, newest.Chain, newest.Seq)
	o.Must(err)
	if got, err = o.trail.Get(o.Ctx, o.dpo, newest.Chain, newest.Seq); err != nil || got.Holds() {
		t.Errorf("a changed entry holds (%v)", err)
	}
	_, err = o.trail.Get(o.Ctx, o.dpo, newest.Chain, 1<<40)
	domaintest.Refused(t, "no such entry", err, domain.KindNotFound)
	_, err = o.trail.Get(o.Ctx, o.Administrator, newest.Chain, newest.Seq)
	domaintest.Refused(t, "an administrator", err, domain.KindNotFound)
}

func TestChecksAreNoted(t *testing.T) {
	o := newOffice(t)
	acted(o)
	anchor, err := o.trail.Anchor(o.Ctx, domain.System())
	o.Must(err)
	_, err = o.trail.Verify(o.Ctx, o.dpo, []audit.Anchor{anchor}, nil)
	o.Must(err)
	state, err := o.trail.State(o.Ctx, o.dpo)
	o.Must(err)
	if len(state.Anchors) != 1 || !slices.Equal(state.Anchors[0].Heads, anchor.Heads) || state.Anchors[0].MadeBy != "" {
		t.Errorf("anchors %+v, want the one made", state.Anchors)
	}
	if len(state.Verified) != 1 || state.Verified[0].Broken != nil || state.Verified[0].MadeBy != o.dpo.UserID || state.Verified[0].Anchors != 1 || state.Verified[0].Entries < 4 {
		t.Errorf("checks %+v, want one that held", state.Verified)
	}
	_, err = o.SQL.ExecContext(o.Ctx, `UPDATE audit_entries SET allowed = NOT allowed WHERE chain = 1 AND seq = 1`)
	o.Must(err)
	o.Pass(time.Hour)
	var broken *audit.BrokenError
	if _, err := o.trail.Verify(o.Ctx, o.dpo, nil, nil); !errors.As(err, &broken) {
		t.Fatalf("not caught: %v", err)
	}
	state, err = o.trail.State(o.Ctx, o.dpo)
	o.Must(err)
	if len(state.Verified) != 2 || state.Verified[0].Broken == nil || *state.Verified[0].Broken != *broken {
		t.Errorf("checks %+v, want first one broken at %v", state.Verified, broken)
	}
	_, err = o.trail.Verify(o.Ctx, o.Administrator, nil, nil)
	domaintest.Refused(t, "an administrator", err, domain.KindNotFound)
}

// taken is an export as a file would have it.
func (o office) taken(actor domain.Actor, f audit.Filter) (domain.Export, []string, error) {
	var lines []string
	made, err := o.trail.Export(o.Ctx, actor, f, domain.Destination{Recipient: "ONEF"}, func(e domain.Export) func(audit.Entry, map[domain.ID]string) error {
		lines = append(lines, e.Reference)
		return func(e audit.Entry, _ map[domain.ID]string) error {
			lines = append(lines, e.Action)
			return nil
		}
	})
	return made, lines, err
}

// Nothing leaves without a destination: somebody in the country, or an
// agreement that stands that day. The register of exports and the entry of the
// act say which.
func TestExportsSayWhereTheyGo(t *testing.T) {
	o := newOffice(t)
	today := domain.DateOf(o.Now)
	agreed := func(since, until domain.Date, ended bool) domain.ID {
		id := o.IDs.New()
		_, err := o.SQL.ExecContext(o.Ctx, `INSERT INTO transfer_agreements (id, recipient, country, purpose, data, authorisation, since, until, recorded_by, recorded_at, ended_by, ended_at)
			VALUES ($1, 'Agence de Dakar', 'SEN', 'x', 'x', 'x', $2, $3, $4, now(), CASE WHEN $5 THEN $4::uuid END, CASE WHEN $5 THEN now() END)`,
			string(id), since.String(), until.String(), string(o.dpo.UserID), ended)
		o.Must(err)
		return id
	}
	good := agreed(today, today, false)
	take := func(to domain.Destination) (domain.Export, error) {
		return o.trail.Export(o.Ctx, o.dpo, audit.Filter{}, to, func(domain.Export) func(audit.Entry, map[domain.ID]string) error {
			return func(audit.Entry, map[domain.ID]string) error { return nil }
		})
	}
	for name, to := range map[string]domain.Destination{
		"nowhere": {}, "blank": {Recipient: "  "}, "both": {Recipient: "ONEF", Agreement: good}, "no agreement": {Agreement: o.IDs.New()},
		"not yet": {Agreement: agreed(today.AddDays(1), today.AddDays(9), false)}, "over": {Agreement: agreed(today.AddDays(-9), today.AddDays(-1), false)},
		"ended": {Agreement: agreed(today, today.AddDays(9), true)},
	} {
		_, err := take(to)
		domaintest.Refused(t, name, err, domain.KindInvalid)
	}
	for to, want := range map[domain.Destination]string{{Recipient: " ONEF "}: "ONEF", {Agreement: good}: "Agence de Dakar"} {
		made, err := take(to)
		o.Must(err)
		listed, _, err := o.trail.Exports(o.Ctx, o.dpo, domain.Cursor{Limit: 1})
		o.Must(err)
		if got := listed.Items[0]; got.ID != made.ID || got.Recipient != want || got.Agreement != to.Agreement {
			t.Errorf("to %+v: the register has %+v", to, got)
		}
		var reason string
		o.Must(o.SQL.QueryRowContext(o.Ctx, `SELECT reason FROM audit_entries WHERE action = 'audit.export' AND record_id = $1`, string(made.ID)).Scan(&reason))
		if reason != to.Told() || reason == "" {
			t.Errorf("to %+v: the entry says %q", to, reason)
		}
	}
}

func TestExports(t *testing.T) {
	o := newOffice(t)
	_, file, _ := acted(o)
	o.Pass(time.Second)
	made, lines, err := o.taken(o.dpo, audit.Filter{About: string(file), Action: "case"})
	o.Must(err)
	want := []string{made.Reference, "case.stage", "case.read", "case.read", "case.note"}
	if !slices.Equal(lines, want) || made.Lines != 4 || made.MadeBy != o.dpo.UserID || made.MadeAt != o.Now {
		t.Errorf("took %v as %+v, want %v", lines, made, want)
	}
	list, names, err := o.trail.Exports(o.Ctx, o.dpo, domain.Cursor{})
	o.Must(err)
	if len(list.Items) != 1 || list.Items[0].Reference != made.Reference || list.Items[0].Lines != 4 || names[o.dpo.UserID] != "Test" ||
		list.Items[0].Filter["about"] != string(file) || list.Items[0].Filter["action"] != "case" {
		t.Errorf("noted %+v of %v", list.Items, names)
	}
	entry := o.entries(audit.Filter{Action: "audit.export"})
	if len(entry) != 1 || entry[0].RecordID != made.ID || entry[0].Kind != "export" {
		t.Errorf("in the trail: %+v", entry)
	}
	again, _, err := o.taken(o.dpo, audit.Filter{})
	o.Must(err)
	if again.Reference == made.Reference {
		t.Error("two exports have one number")
	}
	for _, actor := range []domain.Actor{o.Awa, o.Lead, o.Administrator} {
		_, lines, err := o.taken(actor, audit.Filter{})
		domaintest.Refused(t, string(actor.Role), err, domain.KindNotFound)
		if len(lines) > 0 {
			t.Errorf("%s began a file", actor.Role)
		}
	}
	if _, err := o.DB.SQL().ExecContext(o.Ctx, `UPDATE exports SET lines = 0`); err == nil || !strings.Contains(err.Error(), "42501") {
		t.Errorf("the application rewrites what left: %v", err)
	}
}

func TestTooLongAnExportIsRefusedAndNotCut(t *testing.T) {
	o := newOffice(t)
	const most = 150
	o.trail = audit.NewTrail(audit.Deps{Tx: o.DB, Store: o.DB.Audit(), Exports: o.DB.Exports(), Policy: o.policy, IDs: o.IDs, Clock: o.Clock, Most: most})
	_, err := o.SQL.ExecContext(o.Ctx, fmt.Sprintf(`INSERT INTO audit_entries (chain, seq, at, actor_role, request_id, action, allowed, record_kind, reason, hash)
		SELECT 9, n, $1, 'system', '', 'x.y', true, 'x', '', sha256(n::text::bytea) FROM generate_series(1, %d) n`, most+1), o.Now.Add(-time.Hour))
	o.Must(err)
	_, _, err = o.taken(o.dpo, audit.Filter{Action: "x.y"})
	domaintest.Refused(t, "one too many", err, domain.KindInvalid)
	if n := o.Count(`SELECT count(*) FROM exports`); n != 0 {
		t.Errorf("%d exports noted", n)
	}
	_, err = o.SQL.ExecContext(o.Ctx, `DELETE FROM audit_entries WHERE chain = 9 AND seq = 1`)
	o.Must(err)
	made, _, err := o.taken(o.dpo, audit.Filter{Action: "x.y"})
	if err != nil || made.Lines != most {
		t.Errorf("as many as may be: %d, %v", made.Lines, err)
	}
}
