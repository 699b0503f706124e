package casework_test

import (
	"context"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
)

// permissive allows every act of the product to everybody.
func permissive() access.Policy {
	var rows []access.Row
	for _, row := range access.Default().Rows() {
		for _, role := range domain.AllRoles() {
			rows = append(rows, access.Row{Role: role, Action: row.Action, Relation: access.Anyone})
		}
	}
	return access.New(rows)
}

// Who reads a file before and after each step by which it changes hands: as
// the service says, with either wall open and with both.
func TestWhoReadsAfterEachStep(t *testing.T) {
	for name, wall := range map[string]struct {
		policy access.Policy
		open   bool // row-level security is off
	}{
		"both walls": {access.Default(), false}, "row-level security alone": {permissive(), false}, "the policy alone": {access.Default(), true},
	} {
		t.Run(name, func(t *testing.T) {
			d, ctx := newDesk(t), context.Background()
			d.now = time.Now().UTC()
			third := d.staff(domain.RoleCounsellor, d.newAgency("SIK"))
			actors := map[string]domain.Actor{
				"referent": d.awa, "colleague": d.binta, "lead": d.lead, "asker": d.elsewhere, "asker's colleague": d.staff(domain.RoleCounsellor, d.second),
				"asker's lead": d.staff(domain.RoleLead, d.second), "third agency": third, "administrator": d.staff(domain.RoleAdministrator, ""),
				"analyst": d.staff(domain.RoleAnalyst, ""),
			}
			c := d.told()
			if wall.open {
				d.withoutRules()
			}
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			here, there := []string{"referent", "colleague", "lead"}, []string{"asker", "asker's colleague", "asker's lead"}
			check := func(step string, readers ...[]string) {
				t.Helper()
				reads := map[string]bool{}
				for _, group := range readers {
					for _, who := range group {
						reads[who] = true
					}
				}
				for who, actor := range actors {
					for what, read := range d.reading(wall.policy, c) {
						if what == "the journey" { // the referent's and the lead's alone
							continue
						}
						err := read(actor)
						if reads[who] && err != nil || !reads[who] && domain.KindOf(err) != domain.KindNotFound {
							t.Errorf("%s: the %s reads %s: %v, want %v", step, who, what, err == nil, reads[who])
						}
					}
				}
			}
			notes := func(who domain.Actor, want int) {
				t.Helper()
				list, err := d.files.Notes(ctx, who, c.ID)
				if len(list) != want || err != nil {
					t.Errorf("%d notes, want %d (%v)", len(list), want, err)
				}
			}
			check("before", here)
			notes(d.awa, 3)
			o, err := d.openFile(third, c.PersonID)
			must(err)
			check("opened in an emergency", here, []string{"third agency"})
			_, err = d.emergencies.End(ctx, third, o.ID, o.Version)
			must(err)
			check("the emergency is over", here)
			x := d.asked(c)
			check("asked", here)
			_, err = d.transfers.Decline(ctx, d.awa, casework.AnswerTransfer{ID: x.ID, Version: x.Version, Reason: "she stays"})
			must(err)
			check("declined", here)
			x = d.asked(c)
			_, err = d.transfers.Withdraw(ctx, d.elsewhere, casework.AnswerTransfer{ID: x.ID, Version: x.Version})
			must(err)
			check("taken back", here)
			_, err = d.files.Share(ctx, d.awa, casework.ShareFile{ID: c.ID, UserID: third.UserID, Until: d.now.Add(time.Hour)})
			must(err)
			x = d.asked(c)
			d.now = d.now.Add(time.Second)
			_, err = d.transfers.Accept(ctx, d.lead, casework.AnswerTransfer{ID: x.ID, Version: x.Version})
			must(err)
			check("accepted", there)
			notes(actors["asker's lead"], 2) // not what was written for the lead before
		})
	}
}

// withoutRules opens the second wall.
func (d *desk) withoutRules() {
	d.t.Helper()
	if _, err := d.raw.SQL.Exec(`DO $$ DECLARE one text; BEGIN
		FOR one IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity LOOP
			EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', one);
		END LOOP; END $$`); err != nil {
		d.t.Fatal(err)
	}
}

// What the database refuses whatever the policy says: each would move a file,
// or open one, without who must agree.
func TestTheDatabaseKeepsTransfersAndEmergencies(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	d.now = time.Now().UTC()
	c := d.opened()
	deps := d.deps
	deps.Policy = permissive()
	transfers, emergencies := casework.NewTransfers(deps), casework.NewEmergencies(deps)
	x := d.asked(c)
	third := d.staff(domain.RoleCounsellor, d.newAgency("SIK"))
	for who, actor := range map[string]domain.Actor{"who asked": d.elsewhere, "a colleague": d.binta, "a third agency": third} {
		if _, err := transfers.Accept(ctx, actor, casework.AnswerTransfer{ID: x.ID, Version: x.Version}); err == nil {
			t.Errorf("%s accepts", who)
		}
	}
	if _, err := transfers.Offer(ctx, d.elsewhere, casework.OfferTransfer{PersonID: c.PersonID, AgencyID: third.AgencyID, Reason: "x"}); err == nil {
		t.Error("an agency offers what it does not have")
	}
	o, err := d.openFile(third, c.PersonID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := emergencies.End(ctx, d.awa, o.ID, o.Version); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("the referent ends an opening: %v", err)
	}
	if _, err := d.files.Get(ctx, d.awa, c.ID); err != nil {
		t.Errorf("the file left: %v", err)
	}
	for name, statement := range map[string]string{
		"longer":           `UPDATE emergencies SET until = until + interval '1 hour'`,
		"another reason":   `UPDATE emergencies SET reason = 'none'`,
		"another asker":    `UPDATE transfers SET opened_by = decided_by`,
		"forgotten":        `DELETE FROM transfers`,
		"no trace":         `DELETE FROM emergencies`,
		"history changed":  `UPDATE transfer_history SET reason = ''`,
		"unseen again":     `DELETE FROM emergency_seen`,
		"a share extended": `UPDATE case_shares SET user_id = NULL`,
	} {
		tx, err := d.db.SQL().BeginTx(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(statement); err == nil {
			t.Errorf("%s: not refused", name)
		}
		_ = tx.Rollback()
	}
}

// Whoever reads two files reads in each its own notes.
func TestNotesAreOfOneFile(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	for _, c := range []casework.CaseFile{d.told(), d.told()} {
		list, err := d.files.Notes(ctx, d.awa, c.ID)
		if err != nil || len(list) != 3 {
			t.Errorf("%d notes, want 3 (%v)", len(list), err)
		}
		for _, n := range list {
			if n.CaseID != c.ID {
				t.Errorf("a note of another file: %+v", n)
			}
		}
	}
}
