package v1_test

import (
	"net/http"
	"strings"
	"testing"
)

// Each part of a record is written by the person and read by the agency.
func jobseekerRecord(t *testing.T, w *world) {
	j := w.registered(t, nil)
	path := "/jobseekers/" + j.id
	own := j.get(t, path).status(t, http.StatusOK)
	if own.text("view") != "own" || own.at("entry") != nil || own.at("warnings") != nil {
		t.Fatalf("own view: %s", own.body)
	}
	if own.text("experience.0.occupation") == "" || own.text("skills.0.concept_name") == "" {
		t.Errorf("words were not linked: %s", own.body)
	}
	for part, c := range map[string]struct {
		body object
		at   string
		want any
	}{
		"identity":   {object{"given": "Fanta", "aliases": []object{{"kind": "dit", "name": "Fifi"}}, "birth": object{"precision": "day", "date": "1994-03-05"}}, "birth.year", 1994.0},
		"contact":    {object{"phones": []object{{"number": "66 12 34 56", "owner": "own"}}, "residence": object{"place": "KAY", "detail": "Plateau"}}, "phones.0.number", "+22366123456"},
		"population": {object{"groups": []string{"return_migrant", "young_graduate"}, "worked_abroad": "yes"}, "groups.1", "young_graduate"},
		"education":  {object{"educations": []object{{"kind": "medersa", "isced": 3, "year": 2012}}}, "isced", 3.0},
		"experience": {object{"experience": []object{{"title": "plombier", "from_year": 2015, "until_year": 2018}}}, "experience.0.months", 36.0},
		"skills":     {object{"skills": []object{{"words": "souder", "acquired": "work"}}}, "skills.0.evidence", "declared"},
		"languages":  {object{"languages": []object{{"code": "bm", "speaking": "native"}}}, "languages.0.code", "bm"},
		"licences":   {object{"licences": []object{{"category": "B", "until": "2030-01-31"}}}, "licences.0.until", "2030-01-31"},
		"mobility":   {object{"mobility": object{"places": []string{"KAY", "BKO"}, "available_from": "2026-12-24"}}, "mobility.places.0", "BKO"},
		"wishes":     {object{"wishes": []object{{"words": "plombier"}}}, "wishes.0.words", "plombier"},
	} {
		before := j.get(t, path).status(t, http.StatusOK)
		after := j.put(t, path+"/"+part, c.body, based(before)).status(t, http.StatusOK)
		if got := after.at(c.at); got != c.want {
			t.Errorf("%s: %s is %v, want %v", part, c.at, got, c.want)
		}
		if after.header.Get("ETag") == before.header.Get("ETag") {
			t.Errorf("%s: the version stayed", part)
		}
	}
	now := w.awa.get(t, path).status(t, http.StatusOK)
	if now.text("view") != "staff" || now.text("entry.mode") != "staff" || now.text("residence.region") != "KAY" {
		t.Errorf("staff view: %s", now.body)
	}
	// What was read can be sent back as it is.
	back := w.awa.put(t, path+"/skills", object{"skills": now.at("skills")}, based(now)).status(t, http.StatusOK)
	certified := w.awa.post(t, path+"/skills", object{"words": "lire un plan", "evidence": "certified"}, based(back)).status(t, http.StatusOK)
	if certified.text("skills.1.evidence") != "certified" {
		t.Errorf("staff's evidence: %s", certified.body)
	}
	w.awa.delete(t, path+"/skills/7", based(certified)).problem(t, http.StatusNotFound, "not_found")
	if left := w.awa.delete(t, path+"/skills/0", based(certified)).status(t, http.StatusOK); left.len("skills") != 1 {
		t.Errorf("after removing: %s", left.body)
	}
	// A concept of the wrong kind is refused by name; one that fits brings its ISCO group.
	fresh := w.awa.get(t, path)
	skill, occupation := w.concept(t, "skill", "souder"), w.concept(t, "occupation", "plombier")
	w.awa.put(t, path+"/experience", object{"experience": []object{{"title": "x", "occupation": skill}}}, based(fresh)).
		problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "experience.0.occupation", "error.choice")
	linked := w.awa.put(t, path+"/experience", object{"experience": []object{{"title": "plombier", "occupation": occupation}}}, based(fresh)).
		status(t, http.StatusOK)
	if linked.text("experience.0.isco") == "" {
		t.Errorf("a chosen occupation: %s", linked.body)
	}
}

func nameRegister(t *testing.T, w *world) {
	w.registered(t, object{"given": "Hawa", "family": "Dembélé", "nina": "19401010101010A", "residence": object{"place": "BKO"}, "birth": object{"precision": "year", "year": 1990}})
	w.awa.post(t, "/jobseekers", object{"given": "Hawa", "family": "Dembele", "residence": object{"place": "KAY"}}).status(t, http.StatusCreated)
	found := w.awa.post(t, "/jobseekers/find", object{"words": "hawa dembele"}).status(t, http.StatusOK)
	mine, hidden := 0, 0
	for _, item := range found.at("items").([]any) {
		o := item.(object)
		if o["hidden"] == true {
			hidden++
			if len(o) != 3 || o["agency_id"] != w.kayes || o["hint"] == nil {
				t.Errorf("somebody of Kayes: %v", o)
			}
		} else if o["family"] == "Dembélé" {
			mine++
		}
	}
	if mine != 1 || hidden != 1 {
		t.Errorf("found: %s", found.body)
	}
	likely := w.awa.post(t, "/jobseekers/duplicates", object{"given": "Awa", "nina": "19401010101010A"}).status(t, http.StatusOK)
	if likely.len("items") != 1 || likely.text("items.0.reason") != "nina" {
		t.Errorf("duplicates: %s", likely.body)
	}
	w.employer.post(t, "/jobseekers/find", object{"words": "hawa"}).problem(t, http.StatusNotFound, "not_found")
}

