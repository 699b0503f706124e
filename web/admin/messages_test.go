package admin_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// TestOnePersonTriesTheDemonstration signs in by phone with the code read where the code page says.
func TestOnePersonTriesTheDemonstration(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t)
	w.Jobseeker(t, "+22370000051", nil)
	tab := browser.Tab(t, noScript())
	tab.Open(w.URL + "/sign-in")
	tab.Do(chromedp.SendKeys("#f-phone", "70 00 00 51"), programtest.Press(`form[action="/sign-in/phone"] .btn`), chromedp.WaitVisible("#f-code"))
	webtest.CheckTab(t, browser, tab)
	browser.Shot(tab, "demo-code")
	to := webtest.Evaluate[string](tab, `document.querySelector('main .note a').pathname`)
	status, body := w.Status(t, to, nil)
	if code := w.Code(t, "+22370000051"); status != http.StatusOK || !strings.Contains(body, code) {
		t.Errorf("%s answers %d without the code", to, status)
	}
}

// TestTheTelephoneStaysAtHome asks for the demonstration's messages from elsewhere.
func TestTheTelephoneStaysAtHome(t *testing.T) {
	w := programtest.Start(t)
	for name, test := range map[string]struct {
		host, header string
		want         int
	}{
		"at its computer":          {"", "", http.StatusOK},
		"by name":                  {"localhost:8080", "", http.StatusOK},
		"a name that points here":  {"evil.example", "", http.StatusNotFound},
		"through a proxy":          {"", "X-Forwarded-For", http.StatusNotFound},
		"through a tunnel":         {"", "X-Forwarded-Host", http.StatusNotFound},
		"through a standard proxy": {"", "Forwarded", http.StatusNotFound},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.URL+"/demo/messages", nil)
		must(t, err)
		if test.host != "" {
			request.Host = test.host
		}
		if test.header != "" {
			request.Header.Set(test.header, "203.0.113.7")
		}
		answer, err := http.DefaultClient.Do(request)
		must(t, err)
		body, err := io.ReadAll(answer.Body)
		must(t, err)
		must(t, answer.Body.Close())
		if answer.StatusCode != test.want {
			t.Errorf("%s: %d, want %d", name, answer.StatusCode, test.want)
		}
		if test.want != http.StatusOK && strings.Contains(string(body), "/demo/messages\"") {
			t.Errorf("%s: the banner leads there", name)
		}
	}
	_, err := w.SQL.ExecContext(t.Context(), `DELETE FROM installation WHERE key = 'demo'`)
	must(t, err)
	if status, _ := w.Status(t, "/demo/messages", nil); status != http.StatusNotFound {
		t.Errorf("without the mark in the database: %d", status)
	}
}

func TestStaffReadTheDemonstrationsMessages(t *testing.T) {
	w := programtest.Start(t)
	w.Jobseeker(t, "+22370000061", nil)
	must(t, w.Jobseekers.SendSignInCode(t.Context(), domain.Anonymous(), "70000061"))
	code := w.Code(t, "+22370000061")
	for role, want := range map[domain.Role]int{
		domain.RoleCounsellor: http.StatusOK, domain.RoleLead: http.StatusOK, domain.RoleAdministrator: http.StatusOK,
		domain.RoleAnalyst: http.StatusNotFound, domain.RoleDataProtection: http.StatusNotFound,
	} {
		status, body := w.Status(t, "/messages", w.Enter(t, w.Staff(t, role).Email, programtest.Password))
		if status != want || strings.Contains(body, code) != (want == http.StatusOK) {
			t.Errorf("%s: %d", role, status)
		}
	}
}

// TestElsewhereMessagesAreStatesOnly runs the program as a real service would.
func TestElsewhereMessagesAreStatesOnly(t *testing.T) {
	browser, w := webtest.Open(t), programtest.Start(t, programtest.Real)
	w.Jobseeker(t, "+22370000071", nil)
	must(t, w.Jobseekers.SendSignInCode(t.Context(), domain.Anonymous(), "70000071"))
	cookies := w.Enter(t, w.Staff(t, domain.RoleAdministrator).Email, programtest.Password)
	webtest.CheckPage(t, browser, w.URL+"/messages", webtest.Options{Name: "admin-messages-states", Cookies: cookies, Budget: webtest.Staff(), Data: w.Data(t, "M. Traoré")})
	status, body := w.Status(t, "/messages", cookies)
	if status != http.StatusOK || !strings.Contains(body, "Code") {
		t.Errorf("%d without the message's state", status)
	}
	for _, secret := range []string{w.Code(t, "+22370000071"), "70000071", "70 00 00 71", "70\u00a000\u00a000\u00a071"} {
		if strings.Contains(body, secret) {
			t.Errorf("the page shows %q", secret)
		}
	}
	for path, role := range map[string]domain.Role{"/messages": domain.RoleCounsellor, "/demo/messages": domain.RoleAdministrator} {
		if status, _ := w.Status(t, path, w.Enter(t, w.Staff(t, role).Email, programtest.Password)); status != http.StatusNotFound {
			t.Errorf("%s of a real service answers a %s with %d", path, role, status)
		}
	}
}
