package v1_test

import (
	"net/http"
	"strings"
	"testing"
)

// Every act on an application, and who may not.
func applications(t *testing.T, w *world) {
	v := w.published(t, object{"posts": 3})
	offer := v.text("id")
	open := func() (jobseeker, answer, string) {
		t.Helper()
		j, _ := w.taken(t)
		x := w.sent(t, j, offer)
		return j, x, "/applications/" + x.text("id")
	}
	act := func(c caller, path, name string, body object, on answer) answer {
		t.Helper()
		return c.post(t, path+"/"+name, body, based(on)).status(t, http.StatusOK)
	}

	j, x, path := open()
	w.binta.get(t, path).problem(t, http.StatusNotFound, "not_found")
	w.registered(t, nil).get(t, path).problem(t, http.StatusNotFound, "not_found")
	j.post(t, path+"/hire", object{"starts_on": "2026-12-01"}, based(x)).problem(t, http.StatusForbidden, "forbidden")
	w.employer.post(t, path+"/send", object{}, based(x)).problem(t, http.StatusForbidden, "forbidden")
	seen := act(w.employer, path, "see", object{}, x)
	invited := act(w.employer, path, "interview", object{}, seen)
	offered := act(w.employer, path, "offer", object{}, invited)
	if declined := act(j.caller, path, "decline", object{}, offered); declined.text("view") != "own" || declined.text("state") != "declined" {
		t.Errorf("declined: %s", declined.body)
	}
	if gone := w.employer.get(t, path).status(t, http.StatusOK); gone.at("known") != false || gone.at("name") != nil {
		t.Errorf("after declining the employer sees %s", gone.body)
	}
	if steps := w.awa.get(t, path+"/history").status(t, http.StatusOK); steps.len("items") != 7 {
		t.Errorf("history: %s", steps.body)
	}
	w.employer.get(t, path+"/history").problem(t, http.StatusForbidden, "forbidden")

	_, x, path = open()
	w.employer.post(t, path+"/refuse", object{"reason": "age"}, based(x)).
		problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "reason", "error.choice")
	if refused := act(w.employer, path, "refuse", object{"reason": "experience", "words": "Trop peu"}, x); refused.text("refusal") != "experience" {
		t.Errorf("refused: %s", refused.body)
	}

	j, x, path = open()
	act(j.caller, path, "withdraw", object{}, x)

	// By the person's own application, which is consent.
	j = w.registered(t, nil)
	in := object{"vacancy_id": offer}
	applied := j.post(t, "/applications", in, key("apply-only-once")).status(t, http.StatusCreated)
	if again := j.post(t, "/applications", in, key("apply-only-once")).status(t, http.StatusCreated); again.text("id") != applied.text("id") {
		t.Errorf("repeated: %s", again.body)
	}
	j.post(t, "/applications", in).problem(t, http.StatusConflict, "conflict")
	if mine := w.awa.get(t, "/applications?vacancy="+offer+"&state=applied").status(t, http.StatusOK); row(mine, "person_id", j.id) == nil {
		t.Errorf("list: %s", mine.body)
	}
	w.employer.get(t, "/applications").problem(t, http.StatusNotFound, "not_found")

	// After a hire the others are closed when somebody ticks them.
	_, x, path = open()
	hire := object{"starts_on": "2026-12-01", "kind": "daily"}
	hired := w.employer.post(t, path+"/hire", hire, based(x), key("hire-only-once")).status(t, http.StatusOK)
	if again := w.employer.post(t, path+"/hire", hire, based(x), key("hire-only-once")).status(t, http.StatusOK); string(again.body) != string(hired.body) {
		t.Errorf("repeated: %s, first %s", again.body, hired.body)
	}
	_, other, _ := open()
	close := object{"applications": []string{other.text("id")}, "reason": "Poste pourvu"}
	w.employer.post(t, "/vacancies/"+offer+"/applications/close", close, key("close-the-others")).status(t, http.StatusNoContent)
	w.employer.post(t, "/vacancies/"+offer+"/applications/close", close, key("close-the-others")).status(t, http.StatusNoContent)
	if closed := w.awa.get(t, "/applications/"+other.text("id")).status(t, http.StatusOK); closed.text("state") != "obsolete" {
		t.Errorf("closed: %s", closed.body)
	}
}

func placements(t *testing.T, w *world) {
	v := w.published(t, object{"posts": 3})
	place := func() (jobseeker, string) {
		t.Helper()
		j, _ := w.taken(t)
		x := w.sent(t, j, v.text("id"))
		hired := w.awa.post(t, "/applications/"+x.text("id")+"/hire", object{"starts_on": "2026-11-02"}, based(x)).status(t, http.StatusOK)
		return j, "/placements/" + hired.text("placement_id")
	}
	j, path := place()
	planned := w.awa.get(t, path).status(t, http.StatusOK)
	theirs := w.employer.get(t, path).status(t, http.StatusOK)
	if planned.text("view") != "staff" || theirs.text("view") != "employer" || strings.Contains(string(theirs.body), j.id) {
		t.Errorf("views: %s and %s", planned.body, theirs.body)
	}
	w.binta.get(t, path).problem(t, http.StatusNotFound, "not_found")
	w.employer.post(t, path+"/start", object{}, based(planned)).problem(t, http.StatusForbidden, "forbidden")
	started := w.awa.post(t, path+"/start", object{"on": "2026-11-03"}, based(planned)).status(t, http.StatusOK)
	w.awa.post(t, path+"/end", object{"on": "2026-11-01", "reason": "fin"}, based(started)).
		problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "on", "error.date.order")
	in := object{"on": "2026-11-20", "kind": "permanent"}
	next := w.awa.post(t, path+"/convert", in, based(started), key("convert-it-once")).status(t, http.StatusOK)
	again := w.awa.post(t, path+"/convert", in, based(started), key("convert-it-once")).status(t, http.StatusOK)
	if next.text("kind") != "permanent" || next.text("state") != "started" || again.text("id") != next.text("id") {
		t.Errorf("converted: %s, repeated %s", next.body, again.body)
	}
	ended := w.awa.post(t, "/placements/"+next.text("id")+"/end", object{"on": "2026-11-23", "reason": "Démission"}, based(next)).status(t, http.StatusOK)
	if ended.text("state") != "ended" || ended.text("end_reason") != "Démission" {
		t.Errorf("ended: %s", ended.body)
	}
	if hers := j.get(t, "/placements").status(t, http.StatusOK); hers.len("items") != 2 || strings.Contains(string(hers.body), "Démission") {
		t.Errorf("her placements: %s", hers.body)
	}

	_, path = place()
	planned = w.awa.get(t, path).status(t, http.StatusOK)
	before := w.awa.get(t, "/vacancies/"+v.text("id")).number("posts_left")
	w.awa.post(t, path+"/no-start", object{"reason": "Malade"}, based(planned)).status(t, http.StatusOK)
	if after := w.awa.get(t, "/vacancies/"+v.text("id")).number("posts_left"); after != before+1 {
		t.Errorf("posts left: %v, before %v", after, before)
	}
	if steps := w.awa.get(t, path+"/history").status(t, http.StatusOK); steps.len("items") != 2 {
		t.Errorf("history: %s", steps.body)
	}
	if seen := w.employer.get(t, "/placements?state=no_start").status(t, http.StatusOK); seen.len("items") == 0 || strings.Contains(string(seen.body), "Malade") {
		t.Errorf("the employer sees %s", seen.body)
	}
}
