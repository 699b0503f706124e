package v1_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// hint finds somebody of another agency in the name register and gives what
// names her to a request.
func (c caller) hint(t *testing.T, words string) string {
	t.Helper()
	found := c.post(t, "/jobseekers/find", object{"words": words}).status(t, http.StatusOK)
	if found.len("items") != 1 || found.at("items.0.hidden") != true || found.at("items.0.id") != nil {
		t.Fatalf("another agency finds %s", found.body)
	}
	return found.text("items.0.hint")
}

func transfers(t *testing.T, w *world) {
	j, file := w.taken(t)
	record := w.awa.get(t, "/jobseekers/"+j.id)
	name, reference := record.text("family"), record.text("reference")
	in := object{"hint": w.binta.hint(t, reference), "reason": "Elle habite Kayes depuis un mois."}
	asked := w.binta.post(t, "/transfers", in, key("ask-for-her")).status(t, http.StatusCreated)
	again := w.binta.post(t, "/transfers", in, key("ask-for-her")).status(t, http.StatusCreated)
	if string(again.body) != string(asked.body) || !strings.HasSuffix(asked.header.Get("Location"), "/transfers/"+asked.text("id")) {
		t.Errorf("repeated: %s, first %s", again.body, asked.body)
	}
	if asked.text("state") != "asked" || asked.text("from_agency_id") != w.bamako || asked.at("person_id") != nil || strings.Contains(string(asked.body), name) {
		t.Errorf("who asks learns %s", asked.body)
	}
	w.binta.post(t, "/transfers", object{"hint": w.binta.hint(t, reference), "reason": "encore"}).problem(t, http.StatusConflict, "conflict")
	w.binta.post(t, "/transfers", object{"hint": "nonsense", "reason": "x"}).problem(t, http.StatusNotFound, "not_found")
	w.awa.post(t, "/transfers", in).problem(t, http.StatusNotFound, "not_found") // a hint is one account's
	path := "/transfers/" + asked.text("id")
	w.analyst.get(t, path).problem(t, http.StatusNotFound, "not_found")
	w.moussa.post(t, path+"/accept", nil, based(asked)).problem(t, http.StatusForbidden, "forbidden")
	w.binta.post(t, path+"/accept", nil, based(asked)).problem(t, http.StatusForbidden, "forbidden")
	if list := w.awa.get(t, "/transfers").status(t, http.StatusOK); row(list, "id", asked.text("id"))["family"] != name {
		t.Errorf("the agency asked lists %s", list.body)
	}
	if day := w.awa.get(t, "/desk/day").status(t, http.StatusOK); day.number("transfers") != 1 {
		t.Errorf("the referent's day: %s", day.body)
	}
	w.awa.post(t, path+"/decline", object{}, based(asked)).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "reason", "error.required")
	declined := w.awa.post(t, path+"/decline", object{"reason": "Elle revient en mars."}, based(asked)).status(t, http.StatusOK)
	if told := w.binta.get(t, path).status(t, http.StatusOK); told.text("answer") != "Elle revient en mars." || told.text("state") != "declined" {
		t.Errorf("who asked is told %s", told.body)
	}
	w.awa.post(t, path+"/accept", nil, based(declined)).problem(t, http.StatusConflict, "conflict")

	second := w.binta.post(t, "/transfers", object{"hint": w.binta.hint(t, reference), "reason": "Encore une fois"}).status(t, http.StatusCreated)
	w.binta.post(t, "/transfers/"+second.text("id")+"/withdraw", nil, based(second)).status(t, http.StatusOK)
	third := w.binta.post(t, "/transfers", object{"hint": w.binta.hint(t, reference), "reason": "Elle reste"}).status(t, http.StatusCreated)
	accepted := w.fia.post(t, "/transfers/"+third.text("id")+"/accept", nil, based(third)).status(t, http.StatusOK)
	if accepted.text("state") != "accepted" || accepted.at("person_id") != nil {
		t.Errorf("accepted: %s", accepted.body)
	}
	for who, c := range map[string]caller{"the referent before": w.awa, "the lead before": w.fia} {
		for _, hidden := range []string{"/cases/" + file, "/jobseekers/" + j.id, "/jobseekers/" + j.id + "/registration", "/cases/" + file + "/notes"} {
			if got := c.get(t, hidden); got.code != http.StatusNotFound {
				t.Errorf("%s still gets %d from %s", who, got.code, hidden)
			}
		}
	}
	if now := w.binta.get(t, "/cases/"+file).status(t, http.StatusOK); now.text("owner_id") != string(w.binta.user.ID) || now.text("agency_id") != w.kayes {
		t.Errorf("the file is %s", now.body)
	}
	offered := w.binta.post(t, "/jobseekers/"+j.id+"/transfers", object{"agency_id": w.bamako, "reason": "Elle rentre"}).status(t, http.StatusCreated)
	if offered.text("person_id") != j.id || w.moussa.get(t, "/transfers/"+offered.text("id")).at("person_id") != nil {
		t.Errorf("offered: %s", offered.body)
	}
	back := w.moussa.post(t, "/transfers/"+offered.text("id")+"/accept", nil, based(offered)).status(t, http.StatusOK)
	if back.text("person_id") != j.id || w.moussa.get(t, "/cases/"+file).text("owner_id") != string(w.moussa.user.ID) {
		t.Errorf("who accepts an offer gets %s", back.body)
	}
	if steps := w.moussa.get(t, "/transfers/"+offered.text("id")+"/history").status(t, http.StatusOK); steps.len("items") != 2 || steps.text("items.1.transition") != "accept" {
		t.Errorf("history: %s", steps.body)
	}
	if own := j.get(t, "/cases/"+file+"/history").status(t, http.StatusOK); strings.Contains(string(own.body), "Elle rentre") {
		t.Errorf("the person reads the desk's words: %s", own.body)
	}
}