// Where somebody has been is for the person, the referent and the lead.
func migration(t *testing.T, w *world) {
	j, _ := w.taken(t)
	path := "/jobseekers/" + j.id + "/migration"
	before := w.awa.get(t, path).status(t, http.StatusOK)
	in := object{
		"episodes":      []object{{"country": "LBY", "role": "transit", "return_mode": "forced", "return_date": "2025-02-03"}},
		"displacements": []object{{"origin_place": "MOP", "cause": "conflict"}},
	}
	after := w.awa.put(t, path, in, based(before), key("a-journey-once")).status(t, http.StatusOK)
	if after.text("episodes.0.country") != "LBY" || after.text("episodes.0.id") == "" {
		t.Errorf("written: %s", after.body)
	}
	if again := w.awa.put(t, path, in, based(before), key("a-journey-once")).status(t, http.StatusOK); string(again.body) != string(after.body) {
		t.Errorf("repeated: %s, first %s", again.body, after.body)
	}
	for name, c := range map[string]struct {
		caller
		status int
	}{
		"the person":                {j.caller, http.StatusOK},
		"the lead":                  {w.fia, http.StatusOK},
		"a colleague of the agency": {w.moussa, http.StatusForbidden},
		"a counsellor of another":   {w.binta, http.StatusNotFound},
		"an analyst":                {w.analyst, http.StatusNotFound},
		"an employer":               {w.employer, http.StatusNotFound},
		"somebody who registered":   {w.registered(t, nil).caller, http.StatusNotFound},
		"a visitor":                 {w.visitor, http.StatusUnauthorized},
	} {
		if got := c.get(t, path); got.code != c.status {
			t.Errorf("%s: %d, want %d", name, got.code, c.status)
		}
	}
	for name, c := range map[string]caller{"the person": j.caller, "the referent": w.awa} {
		if record := c.get(t, "/jobseekers/"+j.id).status(t, http.StatusOK); strings.Contains(string(record.body), "LBY") {
			t.Errorf("the record tells %s of the journey", name)
		}
	}
}

func consents(t *testing.T, w *world) {
	j := w.registered(t, nil)
	path := "/jobseekers/" + j.id + "/consents"
	w.awa.post(t, path, object{"purpose": "follow_up", "text_version": "2026-11", "mode": "oral"}).
		problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "witness", "error.consent.witness")
	in := object{"purpose": "follow_up", "text_version": "2026-11", "mode": "click"}
	given := j.post(t, path, in, key("follow-me-up")).status(t, http.StatusCreated)
	if again := j.post(t, path, in, key("follow-me-up")).status(t, http.StatusCreated); again.text("id") != given.text("id") {
		t.Errorf("repeated: %s", again.body)
	}
	j.delete(t, path+"/matching", key("leave-me-alone")).status(t, http.StatusNoContent)
	j.delete(t, path+"/matching", key("leave-me-alone")).status(t, http.StatusNoContent)
	all := w.awa.get(t, path).status(t, http.StatusOK)
	if c := row(all, "purpose", "matching"); c == nil || c["withdrawn_at"] == nil {
		t.Errorf("withdrawn: %s", all.body)
	}
	// Withdrawn is withdrawn at once: nobody is matched by the copy that lags.
	j.get(t, "/jobseekers/"+j.id+"/matches").problem(t, http.StatusConflict, "conflict")
	w.binta.get(t, "/jobseekers/"+j.id+"/card").problem(t, http.StatusNotFound, "not_found")
}

func registrations(t *testing.T, w *world) {
	j := w.registered(t, nil)
	path := "/jobseekers/" + j.id + "/registration"
	waiting := j.get(t, path).status(t, http.StatusOK)
	if waiting.text("state") != "intake" {
		t.Fatalf("registered: %s", waiting.body)
	}
	w.binta.post(t, path+"/accept", object{}, based(waiting)).problem(t, http.StatusNotFound, "not_found")
	j.post(t, path+"/accept", object{}, based(waiting)).problem(t, http.StatusForbidden, "forbidden")
	active := w.awa.post(t, path+"/accept", object{}, based(waiting)).status(t, http.StatusOK)
	renewed := j.post(t, path+"/renew", object{}, based(active)).status(t, http.StatusOK)
	w.awa.post(t, path+"/close", object{}, based(renewed)).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "reason", "error.required")
	closed := w.awa.post(t, path+"/close", object{"reason": "job"}, based(renewed)).status(t, http.StatusOK)
	w.awa.post(t, path+"/renew", object{}, based(closed)).problem(t, http.StatusConflict, "conflict")
	open := w.awa.post(t, path+"/reopen", object{"reason": "Le chantier est fini"}, based(closed)).status(t, http.StatusOK)
	if open.text("state") != "active" || open.text("renew_by") == "" {
		t.Errorf("reopened: %s", open.body)
	}
	var names []string
	steps := w.awa.get(t, path+"/history").status(t, http.StatusOK)
	for _, s := range steps.at("items").([]any) {
		names = append(names, s.(object)["transition"].(string))
	}
	if got := strings.Join(names, " "); got != "submit accept renew close reopen" {
		t.Errorf("history: %s", got)
	}
	// The person reads how it came, not whose accounts did it nor the desk's words.
	hers := j.get(t, path+"/history").status(t, http.StatusOK)
	if hers.len("items") != len(names) || strings.Contains(string(hers.body), "chantier") || strings.Contains(string(hers.body), string(w.awa.user.ID)) {
		t.Errorf("she reads %s", hers.body)
	}
}
