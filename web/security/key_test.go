package security_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// A real browser with a key of its own registers it and signs in with it. Keys sign for names, not for addresses.
func TestAHardwareKeyFromRegistrationToSignIn(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	w.URL = strings.Replace(w.URL, "127.0.0.1", "localhost", 1)
	u := w.Counsellor(t)
	c := newClient(t, w)
	c.signIn(t, u)
	tab := browser.Tab(t, webtest.Phone())
	tab.PlugKey()
	carry := func(c client) {
		for _, cookie := range c.cookies(t) {
			tab.SetCookie(w.URL, cookie.Name, cookie.Value)
		}
	}
	carry(c)
	tab.Open(w.URL + "/account/security/key")
	webtest.CheckTab(t, browser, tab)
	browser.Shot(tab, "security-key")
	webtest.Evaluate[bool](tab, `document.querySelector('#f-name').value = 'Clé bleue', document.querySelector('[data-key-ask]').click(), true`)
	tab.Do(chromedp.WaitVisible(".codes"))
	if codes := webtest.Evaluate[int](tab, `document.querySelectorAll('.codes code').length`); codes != 10 {
		t.Fatalf("%d recovery codes after the first key", codes)
	}
	tab.Open(w.URL + "/account/security")
	if name := webtest.Evaluate[string](tab, `document.querySelector('main h3').textContent`); name != "Clé bleue" {
		t.Errorf("the key is called %q", name)
	}

	half := newClient(t, w)
	if at := half.signIn(t, u); !strings.HasPrefix(at, "/sign-in/second") {
		t.Fatalf("the password leads to %s", at)
	}
	carry(half)
	tab.Open(w.URL + "/sign-in/second?next=/account/security")
	webtest.CheckTab(t, browser, tab)
	browser.Shot(tab, "security-second-key")
	answer := webtest.Evaluate[string](tab, `new Promise(done => {
		const form = document.querySelector('form[data-key]')
		form.submit = () => done(form.elements.response.value)
		form.querySelector('[data-key-ask]').click()
	})`)
	if answer == "" {
		t.Fatal("the key says nothing")
	}
	if _, body := half.post(t, "/sign-in/second/key", "response", strings.Replace(answer, `"signature":"`, `"signature":"AAAA`, 1)); !strings.Contains(body, "error-summary") {
		t.Error("a spoilt answer lets in")
	}
	if _, body := half.post(t, "/sign-in/second/key", "response", answer); !strings.Contains(body, "error-summary") {
		t.Error("an answer to an earlier challenge lets in")
	}
	tab.Open(w.URL + "/sign-in/second?next=/account/security")
	webtest.Evaluate[bool](tab, `document.querySelector('[data-key-ask]').click(), true`)
	tab.Do(chromedp.WaitVisible("main h3"))
	if at := webtest.Evaluate[string](tab, `location.pathname`); at != "/account/security" {
		t.Errorf("the key leads to %s", at)
	}
	kinds, err := w.Factors.Kinds(t.Context(), u.ID)
	must(t, err)
	if !kinds[identity.FactorKey] {
		t.Errorf("the account has %v", kinds)
	}
}

// Without scripts the page says so and offers the app.
func TestAKeyNeedsScripts(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	c := newClient(t, w)
	c.signIn(t, w.Counsellor(t))
	tab := browser.Tab(t, webtest.View{Width: 360, Height: 640, NoScript: true})
	for _, cookie := range c.cookies(t) {
		tab.SetCookie(w.URL, cookie.Name, cookie.Value)
	}
	tab.Open(w.URL + "/account/security/key")
	if shown := webtest.Evaluate[string](tab, `document.querySelector('main').innerText`); !strings.Contains(shown, "une application") || strings.Contains(shown, "Brancher") {
		t.Errorf("without scripts the page says %q", shown)
	}
}
