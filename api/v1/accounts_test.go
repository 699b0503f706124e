package v1_test

import (
	"net/http"
	"testing"
)

func accounts(t *testing.T, w *world) {
	in := object{"role": "counsellor", "name": "Issa Koné", "email": "issa@example.org", "password": password, "agency_id": w.bamako}
	w.awa.post(t, "/users", in).problem(t, http.StatusNotFound, "not_found")
	made := w.admin.post(t, "/users", in, key("hire-issa-once")).status(t, http.StatusCreated)
	if again := w.admin.post(t, "/users", in, key("hire-issa-once")).status(t, http.StatusCreated); string(again.body) != string(made.body) {
		t.Errorf("repeated: %s", again.body)
	}
	w.admin.post(t, "/users", in).problem(t, http.StatusConflict, "conflict")
	path := "/users/" + made.text("id")
	w.awa.get(t, path).problem(t, http.StatusNotFound, "not_found")
	if all := w.admin.get(t, "/users?role=counsellor&limit=2").status(t, http.StatusOK); all.len("items") != 2 || all.text("next") == "" {
		t.Errorf("list: %s", all.body)
	}
	named := w.admin.call(t, http.MethodPatch, path, object{"name": "Issa K."}, based(w.admin.get(t, path))).status(t, http.StatusOK)

	// Signed in, listed, and out at once when the account is disabled.
	in2 := w.visitor.post(t, "/sessions", object{"email": "ISSA@example.org", "password": password}, header("User-Agent", "Mozilla/5.0 (Linux; Android 11)")).
		status(t, http.StatusCreated)
	issa := caller{w: w, cookie: in2.session()}
	if me := issa.get(t, "/users/me").status(t, http.StatusOK); me.text("name") != "Issa K." {
		t.Errorf("me: %s", me.body)
	}
	sessions := issa.get(t, "/sessions").status(t, http.StatusOK)
	if sessions.text("items.0.device") != "Android" {
		t.Errorf("sessions: %s", sessions.body)
	}
	w.admin.call(t, http.MethodPatch, path, object{"disabled": true}, based(named)).status(t, http.StatusOK)
	issa.get(t, "/users/me").problem(t, http.StatusUnauthorized, "unauthenticated")
	for name, who := range map[string]object{
		"a wrong password":   {"email": "issa@example.org", "password": "something else"},
		"an unknown address": {"email": "nobody@example.org", "password": password},
		"a disabled account": {"email": "issa@example.org", "password": password},
	} {
		refused := w.visitor.post(t, "/sessions", who)
		refused.problem(t, http.StatusUnauthorized, "unauthenticated")
		if refused.header.Get("Set-Cookie") != "" {
			t.Errorf("%s gets a cookie", name)
		}
	}
}

func sessions(t *testing.T, w *world) {
	signIn := func() caller {
		t.Helper()
		in := w.visitor.post(t, "/sessions", object{"email": w.analyst.user.Email, "password": password}).status(t, http.StatusCreated)
		return caller{w: w, cookie: in.session()}
	}
	phone, laptop := signIn(), signIn()
	listed := laptop.get(t, "/sessions").status(t, http.StatusOK)
	if listed.len("items") != 2 {
		t.Fatalf("sessions: %s", listed.body)
	}
	laptop.delete(t, "/sessions/"+listed.text("items.1.id")).status(t, http.StatusNoContent)
	phone.get(t, "/users/me").problem(t, http.StatusUnauthorized, "unauthenticated")
	laptop.delete(t, "/sessions").status(t, http.StatusNoContent)
	laptop.get(t, "/users/me").problem(t, http.StatusUnauthorized, "unauthenticated")

	// A form of another site cannot act with the session.
	other := signIn()
	other.post(t, "/tokens", object{"name": "x", "scopes": []string{"vacancy.read"}}, header("Sec-Fetch-Site", "cross-site")).
		problem(t, http.StatusForbidden, "forbidden")
}

func tokens(t *testing.T, w *world) {
	in := object{"name": "Passerelle", "scopes": []string{"vacancy.read"}, "days": 30, "recipient": "Service informatique"}
	w.awa.post(t, "/tokens", in).problem(t, http.StatusForbidden, "step_up") // a token makes no token
	awa := w.awa.inSession(t)
	made := awa.post(t, "/tokens", in, key("one-token-only")).status(t, http.StatusCreated)
	secret := made.text("secret")
	if again := awa.post(t, "/tokens", in, key("one-token-only")).status(t, http.StatusCreated); again.text("id") != made.text("id") || again.text("secret") != "" {
		t.Errorf("repeated: %s", again.body)
	}
	awa.post(t, "/tokens", object{"name": "x", "scopes": []string{"everything.*"}, "days": 1, "recipient": "x"}).
		problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "scopes", "error.choice")
	program := caller{w: w, token: secret}
	program.get(t, "/vacancies").status(t, http.StatusOK)
	program.get(t, "/intake").problem(t, http.StatusNotFound, "not_found")
	if one := awa.get(t, "/tokens/"+made.text("id")).status(t, http.StatusOK); one.text("secret") != "" || one.text("last_used_at") == "" {
		t.Errorf("token: %s", one.body)
	}
	w.moussa.get(t, "/tokens/"+made.text("id")).problem(t, http.StatusNotFound, "not_found")
	if all := awa.get(t, "/tokens").status(t, http.StatusOK); row(all, "id", made.text("id")) == nil {
		t.Errorf("tokens: %s", all.body)
	}
	awa.delete(t, "/tokens/"+made.text("id")).status(t, http.StatusNoContent)
	ended := program.get(t, "/vacancies")
	ended.problem(t, http.StatusUnauthorized, "unauthenticated")
	if ended.header.Get("WWW-Authenticate") != "Bearer" {
		t.Errorf("how to sign in: %q", ended.header.Get("WWW-Authenticate"))
	}
}

func agencies(t *testing.T, w *world) {
	all := w.visitor.get(t, "/agencies").status(t, http.StatusOK)
	if row(all, "id", w.kayes) == nil {
		t.Errorf("agencies: %s", all.body)
	}
	one := w.visitor.get(t, "/agencies/"+w.kayes).status(t, http.StatusOK)
	in := object{"code": "K01", "name": "Agence de Kayes", "place": "KAY", "serves": []string{"KAY", "NIO"}}
	w.awa.put(t, "/agencies/"+w.kayes, in, based(one)).problem(t, http.StatusForbidden, "forbidden")
	if changed := w.admin.put(t, "/agencies/"+w.kayes, in, based(one)).status(t, http.StatusOK); changed.len("serves") != 2 {
		t.Errorf("changed: %s", changed.body)
	}
}
