package v1_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// nearMatches is somebody without the licence a vacancy asks for.
func nearMatches(t *testing.T, w *world) {
	j, _ := w.taken(t)
	v := w.published(t, object{"licences": []string{"C"}})
	// For the other vacancy only the second skill is missing: nobody has it, and no work teaches it.
	w.published(t, object{"skills": []object{
		{"words": "monter un mur en briques", "importance": "essential"}, {"words": "zinguer des gouttières anciennes", "importance": "essential"},
	}})
	w.settle(t)
	path := "/vacancies/" + v.text("id")
	if found := row(w.awa.get(t, path+"/matches?limit=100").status(t, http.StatusOK), "person_id", j.id); found != nil {
		t.Fatalf("fits without the licence: %v", found)
	}
	near := w.awa.get(t, path+"/near-matches").status(t, http.StatusOK)
	mine := row(near, "person_id", j.id)
	if mine == nil || mine["readable"] != true {
		t.Fatalf("near: %s", near.body)
	}
	for _, c := range mine["why"].(map[string]any)["conditions"].([]any) {
		if c := c.(map[string]any); c["met"] == (c["code"] == "licences") {
			t.Errorf("condition %v is met: %v", c["code"], c["met"])
		}
	}
	elsewhere := row(w.binta.get(t, path+"/near-matches").status(t, http.StatusOK), "person_id", j.id)
	if elsewhere == nil || elsewhere["readable"] != false || elsewhere["family"] != nil {
		t.Errorf("another agency's: %v", elsewhere)
	}
	w.employer.get(t, path+"/near-matches").problem(t, http.StatusNotFound, "not_found")
	j.get(t, path+"/near-matches").problem(t, http.StatusNotFound, "not_found")

	hers := j.get(t, "/jobseekers/"+j.id+"/near-matches").status(t, http.StatusOK)
	listed := false
	for i := range hers.len("items") {
		listed = listed || hers.text("items."+string(rune('0'+i))+".vacancy.id") == v.text("id")
	}
	if !listed {
		t.Errorf("her near vacancies: %s", hers.body)
	}
	ways := j.get(t, "/jobseekers/"+j.id+"/ways").status(t, http.StatusOK)
	opens := 0.0
	for i := range ways.len("gaps") {
		if at := fmt.Sprintf("gaps.%d.", i); strings.Contains(ways.text(at+"words"), "zinguer") {
			opens = ways.number(at + "opens")
		}
	}
	if ways.number("looked") == 0 || opens != 1 || ways.text("prospects.0.occupation.name") == "" {
		t.Errorf("ways: %s", ways.body)
	}
	w.binta.get(t, "/jobseekers/"+j.id+"/ways").problem(t, http.StatusNotFound, "not_found")
	w.binta.get(t, "/jobseekers/"+j.id+"/near-matches").problem(t, http.StatusNotFound, "not_found")
}
