package admin_test

import (
	"net/http"
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

// office is the program with an administrator signed in.
type office struct {
	*programtest.Program
	admin   identity.User
	cookies []*http.Cookie
}

func start(t *testing.T) office {
	t.Helper()
	o := office{Program: programtest.Start(t)}
	o.admin = o.Staff(t, domain.RoleAdministrator)
	o.cookies = o.Enter(t, o.admin.Email, programtest.Password)
	return o
}

func TestPages(t *testing.T) {
	browser, o := webtest.Open(t), start(t)
	awa, _, err := o.Accounts.CreateStaff(t.Context(), o.admin.Actor(), identity.NewUser{
		Role: domain.RoleCounsellor, Name: "Awa Keïta", Email: "keita@exemple.ml", AgencyID: o.Agency.ID,
	})
	must(t, err)
	over := true
	gone, err := o.Accounts.Update(t.Context(), o.admin.Actor(), identity.UpdateUser{ID: o.Counsellor(t).ID, Version: 1, Disabled: &over})
	must(t, err)
	empty, err := o.Agencies.Save(t.Context(), domain.System(), identity.SaveAgency{Code: "KAY-1", Name: "Agence de Kayes", PlaceCode: "KAY"})
	must(t, err)
	_, err = o.Agencies.Save(t.Context(), domain.System(), identity.SaveAgency{
		ID: empty.ID, Version: 1, Code: "KAY-1", Name: "Agence de Kayes", PlaceCode: "KAY", Serves: []string{"KAY", "NIO"},
	})
	must(t, err)
	o.Jobseeker(t, "+22370000041", nil)
	must(t, o.Jobseekers.SendSignInCode(t.Context(), domain.Anonymous(), "70000041"))
	o.Searchable(t, 0)
	program, _ := o.program(t, "agency", string(o.Agency.ID))
	data := o.Data(t, "Awa Keïta", "M. Traoré", "Logiciel Sahel", "production", "keita@exemple.ml", o.admin.Email, "Agence de Kayes", "KAY-1", "keita", "personne")
	for path, name := range map[string]string{
		"/admin/users": "users", "/admin/users?words=keita&state=living": "users-found", "/admin/users?words=personne": "users-none",
		"/admin/users/new": "user-new", "/admin/users/new-program": "program-new", "/admin/users/export": "export", "/admin/users/export?words=keita": "export-found", "/admin/users/" + string(awa.ID): "user", "/admin/users/" + string(gone.ID): "user-ended",
		program: "program", program + "/tokens": "program-token",
		"/admin/users/" + string(o.admin.ID): "user-own", "/admin/agencies": "agencies", "/admin/agencies/new": "agency-new",
		"/admin/agencies/" + string(o.Agency.ID): "agency", "/admin/index": "index", "/messages": "messages",
	} {
		webtest.CheckPage(t, browser, o.URL+path, webtest.Options{Name: "admin-" + name, Cookies: o.cookies, Budget: webtest.Staff(), Data: data})
	}
	webtest.CheckPage(t, browser, o.URL+"/demo/messages", webtest.Options{Name: "demo-messages", Budget: webtest.PublicFirst(), Data: data})
}

func TestOnlyAdministratorsComeIn(t *testing.T) {
	o := start(t)
	for _, role := range []domain.Role{domain.RoleCounsellor, domain.RoleLead, domain.RoleAnalyst, domain.RoleDataProtection} {
		cookies := o.Enter(t, o.Staff(t, role).Email, programtest.Password)
		for _, path := range []string{"/admin/users", "/admin/users/new", "/admin/users/" + string(o.admin.ID), "/admin/agencies", "/admin/index"} {
			if status, _ := o.Status(t, path, cookies); status != http.StatusNotFound {
				t.Errorf("%s opens %s: %d", role, path, status)
			}
		}
	}
}

func TestMakingAnAccount(t *testing.T) {
	browser, o := webtest.Open(t), start(t)
	for name, view := range map[string]webtest.View{"scripts": webtest.Desktop(), "noscript": noScript()} {
		t.Run(name, func(t *testing.T) {
			email := name + "@exemple.ml"
			tab := o.Tab(t, browser, view, o.cookies)
			tab.Open(o.URL + "/admin/users/new")
			tab.Do(chromedp.SendKeys("#f-name", "Fanta Diarra"), chromedp.Click(`input[value="counsellor"]`), programtest.Submit())
			programtest.Failed(t, browser, tab, "Adresse e-mail", "Agence")
			browser.Shot(tab, "admin-user-error-"+name)
			if kept := webtest.Evaluate[string](tab, `document.querySelector('#f-name').value + document.querySelector('input:checked').value`); kept != "Fanta Diarracounsellor" {
				t.Errorf("what was typed became %q", kept)
			}
			tab.Do(chromedp.SendKeys("#f-email", o.admin.Email), chromedp.SetValue("#f-agency", string(o.Agency.ID)), programtest.Submit())
			programtest.Failed(t, browser, tab, "déjà cette adresse")
			tab.Do(chromedp.SetValue("#f-email", email), programtest.Submit(), chromedp.WaitVisible(".secret"))
			webtest.CheckTab(t, browser, tab)
			browser.Shot(tab, "admin-user-made-"+name)
			password := programtest.Text(tab, ".secret code")
			made, err := o.Accounts.SignIn(t.Context(), domain.Anonymous(), email, password)
			must(t, err)
			if made.Role != domain.RoleCounsellor || made.AgencyID != o.Agency.ID {
				t.Errorf("made a %s of %q", made.Role, made.AgencyID)
			}
			tab.Do(chromedp.Reload(), chromedp.WaitVisible(".note.warn"))
			browser.Shot(tab, "admin-user-made-again-"+name)
			if shown := webtest.Evaluate[string](tab, `document.documentElement.outerHTML`); strings.Contains(shown, password) {
				t.Error("sent again, the form shows the password again")
			}
			_, err = o.Accounts.SignIn(t.Context(), domain.Anonymous(), email, password)
			must(t, err)
		})
	}
}

func TestNewPasswordEndAndReopen(t *testing.T) {
	browser, o := webtest.Open(t), start(t)
	awa := o.Counsellor(t)
	hers := o.Enter(t, awa.Email, programtest.Password)
	tab := o.Tab(t, browser, noScript(), o.cookies)
	tab.Open(o.URL + "/admin/users/" + string(awa.ID))
	tab.Do(programtest.Press("#password ~ form button"), chromedp.WaitVisible(".secret"))
	webtest.CheckTab(t, browser, tab)
	password := programtest.Text(tab, ".secret code")
	if status, _ := o.Status(t, "/account", hers); status != http.StatusSeeOther {
		t.Errorf("with a new password, the old session answers %d", status)
	}
	handed, err := o.Accounts.SignIn(t.Context(), domain.Anonymous(), awa.Email, password)
	must(t, err)
	_, err = o.Accounts.ChooseOwn(t.Context(), handed.Actor(), "trois pirogues bleues")
	must(t, err)
	hers = o.Enter(t, awa.Email, "trois pirogues bleues")
	if status, _ := o.Status(t, "/account", hers); status != http.StatusOK {
		t.Fatalf("the password she chose opens nothing: %d", status)
	}
	tab.Open(o.URL + "/admin/users/" + string(awa.ID))
	tab.Do(chromedp.Click("main details summary"))
	browser.Shot(tab, "admin-user-end")
	tab.Do(programtest.Press("main details button"), chromedp.WaitVisible(`.note[role="status"]`))
	if status, _ := o.Status(t, "/account", hers); status != http.StatusSeeOther {
		t.Errorf("the ended account still sees its page: %d", status)
	}
	tab.Do(programtest.Press("#reopen ~ form button"), chromedp.WaitVisible(`.note[role="status"]`))
	if status, _ := o.Status(t, "/account", hers); status != http.StatusSeeOther {
		t.Errorf("opened again, the session of before lives: %d", status)
	}
	_, err = o.Accounts.SignIn(t.Context(), domain.Anonymous(), awa.Email, "trois pirogues bleues")
	must(t, err)
}

func TestSomebodyElseWasFaster(t *testing.T) {
	browser, o := webtest.Open(t), start(t)
	awa := o.Counsellor(t)
	tab := o.Tab(t, browser, noScript(), o.cookies)
	tab.Open(o.URL + "/admin/users/" + string(awa.ID))
	name := "Awa Traoré"
	_, err := o.Accounts.Update(t.Context(), awa.Actor(), identity.UpdateUser{ID: awa.ID, Version: 1, Name: &name})
	must(t, err)
	tab.Do(chromedp.Click("main details summary"), programtest.Press("main details button"), chromedp.WaitVisible(`.note[role="status"]`))
	if said := programtest.Text(tab, `.note[role="status"]`); !strings.Contains(said, "entre-temps") {
		t.Errorf("says %q", said)
	}
	now, err := o.Accounts.Get(t.Context(), o.admin.Actor(), awa.ID)
	must(t, err)
	if !now.DisabledAt.IsZero() {
		t.Error("the account ended by a page that was out of date")
	}
}

func TestEndingADevice(t *testing.T) {
	browser, o := webtest.Open(t), start(t)
	awa := o.Counsellor(t)
	lost := o.Enter(t, awa.Email, programtest.Password)
	tab := o.Tab(t, browser, noScript(), o.cookies)
	tab.Open(o.URL + "/admin/users/" + string(awa.ID))
	tab.Do(programtest.Press("#devices ~ ul button"), chromedp.WaitVisible(`.note[role="status"]`))
	if status, _ := o.Status(t, "/account", lost); status != http.StatusSeeOther {
		t.Errorf("the lost device: %d", status)
	}
}
