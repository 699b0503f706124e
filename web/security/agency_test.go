package security_test

import (
	"crypto/rand"
	"crypto/rsa"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/openid"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// agency is the program with a provider, at an address the provider sends back to.
func agency(t *testing.T, p *provider, change func(*wire.ServerOptions)) *programtest.Program {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	address := "http://" + listener.Addr().String()
	w := programtest.Start(t, func(o *wire.ServerOptions) {
		o.OpenID = openid.Config{
			Issuer: p.URL, ClientID: clientID, ClientSecret: clientSecret, Name: "Compte ANPE", Redirect: address + "/sign-in/agency/back",
		}
		if change != nil {
			change(o)
		}
	})
	site := &httptest.Server{Listener: listener, Config: &http.Server{Handler: w.Handler, ReadHeaderTimeout: time.Minute}}
	site.Start()
	t.Cleanup(site.Close)
	w.URL = address
	return w
}

func TestSigningInThroughTheAgency(t *testing.T) {
	p := newProvider(t)
	w := agency(t, p, nil)
	u := w.Counsellor(t)
	subject := identity.Subject{Issuer: p.URL, Name: "24400320"}
	p.subject = subject.Name

	// Nobody gets an account by coming.
	c := newClient(t, w)
	if at, body := c.get(t, "/sign-in/agency"); at != "/sign-in" || !strings.Contains(body, "aucun compte") {
		t.Errorf("an unbound subject arrives at %s", at)
	}
	must(t, w.Links.Bind(t.Context(), domain.System(), u.ID, subject))
	c = newClient(t, w)
	if at, _ := c.get(t, "/sign-in/agency?next=%2Faccount%2Fsecurity"); at != "/account/security" {
		t.Fatalf("a bound subject arrives at %s", at)
	}
	if p.asked.Get("nonce") == "" || p.asked.Get("state") == "" || p.asked.Get("scope") != "openid" {
		t.Errorf("the provider was asked %v", p.asked)
	}

	// What comes back counts for the browser that left, once.
	if at, _ := newClient(t, w).get(t, "/sign-in/agency/back?code=x&state="+p.asked.Get("state")); at != "/sign-in" {
		t.Errorf("another browser with the state arrives at %s", at)
	}
	again := newClient(t, w)
	again.get(t, "/sign-in/agency")
	if at, _ := again.get(t, "/sign-in/agency/back?code=x&state="+p.asked.Get("state")); at != "/sign-in" && at != "/counsellor" {
		t.Errorf("a journey twice arrives at %s", at)
	}

	// With a second factor here it is asked for, unless the provider is trusted to ask.
	enrolled(t, w, u)
	if at, _ := newClient(t, w).get(t, "/sign-in/agency"); !strings.HasPrefix(at, "/sign-in/second") {
		t.Errorf("with a second factor one arrives at %s", at)
	}
}

// Every way a token may be wrong is refused.
func TestTokensThatAreNotForUs(t *testing.T) {
	p := newProvider(t)
	w := agency(t, p, nil)
	u := w.Counsellor(t)
	p.subject = "24400320"
	must(t, w.Links.Bind(t.Context(), domain.System(), u.ID, identity.Subject{Issuer: p.URL, Name: p.subject}))
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	for name, spoil := range map[string]func(){
		"another key's signature": func() { p.signer = stranger },
		"another nonce":           func() { p.claims = func(c map[string]any) { c["nonce"] = "x" } },
		"for another client":      func() { p.claims = func(c map[string]any) { c["aud"] = "x" } },
		"of another issuer":       func() { p.claims = func(c map[string]any) { c["iss"] = "https://elsewhere.example" } },
		"expired":                 func() { p.claims = func(c map[string]any) { c["exp"] = time.Now().Add(-time.Hour).Unix() } },
		"about nobody":            func() { p.claims = func(c map[string]any) { c["sub"] = "" } },
	} {
		p.signer, p.claims = nil, nil
		spoil()
		c := newClient(t, w)
		if at, _ := c.get(t, "/sign-in/agency"); at != "/sign-in" {
			t.Errorf("%s: arrives at %s", name, at)
		}
		if at, _ := c.get(t, "/account/security"); !strings.HasPrefix(at, "/sign-in") {
			t.Errorf("%s: signed in", name)
		}
	}
	p.signer, p.claims = nil, nil
	if at, _ := newClient(t, w).get(t, "/sign-in/agency"); at != "/counsellor" {
		t.Errorf("nothing wrong: arrives at %s", at)
	}
}

func TestAnInvitationAcceptedByPasswordAndByTheAgency(t *testing.T) {
	browser, p := webtest.Open(t), newProvider(t)
	w := agency(t, p, func(o *wire.ServerOptions) { o.EnforceSecond = true })
	invite := func(email string) string {
		t.Helper()
		_, secret, err := w.Invitations.Create(t.Context(), domain.System(), identity.NewInvitation{
			Role: domain.RoleCounsellor, Name: "Issa Koné", Email: email, AgencyID: w.Agency.ID,
		})
		must(t, err)
		return secret
	}
	secret := invite("issa@exemple.ml")
	webtest.CheckPage(t, browser, w.URL+"/invitation?code="+secret, webtest.Options{
		Name: "security-invitation", Budget: webtest.Staff(), Data: w.Data(t, "Issa Koné", "issa@exemple.ml", "Compte ANPE"),
	})
	webtest.CheckPage(t, browser, w.URL+"/invitation?code=x", webtest.Options{Name: "security-invitation-gone", Data: w.Data(t)})
	c := newClient(t, w)
	if _, body := c.post(t, "/invitation", "code", secret, "name", "Issa", "password", "quatre mots sans lien", "again", "autre chose"); !strings.Contains(body, "ne sont pas les mêmes") {
		t.Error("two different passwords are taken")
	}
	at, body := c.post(t, "/invitation", "code", secret, "name", "Issa", "password", "quatre mots sans lien", "again", "quatre mots sans lien")
	if !strings.HasPrefix(at, "/sign-in/second/app") || !strings.Contains(body, "avant toute autre chose") {
		t.Fatalf("staff who accepted arrive at %s", at)
	}
	if at, _ := c.get(t, "/account/security"); !strings.HasPrefix(at, "/sign-in") {
		t.Errorf("without a second factor %s opens", at)
	}
	key := strings.SplitN(strings.SplitN(body, `<code translate="no">`, 2)[1], "<", 2)[0]
	if _, body := c.post(t, "/sign-in/second/app", "code", code(t, strings.ReplaceAll(key, " ", ""), 0)); strings.Count(body, "<code") != 10 {
		t.Error("the first factor comes without recovery codes")
	}
	if at, _ := c.get(t, "/account/security"); at != "/account/security" {
		t.Errorf("with a second factor one arrives at %s", at)
	}

	p.subject = "24400777"
	other := newClient(t, w)
	other.get(t, "/invitation?code="+invite("kadia@exemple.ml"))
	if at, _ := other.get(t, "/sign-in/agency?invited=1"); !strings.HasPrefix(at, "/sign-in/second") {
		t.Errorf("accepted through the agency: %s", at)
	}
	if u, err := w.Links.SignIn(t.Context(), domain.Anonymous(), identity.Subject{Issuer: p.URL, Name: p.subject}); err != nil || u.Email != "kadia@exemple.ml" {
		t.Errorf("the subject is bound to %q (%v)", u.Email, err)
	}
}
