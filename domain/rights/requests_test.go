package rights_test

import (
	"slices"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/rights"
)

func TestARequestHasADayAnAnswerAndAHistory(t *testing.T) {
	k := newKit(t)
	r, err := k.requests.Make(k.Ctx, k.her, rights.Ask{Kind: rights.Rectification, Words: "  My birth year is 1996 "})
	k.Must(err)
	if r.State != rights.Received || r.DueOn.String() != "2026-12-14" || r.Words != "My birth year is 1996" || r.Mode != rights.BySelf || r.AgencyID != k.Bamako || r.Reference != "DR-2026-00001" {
		t.Errorf("made %+v", r)
	}
	_, err = k.requests.Make(k.Ctx, k.her, rights.Ask{Kind: rights.Rectification, Words: "again"})
	domaintest.Refused(t, "the same while it waits", err, domain.KindConflict)
	r, err = k.requests.Decide(k.Ctx, k.Moussa, rights.Decide{ID: r.ID, Version: r.Version, Act: rights.Take})
	k.Must(err)
	_, err = k.requests.Decide(k.Ctx, k.Awa, rights.Decide{ID: r.ID, Version: 1, Act: rights.Finish, Reason: "x"})
	domaintest.Refused(t, "an old page", err, domain.KindStale)
	_, err = k.requests.Decide(k.Ctx, k.Awa, rights.Decide{ID: r.ID, Act: rights.Refuse})
	domaintest.Refused(t, "refusing without a reason", err, domain.KindInvalid)
	k.Pass(21 * 24 * time.Hour)
	list, err := k.requests.List(k.Ctx, k.officer, rights.Filter{Overdue: true}, domain.Cursor{})
	if err != nil || len(list.Items) != 1 || list.Items[0].Person != k.reference || list.Items[0].Given != "" || !list.Items[0].Request.Overdue(k.requests.Today()) {
		t.Errorf("the officer sees late ones as %+v (%v)", list.Items, err)
	}
	r, err = k.requests.Decide(k.Ctx, k.officer, rights.Decide{ID: r.ID, Act: rights.Refuse, Reason: "The certificate says 1995"})
	k.Must(err)
	told, err := k.requests.Get(k.Ctx, k.her, r.ID)
	if err != nil || told.Request.Reason != "The certificate says 1995" || told.Request.Open() {
		t.Errorf("she reads %+v (%v)", told.Request, err)
	}
	var steps []string
	for _, s := range told.Steps {
		steps = append(steps, s.Transition+" by "+string(s.ActorRole))
	}
	if !slices.Equal(steps, []string{"make by jobseeker", "take by counsellor", "refuse by data_protection"}) {
		t.Errorf("steps %v", steps)
	}
	if n := k.Count(`SELECT count(*) FROM audit_entries WHERE record_id = $1 AND allowed`, string(r.ID)); n < 3 {
		t.Errorf("%d entries of the trail about it", n)
	}
}

func TestWhoSeesAndHandlesRequests(t *testing.T) {
	k := newKit(t)
	_, err := k.requests.Make(k.Ctx, k.Moussa, rights.Ask{PersonID: k.her.PersonID, Kind: rights.Access})
	domaintest.Refused(t, "staff, without what the person said", err, domain.KindInvalid)
	_, err = k.requests.Make(k.Ctx, k.Binta, rights.Ask{PersonID: k.her.PersonID, Kind: rights.Access, Words: "x"})
	domaintest.Refused(t, "another agency for her", err, domain.KindNotFound)
	r, err := k.requests.Make(k.Ctx, k.Moussa, rights.Ask{PersonID: k.her.PersonID, Kind: rights.Access, Words: "She asks what is kept"})
	k.Must(err)
	if r.Mode != rights.ByCounter {
		t.Errorf("it came %s", r.Mode)
	}
	_, err = k.requests.Make(k.Ctx, k.stranger, rights.Ask{PersonID: k.her.PersonID, Kind: rights.Access})
	k.Must(err) // for herself: a jobseeker speaks for nobody else
	for name, c := range map[string]struct {
		actor domain.Actor
		sees  int
		takes domain.Kind
	}{
		"she": {k.her, 1, domain.KindForbidden}, "a counsellor": {k.Awa, 2, ""}, "the lead": {k.Lead, 2, ""}, "the officer": {k.officer, 2, ""},
		"another agency": {k.Binta, 0, domain.KindNotFound}, "another jobseeker": {k.stranger, 1, domain.KindNotFound},
	} {
		list, err := k.requests.List(k.Ctx, c.actor, rights.Filter{}, domain.Cursor{})
		if err != nil || len(list.Items) != c.sees {
			t.Errorf("%s sees %d, want %d (%v)", name, len(list.Items), c.sees, err)
		}
		if c.takes != "" {
			_, err = k.requests.Decide(k.Ctx, c.actor, rights.Decide{ID: r.ID, Act: rights.Take})
			domaintest.Refused(t, name, err, c.takes)
		}
	}
	_, err = k.requests.List(k.Ctx, k.Administrator, rights.Filter{}, domain.Cursor{})
	domaintest.Refused(t, "the administrator", err, domain.KindNotFound)
	few := k.Queries(func() { _, _ = k.requests.List(k.Ctx, k.Awa, rights.Filter{}, domain.Cursor{Limit: 1}) })
	many := k.Queries(func() { _, _ = k.requests.List(k.Ctx, k.Awa, rights.Filter{}, domain.Cursor{Limit: 50}) })
	if few != many {
		t.Errorf("%d statements for one, %d for more", few, many)
	}
}

