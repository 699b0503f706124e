package edge_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/store"
)

// signedIn is a front over a real database with one account. GET / says who
// asks, POST /in signs in, POST /out out.
type signedIn struct {
	*front
	core *wire.Core
	raw  domaintest.DB
	user identity.User
}

func newSignedIn(t *testing.T, secure bool) signedIn {
	t.Helper()
	s := signedIn{raw: domaintest.Database(t)}
	var err error
	s.core, err = wire.NewCore(t.Context(), s.raw.AppURL, wire.Options{Store: store.Options{Keys: domaintest.Keys()}})
	must(t, err)
	t.Cleanup(func() { _ = s.core.Close() })
	s.user, err = s.core.Accounts.Create(t.Context(), domain.System(), identity.NewUser{
		Role: domain.RoleAnalyst, Name: "Analyste", Email: "analyste@example.org", Password: "a long password",
	})
	must(t, err)
	s.front = newFront(t, func(d *edge.Deps) {
		d.Config = edge.Config{Secure: secure}
		d.Accounts, d.Tokens, d.SessionStore = s.core.Accounts, s.core.Tokens, s.core.DB.Sessions()
	}, func(e *edge.Edge, engine *gin.Engine) {
		engine.GET("/", func(g *gin.Context) {
			actor := edge.ActorFrom(g.Request.Context())
			g.String(http.StatusOK, "%s %s", actor.Role, strings.Join(actor.Scopes, ","))
		})
		engine.POST("/in", func(g *gin.Context) {
			if err := e.SignIn(g.Request.Context(), s.user, g.GetHeader("User-Agent")); err != nil {
				e.Refuse(g, err)
			}
		})
		engine.POST("/out", func(g *gin.Context) {
			if err := e.SignOut(g.Request.Context()); err != nil {
				e.Refuse(g, err)
			}
		})
	})
	return s
}

// cookie signs in and gives the cookie's name and value.
func (s signedIn) cookie(t *testing.T, headers ...string) string {
	t.Helper()
	pair, _, _ := strings.Cut(s.ask(t, http.MethodPost, "/in", "", headers...).header.Get("Set-Cookie"), ";")
	if pair == "" {
		t.Fatal("no cookie")
	}
	return pair
}

func (s signedIn) who(t *testing.T, cookie string) string {
	t.Helper()
	role, _, _ := strings.Cut(s.ask(t, http.MethodGet, "/", "", "Cookie", cookie).body, " ")
	return role
}

func TestTheCookie(t *testing.T) {
	t.Parallel()
	for secure, want := range map[bool]string{false: "baara_session=", true: "__Host-baara_session="} {
		s := newSignedIn(t, secure)
		set := s.ask(t, http.MethodPost, "/in", "").header.Get("Set-Cookie")
		if !strings.HasPrefix(set, want) || !strings.Contains(set, "HttpOnly") || !strings.Contains(set, "SameSite=Lax") || !strings.Contains(set, "Path=/") ||
			strings.Contains(set, "; Secure") != secure || strings.Contains(set, "Domain") {
			t.Errorf("secure %v: %s", secure, set)
		}
	}
}

func TestSessionsBeginAndEnd(t *testing.T) {
	t.Parallel()
	s := newSignedIn(t, false)
	if got := s.ask(t, http.MethodGet, "/", ""); got.header.Get("Set-Cookie") != "" || !strings.HasPrefix(got.body, "anonymous") {
		t.Errorf("a visitor: %s, cookie %q", got.body, got.header.Get("Set-Cookie"))
	}
	first := s.cookie(t)
	second := s.cookie(t, "Cookie", first)
	if first == second || s.who(t, first) != "anonymous" || s.who(t, second) != "analyst" {
		t.Error("signing in keeps a token that somebody else may have planted")
	}
	_, token, _ := strings.Cut(second, "=")
	var clear, devices int
	must(t, s.raw.SQL.QueryRowContext(t.Context(), `SELECT count(*) FROM sessions WHERE token_hash = $1 OR encode(data, 'escape') LIKE '%' || $1 || '%'`, token).Scan(&clear))
	if clear != 0 {
		t.Error("the database holds the token itself")
	}
	third := s.cookie(t, "User-Agent", "Mozilla/5.0 (Linux; Android 11; SM-A125F)")
	must(t, s.raw.SQL.QueryRowContext(t.Context(), `SELECT count(*) FROM sessions WHERE device = 'Android'`).Scan(&devices))
	if devices != 1 {
		t.Errorf("%d Android devices", devices)
	}
	s.ask(t, http.MethodPost, "/out", "", "Cookie", second)
	if s.who(t, second) != "anonymous" || s.who(t, third) != "analyst" {
		t.Error("signing out ends one session")
	}
	listed, err := s.core.Sessions.Mine(t.Context(), s.user.Actor())
	must(t, err)
	must(t, s.core.Sessions.Kill(t.Context(), s.user.Actor(), listed[0].ID))
	if s.who(t, third) != "anonymous" {
		t.Error("a session that was ended elsewhere goes on")
	}
}

