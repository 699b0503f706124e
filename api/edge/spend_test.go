package edge_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/api/edge"
)

// door serves tries to sign in: POST /try/:account counts one, and with
// ?right=1 opens the session.
func (s signedIn) door(t *testing.T, secure bool) *front {
	t.Helper()
	return newFront(t, func(d *edge.Deps) {
		d.Config = edge.Config{Secure: secure, Proxies: []string{"127.0.0.1"}}
		d.Accounts, d.Tokens, d.SessionStore, d.Budgets, d.Factors = s.core.Accounts, s.core.Tokens, s.core.DB.Sessions(), s.core.DB.Budgets(), s.core.Factors
	}, func(e *edge.Edge, engine *gin.Engine) {
		engine.POST("/try/:account", func(g *gin.Context) {
			ctx := g.Request.Context()
			err := e.SpendSignIn(ctx, g.Param("account"))
			if err == nil && g.Query("right") != "" {
				err = e.Enter(ctx, s.user, g.Param("account"), "Linux")
			}
			if err != nil {
				e.Refuse(g, err)
			}
		})
	})
}

// try is one try from an address, giving the answer.
func try(t *testing.T, f *front, account string, n int, headers ...string) reply {
	t.Helper()
	return f.ask(t, http.MethodPost, "/try/"+account, "", append(headers, "X-Forwarded-For", fmt.Sprintf("198.51.100.%d", n))...)
}

// Tries are counted in the database: another server, or the same one after a
// restart, knows of them.
func TestTriesSurviveARestart(t *testing.T) {
	t.Parallel()
	s := newSignedIn(t, false)
	first := s.door(t, false)
	refused := 0
	for n := range 11 {
		if got := try(t, first, "awa@example.org", n); got.code == http.StatusTooManyRequests {
			refused++
			if wait, err := strconv.Atoi(got.header.Get("Retry-After")); err != nil || wait < 1 || wait > 30 {
				t.Errorf("Retry-After is %q, want up to 30 s", got.header.Get("Retry-After"))
			}
		}
	}
	if refused != 1 {
		t.Errorf("%d of 11 tries refused, want the last", refused)
	}
	restarted := s.door(t, false)
	if got := try(t, restarted, "AWA@example.org", 50); got.code != http.StatusTooManyRequests {
		t.Errorf("after a restart: %d", got.code)
	}
	if got := try(t, restarted, "binta@example.org", 51); got.code != http.StatusOK {
		t.Errorf("another account: %d", got.code)
	}
	var clear int
	must(t, s.raw.SQL.QueryRowContext(t.Context(), `SELECT count(*) FROM budgets WHERE key !~ '^[0-9A-Za-z_-]{22}$'`).Scan(&clear))
	if clear != 0 {
		t.Error("budgets hold addresses or accounts")
	}
}

// Whoever signed in on a browser before still can there while a stranger tries
// the account elsewhere; the mark lets nobody in and helps no other account.
func TestStrangersLockNobodyOut(t *testing.T) {
	t.Parallel()
	s := newSignedIn(t, false)
	f := s.door(t, true)
	in := f.ask(t, http.MethodPost, "/try/awa@example.org?right=1", "", "X-Forwarded-For", "203.0.113.9")
	device := ""
	for _, set := range in.header.Values("Set-Cookie") {
		if pair, rest, _ := strings.Cut(set, ";"); strings.HasPrefix(pair, "__Host-baara_device=") {
			device = pair
			if !strings.Contains(rest, "HttpOnly") || !strings.Contains(rest, "Secure") || !strings.Contains(rest, "SameSite=Lax") {
				t.Errorf("the mark: %s", set)
			}
		}
	}
	if device == "" {
		t.Fatalf("no mark: %v", in.header)
	}
	for n := range 12 {
		try(t, f, "awa@example.org", n)
	}
	if got := try(t, f, "awa@example.org", 60); got.code != http.StatusTooManyRequests {
		t.Fatalf("a stranger: %d", got.code)
	}
	if got := try(t, f, "awa@example.org", 61, "Cookie", device); got.code != http.StatusOK {
		t.Errorf("the usual browser: %d", got.code)
	}
	if got := try(t, f, "awa@example.org", 62, "Cookie", "__Host-baara_device=invented"); got.code != http.StatusTooManyRequests {
		t.Errorf("an invented mark: %d", got.code)
	}
	for n := range 20 { // guessing on the usual browser is bounded too
		if try(t, f, "awa@example.org", 70+n, "Cookie", device).code == http.StatusTooManyRequests {
			return
		}
	}
	t.Error("the usual browser may guess without end")
}

// One subscriber of IPv6 has a whole /64.
func TestANetworkIsOneVisitor(t *testing.T) {
	t.Parallel()
	f := newFront(t, func(d *edge.Deps) { d.Config.Proxies = []string{"127.0.0.1"} }, func(e *edge.Edge, engine *gin.Engine) {
		engine.POST("/", func(g *gin.Context) {
			if err := e.SpendPublic(g.Request.Context()); err != nil {
				e.Refuse(g, err)
			}
		})
	})
	for n := range 60 {
		f.ask(t, http.MethodPost, "/", "", "X-Forwarded-For", fmt.Sprintf("2001:db8:0:1::%x", n+1))
	}
	if got := f.ask(t, http.MethodPost, "/", "", "X-Forwarded-For", "2001:db8:0:1:ffff::1"); got.code != http.StatusTooManyRequests {
		t.Errorf("the same network: %d", got.code)
	}
	if got := f.ask(t, http.MethodPost, "/", "", "X-Forwarded-For", "2001:db8:0:2::1"); got.code != http.StatusOK {
		t.Errorf("the network beside it: %d", got.code)
	}
}
