package identity_test

import (
	"context"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

func TestAnInvitationIsAcceptedOnce(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	lead := o.user(domain.RoleLead, "lead@example.org").Actor()
	in := identity.NewInvitation{Role: domain.RoleCounsellor, Name: "Issa Koné", Email: "issa@example.org", Until: domain.DateOf(o.now).AddDays(30)}
	made, secret, err := o.invitations.Create(ctx, lead, in)
	o.must(err)
	if made.AgencyID != o.agency.ID {
		t.Errorf("invited to %q", made.AgencyID)
	}
	var clear int
	o.must(o.db.SQL().QueryRow(`SELECT count(*) FROM invitations WHERE invitations::text LIKE '%' || $1 || '%'`, secret).Scan(&clear))
	if clear != 0 {
		t.Error("the database holds the secret itself")
	}
	visitor, accept := domain.Anonymous(), identity.Accept{Secret: secret, Name: "Issa Koné", Password: "quatre-mots-sans-lien"}
	weak := accept
	weak.Password = "1q2w3e4r5t"
	_, err = o.invitations.Accept(ctx, visitor, weak)
	kind(t, err, domain.KindInvalid)
	issa, err := o.invitations.Accept(ctx, visitor, accept)
	o.must(err)
	if got, err := o.accounts.SignIn(ctx, visitor, in.Email, accept.Password); err != nil || got.AgencyID != o.agency.ID || got.ID != issa.ID {
		t.Errorf("signs in as %+v (%v)", got, err)
	}
	for name, c := range map[string]func(){
		"used":    func() {},
		"unknown": func() { accept.Secret = "x" },
		"revoked": func() {
			i, s, err := o.invitations.Create(ctx, lead, in)
			o.must(err)
			o.must(o.invitations.Revoke(ctx, lead, i.ID))
			accept.Secret = s
		},
		"expired": func() {
			_, s, err := o.invitations.Create(ctx, lead, in)
			o.must(err)
			o.now = o.now.Add(8 * 24 * time.Hour)
			accept.Secret = s
		},
	} {
		c()
		if _, err := o.invitations.Accept(ctx, visitor, accept); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The membership ends by itself on its day.
	if _, err := o.db.SQL().Exec(`UPDATE agency_members SET since = current_date - 5, until = current_date - 1 WHERE user_id = $1`, string(issa.ID)); err != nil {
		t.Fatal(err)
	}
	_, err = o.accounts.ActorFor(ctx, issa.ID)
	kind(t, err, domain.KindUnauthenticated)
}

func TestWhoInvitesWhom(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	lead, awa := o.user(domain.RoleLead, "lead@example.org").Actor(), o.user(domain.RoleCounsellor, "awa@example.org").Actor()
	other, err := o.agencies.Save(ctx, domain.System(), identity.SaveAgency{Code: "KAY1", Name: "Kayes", PlaceCode: "KAY"})
	o.must(err)
	for name, c := range map[string]struct {
		actor  domain.Actor
		role   domain.Role
		agency domain.ID
		want   domain.Kind
	}{
		"an administrator, an analyst":             {o.admin, domain.RoleAnalyst, "", ""},
		"an administrator, a lead":                 {o.admin, domain.RoleLead, other.ID, ""},
		"an administrator, a lead of nowhere":      {o.admin, domain.RoleLead, "", domain.KindInvalid},
		"an administrator, an analyst of a place":  {o.admin, domain.RoleAnalyst, other.ID, domain.KindInvalid},
		"an administrator, a jobseeker":            {o.admin, domain.RoleJobseeker, "", domain.KindInvalid},
		"an administrator, an employer of nowhere": {o.admin, domain.RoleEmployer, "", domain.KindInvalid},
		"a lead, an administrator":                 {lead, domain.RoleAdministrator, "", domain.KindInvalid},
		"a lead, another lead":                     {lead, domain.RoleLead, "", domain.KindInvalid},
		"a counsellor":                             {awa, domain.RoleCounsellor, o.agency.ID, domain.KindNotFound},
		"a visitor":                                {domain.Anonymous(), domain.RoleCounsellor, o.agency.ID, domain.KindUnauthenticated},
	} {
		_, _, err := o.invitations.Create(ctx, c.actor, identity.NewInvitation{Role: c.role, Name: "X", Email: "x@example.org", AgencyID: c.agency})
		if domain.KindOf(err) != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	// A lead's invitation is for the lead's own agency, whatever it says, and no other lead sees it.
	made, _, err := o.invitations.Create(ctx, lead, identity.NewInvitation{Role: domain.RoleCounsellor, Name: "X", Email: "x@example.org", AgencyID: other.ID})
	o.must(err)
	elsewhere := lead
	elsewhere.AgencyID = other.ID
	if list, err := o.invitations.List(ctx, elsewhere); err != nil || len(list) != 1 { // the administrator's for Kayes
		t.Errorf("Kayes lists %d (%v)", len(list), err)
	}
	kind(t, o.invitations.Revoke(ctx, elsewhere, made.ID), domain.KindNotFound)
	if list, err := o.invitations.List(ctx, lead); err != nil || len(list) != 1 || list[0].AgencyID != o.agency.ID {
		t.Errorf("Bamako lists %+v (%v)", list, err)
	}
}

// Leaving ends access at once: the session, the token, signing in.
func TestLeavingEndsAccessAtOnce(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	lead, awa := o.user(domain.RoleLead, "lead@example.org"), o.user(domain.RoleCounsellor, "awa@example.org")
	o.must(o.db.Sessions().SaveSession(ctx, identity.Session{
		ID: o.deps.IDs.New(), TokenHash: "h", UserID: awa.ID, Data: []byte("x"), CreatedAt: o.now, LastSeen: o.now, ExpiresAt: o.now.Add(time.Hour),
	}))
	_, secret, err := o.tokens.Create(ctx, awa.Actor(), identity.NewToken{Name: "x", Scopes: []string{"vacancy.read"}, Days: 1, Where: domain.Destination{Recipient: "Service informatique"}})
	o.must(err)
	kind(t, o.members.Leave(ctx, awa.Actor(), lead.ID), domain.KindNotFound)
	kind(t, o.members.Leave(ctx, lead.Actor(), lead.ID), domain.KindForbidden) // a lead answers for counsellors
	kind(t, o.members.Leave(ctx, o.admin, o.admin.UserID), domain.KindConflict)
	o.must(o.members.Leave(ctx, lead.Actor(), awa.ID))
	_, err = o.db.Sessions().LiveSession(ctx, "h", o.now)
	kind(t, err, domain.KindNotFound)
	_, _, err = o.tokens.Authenticate(ctx, secret)
	kind(t, err, domain.KindUnauthenticated)
	_, err = o.accounts.SignIn(ctx, domain.Anonymous(), awa.Email, password)
	kind(t, err, domain.KindUnauthenticated)

	// Coming back on the same day, from a day to come, and to another agency.
	kind(t, o.members.Join(ctx, lead.Actor(), identity.Join{UserID: awa.ID, AgencyID: o.agency.ID}), domain.KindNotFound)
	o.must(o.members.Join(ctx, o.admin, identity.Join{UserID: awa.ID, AgencyID: o.agency.ID}))
	if got, err := o.accounts.SignIn(ctx, domain.Anonymous(), awa.Email, password); err != nil || got.AgencyID != o.agency.ID {
		t.Errorf("back at %q (%v)", got.AgencyID, err)
	}
	kind(t, o.members.Join(ctx, o.admin, identity.Join{UserID: awa.ID, AgencyID: o.agency.ID, Since: domain.DateOf(o.now).AddDays(-1)}), domain.KindInvalid)
	o.must(o.members.Join(ctx, o.admin, identity.Join{UserID: awa.ID, AgencyID: o.agency.ID, Since: domain.DateOf(o.now).AddDays(3)}))
	_, err = o.accounts.ActorFor(ctx, awa.ID)
	kind(t, err, domain.KindUnauthenticated)
}

func TestASubjectIsBoundByHand(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	awa := o.user(domain.RoleCounsellor, "awa@example.org")
	subject := identity.Subject{Issuer: "https://id.example", Name: "248289761001"}
	_, err := o.links.SignIn(ctx, domain.Anonymous(), subject)
	kind(t, err, domain.KindUnauthenticated)
	kind(t, o.links.Bind(ctx, awa.Actor(), awa.ID, subject), domain.KindNotFound)
	o.must(o.links.Bind(ctx, o.admin, awa.ID, subject))
	if got, err := o.links.SignIn(ctx, domain.Anonymous(), subject); err != nil || got.ID != awa.ID {
		t.Errorf("signs in as %q (%v)", got.ID, err)
	}
	_, err = o.links.SignIn(ctx, domain.Anonymous(), identity.Subject{Issuer: "https://other.example", Name: subject.Name})
	kind(t, err, domain.KindUnauthenticated)
	kind(t, o.links.Bind(ctx, o.admin, o.user(domain.RoleLead, "l@example.org").ID, subject), domain.KindConflict)
	o.must(o.links.Unbind(ctx, o.admin, awa.ID))
	_, err = o.links.SignIn(ctx, domain.Anonymous(), subject)
	kind(t, err, domain.KindUnauthenticated)

	// An invitation is accepted with a subject instead of a password.
	_, secret, err := o.invitations.Create(ctx, o.admin, identity.NewInvitation{Role: domain.RoleAnalyst, Name: "A", Email: "a@example.org"})
	o.must(err)
	made, err := o.invitations.Accept(ctx, domain.Anonymous(), identity.Accept{Secret: secret, Name: "A", Subject: subject})
	o.must(err)
	if got, err := o.links.SignIn(ctx, domain.Anonymous(), subject); err != nil || got.ID != made.ID || got.PasswordHash != "" {
		t.Errorf("signs in as %q (%v)", got.ID, err)
	}
}
