package security_test

import (
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// Whoever is handed a password does nothing before choosing another: not by pages, not by the API.
func TestAHandedPasswordOpensNothingYet(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	admin := w.Staff(t, domain.RoleAdministrator)
	made, given, err := w.Accounts.CreateStaff(t.Context(), admin.Actor(), identity.NewUser{
		Role: domain.RoleCounsellor, Name: "Fanta Diarra", Email: "fanta@exemple.ml", AgencyID: w.Agency.ID,
	})
	must(t, err)
	for _, app := range []bool{false, true} {
		name := map[bool]string{false: "password alone", true: "with an app"}[app]
		t.Run(name, func(t *testing.T) {
			c, secret := newClient(t, w), ""
			if app {
				secret, _ = enrolled(t, w, made)
				u, err := w.Accounts.Get(t.Context(), admin.Actor(), made.ID)
				must(t, err)
				_, given, err = w.Accounts.ResetPassword(t.Context(), admin.Actor(), made.ID, u.Version)
				must(t, err)
			}
			at, _ := c.post(t, "/sign-in?next=%2Fcounsellor%2Fcases", "email", made.Email, "password", given, "next", "/counsellor/cases")
			if app {
				if at, _ := c.post(t, "/sign-in/password", "password", "trois pirogues bleues", "again", "trois pirogues bleues"); !strings.HasPrefix(at, "/sign-in/second") {
					t.Fatalf("the app is passed by: %s", at)
				}
				at, _ = c.post(t, "/sign-in/second", "code", code(t, secret, 0), "next", "/counsellor/cases")
			}
			if at != "/sign-in/password?next=%2Fcounsellor%2Fcases" {
				t.Fatalf("signing in leads to %s", at)
			}
			if at, _ := c.get(t, "/counsellor/cases"); !strings.HasPrefix(at, "/sign-in") {
				t.Errorf("the caseload opens at %s", at)
			}
			if _, body := c.get(t, "/api/v1/cases"); !strings.Contains(body, "unauthenticated") {
				t.Errorf("the API answers %s", body)
			}
			if !app {
				webtest.CheckPage(t, browser, w.URL+"/sign-in/password", webtest.Options{Name: "security-own", Cookies: c.cookies(t), Budget: webtest.PublicStep(), Data: w.Data(t)})
			}
			for _, wrong := range [][2]string{{given, given}, {"trois pirogues bleues", "autre chose ici"}, {"court", "court"}} {
				if at, body := c.post(t, "/sign-in/password", "password", wrong[0], "again", wrong[1]); at != "/sign-in/password" || !strings.Contains(body, "errmsg") {
					t.Errorf("%q leads to %s", wrong, at)
				}
			}
			chosen := "trois pirogues bleues " + name
			if at, _ := c.post(t, "/sign-in/password", "password", chosen, "again", chosen, "next", "/counsellor/cases"); at != "/counsellor/cases" {
				t.Fatalf("a password of one's own leads to %s", at)
			}
			if at, _ := c.get(t, "/sign-in/password"); at != "/counsellor" {
				t.Errorf("done, and asked again: %s", at)
			}
		})
	}
}
