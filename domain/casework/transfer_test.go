package casework_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// The life of a transfer as the service describes it: who may make a change at
// all. Which side, the policy says. Everything not listed is refused.
const transferLife = `
asked   accept   accepted  desk
asked   decline  declined  desk
asked   withdraw withdrawn desk
asked   overtake lapsed    desk
asked   lapse    lapsed    baara
offered accept   accepted  desk
offered decline  declined  desk
offered withdraw withdrawn desk
offered overtake lapsed    desk
offered lapse    lapsed    baara
`

func TestEveryTransferStateTransitionAndRole(t *testing.T) {
	who := map[string][]domain.Role{"desk": {domain.RoleCounsellor, domain.RoleLead}, "baara": {domain.RoleSystem}}
	type ask struct{ state, name string }
	leads, may := map[ask]domain.State{}, map[ask]map[domain.Role]bool{}
	for _, line := range strings.Split(strings.TrimSpace(transferLife), "\n") {
		var a ask
		var to, group string
		if _, err := fmt.Sscan(line, &a.state, &a.name, &to, &group); err != nil {
			t.Fatal(err)
		}
		leads[a], may[a] = domain.State(to), map[domain.Role]bool{}
		for _, r := range who[group] {
			may[a][r] = true
		}
	}
	given := map[string]string{domain.NeedReason: "no"}
	for _, state := range []string{"asked", "offered", "accepted", "declined", "withdrawn", "lapsed", "nowhere"} {
		for _, name := range []string{"accept", "decline", "withdraw", "overtake", "lapse", "ask", ""} {
			for _, role := range domain.AllRoles() {
				a := ask{state, name}
				to, err := casework.TransferStates().Next(domain.State(state), name, role, given)
				want, exists := leads[a]
				switch {
				case !exists && domain.KindOf(err) != domain.KindConflict:
					t.Errorf("%s %s by %s: got %v, want a conflict", state, name, role, err)
				case exists && !may[a][role] && domain.KindOf(err) != domain.KindForbidden:
					t.Errorf("%s %s by %s: got %v, want forbidden", state, name, role, err)
				case exists && may[a][role] && (err != nil || to != want):
					t.Errorf("%s %s by %s: got %q %v, want %q", state, name, role, to, err, want)
				}
			}
		}
	}
	if _, err := casework.TransferStates().Next("asked", "decline", domain.RoleLead, nil); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("declining without a reason: %v", err)
	}
}

