package identity_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

const password = "cent-baobabs-bleus"

type office struct {
	raw      *sql.DB // behind the application's back
	t        *testing.T
	db       *store.DB
	now      time.Time
	deps     identity.Deps
	accounts *identity.Accounts
	agencies *identity.Agencies
	sessions *identity.Sessions
	tokens   *identity.Tokens
	factors  *identity.Factors

	invitations *identity.Invitations
	members     *identity.Members
	links       *identity.Links
	admin       domain.Actor
	agency      identity.Agency
}

func newOffice(t *testing.T) *office {
	t.Helper()
	t.Parallel()
	ctx := context.Background()
	ids := domain.IDFunc(func() domain.ID { return domain.ID(uuid.Must(uuid.NewV7()).String()) })
	raw := domaintest.Database(t)
	if _, err := raw.SQL.Exec(`INSERT INTO places (code, kind, country) VALUES ('BKO', 'district', 'MLI'), ('KAY', 'region', 'MLI')`); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(ctx, raw.AppURL, ids, store.Options{Keys: domaintest.Keys()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	o := &office{raw: raw.SQL, t: t, db: db, now: time.Now().UTC().Truncate(time.Microsecond)}
	o.deps = identity.Deps{
		Tx: db, Users: db.Users(), Agencies: db.Agencies(), Sessions: db.Sessions(), Tokens: db.Tokens(),
		Passwords: seal.NewPasswords(2), Policy: access.Default(), IDs: ids,
		Clock: domain.ClockFunc(func() time.Time { return o.now }), Secret: seal.Secret, Phrase: seal.Passphrase, RecoveryCode: seal.RecoveryCode,
		HashToken: seal.HashToken, Factors: db.Factors(), Invitations: db.Invitations(), Members: db.Members(), Links: db.Members(), Codes: seal.OneTimePasswords{}, Box: seal.RandomBox(),
	}
	o.invitations, o.members, o.links = identity.NewInvitations(o.deps), identity.NewMembers(o.deps), identity.NewLinks(o.deps)
	o.factors = identity.NewFactors(o.deps)
	o.accounts, o.agencies = identity.NewAccounts(o.deps), identity.NewAgencies(o.deps)
	o.sessions, o.tokens = identity.NewSessions(o.deps), identity.NewTokens(o.deps)
	o.agency, err = o.agencies.Save(ctx, domain.System(), identity.SaveAgency{Code: "BKO1", Name: "Bamako", PlaceCode: "BKO", Serves: []string{"BKO", "KAY"}})
	if err != nil {
		t.Fatal(err)
	}
	o.admin = o.user(domain.RoleAdministrator, "admin@example.org").Actor()
	return o
}

func (o *office) user(role domain.Role, email string) identity.User {
	o.t.Helper()
	u, err := o.accounts.Create(context.Background(), domain.System(), identity.NewUser{
		Role: role, Name: "Agent " + string(role), Email: email, Password: password, AgencyID: o.agency.ID,
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return u
}

func kind(t *testing.T, err error, want domain.Kind) {
	t.Helper()
	if got := domain.KindOf(err); got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
}

func TestSigningIn(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	made := o.user(domain.RoleCounsellor, "Awa@Example.org")
	got, err := o.accounts.SignIn(ctx, domain.Anonymous(), " awa@example.ORG ", password)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(made, got); diff != "" {
		t.Errorf("signed in as somebody else (-made +got):\n%s", diff)
	}
	disabled := true
	if _, err := o.accounts.Update(ctx, o.admin, identity.UpdateUser{ID: made.ID, Version: 1, Disabled: &disabled}); err != nil {
		t.Fatal(err)
	}
	for name, try := range map[string][2]string{
		"wrong password":   {"admin@example.org", "cent-baobabs-rouges"},
		"unknown account":  {"personne@example.org", password},
		"disabled account": {"awa@example.org", password},
		"no password":      {"admin@example.org", ""},
	} {
		_, err := o.accounts.SignIn(ctx, domain.Anonymous(), try[0], try[1])
		if domain.KindOf(err) != domain.KindUnauthenticated || err.Error() != "identity.SignIn: unauthenticated error.sign_in" {
			t.Errorf("%s: %v, want the one answer for every failure", name, err)
		}
	}
	_, err = o.accounts.ActorFor(ctx, made.ID)
	kind(t, err, domain.KindUnauthenticated)
}

func TestAnEndedMembershipEndsAccess(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	u := o.user(domain.RoleCounsellor, "awa@example.org")
	if got, err := o.accounts.ActorFor(ctx, u.ID); err != nil || got.AgencyID != o.agency.ID {
		t.Fatalf("agency %q (%v)", got.AgencyID, err)
	}
	if _, err := o.db.SQL().Exec(`UPDATE agency_members SET since = current_date - 2, until = current_date - 1 WHERE user_id = $1`, string(u.ID)); err != nil {
		t.Fatal(err)
	}
	_, err := o.accounts.ActorFor(ctx, u.ID)
	kind(t, err, domain.KindUnauthenticated)
	_, err = o.accounts.SignIn(ctx, domain.Anonymous(), u.Email, password)
	kind(t, err, domain.KindUnauthenticated)
}

func TestWhoMakesAndSeesAccounts(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	awa := o.user(domain.RoleCounsellor, "awa@example.org")
	in := identity.NewUser{Role: domain.RoleLead, Name: "L", Email: "lead@example.org", Password: password, AgencyID: o.agency.ID}
	_, err := o.accounts.Create(ctx, awa.Actor(), in)
	kind(t, err, domain.KindNotFound)
	_, err = o.accounts.Create(ctx, domain.Anonymous(), in)
	kind(t, err, domain.KindUnauthenticated)
	_, err = o.accounts.Get(ctx, awa.Actor(), o.admin.UserID)
	kind(t, err, domain.KindNotFound)
	if got, err := o.accounts.Get(ctx, awa.Actor(), awa.ID); err != nil || got.ID != awa.ID {
		t.Errorf("one's own account: %v", err)
	}
	in.Email = "AWA@example.org"
	_, err = o.accounts.Create(ctx, o.admin, in)
	kind(t, err, domain.KindConflict)
	for field, broken := range map[string]identity.NewUser{
		"email":    {Role: domain.RoleLead, Name: "L", Email: "nowhere", Password: password, AgencyID: o.agency.ID},
		"password": {Role: domain.RoleLead, Name: "L", Email: "l@example.org", Password: "court", AgencyID: o.agency.ID},
		"agency":   {Role: domain.RoleLead, Name: "L", Email: "l@example.org", Password: password},
		"name":     {Role: domain.RoleAnalyst, Email: "l@example.org", Password: password},
		"role":     {Role: domain.RoleSystem, Name: "L"},
	} {
		_, err := o.accounts.Create(ctx, o.admin, broken)
		var e *domain.Error
		if ok := errors.As(err, &e); !ok || !slices.ContainsFunc(e.Fields, func(f domain.FieldError) bool { return f.Name == field }) {
			t.Errorf("%s: %v, want that field to be named", field, err)
		}
	}
}

func TestTokensAreScopedShownOnceAndEnd(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	awa := o.user(domain.RoleCounsellor, "awa@example.org").Actor()
	_, _, err := o.tokens.Create(ctx, awa, identity.NewToken{Name: "sync", Scopes: []string{"vacancy.read", "everything.*"}, Days: 1, Where: domain.Destination{Recipient: "Service informatique"}})
	kind(t, err, domain.KindInvalid)
	token, secret, err := o.tokens.Create(ctx, awa, identity.NewToken{Name: "sync", Scopes: []string{"vacancy.read", "case.*"}, Days: 1, Where: domain.Destination{Recipient: "Service informatique"}})
	if err != nil {
		t.Fatal(err)
	}
	user, actor, err := o.tokens.Authenticate(ctx, secret)
	if err != nil || user.ID != awa.UserID || !slices.Equal(actor.Scopes, token.Scopes) || actor.Confined {
		t.Fatalf("%v %+v %v", user.ID, actor, err)
	}
	policy, own := access.Default(), access.Facts{AgencyID: o.agency.ID, OwnerID: awa.UserID}
	for action, want := range map[access.Action]bool{access.VacancyRead: true, access.CaseNote: true, access.VacancyPublish: false, access.PersonRead: false} {
		if got := policy.Allows(actor, action, own); got != want {
			t.Errorf("%s with the token: %v, want %v", action, got, want)
		}
	}
	if list, err := o.tokens.Mine(ctx, awa); err != nil || len(list) != 1 || list[0].Hash == secret {
		t.Errorf("list %+v (%v)", list, err)
	}
	o.now = o.now.Add(25 * time.Hour)
	_, _, err = o.tokens.Authenticate(ctx, secret)
	kind(t, err, domain.KindUnauthenticated)
	o.now = o.now.Add(-25 * time.Hour)
	kind(t, o.tokens.Revoke(ctx, o.user(domain.RoleCounsellor, "b@example.org").Actor(), token.ID), domain.KindNotFound)
	if err := o.tokens.Revoke(ctx, awa, token.ID); err != nil {
		t.Fatal(err)
	}
	_, _, err = o.tokens.Authenticate(ctx, secret)
	kind(t, err, domain.KindUnauthenticated)
}

func TestAKilledSessionIsGone(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	awa := o.user(domain.RoleCounsellor, "awa@example.org").Actor()
	stored := identity.Session{
		ID: o.deps.IDs.New(), TokenHash: "hash", UserID: awa.UserID, Device: "Android", Data: []byte("x"),
		CreatedAt: o.now, LastSeen: o.now, ExpiresAt: o.now.Add(time.Hour),
	}
	store := o.db.Sessions()
	if err := store.SaveSession(ctx, stored); err != nil {
		t.Fatal(err)
	}
	live, err := store.LiveSession(ctx, "hash", o.now)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(stored, live); diff != "" {
		t.Errorf("read back differently:\n%s", diff)
	}
	kind(t, o.sessions.Kill(ctx, o.user(domain.RoleCounsellor, "b@example.org").Actor(), stored.ID), domain.KindNotFound)
	if err := o.sessions.Kill(ctx, o.admin, stored.ID); err != nil {
		t.Fatal(err)
	}
	_, err = store.LiveSession(ctx, "hash", o.now)
	kind(t, err, domain.KindNotFound)
	if err := store.SaveSession(ctx, stored); err != nil { // the device's request that was under way
		t.Fatal(err)
	}
	_, err = store.LiveSession(ctx, "hash", o.now)
	kind(t, err, domain.KindNotFound)
	if mine, err := o.sessions.Mine(ctx, awa); err != nil || len(mine) != 0 {
		t.Errorf("a killed session is listed: %v (%v)", mine, err)
	}
}

func TestAgenciesKeepThePlacesTheyServe(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	saved, err := o.agencies.Save(ctx, o.admin, identity.SaveAgency{
		ID: o.agency.ID, Version: 1, Code: "BKO2", Name: "Bamako II", PlaceCode: "BKO", Serves: []string{"BKO"}, Phone: "+22370000000",
	})
	if err != nil {
		t.Fatal(err)
	}
	read, err := o.agencies.Get(ctx, domain.Anonymous(), o.agency.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(saved, read); diff != "" {
		t.Errorf("read back differently (-saved +read):\n%s", diff)
	}
	_, err = o.agencies.Save(ctx, o.admin, identity.SaveAgency{ID: o.agency.ID, Version: 1, Code: "X", Name: "X", PlaceCode: "BKO"})
	kind(t, err, domain.KindStale)
	_, err = o.agencies.Save(ctx, o.admin, identity.SaveAgency{Code: "X", Name: "X", PlaceCode: "NOWHERE"})
	kind(t, err, domain.KindInvalid)
}
