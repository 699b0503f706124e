package v1_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func caseFile(t *testing.T, w *world) {
	j, id := w.taken(t)
	path := "/cases/" + id
	w.moussa.post(t, "/jobseekers/"+j.id+"/case", nil).problem(t, http.StatusConflict, "conflict")
	file := w.awa.get(t, "/jobseekers/"+j.id+"/case").status(t, http.StatusOK)
	if file.text("id") != id {
		t.Fatalf("her file: %s", file.body)
	}
	own := j.get(t, path).status(t, http.StatusOK)
	if own.text("view") != "own" || own.at("barriers") != nil || own.at("owner_id") != nil {
		t.Errorf("own view: %s", own.body)
	}
	w.binta.get(t, path).problem(t, http.StatusNotFound, "not_found")
	w.moussa.put(t, path+"/barriers", object{"barriers": []object{}}, based(file)).problem(t, http.StatusForbidden, "forbidden")
	needs := w.awa.put(t, path+"/barriers", object{"barriers": []object{{"kind": "childcare", "detail": "Le matin"}}}, based(file)).status(t, http.StatusOK)
	if needs.text("barriers.0.kind") != "childcare" {
		t.Errorf("needs: %s", needs.body)
	}
	planned := w.awa.post(t, path+"/move", object{"transition": "plan"}, based(needs)).status(t, http.StatusOK)
	w.awa.post(t, path+"/move", object{"transition": "suspend"}, based(planned)).
		problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "until", "error.required")
	w.awa.post(t, path+"/assign", object{"owner": w.binta.user.ID}, based(planned)).
		problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "owner", "error.case.not_colleague")
	given := w.awa.post(t, path+"/assign", object{"owner": w.moussa.user.ID, "reason": "Congé"}, based(planned)).status(t, http.StatusOK)
	if given.text("owner_id") != string(w.moussa.user.ID) {
		t.Errorf("assigned: %s", given.body)
	}
	staff, hers := w.moussa.get(t, path+"/history").status(t, http.StatusOK), j.get(t, path+"/history").status(t, http.StatusOK)
	if !strings.Contains(string(staff.body), "Congé") || strings.Contains(string(hers.body), "Congé") || hers.len("items") != staff.len("items") {
		t.Errorf("history: %s and hers %s", staff.body, hers.body)
	}
	if mine := w.moussa.get(t, "/cases?mine=true").status(t, http.StatusOK); row(mine, "id", id) == nil || row(mine, "id", id)["family"] == nil {
		t.Errorf("caseload: %s", mine.body)
	}
	j.get(t, "/cases").problem(t, http.StatusForbidden, "forbidden")

	until := time.Now().UTC().Add(48 * time.Hour).Format(time.RFC3339)
	in := object{"user_id": w.binta.user.ID, "until": until, "reason": "Chantier à Kayes"}
	w.moussa.post(t, path+"/shares", in, key("share-with-binta")).status(t, http.StatusCreated)
	if again := w.moussa.post(t, path+"/shares", in, key("share-with-binta")).status(t, http.StatusCreated); again.len("items") != 1 {
		t.Errorf("shared twice: %s", again.body)
	}
	if shares := w.binta.get(t, path+"/shares").status(t, http.StatusOK); shares.text("items.0.user_id") != string(w.binta.user.ID) {
		t.Errorf("shares: %s", shares.body)
	}
	w.binta.get(t, path).status(t, http.StatusOK)
	w.binta.post(t, path+"/move", object{"transition": "activate"}, based(given)).problem(t, http.StatusForbidden, "forbidden")
	share := path + "/shares/" + w.binta.get(t, path+"/shares").text("items.0.id")
	w.binta.delete(t, share).problem(t, http.StatusForbidden, "forbidden")
	for range 2 { // the repeat of the request is the same ending
		w.moussa.delete(t, share, key("end-the-share")).status(t, http.StatusNoContent)
	}
	w.moussa.delete(t, share).problem(t, http.StatusConflict, "conflict")
	w.binta.get(t, path).problem(t, http.StatusNotFound, "not_found")
}

