package v1_test

import (
	"net/http"
	"testing"
)

func invitations(t *testing.T, w *world) {
	in := object{"role": "counsellor", "name": "Kadia Sow", "email": "kadia@example.org"}
	w.awa.post(t, "/invitations", in).problem(t, http.StatusNotFound, "not_found")
	made := w.fia.post(t, "/invitations", in, key("invite-kadia-once")).status(t, http.StatusCreated)
	secret := made.text("secret")
	if again := w.fia.post(t, "/invitations", in, key("invite-kadia-once")).status(t, http.StatusCreated); again.text("id") != made.text("id") || again.text("secret") != "" {
		t.Errorf("repeated: %s", again.body)
	}
	if all := w.fia.get(t, "/invitations").status(t, http.StatusOK); row(all, "id", made.text("id")) == nil || all.text("items.0.secret") != "" {
		t.Errorf("invitations: %s", all.body)
	}
	other := w.fia.post(t, "/invitations", in).status(t, http.StatusCreated)
	w.binta.delete(t, "/invitations/"+other.text("id")).problem(t, http.StatusNotFound, "not_found")
	w.fia.delete(t, "/invitations/"+other.text("id")).status(t, http.StatusNoContent)
	accept := object{"secret": other.text("secret"), "name": "Kadia Sow", "password": password}
	w.visitor.post(t, "/invitations/accept", accept).problem(t, http.StatusNotFound, "not_found")
	accept["secret"] = secret
	kadia := w.visitor.post(t, "/invitations/accept", accept).status(t, http.StatusCreated)
	if kadia.text("agency_id") != w.bamako || kadia.text("role") != "counsellor" {
		t.Errorf("accepted: %s", kadia.body)
	}
	w.visitor.post(t, "/invitations/accept", accept).problem(t, http.StatusNotFound, "not_found")

	// A colleague of an employer.
	colleague := w.employer.post(t, "/invitations", object{"role": "employer", "name": "Sira", "email": "sira@example.org"}).status(t, http.StatusCreated)
	if colleague.text("organisation_id") != w.organisation {
		t.Errorf("colleague: %s", colleague.body)
	}

	path := "/users/" + kadia.text("id")
	me := caller{w: w, cookie: w.visitor.post(t, "/sessions", object{"email": "kadia@example.org", "password": password}).status(t, http.StatusCreated).session()}
	me.get(t, "/users/me").status(t, http.StatusOK)
	w.awa.delete(t, path+"/membership").problem(t, http.StatusNotFound, "not_found")
	w.fia.delete(t, path+"/membership").status(t, http.StatusNoContent)
	me.get(t, "/users/me").problem(t, http.StatusUnauthorized, "unauthenticated")
	w.admin.put(t, path+"/membership", object{"agency_id": w.kayes}).status(t, http.StatusNoContent)
	if now := w.admin.get(t, path).status(t, http.StatusOK); now.text("agency_id") != w.kayes {
		t.Errorf("moved: %s", now.body)
	}

	// Who an agency's identity provider answers for.
	subject := object{"issuer": "https://id.example", "subject": "kadia"}
	w.admin.put(t, path+"/identity", subject).problem(t, http.StatusForbidden, "step_up")
	w.fia.inSession(t).put(t, path+"/identity", subject).problem(t, http.StatusNotFound, "not_found")
	w.admin.inSession(t).put(t, path+"/identity", subject).status(t, http.StatusNoContent)
	w.admin.delete(t, path+"/identity").problem(t, http.StatusForbidden, "step_up")
	w.admin.inSession(t).delete(t, path+"/identity").status(t, http.StatusNoContent)
}
