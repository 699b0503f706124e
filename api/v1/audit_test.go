package v1_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

func trail(t *testing.T, w *world) {
	officer := w.account(t, identity.NewUser{Role: domain.RoleDataProtection})
	j := w.registered(t, object{"given": "Zoumanacanari"})
	w.awa.get(t, "/jobseekers/"+j.id).status(t, http.StatusOK)
	w.binta.get(t, "/jobseekers/"+j.id).problem(t, http.StatusNotFound, "not_found")

	refusals := officer.get(t, "/audit?decision=refused&about="+j.id).status(t, http.StatusOK)
	if refusals.len("items") != 1 || refusals.text("items.0.actor_id") != string(w.binta.user.ID) || refusals.text("items.0.action") != "person.read" ||
		!strings.HasPrefix(refusals.text("items.0.person"), "ML-") {
		t.Errorf("refusals: %s", refusals.body)
	}
	all := officer.get(t, "/audit?about="+refusals.text("items.0.person")+"&limit=2").status(t, http.StatusOK)
	if all.len("items") != 2 || all.text("next") == "" || strings.Contains(string(all.body), "Zoumanacanari") {
		t.Errorf("about the person: %s", all.body)
	}
	officer.get(t, "/audit?limit=2&after="+escape(all.text("next"))+"&about="+j.id).status(t, http.StatusOK)
	one := officer.get(t, fmt.Sprintf("/audit/%.0f/%.0f", refusals.number("items.0.chain"), refusals.number("items.0.seq"))).status(t, http.StatusOK)
	if one.text("hash") != refusals.text("items.0.hash") {
		t.Errorf("one entry: %s", one.body)
	}
	officer.get(t, "/audit/1/999999999").problem(t, http.StatusNotFound, "not_found")
	officer.get(t, "/audit?who=nobody-is-called-so").problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "who", "error.audit.who")
	officer.get(t, "/audit/checks").status(t, http.StatusOK)

	// What leaves needs somebody who said again who they are: no token ever does.
	officer.post(t, "/audit/exports", object{}).problem(t, http.StatusForbidden, "step_up")
	taken := officer.inSession(t).post(t, "/audit/exports", object{"about": j.id, "decision": "refused", "recipient": "ONEF"}).status(t, http.StatusOK)
	rows := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(taken.body), "\ufeff")))
	rows.FieldsPerRecord = -1
	lines, err := rows.ReadAll()
	must(t, err)
	listed := officer.get(t, "/audit/exports").status(t, http.StatusOK)
	reference := listed.text("items.0.reference")
	if len(lines) != 3 || reference == "" || lines[2][0] != reference || !strings.Contains(lines[0][0], officer.user.Name) ||
		!strings.Contains(taken.header.Get("Content-Disposition"), reference) {
		t.Errorf("taken out: %v %s as %s", taken.header, taken.body, listed.body)
	}
	for _, c := range []caller{w.awa, w.fia, w.admin, w.analyst, w.employer, j.caller} {
		for _, path := range []string{"/audit", "/audit/1/1", "/audit/checks", "/audit/exports"} {
			c.get(t, path).problem(t, http.StatusNotFound, "not_found")
		}
	}
	w.admin.inSession(t).post(t, "/audit/exports", object{}).problem(t, http.StatusNotFound, "not_found")
}
