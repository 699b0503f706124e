package v1_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// codeAt is what an app shows, some periods from now: each counts once.
func codeAt(t *testing.T, secret string, periods int) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, time.Now().Add(time.Duration(periods)*30*time.Second))
	must(t, err)
	return code
}

func factors(t *testing.T, w *world) {
	oumou := w.account(t, identity.NewUser{Role: domain.RoleAnalyst})
	oumou.post(t, "/factors/totp", nil).problem(t, http.StatusForbidden, "step_up")
	oumou.post(t, "/sessions/step-up", object{"password": password}).problem(t, http.StatusForbidden, "step_up") // a token is nobody
	me := oumou.inSession(t)
	begun := me.post(t, "/factors/totp", nil).status(t, http.StatusCreated)
	secret := begun.text("secret")
	me.post(t, "/factors/totp/confirm", object{"code": "000000"}).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "code", "error.factor.code")
	made := me.post(t, "/factors/totp/confirm", object{"code": codeAt(t, secret, -1), "name": "Vieux téléphone"}, key("enrol-me-once")).status(t, http.StatusCreated)
	if made.len("codes") != 10 {
		t.Fatalf("recovery codes: %s", made.body)
	}
	if again := me.post(t, "/factors/totp/confirm", object{"code": codeAt(t, secret, -1), "name": "Vieux téléphone"}, key("enrol-me-once")); again.len("codes") != 0 {
		t.Errorf("recovery codes are shown again: %s", again.body)
	}
	mine := me.get(t, "/factors").status(t, http.StatusOK)
	if mine.len("items") != 1 || mine.text("items.0.name") != "Vieux téléphone" || mine.number("recovery_left") != 10 {
		t.Errorf("factors: %s", mine.body)
	}

	// The password alone opens nothing any more.
	in := w.visitor.post(t, "/sessions", object{"email": oumou.user.Email, "password": password})
	in.problem(t, http.StatusUnauthorized, "second_factor")
	half := caller{w: w, cookie: in.session()}
	half.get(t, "/users/me").problem(t, http.StatusUnauthorized, "unauthenticated")
	half.post(t, "/sessions/second", object{"code": "000000"}).problem(t, http.StatusUnprocessableEntity, "invalid")
	w.visitor.post(t, "/sessions/second", object{"code": codeAt(t, secret, 0)}).problem(t, http.StatusUnauthorized, "unauthenticated")
	whole := half.post(t, "/sessions/second", object{"code": codeAt(t, secret, 0)}).status(t, http.StatusCreated)
	if whole.session() == half.cookie {
		t.Error("the session keeps the token it had before the second proof")
	}
	full := caller{w: w, cookie: whole.session()}
	full.get(t, "/users/me").status(t, http.StatusOK)
	half.get(t, "/users/me").problem(t, http.StatusUnauthorized, "unauthenticated")

	// Saying again who one is, with what is at hand.
	full.post(t, "/sessions/step-up", object{"password": "something else"}).problem(t, http.StatusUnprocessableEntity, "invalid")
	full.post(t, "/sessions/step-up", object{"password": password}).status(t, http.StatusNoContent)
	renewed := full.post(t, "/factors/recovery", nil).status(t, http.StatusCreated)
	if renewed.len("codes") != 10 || renewed.text("codes.0") == made.text("codes.0") {
		t.Errorf("new codes: %s", renewed.body)
	}

	// Lost: an administrator takes it away, nobody else.
	path := "/users/" + string(oumou.user.ID) + "/factors"
	w.awa.inSession(t).delete(t, path).problem(t, http.StatusNotFound, "not_found")
	w.admin.delete(t, path).problem(t, http.StatusForbidden, "step_up")
	w.admin.inSession(t).delete(t, path).status(t, http.StatusNoContent)
	full.get(t, "/users/me").problem(t, http.StatusUnauthorized, "unauthenticated")

	anew := oumou.inSession(t)
	secret = anew.post(t, "/factors/totp", nil).status(t, http.StatusCreated).text("secret")
	anew.post(t, "/factors/totp/confirm", object{"code": codeAt(t, secret, 0)}).status(t, http.StatusCreated)
	id := anew.get(t, "/factors").text("items.0.id")
	anew.delete(t, "/factors/"+id).status(t, http.StatusNoContent)
	oumou.inSession(t).get(t, "/users/me").status(t, http.StatusOK)
}
