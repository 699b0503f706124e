package identity_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// session opens a session of an account and gives the hash of its token.
func (o *office) session(user domain.ID, hash string) string {
	o.t.Helper()
	err := o.db.Sessions().SaveSession(context.Background(), identity.Session{
		ID: o.deps.IDs.New(), TokenHash: hash, UserID: user, Data: []byte("x"), CreatedAt: o.now, LastSeen: o.now, ExpiresAt: o.now.Add(time.Hour),
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return hash
}

// live lists the token hashes of an account's sessions.
func (o *office) live(user domain.ID) []string {
	o.t.Helper()
	found, err := o.sessions.Of(context.Background(), o.admin, user)
	if err != nil {
		o.t.Fatal(err)
	}
	var out []string
	for _, s := range found {
		out = append(out, s.TokenHash)
	}
	slices.Sort(out)
	return out
}

// token makes an API token of an account and gives its secret.
func (o *office) token(actor domain.Actor) string {
	o.t.Helper()
	_, secret, err := o.tokens.Create(context.Background(), actor, identity.NewToken{Name: "x", Scopes: []string{"vacancy.read"}, Days: 1, Where: domain.Destination{Recipient: "Service informatique"}})
	if err != nil {
		o.t.Fatal(err)
	}
	return secret
}

func TestStaffGetAPasswordNobodyChose(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	in := identity.NewUser{Role: domain.RoleCounsellor, Name: "Awa", Email: "awa@example.org", AgencyID: o.agency.ID, Password: "choisi par un autre"}
	made, given, err := o.accounts.CreateStaff(ctx, o.admin, in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.accounts.SignIn(ctx, domain.Anonymous(), "awa@example.org", given); err != nil || given == in.Password || len(given) < identity.MinPassword {
		t.Errorf("password %q: %v", given, err)
	}
	in.Email = "b@example.org"
	_, _, err = o.accounts.CreateStaff(ctx, made.Actor(), in)
	kind(t, err, domain.KindNotFound)
	in.Role = domain.RoleEmployer
	_, _, err = o.accounts.CreateStaff(ctx, o.admin, in)
	kind(t, err, domain.KindInvalid)
}

func TestANewPasswordPutsWhoHeldTheOldOneOut(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	awa := o.user(domain.RoleCounsellor, "awa@example.org")
	o.session(awa.ID, "a")
	secret := o.token(awa.Actor())
	_, _, err := o.accounts.ResetPassword(ctx, o.user(domain.RoleCounsellor, "moussa@example.org").Actor(), awa.ID, 1)
	kind(t, err, domain.KindNotFound)
	_, _, err = o.accounts.ResetPassword(ctx, o.admin, o.admin.UserID, 1)
	kind(t, err, domain.KindConflict)
	_, _, err = o.accounts.ResetPassword(ctx, o.admin, awa.ID, 7)
	kind(t, err, domain.KindStale)
	now, given, err := o.accounts.ResetPassword(ctx, o.admin, awa.ID, 1)
	if err != nil || now.Version != 2 {
		t.Fatalf("version %d: %v", now.Version, err)
	}
	_, err = o.accounts.SignIn(ctx, domain.Anonymous(), awa.Email, password)
	kind(t, err, domain.KindUnauthenticated)
	if _, err := o.accounts.SignIn(ctx, domain.Anonymous(), awa.Email, given); err != nil {
		t.Error(err)
	}
	_, _, err = o.tokens.Authenticate(ctx, secret)
	kind(t, err, domain.KindUnauthenticated)
	if left := o.live(awa.ID); len(left) != 0 {
		t.Errorf("sessions %v live on", left)
	}
}

func TestOnesOwnPasswordNeedsTheOneBefore(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	awa := o.user(domain.RoleCounsellor, "awa@example.org")
	here := o.session(awa.ID, "here")
	o.session(awa.ID, "elsewhere")
	for name, in := range map[string]identity.ChangePassword{
		"wrong":     {Old: "un autre mot de passe", New: "deux-cents-baobabs"},
		"none":      {New: "deux-cents-baobabs"},
		"too short": {Old: password, New: "court"},
	} {
		if _, err := o.accounts.ChangePassword(ctx, awa.Actor(), in); domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left := o.live(awa.ID); len(left) != 2 {
		t.Errorf("a refused change left %v", left)
	}
	actor := awa.Actor()
	actor.Once = domain.Once{Scope: "s", Key: "k", PayloadHash: "h"}
	in := identity.ChangePassword{Old: password, New: "deux-cents-baobabs", Keep: here}
	if _, err := o.accounts.ChangePassword(ctx, actor, in); err != nil {
		t.Fatal(err)
	}
	if _, err := o.accounts.ChangePassword(ctx, actor, in); !replayed(err) {
		t.Errorf("the same form again: %v", err)
	}
	if _, err := o.accounts.SignIn(ctx, domain.Anonymous(), awa.Email, in.New); err != nil {
		t.Error(err)
	}
	if left := o.live(awa.ID); !slices.Equal(left, []string{here}) {
		t.Errorf("sessions %v, want the one that asked", left)
	}
}

func replayed(err error) bool {
	_, again := domain.Replayed(err)
	return again
}

func TestAnEndedAccountComesBackWithNothing(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	awa := o.user(domain.RoleCounsellor, "awa@example.org")
	o.session(awa.ID, "a")
	secret := o.token(awa.Actor())
	ended, open := true, false
	_, err := o.accounts.Update(ctx, o.admin, identity.UpdateUser{ID: o.admin.UserID, Version: 1, Disabled: &ended})
	kind(t, err, domain.KindConflict)
	_, err = o.accounts.Update(ctx, o.admin, identity.UpdateUser{ID: awa.ID, Version: 1, Disabled: &ended})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = o.accounts.Update(ctx, o.admin, identity.UpdateUser{ID: awa.ID, Version: 2, Disabled: &open}); err != nil {
		t.Fatal(err)
	}
	_, _, err = o.tokens.Authenticate(ctx, secret)
	kind(t, err, domain.KindUnauthenticated)
	if left := o.live(awa.ID); len(left) != 0 {
		t.Errorf("sessions %v came back", left)
	}
}

func TestFindingAccounts(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	kayes, err := o.agencies.Save(ctx, o.admin, identity.SaveAgency{Code: "KAY1", Name: "Kayes", PlaceCode: "KAY"})
	if err != nil {
		t.Fatal(err)
	}
	account := func(role domain.Role, name, email string, agency domain.ID) identity.User {
		u, err := o.accounts.Create(ctx, domain.System(), identity.NewUser{Role: role, Name: name, Email: email, Password: password, AgencyID: agency})
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	keita := account(domain.RoleCounsellor, "Élise Keïta", "ek@example.org", o.agency.ID)
	account(domain.RoleLead, "100% Diallo", "d_x@example.org", kayes.ID)
	ended := true
	if _, err := o.accounts.Update(ctx, o.admin, identity.UpdateUser{ID: keita.ID, Version: 1, Disabled: &ended}); err != nil {
		t.Fatal(err)
	}
	living := false
	for name, test := range map[string]struct {
		filter identity.UserFilter
		want   []string
	}{
		"everybody":      {identity.UserFilter{}, []string{"admin@example.org", "ek@example.org", "d_x@example.org"}},
		"accents":        {identity.UserFilter{Words: "ELISE keita"}, []string{"ek@example.org"}},
		"an address":     {identity.UserFilter{Words: "d_x@"}, []string{"d_x@example.org"}},
		"no wildcard":    {identity.UserFilter{Words: "a%n"}, nil},
		"roles":          {identity.UserFilter{Roles: []domain.Role{domain.RoleLead, domain.RoleAnalyst}}, []string{"d_x@example.org"}},
		"agency":         {identity.UserFilter{AgencyID: kayes.ID}, []string{"d_x@example.org"}},
		"ended":          {identity.UserFilter{Ended: &ended}, []string{"ek@example.org"}},
		"those that act": {identity.UserFilter{Ended: &living}, []string{"admin@example.org", "d_x@example.org"}},
	} {
		found, err := o.accounts.List(ctx, o.admin, test.filter, domain.Cursor{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, u := range found.Items {
			got = append(got, u.Email)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}
