package account_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

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

func noScript() webtest.View { return webtest.View{Width: 360, Height: 640, NoScript: true} }

func TestPages(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	desk := w.Counsellor(t)
	_, _, err := w.Tokens.Create(t.Context(), desk.Actor(), identity.NewToken{Name: "Tableau mensuel", Scopes: []string{"vacancy.read", "case.*"}, Days: 30, Where: domain.Destination{Recipient: "Service informatique"}})
	must(t, err)
	data := w.Data(t, "Tableau mensuel", "M. Traoré", "Français", "Bamanankan", "English", "Português", "العربية", "Authorization: Bearer")
	cookies := w.Enter(t, desk.Email, programtest.Password)
	for _, path := range []string{"/account", "/account/edit", "/account/password", "/account/tokens", "/account/contact"} {
		webtest.CheckPage(t, browser, w.URL+path, webtest.Options{
			Name: "account" + strings.ReplaceAll(strings.TrimPrefix(path, "/account"), "/", "-"), Cookies: cookies, Budget: webtest.Staff(), Data: data,
		})
	}
	webtest.CheckPage(t, browser, w.URL+"/start", webtest.Options{
		Name: "start-analyst", Cookies: w.Enter(t, w.Staff(t, domain.RoleAnalyst).Email, programtest.Password), Budget: webtest.Staff(), Data: w.Data(t, "/docs"),
	})
}

func TestAJobseekersAccount(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	w.Jobseeker(t, "+22370000031", nil)
	cookies := w.SignedIn(t, "+22370000031")
	webtest.CheckPage(t, browser, w.URL+"/account", webtest.Options{Name: "account-jobseeker", Cookies: cookies, Data: w.Data(t, "Awa Coulibaly", "Français")})
	for _, path := range []string{"/account/password", "/account/tokens", "/start"} {
		if status, _ := w.Status(t, path, cookies); status != http.StatusNotFound {
			t.Errorf("%s answers %d", path, status)
		}
	}
}

func TestEveryRoleStartsOnAPageOfItsOwn(t *testing.T) {
	w := programtest.Start(t)
	for role, want := range map[domain.Role]string{
		domain.RoleAnalyst: "/start", domain.RoleDataProtection: "/protection", domain.RoleAdministrator: "/admin/users",
	} {
		cookies := w.Enter(t, w.Staff(t, role).Email, programtest.Password)
		if status, body := w.Status(t, want, cookies); status != http.StatusOK || !strings.Contains(body, `aria-current="page"`) {
			t.Errorf("%s: %d", role, status)
		}
	}
}

func TestChangingThePassword(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	for name, view := range map[string]webtest.View{"scripts": webtest.Phone(), "noscript": noScript()} {
		t.Run(name, func(t *testing.T) {
			u := w.Counsellor(t)
			elsewhere := w.Enter(t, u.Email, programtest.Password)
			tab := w.Tab(t, browser, view, w.Enter(t, u.Email, programtest.Password))
			tab.Open(w.URL + "/account/password")
			tab.Do(programtest.Submit())
			programtest.Failed(t, browser, tab, "Mot de passe actuel", "Nouveau mot de passe")
			tab.Do(chromedp.SendKeys("#f-old", "un autre mot de passe"), chromedp.SendKeys("#f-password", "deux cents baobabs"), programtest.Submit())
			programtest.Failed(t, browser, tab, "Ce n’est pas votre mot de passe actuel")
			tab.Do(chromedp.SendKeys("#f-old", programtest.Password), chromedp.SendKeys("#f-password", "deux cents baobabs"),
				programtest.Submit(), chromedp.WaitVisible(`.note[role="status"]`))
			webtest.CheckTab(t, browser, tab)
			browser.Shot(tab, "account-password-changed-"+name)
			if at := webtest.Evaluate[string](tab, `location.pathname`); at != "/account" {
				t.Errorf("leads to %s", at)
			}
			if status, _ := w.Status(t, "/account", elsewhere); status != http.StatusSeeOther {
				t.Errorf("the other device still sees the account: %d", status)
			}
			_, err := w.Accounts.SignIn(t.Context(), domain.Anonymous(), u.Email, "deux cents baobabs")
			must(t, err)
		})
	}
}

