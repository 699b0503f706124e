package security_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// client is a browser without scripts: cookies and forms.
type client struct {
	*http.Client
	w *programtest.Program
}

func newClient(t *testing.T, w *programtest.Program) client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	return client{&http.Client{Jar: jar}, w}
}

// post sends a form and gives where it led to, and the page there.
func (c client) post(t *testing.T, path string, pairs ...string) (string, string) {
	t.Helper()
	values := url.Values{"_token": {"token-" + string(c.w.IDs.New())}}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	answer, err := c.PostForm(c.w.URL+path, values)
	must(t, err)
	return read(t, answer)
}

func (c client) get(t *testing.T, path string) (string, string) {
	t.Helper()
	answer, err := c.Get(c.w.URL + path)
	must(t, err)
	return read(t, answer)
}

func read(t *testing.T, answer *http.Response) (string, string) {
	t.Helper()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	must(t, answer.Body.Close())
	at, query := *answer.Request.URL, answer.Request.URL.Query()
	query.Del("again") // a form with mistakes: the address it was sent to
	at.RawQuery = query.Encode()
	return at.RequestURI(), string(body)
}

func (c client) cookies(t *testing.T) []*http.Cookie {
	t.Helper()
	at, err := url.Parse(c.w.URL)
	must(t, err)
	return c.Jar.Cookies(at)
}

// signIn gives the password and tells where that led.
func (c client) signIn(t *testing.T, u identity.User) string {
	t.Helper()
	at, _ := c.post(t, "/sign-in", "email", u.Email, "password", programtest.Password)
	return at
}

// code is what an app shows; each period's counts once.
func code(t *testing.T, secret string, periods int) string {
	t.Helper()
	out, err := totp.GenerateCode(secret, time.Now().Add(time.Duration(periods)*30*time.Second))
	must(t, err)
	return out
}

// enrolled gives an account an app and its recovery codes, and the app's secret.
func enrolled(t *testing.T, w *programtest.Program, u identity.User) (string, []string) {
	t.Helper()
	begun, err := w.Factors.BeginTOTP(t.Context(), u.Actor())
	must(t, err)
	codes, err := w.Factors.ConfirmTOTP(t.Context(), u.Actor(), begun.Secret, code(t, begun.Secret, -1), "Téléphone")
	must(t, err)
	return begun.Secret, codes
}

func TestPages(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	u := w.Counsellor(t)
	c := newClient(t, w)
	c.signIn(t, u)
	check := func(name, path string, cookies []*http.Cookie, budget webtest.Budget) {
		t.Helper()
		webtest.CheckPage(t, browser, w.URL+path, webtest.Options{Name: name, Cookies: cookies, Budget: budget, Data: w.Data(t, u.Name, "Téléphone")})
	}
	check("security-none", "/account/security", c.cookies(t), webtest.Staff())
	check("security-app", "/account/security/app", c.cookies(t), webtest.Staff())
	check("security-confirm", "/account/security/confirm", c.cookies(t), webtest.Staff())
	enrolled(t, w, u)
	check("security-on", "/account/security", c.cookies(t), webtest.Staff())
	half := newClient(t, w)
	if at := half.signIn(t, u); !strings.HasPrefix(at, "/sign-in/second") {
		t.Fatalf("the password leads to %s", at)
	}
	check("security-second", "/sign-in/second", half.cookies(t), webtest.PublicStep())
}

