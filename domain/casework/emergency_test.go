package casework_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/person"
)

const why = "Her brother says that she is held by the man who hired her"

func (d *desk) openFile(a domain.Actor, who domain.ID) (casework.Emergency, error) {
	return d.emergencies.Open(context.Background(), a, casework.OpenFile{Hint: d.hints.Give(who, a.UserID, d.now.Add(time.Hour)), Kind: "danger", Reason: why})
}

func TestWhoMayOpenInAnEmergency(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	d.now = time.Now().UTC()
	c := d.opened()
	for who, test := range map[string]struct {
		actor domain.Actor
		want  domain.Kind
	}{
		"another agency's counsellor": {d.elsewhere, ""}, "another agency's lead": {d.staff(domain.RoleLead, d.second), ""},
		"a colleague, who reads it anyway": {d.binta, domain.KindConflict}, "the referent": {d.awa, domain.KindConflict},
		"an analyst": {d.staff(domain.RoleAnalyst, ""), domain.KindNotFound}, "an administrator": {d.staff(domain.RoleAdministrator, ""), domain.KindNotFound},
		"the data-protection officer": {d.staff(domain.RoleDataProtection, ""), domain.KindNotFound},
		"an employer":                 {domain.Actor{Role: domain.RoleEmployer, UserID: d.ids.New(), OrganisationID: d.ids.New()}, domain.KindNotFound},
		"a visitor":                   {domain.Anonymous(), domain.KindUnauthenticated},
	} {
		t.Run(who, func(t *testing.T) {
			_, err := d.openFile(test.actor, c.PersonID)
			refused(t, err, test.want)
		})
	}
	for name, in := range map[string]casework.OpenFile{
		"no reason": {Kind: "danger"}, "too few words": {Kind: "danger", Reason: "urgent"}, "no kind": {Reason: why}, "another kind": {Kind: "holiday", Reason: why},
	} {
		in.Hint = d.hints.Give(c.PersonID, d.elsewhere.UserID, d.now.Add(time.Hour))
		_, err := d.emergencies.Open(ctx, d.elsewhere, in)
		if domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
	often := d.staff(domain.RoleCounsellor, d.second)
	for n := range casework.EmergenciesPerDay {
		if _, err := d.openFile(often, d.opened().PersonID); err != nil {
			t.Fatalf("opening %d: %v", n, err)
		}
	}
	_, err := d.openFile(often, d.opened().PersonID)
	refused(t, err, domain.KindTooMany)
}

// reading is what an emergency is for; each gives an error, or nothing found.
func (d *desk) reading(policy access.Policy, c casework.CaseFile) map[string]func(domain.Actor) error {
	ctx := context.Background()
	people, work := d.persons, d.deps
	people.Policy, work.Policy = policy, policy
	jobseekers, registrations, files := person.NewJobseekers(people), person.NewRegistrations(people), casework.NewFiles(work)
	none := func(found int, err error) error {
		if err == nil && found == 0 {
			return domain.NotFound("test.none")
		}
		return err
	}
	return map[string]func(domain.Actor) error{
		"the record": func(a domain.Actor) error { _, err := jobseekers.Get(ctx, a, c.PersonID); return err },
		"the journey": func(a domain.Actor) error {
			j, err := jobseekers.Journey(ctx, a, c.PersonID)
			return none(len(j.Episodes), err)
		},
		"the registration": func(a domain.Actor) error { _, err := registrations.Of(ctx, a, c.PersonID); return err },
		"the file":         func(a domain.Actor) error { _, err := files.Get(ctx, a, c.ID); return err },
		"the person's file": func(a domain.Actor) error {
			_, err := files.OfPerson(ctx, a, c.PersonID)
			return err
		},
		"the plan":    func(a domain.Actor) error { p, err := files.Plan(ctx, a, c.ID); return none(len(p.Goals), err) },
		"notes":       func(a domain.Actor) error { l, err := files.Notes(ctx, a, c.ID); return none(len(l), err) },
		"the history": func(a domain.Actor) error { l, err := files.History(ctx, a, c.ID); return none(len(l), err) },
		"a list": func(a domain.Actor) error {
			l, err := files.Caseload(ctx, a, casework.CaseFilter{}, domain.Cursor{})
			return none(len(l.Items), err)
		},
	}
}

// told is a file with something to read in each of its parts.
func (d *desk) told() casework.CaseFile {
	d.t.Helper()
	ctx, c := context.Background(), d.opened()
	for visibility, words := range map[string]string{"file": "for all", "team": "for the team", "author": "for me and my lead"} {
		if _, err := d.files.WriteNote(ctx, d.awa, casework.WriteNote{CaseID: c.ID, Visibility: visibility, Body: words}); err != nil {
			d.t.Fatal(err)
		}
	}
	if _, err := d.files.AddGoal(ctx, d.awa, casework.AddGoal{CaseID: c.ID, Words: "a shop of her own"}); err != nil {
		d.t.Fatal(err)
	}
	return c
}

func TestAnEmergencyReadsForAWhileAndChangesNothing(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	d.now = time.Now().UTC()
	leadThere := d.staff(domain.RoleLead, d.second)
	c := d.told()
	o, err := d.openFile(d.elsewhere, c.PersonID)
	if err != nil {
		t.Fatal(err)
	}
	if o.Until != o.OpenedAt.Add(2*time.Hour) || o.OwnerAgencyID != d.agency || o.AgencyID != d.second {
		t.Errorf("the opening is %+v", o)
	}
	for what, read := range d.reading(access.Default(), c) {
		if err := read(d.elsewhere); err != nil {
			t.Errorf("in an emergency %s does not show: %v", what, err)
		}
		if err := read(leadThere); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("a colleague of who opened reads %s (%v)", what, err)
		}
	}
	notes, err := d.files.Notes(ctx, d.elsewhere, c.ID)
	if err != nil || len(notes) != 1 || notes[0].Body != "for all" {
		t.Errorf("reads the notes %+v (%v), want those for everybody on the file", notes, err)
	}
	registrations := person.NewRegistrations(d.persons)
	for what, act := range map[string]func() error{
		"moves": func() error {
			_, err := d.files.Move(ctx, d.elsewhere, casework.MoveFile{ID: c.ID, Version: c.Version, Transition: casework.Plan})
			return err
		},
		"notes": func() error {
			_, err := d.files.WriteNote(ctx, d.elsewhere, casework.WriteNote{CaseID: c.ID, Visibility: "file", Body: "x"})
			return err
		},
		"shares": func() error {
			_, err := d.files.Share(ctx, d.elsewhere, casework.ShareFile{ID: c.ID, UserID: leadThere.UserID, Until: d.now.Add(time.Hour)})
			return err
		},
		"closes": func() error {
			_, err := registrations.Close(ctx, d.elsewhere, person.ChangeRegistration{PersonID: c.PersonID, Reason: "left"})
			return err
		},
		"withdraws a consent": func() error {
			return person.NewConsents(d.persons).Withdraw(ctx, d.elsewhere, person.WithdrawConsent{PersonID: c.PersonID, Purpose: person.ForMatching})
		},
	} {
		t.Run("who opened never "+what, func(t *testing.T) { refused(t, act(), domain.KindForbidden) })
	}
	for action, least := range map[string]int{
		"case.read": 3, "person.read": 1, "person.read_migration": 1, "registration.read": 1,
	} {
		if n := d.count(`SELECT count(*) FROM audit_entries WHERE action = $1 AND allowed AND actor_id = $2 AND person_id = $3 AND reason = 'emergency'`,
			action, d.elsewhere.UserID, c.PersonID); n < least {
			t.Errorf("%s under the opening: %d entries, want %d", action, n, least)
		}
	}
	if n := d.count(`SELECT count(*) FROM audit_entries WHERE action = 'emergency.open' AND allowed AND actor_id = $1 AND person_id = $2 AND record_id = $3
		AND reason = $4`, d.elsewhere.UserID, c.PersonID, o.ID, "danger"); n != 1 {
		t.Errorf("%d entries of the opening with its reason, want 1", n)
	}
	if n := d.count(`SELECT count(*) FROM audit_entries WHERE reason = 'emergency' AND actor_id <> $1`, d.elsewhere.UserID); n != 0 {
		t.Errorf("%d readings of others are called an emergency", n)
	}
	// By itself: the database's clock passes the end.
	if _, err := d.raw.SQL.Exec(`UPDATE emergencies SET opened_at = now() - interval '2 hours', until = now()`); err != nil {
		t.Fatal(err)
	}
	d.closedAgain(c, d.elsewhere)
	// By hand, by who may.
	for who, test := range map[string]struct {
		actor domain.Actor // nobody: who opened
		want  domain.Kind
	}{
		"who opened": {}, "the owning lead": {d.lead, ""}, "the opener's lead": {leadThere, ""},
		"the referent": {d.awa, domain.KindNotFound}, "a colleague of who opened": {d.staff(domain.RoleCounsellor, d.second), domain.KindNotFound},
	} {
		opener := d.staff(domain.RoleCounsellor, d.second)
		o, err := d.openFile(opener, c.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		if test.actor.UserID == "" {
			test.actor = opener
		}
		_, err = d.emergencies.End(ctx, test.actor, o.ID, o.Version)
		if domain.KindOf(err) != test.want {
			t.Errorf("%s ends it: %v, want %q", who, err, test.want)
		}
		if test.want == "" {
			d.closedAgain(c, opener)
			_, err = d.emergencies.End(ctx, test.actor, o.ID, o.Version+1)
			refused(t, err, domain.KindConflict)
			continue
		}
		if _, err := d.emergencies.End(ctx, opener, o.ID, o.Version); err != nil {
			t.Fatal(err)
		}
	}
}

// closedAgain checks that what was opened answers like what never was.
func (d *desk) closedAgain(c casework.CaseFile, who domain.Actor) {
	d.t.Helper()
	nowhere := d.reading(access.Default(), casework.CaseFile{ID: d.ids.New(), PersonID: d.ids.New()})
	for what, read := range d.reading(access.Default(), c) {
		got, want := read(who), nowhere[what](who)
		if domain.KindOf(got) != domain.KindNotFound || domain.KindOf(want) != domain.KindNotFound {
			d.t.Errorf("after its end %s answers %v, and what does not exist %v", what, got, want)
		}
	}
}

func TestLeadsAreToldOfEmergencies(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	d.now = time.Now().UTC()
	leadThere, third := d.staff(domain.RoleLead, d.second), d.staff(domain.RoleLead, d.newAgency("SIK"))
	c := d.opened()
	o, err := d.openFile(d.elsewhere, c.PersonID)
	if err != nil {
		t.Fatal(err)
	}
	notices := func(a domain.Actor) int {
		t.Helper()
		n, err := d.files.Notices(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		return n.Emergencies
	}
	for who, test := range map[string]struct {
		actor domain.Actor
		n     int
		lists int
		name  bool
	}{
		"the owning lead": {d.lead, 1, 1, true}, "the opener's lead": {leadThere, 1, 1, false}, "who opened": {d.elsewhere, 0, 1, true},
		"another lead": {third, 0, 0, false}, "the referent": {d.awa, 0, 0, false},
	} {
		list, err := d.emergencies.List(ctx, test.actor, domain.Cursor{})
		if err != nil || len(list.Items) != test.lists || notices(test.actor) != test.n {
			t.Errorf("%s lists %d and has %d notices (%v), want %d and %d", who, len(list.Items), notices(test.actor), err, test.lists, test.n)
			continue
		}
		for _, row := range list.Items {
			if row.Emergency.UserID != d.elsewhere.UserID || !strings.Contains(row.Emergency.Reason, "held") || row.Emergency.Kind != "danger" {
				t.Errorf("%s reads %+v", who, row)
			}
			if (row.Given != "") != test.name || (row.Emergency.PersonID != "") != test.name {
				t.Errorf("%s learns whom it is about: %+v, want %v", who, row, test.name)
			}
		}
	}
	for range 2 {
		seen, err := d.emergencies.See(ctx, d.lead, o.ID)
		if err != nil || len(seen.SeenBy) != 1 || seen.SeenBy[0] != d.lead.UserID {
			t.Fatalf("seen by %v (%v)", seen.SeenBy, err)
		}
	}
	if notices(d.lead) != 0 || notices(leadThere) != 1 {
		t.Error("the mark of one lead is not the other's")
	}
	_, err = d.emergencies.See(ctx, d.elsewhere, o.ID)
	refused(t, err, domain.KindForbidden)
	_, err = d.emergencies.See(ctx, third, o.ID)
	refused(t, err, domain.KindNotFound)
}
