package identity_test

import (
	"context"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// told keeps who was told of what.
type told struct{ all []string }

func (k *told) ContactChanging(_ context.Context, _ domain.Tx, u identity.User, c identity.ContactChange) error {
	k.all = append(k.all, u.Email+" "+c.Value)
	return nil
}

func TestANewAddressWaitsWhileTheOldOneIsTold(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	keeper := &told{}
	o.deps.Contacts, o.deps.Notices = o.db.Contacts(), keeper
	contacts := identity.NewContacts(o.deps, 0)
	awa := o.user(domain.RoleCounsellor, "awa@example.org")
	apply := func() int {
		t.Helper()
		n, err := contacts.ApplyDue(ctx, domain.System())
		o.must(err)
		return n
	}
	signsIn := func(email string) bool {
		_, err := o.accounts.SignIn(ctx, domain.Anonymous(), email, password)
		return err == nil
	}
	for _, wrong := range [][2]string{{"email", "nowhere"}, {"phone", "70 00 00 00"}, {"fax", "1"}} {
		_, err := contacts.Ask(ctx, awa.Actor(), identity.ContactKind(wrong[0]), wrong[1])
		kind(t, err, domain.KindInvalid)
	}
	_, err := contacts.Ask(ctx, awa.Actor(), identity.ContactEmail, "stranger@example.org")
	o.must(err)
	if len(keeper.all) != 1 || keeper.all[0] != "awa@example.org stranger@example.org" {
		t.Errorf("told: %q", keeper.all)
	}
	o.now = o.now.Add(23 * time.Hour)
	if apply() != 0 || signsIn("stranger@example.org") || !signsIn("awa@example.org") {
		t.Error("the new address counts before its time")
	}
	o.must(contacts.Stop(ctx, awa.Actor(), identity.ContactEmail))
	o.now = o.now.Add(2 * time.Hour)
	if apply() != 0 || !signsIn("awa@example.org") {
		t.Error("a change that was stopped counts")
	}

	// The last one asked for counts, when its day is over.
	_, err = contacts.Ask(ctx, awa.Actor(), identity.ContactEmail, "first@example.org")
	o.must(err)
	_, err = contacts.Ask(ctx, awa.Actor(), identity.ContactEmail, "second@example.org")
	o.must(err)
	if waiting, err := contacts.Waiting(ctx, awa.Actor()); err != nil || len(waiting) != 1 || waiting[0].Value != "second@example.org" {
		t.Errorf("waiting: %+v (%v)", waiting, err)
	}
	o.now = o.now.Add(25 * time.Hour)
	if apply() != 1 || !signsIn("second@example.org") || signsIn("awa@example.org") || apply() != 0 {
		t.Error("after its day the new address does not count, or counts twice")
	}

	// Somebody else's address is not taken over.
	_, err = contacts.Ask(ctx, awa.Actor(), identity.ContactEmail, "admin@example.org")
	o.must(err)
	o.now = o.now.Add(25 * time.Hour)
	if apply() != 0 || !signsIn("second@example.org") {
		t.Error("an address that is taken counts")
	}
}