// Setting an app up and signing in with it, in a browser.
func TestAnAppFromSetUpToSignIn(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	for name, view := range map[string]webtest.View{"scripts": webtest.Phone(), "noscript": {Width: 360, Height: 640, NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			u := w.Counsellor(t)
			c := newClient(t, w)
			c.signIn(t, u)
			tab := browser.Tab(t, view)
			for _, cookie := range c.cookies(t) {
				tab.SetCookie(w.URL, cookie.Name, cookie.Value)
			}
			tab.Open(w.URL + "/account/security")
			tab.Do(programtest.Press("main .btns a"))
			secret := strings.ReplaceAll(webtest.Evaluate[string](tab, `document.querySelector('main .hint code').textContent`), " ", "")
			tab.Do(chromedp.SendKeys("#f-code", "000000"), programtest.Submit())
			programtest.Failed(t, browser, tab, "Ce code n’est pas le bon")
			if again := strings.ReplaceAll(webtest.Evaluate[string](tab, `document.querySelector('main .hint code').textContent`), " ", ""); again != secret {
				t.Error("a wrong code costs scanning again")
			}
			tab.Do(chromedp.SetValue("#f-code", code(t, secret, -1)), programtest.Submit())
			codes := webtest.Evaluate[[]string](tab, `[...document.querySelectorAll('.codes code')].map(e => e.textContent)`)
			if len(codes) != 10 {
				t.Fatalf("recovery codes %q", codes)
			}
			webtest.CheckTab(t, browser, tab)
			browser.Shot(tab, "security-codes-"+name)

			second := newClient(t, w)
			at := second.signIn(t, u)
			if !strings.HasPrefix(at, "/sign-in/second") {
				t.Fatalf("the password alone leads to %s", at)
			}
			if at, _ := second.get(t, "/account/security"); !strings.HasPrefix(at, "/sign-in") {
				t.Errorf("half signed in opens %s", at)
			}
			if _, body := second.post(t, "/sign-in/second", "code", "000000"); !strings.Contains(body, "error-summary") {
				t.Error("a wrong code is accepted")
			}
			if at, _ := second.post(t, "/sign-in/second", "code", codes[3], "next", "/account/security"); at != "/account/security" {
				t.Errorf("a recovery code leads to %s", at)
			}
			third := newClient(t, w)
			third.signIn(t, u)
			if _, body := third.post(t, "/sign-in/second", "code", codes[3]); !strings.Contains(body, "error-summary") {
				t.Error("a recovery code lets in twice")
			}
			if at, _ := third.post(t, "/sign-in/second", "code", code(t, secret, 0), "next", "https://elsewhere.example"); at != "/counsellor" {
				t.Errorf("the app's code leads to %s", at)
			}
		})
	}
}

// What is delicate asks again who one is once the sign-in is some time ago, and returns to where one was.
func TestSayingAgainWhoOneIs(t *testing.T) {
	w := programtest.Start(t)
	u := w.Counsellor(t)
	c := newClient(t, w)
	c.signIn(t, u)
	if at, _ := c.get(t, "/account/security/app"); at != "/account/security/app" {
		t.Fatalf("just signed in: %s", at)
	}
	// The session of somebody who signed in long ago: another one, opened for the account without a proof in it.
	_, err := w.SQL.ExecContext(t.Context(), `UPDATE sessions SET data = $1`, stale(t, w, u))
	must(t, err)
	at, _ := c.get(t, "/account/security/app")
	if at != "/account/security/confirm?next=%2Faccount%2Fsecurity%2Fapp" {
		t.Fatalf("long ago: %s", at)
	}
	if _, body := c.post(t, "/account/security/confirm", "password", "faux", "next", "/account/security/app"); !strings.Contains(body, "error-summary") {
		t.Error("a wrong password confirms")
	}
	if at, _ := c.post(t, "/account/security/confirm", "password", programtest.Password, "next", "/account/security/app"); at != "/account/security/app" {
		t.Errorf("confirmed: %s", at)
	}
}

// A jobseeker's proof is the second thing, typed as they like.
func TestAJobseekerConfirmsWithTheirOwnWord(t *testing.T) {
	w := programtest.Start(t)
	awa := w.Jobseeker(t, "+22370000021", nil)
	u, err := w.Accounts.OfPerson(t.Context(), awa.ID)
	must(t, err)
	for typed, want := range map[string]domain.Kind{programtest.Secret: "", "tonton  MODIBO": "", "tata": domain.KindInvalid} {
		if got := domain.KindOf(w.Factors.StepUp(t.Context(), u.Actor(), identity.Proof{Password: typed})); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
