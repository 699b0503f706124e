package casework_test

import (
	"context"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

func TestAShareEndsByHandAtOnce(t *testing.T) {
	d, ctx := newDesk(t), context.Background()
	third := d.staff(domain.RoleCounsellor, d.newAgency("SIK"))
	c := d.opened()
	for who, test := range map[string]struct {
		actor domain.Actor
		want  domain.Kind
	}{
		"who gave it": {d.lead, ""}, "the referent": {d.awa, ""}, "the lead": {d.lead, ""}, "a colleague": {d.binta, domain.KindForbidden},
		"who has it": {d.elsewhere, domain.KindForbidden}, "another agency": {third, domain.KindNotFound},
	} {
		giver := d.awa
		if who == "who gave it" || who == "the referent" {
			giver = d.lead
		}
		d.now = time.Now().UTC().Add(-time.Second) // shares are judged by the database's clock, which runs in real time
		share, err := d.files.Share(ctx, giver, casework.ShareFile{ID: c.ID, UserID: d.elsewhere.UserID, Until: d.now.Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(time.Second)
		if err := d.files.EndShare(ctx, test.actor, c.ID, share.ID); domain.KindOf(err) != test.want {
			t.Errorf("%s ends it: %v, want %q", who, err, test.want)
		}
		_, err = d.files.Get(ctx, d.elsewhere, c.ID)
		if ended := domain.KindOf(err) == domain.KindNotFound; ended != (test.want == "") {
			t.Errorf("after %s tried, reading gives %v", who, err)
		}
		if test.want == "" {
			refused(t, d.files.EndShare(ctx, test.actor, c.ID, share.ID), domain.KindConflict)
			continue
		}
		if err := d.files.EndShare(ctx, d.awa, c.ID, share.ID); err != nil {
			t.Fatal(err)
		}
	}
	refused(t, d.files.EndShare(ctx, d.awa, c.ID, d.ids.New()), domain.KindNotFound)
	if n := d.count(`SELECT count(*) FROM case_history WHERE transition = 'unshare'`); n != 6 {
		t.Errorf("%d steps of ending a share, want 6", n)
	}
	if n := d.count(`SELECT count(*) FROM case_shares WHERE ended_by IS NOT NULL AND until <= now()`); n != 6 {
		t.Errorf("%d shares say who ended them, want 6", n)
	}
}
