package v1_test

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// An agreement is recorded, a program abroad reads under it, it is ended, and the
// program is given nothing about people any more.
func agreements(t *testing.T, w *world) {
	officer := w.account(t, identity.NewUser{Role: domain.RoleDataProtection})
	today := time.Now().UTC()
	in := object{"recipient": "ONG Sahel", "country": "SEN", "purpose": "Retour", "data": "Noms et métiers", "authorisation": "APDP-77", "since": today.AddDate(0, 0, -1).Format(time.DateOnly)}
	w.awa.post(t, "/agreements", in).problem(t, http.StatusNotFound, "not_found")
	home := object{}
	for k, v := range in {
		home[k] = v
	}
	home["country"] = "MLI"
	officer.post(t, "/agreements", home).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "country", "error.choice")
	made := officer.post(t, "/agreements", in, key("recorded-only-once")).status(t, http.StatusCreated)
	if again := officer.post(t, "/agreements", in, key("recorded-only-once")).status(t, http.StatusCreated); again.text("id") != made.text("id") {
		t.Errorf("recorded again: %s", again.body)
	}
	for name, who := range map[string]caller{"visitor": w.visitor, "counsellor": w.awa} {
		found := row(who.get(t, "/agreements").status(t, http.StatusOK), "id", made.text("id"))
		if found == nil || found["recorded_at"] != nil || found["authorisation"] != "APDP-77" {
			t.Errorf("a %s reads %v", name, found)
		}
	}

	awa := w.awa.inSession(t)
	token := object{"name": "Passerelle", "scopes": []string{"vacancy.*", "person.*", "application.*", "intake.*", "case.*", "registration.*", "placement.*", "note.*", "request.*", "organisation.*", "colleague.*", "account.*"}, "days": 1}
	ask := func(where object) object {
		for k, v := range token {
			where[k] = v
		}
		return where
	}
	awa.post(t, "/tokens", ask(object{})).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "recipient", "error.export.recipient")
	awa.post(t, "/tokens", ask(object{"agreement_id": w.kayes})).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "agreement_id", "error.export.agreement")
	awa.post(t, "/tokens", ask(object{"agreement_id": made.text("id"), "recipient": "x"})).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "recipient", "error.export.one")
	issued := awa.post(t, "/tokens", ask(object{"agreement_id": made.text("id")})).status(t, http.StatusCreated)
	if issued.text("recipient") != "ONG Sahel" || issued.text("agreement_id") != made.text("id") {
		t.Errorf("the token runs at %s", issued.body)
	}
	abroad := caller{w: w, token: issued.text("secret")}
	abroad.get(t, "/intake").status(t, http.StatusOK)

	officer.delete(t, "/agreements/"+made.text("id")).status(t, http.StatusNoContent)
	abroad.get(t, "/intake").problem(t, http.StatusForbidden, "forbidden").about(t, "authorization", "error.token.abroad")
	who, _ := w.taken(t)
	vacancy := w.published(t, nil).text("id")
	open := map[string]int{}
	for _, path := range readable(t) {
		id := who.id
		if strings.HasPrefix(path, "/vacancies/") {
			id = vacancy
		}
		filled := strings.NewReplacer("{id}", id, "{other}", who.id, "{document}", w.kayes, "{vacancy}", vacancy, "{chain}", "1", "{seq}", "1")
		if got := abroad.get(t, filled.Replace(path)); got.code == http.StatusOK {
			open[path] = got.code
		}
	}
	for _, path := range []string{"/jobseekers/" + who.id, "/jobseekers/search?words=Awa", "/vacancies/" + vacancy + "/matches"} {
		abroad.get(t, path).problem(t, http.StatusForbidden, "forbidden").about(t, "authorization", "error.token.abroad")
	}
	want := []string{"/vacancies", "/vacancies/search", "/vacancies/{id}", "/vacancies/{id}/job-posting"}
	for path := range open {
		if !strings.HasPrefix(path, "/reference/") && !strings.HasPrefix(path, "/taxonomy/") && !slices.Contains(want, path) {
			t.Errorf("%s is open to a program abroad without an agreement", path)
		}
	}
	abroad.get(t, "/vacancies").status(t, http.StatusOK)
	awa.get(t, "/intake").status(t, http.StatusOK) // who she is did not change
	awa.post(t, "/tokens", ask(object{"agreement_id": made.text("id")})).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "agreement_id", "error.export.agreement")
	if row(w.visitor.get(t, "/agreements").status(t, http.StatusOK), "id", made.text("id")) != nil {
		t.Error("everybody is told of an agreement that ended")
	}
	if ended := officer.get(t, "/agreements/"+made.text("id")).status(t, http.StatusOK); ended.text("ended_at") == "" {
		t.Errorf("the register says %s", ended.body)
	}
	officer.delete(t, "/agreements/"+made.text("id")).status(t, http.StatusNoContent) // it is so already
	officer.delete(t, "/agreements/"+w.kayes).problem(t, http.StatusNotFound, "not_found")
}

// readable lists the paths of the API that are read, from its document.
func readable(t *testing.T) (paths []string) {
	t.Helper()
	text, err := os.ReadFile("openapi.json")
	must(t, err)
	var document struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	must(t, json.Unmarshal(text, &document))
	for path, acts := range document.Paths {
		if acts["get"] != nil {
			paths = append(paths, strings.TrimPrefix(path, "/api/v1"))
		}
	}
	return paths
}