// asked is a transfer of a file that the second agency asked for.
func (d *desk) asked(c casework.CaseFile) casework.Transfer {
	d.t.Helper()
	out, err := d.transfers.Ask(context.Background(), d.elsewhere, casework.AskTransfer{
		Hint: d.hints.Give(c.PersonID, d.elsewhere.UserID, d.now.Add(time.Hour)), Reason: "she lives in Kayes now",
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

func (d *desk) count(query string, args ...any) int {
	d.t.Helper()
	var n int
	if err := d.raw.SQL.QueryRow(query, args...).Scan(&n); err != nil {
		d.t.Fatal(err)
	}
	return n
}

func TestOnlyTheSideThatIsAskedAnswers(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	third := d.staff(domain.RoleLead, d.newAgency("SIK"))
	strangers := map[string]domain.Actor{
		"another agency's lead": third, "an analyst": d.staff(domain.RoleAnalyst, ""), "an administrator": d.staff(domain.RoleAdministrator, ""),
		"an employer": {Role: domain.RoleEmployer, UserID: d.ids.New(), OrganisationID: d.ids.New()},
	}
	c := d.opened()
	asked := d.asked(c)
	offered, err := d.transfers.Offer(ctx, d.awa, casework.OfferTransfer{PersonID: d.opened().PersonID, AgencyID: d.second, Reason: "she moves"})
	if err != nil {
		t.Fatal(err)
	}
	if asked.PersonID != "" || asked.OwnerID != "" {
		t.Errorf("who asks learns %+v", asked)
	}
	answers := map[string]func(domain.Actor, casework.Transfer) error{
		"accepts": func(a domain.Actor, x casework.Transfer) error {
			_, err := d.transfers.Accept(ctx, a, casework.AnswerTransfer{ID: x.ID, Version: 99})
			return err
		},
		"declines": func(a domain.Actor, x casework.Transfer) error {
			_, err := d.transfers.Decline(ctx, a, casework.AnswerTransfer{ID: x.ID, Version: 99, Reason: "no"})
			return err
		},
		"takes back": func(a domain.Actor, x casework.Transfer) error {
			_, err := d.transfers.Withdraw(ctx, a, casework.AnswerTransfer{ID: x.ID, Version: 99})
			return err
		},
	}
	// A version nobody has: who may do it is told that it is stale.
	const may, no = domain.KindStale, domain.KindForbidden
	for _, test := range []struct {
		who             string
		actor           domain.Actor
		asked, askedOut domain.Kind // answering what was asked; taking it back
		offer, offerOut domain.Kind
	}{
		{"the referent", d.awa, may, no, no, may},
		{"a colleague", d.binta, no, no, no, no},
		{"the lead", d.lead, may, no, no, may},
		{"who asked", d.elsewhere, no, may, may, no},
		{"a colleague of who asked", d.staff(domain.RoleCounsellor, d.second), no, no, may, no},
		{"the lead of who asked", d.staff(domain.RoleLead, d.second), no, may, may, no},
	} {
		for what, act := range answers {
			wantAsked, wantOffer := test.asked, test.offer
			if what == "takes back" {
				wantAsked, wantOffer = test.askedOut, test.offerOut
			}
			if got := domain.KindOf(act(test.actor, asked)); got != wantAsked {
				t.Errorf("%s %s what was asked: %q, want %q", test.who, what, got, wantAsked)
			}
			if got := domain.KindOf(act(test.actor, offered)); got != wantOffer {
				t.Errorf("%s %s what was offered: %q, want %q", test.who, what, got, wantOffer)
			}
		}
	}
	for who, actor := range strangers {
		for what, act := range answers {
			refused(t, act(actor, asked), domain.KindNotFound)
			if _, err := d.transfers.Get(ctx, actor, asked.ID); domain.KindOf(err) != domain.KindNotFound {
				t.Errorf("%s %s: reads the transfer (%v)", who, what, err)
			}
		}
		if actor.UserID == third.UserID {
			continue // may ask as well
		}
		_, err := d.transfers.Ask(ctx, actor, casework.AskTransfer{Hint: d.hints.Give(c.PersonID, actor.UserID, d.now.Add(time.Hour)), Reason: "x"})
		refused(t, err, domain.KindNotFound)
	}
	list, err := d.transfers.List(ctx, d.elsewhere, false, domain.Cursor{})
	if err != nil || len(list.Items) != 2 {
		t.Fatalf("the second agency lists %d (%v), want 2", len(list.Items), err)
	}
	for _, row := range list.Items {
		if row.Transfer.PersonID != "" || row.Given != "" || row.Reference != "" || row.Transfer.OwnerID != "" {
			t.Errorf("before it is accepted the other agency learns %+v", row)
		}
	}
	if list, err := d.transfers.List(ctx, d.awa, false, domain.Cursor{}); err != nil || len(list.Items) != 2 || list.Items[0].Given == "" {
		t.Errorf("the agency that has the files lists %+v (%v)", list.Items, err)
	}
	for who, want := range map[string]struct {
		actor domain.Actor
		n     int
	}{"the referent": {d.awa, 1}, "a colleague": {d.binta, 0}, "the lead": {d.lead, 1}, "who is offered": {d.elsewhere, 1}, "a third agency": {third, 0}} {
		if got, err := d.files.Notices(ctx, want.actor); err != nil || got.Transfers != want.n {
			t.Errorf("%s has %d transfers to answer (%v), want %d", who, got.Transfers, err, want.n)
		}
	}
}

func TestAskingIsBoundedAndAudited(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	c := d.opened()
	hint := func(a domain.Actor) string { return d.hints.Give(c.PersonID, a.UserID, d.now.Add(time.Hour)) }
	ask := func(a domain.Actor, hint, reason string) error {
		_, err := d.transfers.Ask(ctx, a, casework.AskTransfer{Hint: hint, Reason: reason})
		return err
	}
	refused(t, ask(d.elsewhere, hint(d.elsewhere), "  "), domain.KindInvalid)
	refused(t, ask(d.elsewhere, hint(d.awa), "x"), domain.KindNotFound)
	refused(t, ask(d.binta, hint(d.binta), "x"), domain.KindConflict)
	refused(t, ask(d.elsewhere, hint(d.elsewhere), "x"), "")
	refused(t, ask(d.elsewhere, hint(d.elsewhere), "again"), domain.KindConflict)
	if n := d.count(`SELECT count(*) FROM audit_entries WHERE action = 'transfer.ask' AND allowed AND actor_id = $1 AND person_id = $2 AND record_kind = 'transfer'
		AND record_id = (SELECT id FROM transfers)`, d.elsewhere.UserID, c.PersonID); n != 1 {
		t.Errorf("%d entries of the asking, want 1", n)
	}
	var last error
	for range casework.TransfersPerDay {
		last = ask(d.elsewhere, hint(d.elsewhere), "again")
	}
	refused(t, last, domain.KindTooMany)
	d.now = d.now.Add(24 * time.Hour)
	refused(t, ask(d.elsewhere, hint(d.elsewhere), "the day after"), domain.KindConflict)
}

func TestAcceptingMovesEverythingAtOnce(t *testing.T) {
	for _, offered := range []bool{false, true} {
		t.Run(fmt.Sprint("offered ", offered), func(t *testing.T) {
			d, ctx := newDesk(t), context.Background()
			leadThere, helper := d.staff(domain.RoleLead, d.second), d.staff(domain.RoleCounsellor, d.newAgency("SIK"))
			d.now = time.Now().UTC()
			c := d.opened()
			for visibility, words := range map[string]string{"file": "for all", "team": "for the team", "author": "for me and my lead"} {
				if _, err := d.files.WriteNote(ctx, d.awa, casework.WriteNote{CaseID: c.ID, Visibility: visibility, Body: words}); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := d.files.Share(ctx, d.awa, casework.ShareFile{ID: c.ID, UserID: helper.UserID, Until: d.now.Add(time.Hour)}); err != nil {
				t.Fatal(err)
			}
			other := d.asked(c) // overtaken where the file is offered
			x, by := other, d.awa
			if offered {
				another := d.newAgency("SEG")
				by = d.staff(domain.RoleCounsellor, another)
				var err error
				if x, err = d.transfers.Offer(ctx, d.lead, casework.OfferTransfer{PersonID: c.PersonID, AgencyID: another, Reason: "she moves"}); err != nil {
					t.Fatal(err)
				}
				leadThere = d.staff(domain.RoleLead, another)
			}
			d.now = d.now.Add(time.Minute)
			moved, err := d.transfers.Accept(ctx, by, casework.AnswerTransfer{ID: x.ID, Version: x.Version})
			if err != nil || moved.State != casework.Accepted {
				t.Fatalf("accepting: %v %v", moved.State, err)
			}
			owner := d.elsewhere
			if offered {
				owner = by
			}
			file, err := d.files.Get(ctx, owner, c.ID)
			if err != nil || file.OwnerID != owner.UserID || file.AgencyID != owner.AgencyID || len(file.SharedWith) != 0 {
				t.Errorf("the file is %+v (%v)", file, err)
			}
			for who, actor := range map[string]domain.Actor{"the old referent": d.awa, "the old lead": d.lead, "who had a share": helper} {
				if _, err := d.files.Get(ctx, actor, c.ID); domain.KindOf(err) != domain.KindNotFound {
					t.Errorf("%s still reads the file (%v)", who, err)
				}
				_, err = d.files.Move(ctx, actor, casework.MoveFile{ID: c.ID, Version: file.Version, Transition: casework.Plan})
				refused(t, err, domain.KindNotFound)
			}
			for who, want := range map[string]struct {
				actor domain.Actor
				notes string
			}{"the new referent": {owner, "for all, for the team"}, "the new lead": {leadThere, "for all, for the team"}} {
				notes, err := d.files.Notes(ctx, want.actor, c.ID)
				if err != nil {
					t.Fatal(err)
				}
				got := map[string]bool{}
				for _, n := range notes {
					got[n.Body] = true
					if n.AuthorID != d.awa.UserID {
						t.Errorf("a note is %s's now", n.AuthorID)
					}
				}
				if len(got) != 2 || !got["for all"] || !got["for the team"] {
					t.Errorf("%s reads %v, want %s", who, got, want.notes)
				}
			}
			for what, want := range map[string]string{
				"a step of the registration": `SELECT count(*) FROM registration_history WHERE transition = 'transfer' AND actor_id = $1`,
				"a step of the file":         `SELECT count(*) FROM case_history WHERE transition = 'transfer' AND actor_id = $1`,
				"a step of the transfer":     `SELECT count(*) FROM transfer_history WHERE transition = 'accept' AND actor_id = $1`,
				"an entry of the trail":      `SELECT count(*) FROM audit_entries WHERE action IN ('transfer.give', 'transfer.take') AND allowed AND record_kind = 'transfer' AND record_id = (SELECT id FROM transfers WHERE state = 'accepted') AND actor_id = $1 AND action = CASE WHEN (SELECT offered FROM transfers WHERE state = 'accepted') THEN 'transfer.take' ELSE 'transfer.give' END`,
				"a notice to the person":     `SELECT count(*) FROM messages WHERE template = 'sms.transfer' AND $1 <> ''`,
			} {
				if n := d.count(want, by.UserID); n != 1 {
					t.Errorf("%s: %d, want 1", what, n)
				}
			}
			if n := d.count(`SELECT count(*) FROM search_changes WHERE kind = 'person' AND record_id = $1`, c.PersonID); n < 3 {
				t.Errorf("the index is told %d times, want registering, taking and moving", n)
			}
			if agency := d.count(`SELECT count(*) FROM registrations WHERE person_id = $1 AND agency_id = $2`, c.PersonID, owner.AgencyID); agency != 1 {
				t.Error("the registration did not move")
			}
			if offered {
				if row, err := d.transfers.Get(ctx, d.elsewhere, other.ID); err != nil || row.Transfer.State != casework.TimedOut {
					t.Errorf("what another agency asked is %s (%v), want lapsed", row.Transfer.State, err)
				}
			}
			if row, err := d.transfers.Get(ctx, d.awa, x.ID); err != nil || row.Transfer.PersonID != "" || row.Given != "" {
				t.Errorf("the old agency still learns of whom: %+v (%v)", row, err)
			}
		})
	}
}

func TestOneOfTwoAcceptances(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	c := d.opened()
	x := d.asked(c)
	var wg sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		actor := d.awa
		if i%2 == 1 {
			actor = d.lead
		}
		wg.Go(func() {
			_, results[i] = d.transfers.Accept(ctx, actor, casework.AnswerTransfer{ID: x.ID, Version: x.Version})
		})
	}
	wg.Wait()
	accepted := 0
	for _, err := range results {
		switch domain.KindOf(err) {
		case domain.KindConflict, domain.KindStale, domain.KindForbidden: // the referent before is nobody's any more
		default:
			if err != nil {
				t.Errorf("unexpected: %v", err)
			}
			accepted++
		}
	}
	if accepted != 1 || d.count(`SELECT count(*) FROM case_history WHERE transition = 'transfer'`) != 1 {
		t.Errorf("%d accepted, want 1", accepted)
	}
}

func TestATransferThatCannotBe(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	c := d.opened()
	_, err := d.transfers.Offer(ctx, d.binta, casework.OfferTransfer{PersonID: c.PersonID, AgencyID: d.second, Reason: "x"})
	refused(t, err, domain.KindForbidden)
	_, err = d.transfers.Offer(ctx, d.elsewhere, casework.OfferTransfer{PersonID: c.PersonID, AgencyID: d.second, Reason: "x"})
	refused(t, err, domain.KindNotFound)
	_, err = d.transfers.Offer(ctx, d.awa, casework.OfferTransfer{PersonID: c.PersonID, AgencyID: d.agency, Reason: "x"})
	refused(t, err, domain.KindInvalid)
	_, err = d.transfers.Offer(ctx, d.awa, casework.OfferTransfer{PersonID: c.PersonID, AgencyID: d.newAgency("GAO"), Reason: "nobody works there"})
	refused(t, err, domain.KindInvalid)
	_, err = d.transfers.Offer(ctx, d.awa, casework.OfferTransfer{PersonID: d.ids.New(), AgencyID: d.second, Reason: "x"})
	refused(t, err, domain.KindNotFound)

	x := d.asked(c)
	if _, err := d.raw.SQL.Exec(`UPDATE agency_members SET ended_at = now() WHERE user_id = $1`, d.elsewhere.UserID); err != nil {
		t.Fatal(err)
	}
	_, err = d.transfers.Accept(ctx, d.awa, casework.AnswerTransfer{ID: x.ID, Version: x.Version})
	refused(t, err, domain.KindConflict)
	if _, err := d.files.Get(ctx, d.awa, c.ID); err != nil {
		t.Errorf("an acceptance that failed took the file away: %v", err)
	}
}

func TestATransferNobodyAnswersLapses(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	x := d.asked(d.opened())
	lapse := func() int {
		n, err := d.transfers.LapseDue(ctx, domain.System())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	d.now = d.now.Add(casework.TransferDays*24*time.Hour - time.Second)
	if n := lapse(); n != 0 {
		t.Errorf("%d lapsed a second early", n)
	}
	d.now = d.now.Add(time.Second)
	if n := lapse(); n != 1 {
		t.Errorf("%d lapsed, want 1", n)
	}
	_, err := d.transfers.Accept(ctx, d.awa, casework.AnswerTransfer{ID: x.ID, Version: x.Version + 1})
	refused(t, err, domain.KindConflict)
	steps, err := d.transfers.History(ctx, d.elsewhere, x.ID)
	if err != nil || len(steps) != 2 || steps[0].Transition != "ask" || steps[1].Transition != "lapse" || steps[1].ActorRole != domain.RoleSystem {
		t.Errorf("history %+v (%v)", steps, err)
	}
}