func TestATokenIsShownOnceAndRevoked(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	u := w.Counsellor(t)
	tab := w.Tab(t, browser, noScript(), w.Enter(t, u.Email, programtest.Password))
	tab.Open(w.URL + "/account/tokens")
	tab.Do(chromedp.SendKeys("#f-name", "Tableau mensuel"), programtest.Submit())
	programtest.Failed(t, browser, tab, "Ce que le programme peut faire", "Durée")
	if kept := webtest.Evaluate[string](tab, `document.querySelector('#f-name').value`); kept != "Tableau mensuel" {
		t.Errorf("the name became %q", kept)
	}
	tab.Do(chromedp.Click(`input[value="vacancy.read"]`), chromedp.SendKeys("#f-recipient", "Service informatique de l’Agence"), chromedp.SetValue("#f-days", "30"), programtest.Submit(), chromedp.WaitVisible(".secret"))
	webtest.CheckTab(t, browser, tab)
	browser.Shot(tab, "account-token-made")
	secret := programtest.Text(tab, ".secret code")
	if _, actor, err := w.Tokens.Authenticate(t.Context(), secret); err != nil || !slices.Equal(actor.Scopes, []string{"vacancy.read"}) || actor.Confined {
		t.Errorf("the token makes %+v: %v", actor, err)
	}
	tab.Do(chromedp.Reload())
	webtest.CheckTab(t, browser, tab)
	if shown := webtest.Evaluate[int](tab, `document.querySelectorAll('.secret').length`); shown != 0 {
		t.Error("the token is shown again")
	}
	tab.Open(w.URL + "/account")
	if status, body := w.Status(t, "/account", w.Enter(t, u.Email, programtest.Password)); status != http.StatusOK || strings.Contains(body, secret) {
		t.Errorf("status %d, or the token stands on the page", status)
	}
	tab.Do(programtest.Press("#tokens ~ .scroll button"), chromedp.WaitVisible(`.note[role="status"]`))
	if _, _, err := w.Tokens.Authenticate(t.Context(), secret); domain.KindOf(err) != domain.KindUnauthenticated {
		t.Errorf("the revoked token: %v", err)
	}
}

func TestNameAndLanguage(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	u := w.Counsellor(t)
	tab := w.Tab(t, browser, noScript(), w.Enter(t, u.Email, programtest.Password))
	tab.Open(w.URL + "/account/edit")
	other := "Mme Traoré-Diallo"
	_, err := w.Accounts.Update(t.Context(), u.Actor(), identity.UpdateUser{ID: u.ID, Version: u.Version, Name: &other})
	must(t, err)
	tab.Do(chromedp.SetValue("#f-name", "Awa Traoré"), chromedp.SetValue("#f-language", "en"), programtest.Submit())
	programtest.Failed(t, browser, tab, "entre-temps")
	browser.Shot(tab, "account-conflict")
	tab.Do(programtest.Submit(), chromedp.WaitVisible(`.note[role="status"]`))
	if page := webtest.Evaluate[string](tab, `document.documentElement.lang + ' ' + document.querySelector('.who summary').textContent`); page != "en Awa Traoré" {
		t.Errorf("afterwards: %q", page)
	}
}

func TestALostDeviceIsSignedOut(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	u := w.Counsellor(t)
	lost := w.Enter(t, u.Email, programtest.Password)
	tab := w.Tab(t, browser, webtest.Phone(), w.Enter(t, u.Email, programtest.Password))
	tab.Open(w.URL + "/account")
	if here := webtest.Evaluate[int](tab, `document.querySelectorAll('#devices ~ ul .tag').length`); here != 1 {
		t.Errorf("%d devices are this one", here)
	}
	tab.Do(programtest.Press("#devices ~ ul li:not(:has(.tag)) button"), chromedp.WaitVisible(`.note[role="status"]`))
	if status, _ := w.Status(t, "/account", lost); status != http.StatusSeeOther {
		t.Errorf("the lost device: %d", status)
	}
}
