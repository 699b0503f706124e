package account_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// send posts a form with a fresh token and follows nothing.
func send(t *testing.T, p *programtest.Program, path string, cookies []*http.Cookie, pairs ...string) (int, string) {
	t.Helper()
	values := url.Values{"_token": {string(p.IDs.New())}}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.URL+path, strings.NewReader(values.Encode()))
	must(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		request.AddCookie(c)
	}
	answer, err := webtest.Follow(http.DefaultTransport.RoundTrip, request)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer.StatusCode, string(body)
}

// Another address to sign in with is told to the present one, waits, can be
// stopped from the account's page, and is only for who says again who they are.
func TestAnotherAddressWaits(t *testing.T) {
	p := programtest.Start(t)
	awa := p.Counsellor(t)
	cookies := p.Enter(t, awa.Email, programtest.Password)
	if status, body := p.Status(t, "/account/contact", cookies); status != http.StatusOK || !strings.Contains(body, "24 heures") || !strings.Contains(body, awa.Email) {
		t.Errorf("the form: %d", status)
	}
	if status, body := send(t, p, "/account/contact", cookies, "value", "nulle part"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "f-value-error") {
		t.Errorf("no address: %d", status)
	}
	if status, _ := send(t, p, "/account/contact", cookies, "value", "Nouvelle@exemple.ml"); status != http.StatusSeeOther {
		t.Fatalf("asking: %d", status)
	}
	if _, body := p.Status(t, "/account", cookies); !strings.Contains(body, "nouvelle@exemple.ml") || !strings.Contains(body, "/account/contact/stop") {
		t.Error("the account's page does not show what waits")
	}
	if told := domaintest.Sent(t, p.DB, "sms.contact", awa.Email); told != 1 {
		t.Errorf("the present address was told %d times", told)
	}
	if status, _ := send(t, p, "/account/contact/stop", cookies, "kind", "email"); status != http.StatusSeeOther {
		t.Errorf("stopping: %d", status)
	}
	if _, body := p.Status(t, "/account", cookies); strings.Contains(body, "nouvelle@exemple.ml") {
		t.Error("it waits all the same")
	}
	_, err := p.SQL.ExecContext(t.Context(), `UPDATE contact_changes SET counts_at = $1`, time.Now().Add(-time.Hour))
	if err == nil {
		_, err = p.Contacts.ApplyDue(t.Context(), domain.System())
	}
	if now, read := p.Accounts.Get(t.Context(), domain.System(), awa.ID); err == nil && (read != nil || now.Email != awa.Email) {
		t.Errorf("a stopped change counts: %s, %v", now.Email, read)
	}
	p.Lapse(t, awa)
	if status, _ := p.Status(t, "/account/contact", cookies); status != http.StatusSeeOther {
		t.Errorf("the form, to who did not say again who they are: %d", status)
	}
	if status, _ := send(t, p, "/account/contact", cookies, "value", "autre@exemple.ml"); status != http.StatusSeeOther {
		t.Errorf("asking without: %d", status)
	}
	if _, body := p.Status(t, "/account", cookies); strings.Contains(body, "autre@exemple.ml") {
		t.Error("it was noted without asking who one is")
	}
}

// A jobseeker signs in with a number: that is what changes.
func TestAJobseekerChangesTheNumber(t *testing.T) {
	p := programtest.Start(t)
	p.Jobseeker(t, "+22370000081", nil)
	cookies := p.SignedIn(t, "+22370000081")
	if status, body := p.Status(t, "/account/contact", cookies); status != http.StatusOK || !strings.Contains(body, `type="tel"`) {
		t.Fatalf("the form: %d", status)
	}
	if status, _ := send(t, p, "/account/contact", cookies, "value", "70 00 00 82"); status != http.StatusSeeOther {
		t.Fatalf("asking: %d", status)
	}
	if status, body := p.Status(t, "/account", cookies); status != http.StatusOK || !strings.Contains(strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(body), "70000082") {
		t.Errorf("what waits is not said: %d", status)
	}
}