func TestSessionsExpire(t *testing.T) {
	t.Parallel()
	s := newSignedIn(t, false)
	idle := s.cookie(t)
	s.clock.pass(3 * time.Hour)
	if s.who(t, idle) != "anonymous" {
		t.Error("an idle session lives")
	}
}

// A session in use lives on when it would have been idle, and not beyond twelve
// hours: its last moment is set at sign-in, and using it moves only the idle one.
func TestASessionInUseEndsAfterItsLongestLife(t *testing.T) {
	t.Parallel()
	s := newSignedIn(t, false)
	cookie := s.cookie(t)
	read := func() (last, expires time.Time, values map[string]any) {
		t.Helper()
		var data []byte
		must(t, s.raw.SQL.QueryRowContext(t.Context(), `SELECT data, expires_at FROM sessions WHERE killed_at IS NULL`).Scan(&data, &expires))
		last, values, err := scs.GobCodec{}.Decode(data)
		must(t, err)
		return last, expires, values
	}
	set := func(last, expires time.Time, values map[string]any) {
		t.Helper()
		data, err := scs.GobCodec{}.Encode(last, values)
		must(t, err)
		_, err = s.raw.SQL.ExecContext(t.Context(), `UPDATE sessions SET data = $1, expires_at = $2`, data, expires)
		must(t, err)
	}
	last, expires, values := read()
	if life := time.Until(last); life > 12*time.Hour || life < 11*time.Hour {
		t.Errorf("lives %s at most, want 12 h", life)
	}
	if idle := time.Until(expires); idle > 2*time.Hour || idle < time.Hour {
		t.Errorf("idle for %s at most, want 2 h", idle)
	}
	// Eleven and a half hours later, in use all the while.
	soon := time.Now().Add(30 * time.Minute)
	set(soon, time.Now().Add(time.Minute), values)
	for range 3 {
		if s.who(t, cookie) != "analyst" {
			t.Fatal("a session in use ended early")
		}
	}
	last, expires, _ = read()
	if !last.Equal(soon) || expires.After(soon.Add(time.Second)) {
		t.Errorf("using it moved its end to %s and %s, want %s", last, expires, soon)
	}
	s.clock.pass(31 * time.Minute)
	if s.who(t, cookie) != "anonymous" {
		t.Error("a session in use outlives its longest life")
	}
}

func TestADisabledAccountIsAVisitorAtOnce(t *testing.T) {
	t.Parallel()
	s := newSignedIn(t, false)
	cookie := s.cookie(t)
	disabled := true
	_, err := s.core.Accounts.Update(t.Context(), domain.System(), identity.UpdateUser{ID: s.user.ID, Version: s.user.Version, Disabled: &disabled})
	must(t, err)
	if s.who(t, cookie) != "anonymous" {
		t.Error("a disabled account acts")
	}
}

func TestBearerTokens(t *testing.T) {
	t.Parallel()
	s := newSignedIn(t, false)
	_, secret, err := s.core.Tokens.Create(t.Context(), s.user.Actor(), identity.NewToken{Name: "x", Scopes: []string{"vacancy.read"}, Days: 1, Where: domain.Destination{Recipient: "Service informatique"}})
	must(t, err)
	if got := s.ask(t, http.MethodGet, "/", "", "Authorization", "bearer "+secret); got.body != "analyst vacancy.read" {
		t.Errorf("a token: %s", got.body)
	}
	for name, header := range map[string]string{
		"unknown": "Bearer nothing", "empty": "Bearer ", "another scheme": "Basic " + secret, "no scheme": secret,
	} {
		if got := s.ask(t, http.MethodGet, "/", "", "Authorization", header, "Cookie", s.cookie(t)); got.code != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", name, got.code, got.body)
		}
	}
}
