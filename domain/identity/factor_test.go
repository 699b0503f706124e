package identity_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// code is what an app with this secret shows now, after some time.
func (o *office) code(secret string, later time.Duration) string {
	o.t.Helper()
	code, err := totp.GenerateCode(secret, o.now.Add(later))
	o.must(err)
	return code
}

// enrolled sets an app up for an account and gives its secret and the recovery codes.
func (o *office) enrolled(actor domain.Actor) (string, []string) {
	o.t.Helper()
	begun, err := o.factors.BeginTOTP(context.Background(), actor)
	o.must(err)
	codes, err := o.factors.ConfirmTOTP(context.Background(), actor, begun.Secret, o.code(begun.Secret, 0), "Téléphone")
	o.must(err)
	return begun.Secret, codes
}

func TestAnAppCountsOnceItsCodeWasRight(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	awa := o.user(domain.RoleCounsellor, "awa@example.org")
	begun, err := o.factors.BeginTOTP(ctx, awa.Actor())
	o.must(err)
	if !strings.HasPrefix(begun.URL, "otpauth://totp/Baara:awa@example.org?") || !strings.Contains(begun.URL, begun.Secret) {
		t.Errorf("an app reads %q", begun.URL)
	}
	_, err = o.factors.ConfirmTOTP(ctx, awa.Actor(), begun.Secret, "000000", "")
	kind(t, err, domain.KindInvalid)
	if kinds, err := o.factors.Kinds(ctx, awa.ID); err != nil || len(kinds) != 0 {
		t.Errorf("enrolled without a code: %v (%v)", kinds, err)
	}
	secret, codes := o.enrolled(awa.Actor())
	if len(codes) != 10 {
		t.Errorf("%d recovery codes", len(codes))
	}
	var clear int
	o.must(o.db.SQL().QueryRow(`SELECT count(*) FROM second_factors WHERE position($1 in encode(secret, 'escape')) > 0`, secret).Scan(&clear))
	if clear != 0 {
		t.Error("the database holds the secret itself")
	}
}

// A code is good for the periods beside its own and for one use; an old one is
// never good again.
func TestACodeIsGoodOnce(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	awa := o.user(domain.RoleCounsellor, "awa@example.org")
	secret, recovery := o.enrolled(awa.Actor())
	check := func(code string) domain.Kind {
		return domain.KindOf(o.factors.CheckSecond(ctx, domain.Anonymous(), awa, code))
	}
	if check(o.code(secret, 0)) != domain.KindInvalid {
		t.Error("the code that enrolled is good again")
	}
	o.now = o.now.Add(time.Hour)
	for _, c := range []struct {
		name  string
		later time.Duration
		want  domain.Kind
	}{
		{"two periods ago", -time.Minute, domain.KindInvalid},
		{"one period ago", -30 * time.Second, ""},
		{"the same again", -30 * time.Second, domain.KindInvalid},
		{"now", 0, ""},
		{"before the last one", -30 * time.Second, domain.KindInvalid},
		{"one period ahead", 30 * time.Second, ""},
		{"two periods ahead", time.Minute, domain.KindInvalid},
	} {
		if got := check(o.code(secret, c.later)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if check(strings.ToUpper(strings.ReplaceAll(recovery[0], "-", " "))) != "" {
		t.Error("a recovery code as somebody types it is refused")
	}
	if check(recovery[0]) != domain.KindInvalid {
		t.Error("a recovery code is good twice")
	}
	if _, left, err := o.factors.Mine(ctx, awa.Actor()); err != nil || left != 9 {
		t.Errorf("%d recovery codes left (%v)", left, err)
	}
	renewed, err := o.factors.NewRecovery(ctx, awa.Actor())
	o.must(err)
	if check(recovery[1]) != domain.KindInvalid || check(renewed[0]) != "" {
		t.Error("new recovery codes do not replace the old ones")
	}
	other := o.user(domain.RoleCounsellor, "binta@example.org")
	if got := domain.KindOf(o.factors.CheckSecond(ctx, domain.Anonymous(), other, renewed[1])); got != domain.KindInvalid {
		t.Errorf("somebody else's recovery code: %q", got)
	}
}

func TestSecondFactorsAreTakenAway(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	awa := o.user(domain.RoleCounsellor, "awa@example.org")
	_, recovery := o.enrolled(awa.Actor())
	factors, _, err := o.factors.Mine(ctx, awa.Actor())
	o.must(err)
	other := o.user(domain.RoleCounsellor, "binta@example.org")
	kind(t, o.factors.Remove(ctx, other.Actor(), factors[0].ID), domain.KindNotFound)
	o.must(o.factors.Remove(ctx, awa.Actor(), factors[0].ID))
	if got := domain.KindOf(o.factors.CheckSecond(ctx, domain.Anonymous(), awa, recovery[0])); got != domain.KindInvalid {
		t.Errorf("a recovery code outlives the last factor: %q", got)
	}

	// An administrator takes lost ones away: whoever holds the account is out.
	o.enrolled(awa.Actor())
	o.must(o.db.Sessions().SaveSession(ctx, identity.Session{
		ID: o.deps.IDs.New(), TokenHash: "h", UserID: awa.ID, Data: []byte("x"), CreatedAt: o.now, LastSeen: o.now, ExpiresAt: o.now.Add(time.Hour),
	}))
	_, secret, err := o.tokens.Create(ctx, awa.Actor(), identity.NewToken{Name: "x", Scopes: []string{"vacancy.read"}, Days: 1, Where: domain.Destination{Recipient: "Service informatique"}})
	o.must(err)
	kind(t, o.factors.Reset(ctx, other.Actor(), awa.ID), domain.KindNotFound)
	kind(t, o.factors.Reset(ctx, o.admin, o.admin.UserID), domain.KindConflict)
	o.must(o.factors.Reset(ctx, o.admin, awa.ID))
	kinds, err := o.factors.Kinds(ctx, awa.ID)
	o.must(err)
	if len(kinds) != 0 {
		t.Errorf("left: %v", kinds)
	}
	_, err = o.db.Sessions().LiveSession(ctx, "h", o.now)
	kind(t, err, domain.KindNotFound)
	_, _, err = o.tokens.Authenticate(ctx, secret)
	kind(t, err, domain.KindUnauthenticated)
}