func plan(t *testing.T, w *world) {
	_, id := w.taken(t)
	_, other := w.taken(t)
	path := "/cases/" + id
	in := object{"words": "Un contrat avant Noël", "due_on": "2026-12-20", "first": object{"words": "Refaire le CV", "doer": "jobseeker", "due_on": "2026-12-01"}}
	made := w.awa.post(t, path+"/goals", in, key("one-goal-only")).status(t, http.StatusCreated)
	if again := w.awa.post(t, path+"/goals", in, key("one-goal-only")).status(t, http.StatusCreated); again.len("goals") != 1 || again.len("actions") != 1 {
		t.Errorf("repeated: %s", again.body)
	}
	added := w.awa.post(t, path+"/actions", object{"words": "Appeler l'entreprise", "doer": "counsellor", "goal_id": made.text("goals.0.id")}).status(t, http.StatusCreated)
	if added.len("actions") != 2 || added.text("next") != made.text("actions.0.id") {
		t.Errorf("plan: %s", added.body)
	}
	action, goal := made.text("actions.0.id"), made.text("goals.0.id")
	w.awa.post(t, "/cases/"+other+"/actions/"+action+"/settle", object{"state": "done"}, version(1)).problem(t, http.StatusNotFound, "not_found")
	w.awa.post(t, path+"/actions/"+action+"/settle", object{"state": "done"}, version(9)).problem(t, http.StatusPreconditionFailed, "stale")
	w.awa.post(t, path+"/actions/"+action+"/settle", object{"state": "done"}, version(1)).status(t, http.StatusOK)
	w.awa.post(t, path+"/goals/"+goal+"/settle", object{"state": "reached"}, version(1)).status(t, http.StatusOK)
	now := w.awa.get(t, path+"/plan").status(t, http.StatusOK)
	if row(answer{json: object{"items": now.at("goals")}}, "id", goal)["state"] != "reached" {
		t.Errorf("plan: %s", now.body)
	}
	today := w.awa.get(t, "/desk/day").status(t, http.StatusOK)
	if today.number("live") < 2 {
		t.Errorf("day: %s", today.body)
	}
	if colleagues := w.awa.get(t, "/desk/colleagues").status(t, http.StatusOK); row(colleagues, "id", string(w.moussa.user.ID)) == nil {
		t.Errorf("colleagues: %s", colleagues.body)
	}
	w.employer.get(t, "/desk/day").problem(t, http.StatusNotFound, "not_found")
}

// Who reads which note is decided where it is read.
func notes(t *testing.T, w *world) {
	j, id := w.taken(t)
	path := "/cases/" + id + "/notes"
	for _, visibility := range []string{"file", "team", "author"} {
		w.awa.post(t, path, object{"body": "note-" + visibility, "visibility": visibility}).status(t, http.StatusCreated)
	}
	in := object{"body": "note-amended", "amends": w.awa.get(t, path).text("items.0.id")}
	amended := w.awa.post(t, path, in, key("amend-it-once")).status(t, http.StatusCreated)
	again := w.awa.post(t, path, in, key("amend-it-once")).status(t, http.StatusCreated)
	if amended.text("visibility") != "author" || again.text("id") != amended.text("id") || amended.text("author_name") == "" {
		t.Errorf("amended: %s, repeated %s", amended.body, again.body)
	}
	for name, c := range map[string]struct {
		caller
		want int
	}{
		"the author": {w.awa, 4}, "a colleague": {w.moussa, 2}, "the lead": {w.fia, 4}, "the person": {j.caller, 0},
	} {
		if got := c.get(t, path).status(t, http.StatusOK).len("items"); got != c.want {
			t.Errorf("%s reads %d notes, want %d", name, got, c.want)
		}
	}
	w.binta.get(t, path).problem(t, http.StatusNotFound, "not_found")
	j.post(t, path, object{"body": "x", "visibility": "file"}).problem(t, http.StatusForbidden, "forbidden")
}
