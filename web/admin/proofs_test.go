package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// An administrator takes lost second proofs away and ends a membership; both
// end every session at once.
func TestLostProofsAndLeaving(t *testing.T) {
	o := start(t)
	awa := o.Counsellor(t)
	page := "/admin/users/" + string(awa.ID)
	post := func(act string) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, o.URL+page+act, strings.NewReader(url.Values{"_token": {string(o.IDs.New())}, "version": {"1"}}.Encode()))
		must(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, c := range o.cookies {
			r.AddCookie(c)
		}
		answer, err := webtest.Follow(http.DefaultTransport.RoundTrip, r)
		must(t, err)
		must(t, answer.Body.Close())
		if answer.StatusCode == http.StatusSeeOther && strings.HasPrefix(answer.Header.Get("Location"), "/account/security/confirm") {
			return http.StatusUnauthorized
		}
		return answer.StatusCode
	}
	if _, body := o.Status(t, page, o.cookies); strings.Contains(body, page+"/factors") || !strings.Contains(body, page+"/leave") {
		t.Error("what is offered is not what the account has")
	}
	_, err := o.SQL.ExecContext(t.Context(), `INSERT INTO second_factors (id, user_id, kind, name, secret, created_at) VALUES (gen_random_uuid(), $1, 'totp', 'x', '\x00', now())`, string(awa.ID))
	must(t, err)
	if _, body := o.Status(t, page, o.cookies); !strings.Contains(body, page+"/factors") {
		t.Error("taking the proofs away is not offered")
	}
	if got := post("/factors"); got != http.StatusSeeOther {
		t.Errorf("taking away: %d", got)
	}
	hers := o.Enter(t, awa.Email, programtest.Password)
	if status, _ := o.Status(t, "/counsellor", hers); status != http.StatusOK {
		t.Fatalf("without proofs she does not come in: %d", status)
	}
	o.Lapse(t, o.admin)
	for _, act := range []string{"/factors", "/password"} {
		if got := post(act); got != http.StatusUnauthorized {
			t.Errorf("%s without saying again who one is: %d", act, got)
		}
	}
	if got := post("/leave"); got != http.StatusSeeOther {
		t.Errorf("leaving: %d", got)
	}
	if status, _ := o.Status(t, "/counsellor", hers); status != http.StatusSeeOther {
		t.Errorf("she still comes in: %d", status)
	}
	if now, err := o.Accounts.Get(t.Context(), domain.System(), awa.ID); err != nil || now.AgencyID != "" {
		t.Errorf("she still belongs to %s (%v)", now.AgencyID, err)
	}
}
