package v1_test

import (
	"net/http"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
)

func contacts(t *testing.T, w *world) {
	oumou := w.account(t, identity.NewUser{Role: domain.RoleAnalyst})
	in := object{"kind": "email", "value": "oumou.new@example.org"}
	oumou.post(t, "/users/me/contacts", in).problem(t, http.StatusForbidden, "step_up")
	me := oumou.inSession(t)
	me.post(t, "/users/me/contacts", object{"kind": "email", "value": "nowhere"}).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "value", "error.email")
	if asked := me.post(t, "/users/me/contacts", in).status(t, http.StatusAccepted); asked.text("items.0.value") != "oumou.new@example.org" {
		t.Errorf("asked: %s", asked.body)
	}
	if told := domaintest.Sent(t, w.server.DB, "sms.contact", oumou.user.Email); told != 1 {
		t.Errorf("the present address was told %d times", told)
	}
	if now := me.get(t, "/users/me"); now.text("email") != oumou.user.Email {
		t.Errorf("it counts at once: %s", now.body)
	}
	me.delete(t, "/users/me/contacts/email").status(t, http.StatusNoContent)
	if left := me.get(t, "/users/me/contacts").status(t, http.StatusOK); left.len("items") != 0 {
		t.Errorf("left: %s", left.body)
	}
}
