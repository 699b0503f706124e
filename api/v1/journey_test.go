package v1_test

import (
	"net/http"
	"strings"
	"testing"
)

// journey is what the service is for: somebody who came back registers, is
// taken from the queue, an employer posts a vacancy, each finds the other, she
// agrees, she is hired, and the post is filled.
func journey(t *testing.T, w *world) {
	phone := "+22376543210"
	draft := w.visitor.post(t, "/registrations/drafts", object{
		"given": "Kadiatou", "family": "Traoré", "residence": object{"place": "BKO", "detail": "Lafiabougou"},
		"phones": []object{{"number": "76 54 32 10"}}, "worked_abroad": "yes", "sex": "female", "birth": object{"precision": "year", "year": 1994},
		"experience": []object{{"title": "maçonne", "country": "DZA", "from_year": 2016, "until_year": 2021}},
		"skills":     []object{{"words": "monter un mur en briques"}}, "languages": []object{{"code": "bm", "speaking": "native"}, {"code": "fr"}},
		"consents": []string{"matching", "messages"}, "text_version": "2026-11-27", "secret": "Niamakoro",
	}).status(t, http.StatusCreated).text("draft")
	receipt := w.visitor.post(t, "/registrations", object{"draft": draft}, w.work(t, "register")).status(t, http.StatusCreated)
	if receipt.text("agency_id") != w.bamako || !strings.HasPrefix(receipt.text("reference"), "ML-") {
		t.Fatalf("receipt: %s", receipt.body)
	}

	// The counsellor takes her from the queue, which opens her file, and writes a note.
	id := ""
	queue := w.awa.get(t, "/intake").status(t, http.StatusOK)
	for i, item := range queue.at("items").([]any) {
		if item.(object)["reference"] == receipt.text("reference") {
			id = queue.at("items").([]any)[i].(object)["person_id"].(string)
		}
	}
	if id == "" {
		t.Fatalf("she is not in the queue: %s", queue.body)
	}
	file := w.awa.post(t, "/jobseekers/"+id+"/case", nil).status(t, http.StatusCreated)
	if file.text("stage") != "assessment" || file.text("owner_id") != string(w.awa.user.ID) {
		t.Fatalf("file: %s", file.body)
	}
	if r := w.awa.get(t, "/jobseekers/"+id+"/registration").status(t, http.StatusOK); r.text("state") != "active" {
		t.Fatalf("her registration is %s", r.text("state"))
	}
	cases := "/cases/" + file.text("id")
	w.awa.post(t, cases+"/notes", object{"body": "Cherche un chantier à Bamako.", "visibility": "file", "contact": "interview"}).status(t, http.StatusCreated)
	w.awa.post(t, cases+"/goals", object{"words": "Travailler comme maçonne", "first": object{"words": "Préparer son CV", "doer": "jobseeker"}}).
		status(t, http.StatusCreated)

	// An employer that was verified posts a vacancy: it is public at once.
	posted := w.published(t, object{"title": "Maçon coffreur", "description": "Chantier de trois mois à Bamako."})
	w.settle(t)

	// Each finds the other, with reasons.
	offer := posted.text("id")
	matches := w.awa.get(t, "/vacancies/"+offer+"/matches").status(t, http.StatusOK)
	found := row(matches, "person_id", id)
	if found == nil {
		t.Fatalf("she does not match: %s", matches.body)
	}
	if why := found["why"].(object); why["met_essential"] != 1.0 || why["of_essential"] != 1.0 {
		t.Fatalf("why: %v", why)
	}
	openings := w.awa.get(t, "/jobseekers/"+id+"/matches").status(t, http.StatusOK)
	if !strings.Contains(string(openings.body), offer) {
		t.Fatalf("the vacancy does not match her: %s", openings.body)
	}

	// Proposed, she signs in by phone and agrees; then the employer learns her name.
	application := w.awa.post(t, "/applications/proposals", object{"person_id": id, "vacancy_id": offer}).status(t, http.StatusCreated)
	path := "/applications/" + application.text("id")
	w.employer.get(t, path).problem(t, http.StatusNotFound, "not_found")
	her := w.signInByPhone(t, phone, "niamakoro")
	mine := her.get(t, "/applications").status(t, http.StatusOK)
	if mine.len("items") != 1 || mine.text("items.0.vacancy_title") != "Maçon coffreur" {
		t.Fatalf("her applications: %s", mine.body)
	}
	agreed := her.post(t, path+"/consent", object{}, based(application)).status(t, http.StatusOK)
	before := w.employer.get(t, "/vacancies/"+offer+"/candidates").status(t, http.StatusOK)
	if before.len("items") != 1 || strings.Contains(string(before.body), "Kadiatou") {
		t.Fatalf("before sending: %s", before.body)
	}
	w.awa.post(t, path+"/send", object{}, based(agreed)).status(t, http.StatusOK)
	candidate := w.employer.get(t, path).status(t, http.StatusOK)
	if candidate.text("name") != "Kadiatou Traoré" || candidate.text("phone") != phone {
		t.Fatalf("candidate: %s", candidate.body)
	}

	// Hired: post, application, placement and file move together.
	hired := w.employer.post(t, path+"/hire", object{"starts_on": "2026-12-01", "wage": 95000}, based(candidate)).status(t, http.StatusOK)
	if v := w.awa.get(t, "/vacancies/"+offer).status(t, http.StatusOK); v.text("state") != "filled" || v.number("posts_left") != 0 {
		t.Errorf("vacancy: %s", v.body)
	}
	if c := w.awa.get(t, cases).status(t, http.StatusOK); c.text("stage") != "placed" {
		t.Errorf("file: %s", c.body)
	}
	if p := her.get(t, "/placements/"+hired.text("placement_id")).status(t, http.StatusOK); p.text("state") != "planned" || p.number("wage") != 95000 {
		t.Errorf("placement: %s", p.body)
	}
	w.settle(t)
	if again := w.visitor.get(t, "/vacancies/search?words=coffreur").status(t, http.StatusOK); strings.Contains(string(again.body), offer) {
		t.Error("a filled vacancy is still found")
	}
}

// signInByPhone signs somebody in the way jobseekers do, and gives a caller
// with the session's cookie.
func (w *world) signInByPhone(t *testing.T, phone, secret string) caller {
	t.Helper()
	w.visitor.post(t, "/sessions/codes", object{"phone": phone}).status(t, http.StatusNoContent)
	ticket := w.visitor.post(t, "/sessions/tickets", object{"phone": phone, "code": w.code(t, phone)}).status(t, http.StatusCreated).text("ticket")
	in := w.visitor.post(t, "/sessions/phone", object{"ticket": ticket, "secret": secret}).status(t, http.StatusCreated)
	return caller{w: w, cookie: in.session()}
}

// row finds the item of a list with a value.
func row(a answer, field string, value any) object {
	items, _ := a.at("items").([]any)
	for _, item := range items {
		if o, ok := item.(object); ok && o[field] == value {
			return o
		}
	}
	return nil
}
