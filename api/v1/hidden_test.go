package v1_test

import (
	"net/http"
	"strings"
	"testing"
)

// What is hidden answers like what does not exist, to the byte.
func hidden(t *testing.T, w *world) {
	j, file := w.taken(t)
	v := w.published(t, nil)
	x := w.sent(t, j, v.text("id"))
	draft := w.employer.post(t, "/vacancies", vacancy(nil)).status(t, http.StatusCreated)
	const nobody = "01900000-0000-7000-8000-00000000dead"
	other := w.registered(t, nil)
	for _, c := range []struct {
		who  string
		by   caller
		path string
		id   string
	}{
		{"another agency", w.binta, "/jobseekers/%", j.id},
		{"another agency", w.binta, "/jobseekers/%/registration", j.id},
		{"another agency", w.binta, "/jobseekers/%/consents", j.id},
		{"another agency", w.binta, "/jobseekers/%/migration", j.id},
		{"another agency", w.binta, "/jobseekers/%/case", j.id},
		{"another agency", w.binta, "/cases/%", file},
		{"another agency", w.binta, "/cases/%/notes", file},
		{"another agency", w.binta, "/cases/%/plan", file},
		{"another agency", w.binta, "/applications/%", x.text("id")},
		{"an employer", w.employer, "/jobseekers/%", j.id},
		{"an employer", w.employer, "/jobseekers/%/card", j.id},
		{"an employer", w.employer, "/cases/%", file},
		{"another person", other.caller, "/jobseekers/%", j.id},
		{"another person", other.caller, "/applications/%", x.text("id")},
		{"another person", other.caller, "/vacancies/%", draft.text("id")},
		{"a visitor", w.visitor, "/vacancies/%", draft.text("id")},
		{"a visitor", w.visitor, "/vacancies/%/job-posting", draft.text("id")},
		{"an analyst", w.analyst, "/jobseekers/%", j.id},
		{"an administrator", w.admin, "/jobseekers/%", j.id},
	} {
		there := c.by.get(t, strings.ReplaceAll(c.path, "%", c.id)).problem(t, http.StatusNotFound, "not_found")
		nowhere := c.by.get(t, strings.ReplaceAll(c.path, "%", nobody)).problem(t, http.StatusNotFound, "not_found")
		masked := func(a answer) string { return strings.ReplaceAll(string(a.body), a.text("request_id"), "") }
		if masked(there) != masked(nowhere) {
			t.Errorf("%s on %s: hidden %s, missing %s", c.who, c.path, there.body, nowhere.body)
		}
	}
}

// Nothing that identifies or protects somebody is in anything an employer or
// the public is sent, before the person is introduced and after.
func nothingLeaks(t *testing.T, w *world) {
	secrets := object{
		"given": "Zeinabou", "family": "Secretnom", "father": "Secretpere", "mother": "Secretmere", "nina": "19401010109999B",
		"sex": "female", "birth": object{"precision": "day", "date": "1991-07-23"}, "nationalities": []string{"NER"},
		"groups": []string{"stranded_in_transit"}, "worked_abroad": "yes",
		"residence":  object{"place": "BKO", "detail": "Secretquartier"},
		"experience": []object{{"title": "maçonne de chantier Secretpays", "country": "LBY", "employer": "Secretpatron", "from_year": 2018, "until_year": 2022}},
	}
	j := w.registered(t, secrets)
	file := w.awa.post(t, "/jobseekers/"+j.id+"/case", nil).status(t, http.StatusCreated)
	w.awa.post(t, "/cases/"+file.text("id")+"/notes", object{"body": "Secretnote", "visibility": "file"}).status(t, http.StatusCreated)
	record := w.awa.get(t, "/jobseekers/"+j.id)
	w.awa.put(t, "/jobseekers/"+j.id+"/migration", object{
		"episodes": []object{{"country": "DZA", "programme": "Secretprogramme"}}, "displacements": []object{{"origin_detail": "Secretvillage"}},
	}, based(record)).status(t, http.StatusOK)
	v := w.published(t, nil)
	w.settle(t)
	always := []string{
		j.id, "Secretpere", "Secretmere", "19401010109999B", `"female"`, "1991-07", ":1991", "NER", "stranded_in_transit", "Secretquartier", "Secretpays",
		"LBY", "Secretpatron", "Secretnote", "DZA", "Secretprogramme", "Secretvillage", record.text("reference"),
	}
	before := append([]string{"Zeinabou", "Secretnom"}, always...)
	ask := func(never []string, paths ...string) {
		t.Helper()
		for _, path := range paths {
			for who, c := range map[string]caller{"the employer": w.employer, "a visitor": w.visitor} {
				got := c.get(t, path)
				for _, secret := range never {
					if strings.Contains(string(got.body), secret) {
						t.Errorf("%s learns %s from %s: %s", who, secret, path, got.body)
					}
				}
			}
		}
	}
	offer := "/vacancies/" + v.text("id")
	ask(before, offer, offer+"/matches?limit=100", offer+"/candidates", "/vacancies", "/vacancies/search", "/organisations", "/placements", "/jobseekers/"+j.id+"/card")
	x := w.sent(t, j, v.text("id"))
	path := "/applications/" + x.text("id")
	if known := w.employer.get(t, path).status(t, http.StatusOK); known.text("name") != "Zeinabou Secretnom" {
		t.Errorf("introduced: %s", known.body)
	}
	ask(always, path, offer+"/candidates", offer+"/matches?limit=100")
	hired := w.employer.post(t, path+"/hire", object{"starts_on": "2026-12-01"}, based(w.employer.get(t, path))).status(t, http.StatusOK)
	ask(always, "/placements", "/placements/"+hired.text("placement_id"), path, offer)
}
