package v1_test

import (
	"net/http"
	"strings"
	"testing"
)

func organisations(t *testing.T, w *world) {
	in := object{
		"organisation": object{"kind": "workshop", "legal_name": "Atelier Sogona", "place": "BKO"},
		"account":      object{"name": "Sekou Diallo", "email": "sekou@example.org", "password": password},
	}
	solved := w.work(t, "sign_up")
	made := w.visitor.post(t, "/organisations/sign-up", in, key("sign-up-once"), solved).status(t, http.StatusAccepted)
	for name, same := range map[string]answer{
		"repeated":        w.visitor.post(t, "/organisations/sign-up", in, key("sign-up-once"), solved).status(t, http.StatusAccepted),
		"a known address": w.visitor.post(t, "/organisations/sign-up", in, w.work(t, "sign_up")).status(t, http.StatusAccepted),
	} {
		if string(same.body) != string(made.body) {
			t.Errorf("%s: %s, first %s", name, same.body, made.body)
		}
	}
	w.visitor.post(t, "/organisations/sign-up", object{
		"organisation": object{"kind": "workshop", "legal_name": "X"}, "account": object{"name": "Y", "email": "nowhere", "password": password},
	}).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "account.email", "error.email")

	var organisations, notes int
	must(t, w.sql.QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM organisations WHERE legal_name = 'Atelier Sogona'), (SELECT count(*) FROM sign_up_notes n
		JOIN users u ON u.id = n.user_id WHERE u.email = 'sekou@example.org')`).Scan(&organisations, &notes))
	if organisations != 1 || notes != 1 {
		t.Errorf("%d organisations and %d notes, want one each", organisations, notes)
	}
	in2 := w.visitor.post(t, "/sessions", object{"email": "sekou@example.org", "password": password}).status(t, http.StatusCreated)
	sekou := caller{w: w, cookie: in2.session()}
	id := sekou.get(t, "/organisations").status(t, http.StatusOK).text("items.0.id")
	own := sekou.get(t, "/organisations/"+id).status(t, http.StatusOK)
	if own.text("view") != "own" || own.text("verification") != "pending" || own.at("first_by") != nil {
		t.Errorf("own view: %s", own.body)
	}
	fields := object{"kind": "workshop", "legal_name": "Atelier Sogona", "trade_name": "Sogona Meubles", "place": "BKO", "phone": "+22320000009"}
	named := sekou.put(t, "/organisations/"+id, fields, based(own)).status(t, http.StatusOK)
	w.employer.get(t, "/organisations/"+id).problem(t, http.StatusNotFound, "not_found")

	first := w.awa.post(t, "/organisations/"+id+"/verify", nil, based(named)).status(t, http.StatusOK)
	w.awa.post(t, "/organisations/"+id+"/verify", nil, based(first)).problem(t, http.StatusConflict, "conflict")
	w.moussa.post(t, "/organisations/"+id+"/refuse", object{}, based(first)).
		problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "reason", "error.required")
	refused := w.moussa.post(t, "/organisations/"+id+"/refuse", object{"reason": "Adresse inconnue"}, based(first)).status(t, http.StatusOK)
	if refused.text("view") != "staff" || refused.text("verification") != "refused" {
		t.Errorf("refused: %s", refused.body)
	}
	if all := w.awa.get(t, "/organisations?verification=refused&words=sogona").status(t, http.StatusOK); all.len("items") != 1 {
		t.Errorf("list: %s", all.body)
	}
	if mine := sekou.get(t, "/organisations").status(t, http.StatusOK); mine.len("items") != 1 || mine.text("items.0.view") != "own" {
		t.Errorf("own list: %s", mine.body)
	}
}

// A vacancy's life: each act, and what it answers once it is not possible.
func vacancyLife(t *testing.T, w *world) {
	draft := w.employer.post(t, "/vacancies", vacancy(object{"title": "Soudeur", "posts": 2})).status(t, http.StatusCreated)
	path := "/vacancies/" + draft.text("id")
	if draft.text("view") != "own" || draft.text("state") != "draft" || draft.header.Get("Location") != "/api/v1"+path {
		t.Fatalf("draft: %s", draft.body)
	}
	w.visitor.get(t, path).problem(t, http.StatusNotFound, "not_found")
	changed := w.employer.put(t, path, vacancy(object{"title": "Soudeur", "posts": 3, "description": "Caution à verser"}), based(draft)).status(t, http.StatusOK)
	held := w.employer.post(t, path+"/submit", object{}, based(changed)).status(t, http.StatusOK)
	if held.text("state") != "held" || held.text("reason") != "fee" {
		t.Fatalf("a fee: %s", held.body)
	}
	if queue := w.moussa.get(t, "/vacancies?view=queue").status(t, http.StatusOK); row(queue, "id", draft.text("id")) == nil {
		t.Errorf("queue: %s", queue.body)
	}
	w.employer.post(t, path+"/publish", object{}, based(held)).problem(t, http.StatusForbidden, "forbidden")
	returned := w.awa.post(t, path+"/return", object{"reason": "Le travailleur ne paie rien"}, based(held)).status(t, http.StatusOK)
	if returned.text("view") != "staff" || returned.text("source") != "online" {
		t.Errorf("staff view: %s", returned.body)
	}
	fixed := w.employer.put(t, path, vacancy(object{"title": "Soudeur", "posts": 3}), based(returned)).status(t, http.StatusOK)
	public := w.employer.post(t, path+"/submit", object{}, based(fixed)).status(t, http.StatusOK)
	if public.text("state") != "published" {
		t.Fatalf("submitted: %s", public.body)
	}
	seen := w.visitor.get(t, path).status(t, http.StatusOK)
	if seen.text("view") != "public" || seen.text("employer") != "Chantiers du Fleuve" || seen.at("reason") != nil || seen.at("state") != nil {
		t.Errorf("public view: %s", seen.body)
	}
	suspended := w.employer.post(t, path+"/suspend", object{}, based(public)).status(t, http.StatusOK)
	resumed := w.employer.post(t, path+"/resume", object{}, based(suspended)).status(t, http.StatusOK)
	renewed := w.employer.post(t, path+"/renew", object{"open_until": "2027-03-31"}, based(resumed)).status(t, http.StatusOK)
	raised := w.employer.post(t, path+"/raise-posts", object{"posts": 4}, based(renewed)).status(t, http.StatusOK)
	elsewhere := w.employer.post(t, path+"/fill-elsewhere", object{}, based(raised)).status(t, http.StatusOK)
	if elsewhere.number("posts_left") != 3 || elsewhere.text("state") != "partly_filled" {
		t.Errorf("one filled: %s", elsewhere.body)
	}
	withdrawn := w.employer.post(t, path+"/withdraw", object{"reason": "Budget"}, based(elsewhere)).status(t, http.StatusOK)
	w.employer.post(t, path+"/resume", object{}, based(withdrawn)).problem(t, http.StatusConflict, "conflict")
	if steps := w.employer.get(t, path+"/history").status(t, http.StatusOK); steps.len("items") < 9 {
		t.Errorf("history: %s", steps.body)
	}
	w.held(t)
	if mine := w.employer.get(t, "/vacancies?view=organisation&state=withdrawn").status(t, http.StatusOK); row(mine, "id", draft.text("id")) == nil {
		t.Errorf("mine: %s", mine.body)
	}
	if all := w.visitor.get(t, "/vacancies").status(t, http.StatusOK); row(all, "id", draft.text("id")) != nil {
		t.Error("visitors see a withdrawn vacancy")
	}
}

// held goes the way of an employer nobody has verified: a counsellor decides.
func (w *world) held(t *testing.T) {
	t.Helper()
	org := w.awa.post(t, "/organisations", object{"kind": "company", "legal_name": "Nouvelle SA", "place": "BKO", "phone": "+22320000002"}).status(t, http.StatusCreated)
	draft := w.awa.post(t, "/vacancies", vacancy(object{"organisation": org.text("id")})).status(t, http.StatusCreated)
	path := "/vacancies/" + draft.text("id")
	held := w.awa.post(t, path+"/submit", object{}, based(draft)).status(t, http.StatusOK)
	if held.text("state") != "held" || held.text("reason") != "unverified" {
		t.Fatalf("unverified: %s", held.body)
	}
	w.awa.post(t, path+"/hold", object{"reason": "encore"}, based(held)).problem(t, http.StatusConflict, "conflict")
	// Baara decides about what is submitted at once; a vacancy that still waits came from elsewhere.
	_, err := w.sql.ExecContext(t.Context(), `UPDATE vacancies SET state = 'submitted' WHERE id = $1`, draft.text("id"))
	must(t, err)
	held = w.awa.post(t, path+"/hold", object{"reason": "À relire"}, based(held)).status(t, http.StatusOK)
	if public := w.awa.post(t, path+"/publish", object{}, based(held)).status(t, http.StatusOK); public.text("state") != "published" {
		t.Errorf("published: %s", public.body)
	}
}

func recordedVacancy(t *testing.T, w *world) {
	in := vacancy(object{"title": "Chauffeur poids lourd", "source": "radio", "source_detail": "Radio Kayira, 8 h", "client_name": "Transports Niger", "licences": []string{"C"}})
	made := w.moussa.post(t, "/vacancies/recorded", in, key("heard-on-the-radio")).status(t, http.StatusCreated)
	if made.text("state") != "published" || made.text("source") != "radio" || made.text("employer") != "Transports Niger" {
		t.Errorf("recorded: %s", made.body)
	}
	again := w.moussa.post(t, "/vacancies/recorded", in, key("heard-on-the-radio")).status(t, http.StatusCreated)
	if again.text("id") != made.text("id") || string(again.body) != string(made.body) {
		t.Errorf("repeated: %s", again.body)
	}
	posting := w.visitor.get(t, "/vacancies/"+made.text("id")+"/job-posting").status(t, http.StatusOK)
	if posting.text("@type") != "JobPosting" || posting.text("hiringOrganization.name") != "Transports Niger" ||
		posting.header.Get("Content-Type") != "application/ld+json" {
		t.Errorf("posting: %s %s", posting.header.Get("Content-Type"), posting.body)
	}
	draft := w.employer.post(t, "/vacancies", vacancy(nil)).status(t, http.StatusCreated)
	w.employer.get(t, "/vacancies/"+draft.text("id")+"/job-posting").problem(t, http.StatusNotFound, "not_found")
}

func matches(t *testing.T, w *world) {
	j, _ := w.taken(t)
	v := w.published(t, nil)
	w.settle(t)
	path := "/vacancies/" + v.text("id") + "/matches"
	staff := w.awa.get(t, path+"?limit=100").status(t, http.StatusOK)
	mine := row(staff, "person_id", j.id)
	if mine == nil || mine["readable"] != true || mine["family"] == nil {
		t.Fatalf("staff: %s", staff.body)
	}
	elsewhere := w.binta.get(t, path+"?limit=100").status(t, http.StatusOK)
	if other := row(elsewhere, "person_id", j.id); other == nil || other["readable"] != false || other["family"] != nil || other["agency_id"] != w.bamako {
		t.Errorf("another agency's: %v", other)
	}
	seen := w.employer.get(t, path+"?limit=100").status(t, http.StatusOK)
	if seen.len("items") != staff.len("items") || strings.Contains(string(seen.body), j.id) || strings.Contains(string(seen.body), "Fanta") {
		t.Errorf("the employer sees %s", seen.body)
	}
	first := w.awa.get(t, path+"?limit=1").status(t, http.StatusOK)
	if staff.len("items") > 1 {
		second := w.awa.get(t, path+"?limit=1&after="+first.text("next")).status(t, http.StatusOK)
		if second.text("items.0.person_id") != staff.text("items.1.person_id") {
			t.Errorf("page 2: %s", second.body)
		}
	}
	w.awa.get(t, path+"?limit=100&after=9999").problem(t, http.StatusUnprocessableEntity, "invalid")

	openings := j.get(t, "/jobseekers/"+j.id+"/matches").status(t, http.StatusOK)
	if openings.len("items") == 0 || openings.text("items.0.vacancy.view") != "public" {
		t.Errorf("openings: %s", openings.body)
	}
	why := w.awa.get(t, "/jobseekers/"+j.id+"/matches/"+v.text("id")).status(t, http.StatusOK)
	if why.number("points") != mine["points"] || why.number("why.met_essential") != 1 {
		t.Errorf("explained: %s, listed %v", why.body, mine["points"])
	}
	w.binta.get(t, "/jobseekers/"+j.id+"/matches").problem(t, http.StatusNotFound, "not_found")
	if card := w.binta.get(t, "/jobseekers/"+j.id+"/card").status(t, http.StatusOK); !strings.HasPrefix(card.text("code"), "P-") || card.len("skills") != 1 {
		t.Errorf("card: %s", card.body)
	}

	found := w.visitor.get(t, "/vacancies/search?words=macons&region=BKO&contract=fixed_term").status(t, http.StatusOK)
	if row(found, "id", v.text("id")) == nil || found.number("total") < 1 || found.text("facets.regions.0.name") != "Bamako" {
		t.Errorf("search: %s", found.body)
	}
	w.visitor.get(t, "/vacancies/search?region=NOWHERE").problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "region", "error.place")
	w.visitor.get(t, "/vacancies/search?isco=7").problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "isco", "error.choice")
	people := w.binta.get(t, "/jobseekers/search?words=briques&limit=100").status(t, http.StatusOK)
	if p := row(people, "person_id", j.id); p == nil || p["given"] != nil {
		t.Errorf("people: %s", people.body)
	}
	w.employer.get(t, "/jobseekers/search?words=briques").problem(t, http.StatusNotFound, "not_found")
}