func TestAnObjectionActsAtOnce(t *testing.T) {
	k := newKit(t)
	objects := func() int {
		return k.Count(`SELECT count(*) FROM objections WHERE person_id = $1`, string(k.her.PersonID))
	}
	r, err := k.requests.Make(k.Ctx, k.her, rights.Ask{Kind: rights.Objection, Purpose: rights.Statistics})
	k.Must(err)
	if objects() != 1 {
		t.Error("statistics still count her")
	}
	r, err = k.requests.Decide(k.Ctx, k.officer, rights.Decide{ID: r.ID, Act: rights.Refuse, Reason: "The law asks for it"})
	k.Must(err)
	if objects() != 0 {
		t.Error("a refused objection still counts")
	}
	r, err = k.requests.Make(k.Ctx, k.her, rights.Ask{Kind: rights.Objection, Purpose: rights.Statistics})
	k.Must(err)
	_, err = k.requests.Decide(k.Ctx, k.Awa, rights.Decide{ID: r.ID, Act: rights.Finish, Reason: "Left out"})
	k.Must(err)
	if objects() != 1 {
		t.Error("an objection that was followed counts no more")
	}
	_, err = k.requests.Make(k.Ctx, k.her, rights.Ask{Kind: rights.Objection, Purpose: string(person.ForMatching)})
	k.Must(err)
	if n := k.Count(`SELECT count(*) FROM consents WHERE person_id = $1 AND purpose = 'matching' AND withdrawn_at IS NULL`, string(k.her.PersonID)); n != 0 {
		t.Error("she is still matched")
	}
	for name, in := range map[string]rights.Ask{
		"no purpose": {Kind: rights.Objection}, "a purpose of nothing": {Kind: rights.Access, Purpose: rights.Statistics}, "another purpose": {Kind: rights.Objection, Purpose: "sport"},
		"no kind": {}, "a correction of nothing": {Kind: rights.Rectification},
	} {
		_, err := k.requests.Make(k.Ctx, k.her, in)
		domaintest.Refused(t, name, err, domain.KindInvalid)
	}
}

func TestEveryRequestStateTransitionAndRole(t *testing.T) {
	desk := []domain.Role{domain.RoleCounsellor, domain.RoleLead, domain.RoleDataProtection}
	heads, system := []domain.Role{domain.RoleLead, domain.RoleDataProtection}, []domain.Role{domain.RoleSystem}
	may := map[string][]domain.Role{
		rights.Take: desk, rights.Finish: desk, rights.Refuse: desk, rights.Confirm: heads, rights.Remove: system, rights.Return: system,
		rights.Withdraw: {domain.RoleJobseeker, domain.RoleCounsellor, domain.RoleLead},
	}
	open := map[domain.State]bool{rights.Received: true, rights.InProgress: true}
	leads := func(kind rights.Kind, name string, from domain.State) (domain.State, bool) {
		erasure := kind == rights.Erasure
		switch {
		case name == rights.Take && from == rights.Received:
			return rights.InProgress, true
		case name == rights.Finish && open[from] && !erasure:
			return rights.Done, true
		case name == rights.Refuse && open[from]:
			return rights.Refused, true
		case name == rights.Withdraw && open[from]:
			return rights.Withdrawn, true
		case name == rights.Confirm && open[from] && erasure:
			return rights.Confirmed, true
		case name == rights.Remove && from == rights.Confirmed && erasure:
			return rights.Done, true
		case name == rights.Return && from == rights.Confirmed && erasure:
			return rights.InProgress, true
		}
		return "", false
	}
	for _, kind := range rights.Kinds() {
		m := rights.States(kind)
		for name, who := range may {
			for _, from := range m.States {
				for _, role := range domain.AllRoles() {
					got, err := m.Next(from, name, role, map[string]string{domain.NeedReason: "x"})
					want, exists := leads(kind, name, from)
					switch {
					case !exists && domain.KindOf(err) != domain.KindConflict, exists && !slices.Contains(who, role) && domain.KindOf(err) != domain.KindForbidden,
						exists && slices.Contains(who, role) && (err != nil || got != want):
						t.Errorf("%s: %s from %s by %s: %q, %v", kind, name, from, role, got, err)
					}
				}
			}
		}
	}
}
