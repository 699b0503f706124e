package public_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

func TestErrorsKeepWhatWasTyped(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	for name, view := range map[string]webtest.View{
		"scripts": webtest.Phone(), "noscript": {Width: 360, Height: 640, NoScript: true},
	} {
		t.Run(name, func(t *testing.T) {
			v := visitor{t, w, browser, browser.Tab(t, view), ""}
			v.tab.Open(w.URL + "/register")
			v.submit()
			v.failed("Pour qui remplissez-vous cette page")
			v.tab.Do(click("#f-who-1"))
			v.submit()
			v.failed("Écrivez votre nom")
			v.tab.Do(click("#f-who"))
			v.submit()
			v.on("/register/names", fill("#f-given", "Awa"))
			v.tab.Do(chromedp.WaitReady(`form[action="/register/phone"]`), fill("#f-phones-0-number", "70 00"), click("#f-phones-0-owner-1"))
			v.submit()
			v.failed("Comment vous prévenir", "Votre mot secret")
			v.tab.Do(click("#f-channel"), fill("#f-secret", "Modibo"))
			v.submit()
			v.failed("numéro de téléphone complet")
			if typed := v.value("#f-phones-0-number"); typed != "70 00" {
				t.Errorf("the number became %q", typed)
			}
			browser.Shot(v.tab, "register-error-"+name)
		})
	}
}

func (v visitor) failed(words ...string) {
	v.t.Helper()
	programtest.Failed(v.t, v.browser, v.tab, words...)
}

func (v visitor) value(selector string) string {
	return webtest.Evaluate[string](v.tab, `document.querySelector('`+selector+`').value`)
}

// byPhone goes through the door: number, code, second thing.
func (v visitor) byPhone(phone, e164, secret string) {
	v.t.Helper()
	v.tab.Do(fill("#f-phone", phone))
	v.submit()
	v.tab.Do(chromedp.WaitVisible("#f-code"))
	webtest.CheckTab(v.t, v.browser, v.tab)
	v.shot("code")
	v.tab.Do(fill("#f-code", v.w.Code(v.t, e164)))
	v.submit()
	v.tab.Do(chromedp.WaitVisible("#f-secret"))
	webtest.CheckTab(v.t, v.browser, v.tab)
	v.shot("secret")
	v.tab.Do(fill("#f-secret", secret))
	v.submit()
}

func TestFinishingLaterOnAnotherPhone(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	v := visitor{t, w, browser, browser.Tab(t, webtest.View{Width: 360, Height: 640, NoScript: true}), "later-"}
	v.tab.Open(w.URL + "/register")
	v.on("/register", click("#f-who"))
	v.on("/register/names", fill("#f-given", "Awa"))
	v.on("/register/phone", fill("#f-phones-0-number", "70000011"), click("#f-phones-0-owner"), click("#f-channel"), fill("#f-secret", "Tonton Modibo"))
	v.tab.Do(chromedp.WaitReady(`form[action="/register/birth"]`), programtest.Press(`button[name="later"]`), chromedp.WaitVisible("main ol"))
	webtest.CheckTab(t, browser, v.tab)
	v.shot("how")
	v.tab.Do(programtest.Press("main form button"), chromedp.WaitVisible(`.note[role="status"]`)) // removed from this device
	v.tab.Open(w.URL + "/register/birth")
	if at := webtest.Evaluate[string](v.tab, `location.pathname`); at != "/register" {
		t.Errorf("the first device still opens %s", at)
	}

	other := visitor{t, w, browser, browser.Tab(t, webtest.Phone()), "resume-"}
	other.tab.Open(w.URL + "/resume")
	other.byPhone("70 00 00 11", "+22370000011", "autre chose")
	other.failed("mot secret")
	other.tab.Do(fill("#f-secret", "tonton modibo"))
	other.submit()
	other.tab.Do(chromedp.WaitReady(`form[action="/register/birth"]`))
	other.tab.Open(w.URL + "/register/names?change=1")
	if given := other.value("#f-given"); given != "Awa" {
		t.Errorf("the name came back as %q", given)
	}
}

func TestAnUnknownPhoneIsAnsweredAlike(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	v := visitor{t, w, browser, browser.Tab(t, webtest.Phone()), ""}
	v.tab.Open(w.URL + "/resume")
	v.tab.Do(fill("#f-phone", "70 00 00 99"))
	v.submit()
	v.tab.Do(chromedp.WaitVisible("#f-code"), fill("#f-code", "123456"))
	v.submit()
	v.failed("code")
}

func TestStaffSignIn(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	_, err := w.Accounts.Create(t.Context(), domain.System(), identity.NewUser{
		Role: domain.RoleCounsellor, Name: "Mme Keïta", Email: "keita@exemple.ml", Password: "un mot de passe long", AgencyID: w.Agency.ID,
	})
	must(t, err)
	v := visitor{t, w, browser, browser.Tab(t, webtest.Desktop()), ""}
	v.tab.Open(w.URL + "/sign-in?next=//ailleurs.example/")
	v.tab.Do(fill("#f-email", "keita@exemple.ml"), fill("#f-password", "faux"), programtest.Press(`form[action="/sign-in"] .btn`))
	v.failed("mot de passe")
	v.tab.Do(fill("#f-password", "un mot de passe long"), programtest.Press(`form[action="/sign-in"] .btn`), chromedp.WaitVisible(".who"))
	if at := webtest.Evaluate[string](v.tab, `location.host + location.pathname`); !strings.HasSuffix(at, "/counsellor") || !strings.HasPrefix(at, "127.0.0.1") {
		t.Errorf("signing in leads to %s", at)
	}
	v.tab.Do(click(".who summary"), programtest.Press(".who button"), chromedp.WaitVisible(`.note[role="status"]`))
	if who := webtest.Evaluate[int](v.tab, `document.querySelectorAll('.who').length`); who != 0 {
		t.Error("still signed in")
	}
	v.tab.Open(w.URL + "/account")
	if at := webtest.Evaluate[string](v.tab, `location.pathname`); at != "/sign-in" {
		t.Errorf("after signing out, /account opens %s", at)
	}
}