func emergencies(t *testing.T, w *world) {
	j, file := w.taken(t)
	record := w.awa.get(t, "/jobseekers/"+j.id)
	name, reference := record.text("family"), record.text("reference")
	in := object{"hint": w.binta.hint(t, reference), "kind": "missing", "reason": "Sa sœur la cherche depuis trois jours."}
	w.binta.post(t, "/emergencies", in).problem(t, http.StatusForbidden, "step_up") // a token never says who one is
	here := w.binta.inSession(t)
	opened := here.post(t, "/emergencies", in, key("open-for-her")).status(t, http.StatusCreated)
	if again := here.post(t, "/emergencies", in, key("open-for-her")).status(t, http.StatusCreated); string(again.body) != string(opened.body) {
		t.Errorf("repeated: %s, first %s", again.body, opened.body)
	}
	path := "/emergencies/" + opened.text("id")
	for _, read := range []string{"/jobseekers/" + j.id, "/jobseekers/" + j.id + "/migration", "/cases/" + file, "/cases/" + file + "/plan", "/cases/" + file + "/notes", path} {
		w.binta.get(t, read).status(t, http.StatusOK)
	}
	w.binta.put(t, "/jobseekers/"+j.id+"/migration", object{"episodes": []object{}, "displacements": []object{}}, based(record)).problem(t, http.StatusForbidden, "forbidden")
	w.binta.post(t, "/cases/"+file+"/notes", object{"body": "x", "visibility": "file"}).problem(t, http.StatusForbidden, "forbidden")
	here.post(t, "/emergencies", in).problem(t, http.StatusConflict, "conflict")
	w.awa.get(t, path).problem(t, http.StatusNotFound, "not_found")
	lead := w.account(t, identity.NewUser{Role: domain.RoleLead, AgencyID: domain.ID(w.kayes)})
	for who, c := range map[string]caller{"the lead of the agency": w.fia, "the lead of who opened": lead} {
		list := c.get(t, "/emergencies").status(t, http.StatusOK)
		told := row(list, "id", opened.text("id"))
		if told == nil || told["reason"] != in["reason"] || told["by"] != string(w.binta.user.ID) || (told["family"] == name) != (who == "the lead of the agency") {
			t.Errorf("%s reads %s", who, list.body)
		}
		if day := c.get(t, "/desk/day").status(t, http.StatusOK); day.number("emergencies") != 1 {
			t.Errorf("%s has a day of %s", who, day.body)
		}
	}
	if seen := w.fia.post(t, path+"/seen", nil).status(t, http.StatusOK); seen.text("seen_by.0") != string(w.fia.user.ID) {
		t.Errorf("seen: %s", seen.body)
	}
	w.binta.post(t, path+"/seen", nil).problem(t, http.StatusForbidden, "forbidden")
	w.binta.post(t, path+"/end", nil, based(opened)).status(t, http.StatusOK)
	masked := func(a answer) string { return strings.ReplaceAll(string(a.body), a.text("request_id"), "") }
	for there, nowhere := range map[string]string{
		"/jobseekers/" + j.id: "/jobseekers/01900000-0000-7000-8000-00000000dead", "/cases/" + file: "/cases/01900000-0000-7000-8000-00000000dead",
	} {
		after := w.binta.get(t, there).problem(t, http.StatusNotFound, "not_found")
		if missing := w.binta.get(t, nowhere).problem(t, http.StatusNotFound, "not_found"); masked(after) != masked(missing) {
			t.Errorf("after its end %s answers %s, and what does not exist %s", there, after.body, missing.body)
		}
	}
	if mine := w.binta.get(t, path).status(t, http.StatusOK); mine.at("person_id") != nil || mine.at("ended_at") == nil {
		t.Errorf("after its end: %s", mine.body)
	}
}
