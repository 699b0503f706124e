package v1_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// tale is a person, a file, two employers and their staff, with a canary
// wherever something is protected.
type tale struct {
	w         *world
	canaries  *canaries
	person    jobseeker
	signedIn  caller // she herself, in a browser
	file      string
	vacancy   string
	counselor caller
	employer  caller
	rival     caller
	other     caller
	officer   caller

	otherPhone string // that the other jobseeker signs in with

	firm, rivalFirm []string // places that their own employer sees
	administrated   []string // places that administrators see
}

// tell writes everything, and has it read by who may.
func tell(t *testing.T, w *world) *tale {
	t.Helper()
	c := &canaries{t: t, word: map[string]string{}, found: map[string]bool{}}
	tale := &tale{w: w, canaries: c}
	tale.hire(t)
	tale.employer, tale.firm = tale.company(t, "firm")
	tale.rival, tale.rivalFirm = tale.company(t, "rival")
	// They keep accounts, of which a jobseeker's is known by number and reference, and see what staff see of employers and vacancies.
	tale.administrated = append(tale.administrated, "phone", "reference", "who called", "why returned", "why it is refused")
	tale.administrated = append(tale.administrated, tale.firm...)
	tale.administrated = append(tale.administrated, tale.rivalFirm...)
	tale.register(t)
	tale.journey(t)
	tale.caseFile(t)
	tale.offers(t)
	tale.asks(t)
	tale.keeps(t)
	tale.office(t)
	tale.otherPhone = "+22379310090"
	neighbour := w.registered(t, object{"phones": []object{{"number": tale.otherPhone}}})
	tale.other = caller{w: w, user: neighbour.user, token: neighbour.token}
	return tale
}

// hire makes the counsellor whose name nobody outside the service reads.
func (tale *tale) hire(t *testing.T) {
	w, c := tale.w, tale.canaries
	u, err := w.server.Accounts.Create(t.Context(), domain.System(), identity.NewUser{
		Role: domain.RoleCounsellor, AgencyID: domain.ID(w.bamako), Name: "Mme " + c.in("staff name"), Email: c.in("staff address") + "@example.org", Password: password,
	})
	must(t, err)
	tale.counselor = caller{w: w, user: u, token: w.tokenFor(t, u)}
	c.seen(w.admin.get(t, "/users/"+string(u.ID)), "staff name", "staff address")
	tale.administrated = append(tale.administrated, "staff name", "staff address")
}

// company makes an employer that was verified, with an account.
func (tale *tale) company(t *testing.T, which string) (caller, []string) {
	w, c := tale.w, tale.canaries
	at := func(place string) string { return which + " " + place }
	made := tale.counselor.post(t, "/organisations", object{
		"kind": "company", "legal_name": "Entreprise " + which, "place": "BKO", "contact_name": c.in(at("contact")), "address": c.in(at("address")),
		"email": c.in(at("email")) + "@example.org", "phone": c.as(at("phone"), fmt.Sprintf("+2232031000%d", len(which))), "rccm": c.in(at("rccm")), "nif": c.in(at("nif")),
	}).status(t, http.StatusCreated)
	path := "/organisations/" + made.text("id")
	once := tale.counselor.post(t, path+"/verify", nil, based(made)).status(t, http.StatusOK)
	w.binta.post(t, path+"/verify", nil, based(once)).status(t, http.StatusOK)
	u, err := w.server.Accounts.Create(t.Context(), domain.System(), identity.NewUser{
		Role: domain.RoleEmployer, OrganisationID: domain.ID(made.text("id")), Name: c.in(at("member")), Email: c.in(at("member address")) + "@example.org", Password: password,
	})
	must(t, err)
	by := caller{w: w, user: u, token: w.tokenFor(t, u)}.inSession(t)
	own := []string{at("contact"), at("address"), at("email"), at("phone"), at("rccm"), at("nif")}
	c.seen(by.get(t, path), own...)
	me := []string{at("member"), at("member address")}
	c.seen(by.get(t, "/users/me"), me...)
	return by, append(own, me...)
}

// register makes the person: every text there is room for, and numbers of hers.
func (tale *tale) register(t *testing.T) {
	w, c := tale.w, tale.canaries
	tale.person = w.registered(t, object{
		"given": c.in("given"), "family": c.in("family"), "father": c.in("father"), "mother": c.in("mother"), "aliases": []object{{"kind": "dit", "name": c.in("alias")}},
		"nina": c.as("nina", "19370219887766K"), "sex": "female", "birth": object{"precision": "day", "date": c.as("birth date", "1937-02-19")},
		"nationalities": []string{"NER"}, "guardian": c.in("guardian"), "guardian_phone": c.as("guardian's phone", "+22379310018"),
		"groups": []string{"stranded_in_transit"}, "worked_abroad": "yes", "email": c.in("email") + "@example.org", "accommodation": c.in("accommodation"),
		"phones": []object{
			{"number": c.as("phone", "+22379310017"), "owner": "own"}, {"number": c.as("helper's phone", "+22379310019"), "helper_name": c.in("phone's helper"), "owner": "helper"},
		},
		"residence": object{"place": "BKO", "detail": c.in("residence")}, "secret": c.in("second thing"), "language": "fr",
		"experience": []object{{"title": "maçonne " + c.in("title"), "country": "LBY", "employer": c.in("experience's employer"), "from_year": 2018, "until_year": 2022}},
		"educations": []object{{"kind": "formal", "isced": 3, "diploma": c.in("diploma"), "year": 2012, "country": "LBY"}},
		"skills":     []object{{"words": "monter un mur en briques"}, {"words": c.in("skill")}}, "wishes": []object{{"words": c.in("wish")}},
		"consents": []object{
			{"purpose": "matching", "text_version": "2026-11-27", "mode": "thumbprint", "witness": c.in("witness")},
			{"purpose": "messages", "text_version": "2026-11-27", "mode": "representative", "representative": c.in("representative"), "representative_phone": c.as("representative's phone", "+22379310020")},
		},
	})
	path := "/jobseekers/" + tale.person.id
	record := w.awa.get(t, path)
	c.as("reference", record.text("reference"))
	c.seen(record, "given", "family", "father", "mother", "alias", "nina", "birth date", "guardian", "guardian's phone", "email", "accommodation", "phone", "helper's phone",
		"phone's helper", "residence", "title", "experience's employer", "diploma", "skill", "wish", "reference")
	c.seen(w.awa.get(t, path+"/consents"), "witness", "representative", "representative's phone")
	tale.signedIn = w.signInByPhone(t, c.word["phone"], c.word["second thing"])
	c.found["second thing"] = true // it is kept as a hash: who signs in has given it
}

func (tale *tale) journey(t *testing.T) {
	w, c := tale.w, tale.canaries
	path := "/jobseekers/" + tale.person.id
	w.awa.post(t, path+"/case", nil).status(t, http.StatusCreated)
	w.awa.put(t, path+"/migration", object{
		"episodes": []object{{"country": "DZA", "programme": c.in("programme"), "occupation": c.in("occupation abroad"), "reason": "persecution",
			"status": "irregular", "return_mode": "expulsion", "return_date": c.as("return date", "2019-03-17")}},
		"displacements": []object{{"origin_detail": c.in("origin"), "origin_place": "GAO", "cause": "violence", "date": c.as("displaced on", "2017-08-23")}},
	}, based(w.awa.get(t, path))).status(t, http.StatusOK)
	c.seen(w.awa.get(t, path+"/migration"), "programme", "occupation abroad", "return date", "origin", "displaced on")
}

func (tale *tale) caseFile(t *testing.T) {
	w, c := tale.w, tale.canaries
	file := w.awa.get(t, "/jobseekers/"+tale.person.id+"/case").status(t, http.StatusOK)
	tale.file = file.text("id")
	path := "/cases/" + tale.file
	w.awa.put(t, path+"/barriers", object{"barriers": []object{{"kind": "care_visit", "detail": c.in("need")}}}, based(file)).status(t, http.StatusOK)
	for _, visibility := range []string{"file", "team", "author"} {
		w.awa.post(t, path+"/notes", object{"body": c.in("note for " + visibility), "visibility": visibility, "contact": "call"}).status(t, http.StatusCreated)
	}
	goal := w.awa.post(t, path+"/goals", object{"words": c.in("goal"), "first": object{"words": c.in("action"), "doer": "jobseeker"}}).status(t, http.StatusCreated)
	c.seen(goal, "goal", "action")
	planned := w.awa.post(t, path+"/move", object{"transition": "plan", "reason": c.in("stage's reason")}, based(w.awa.get(t, path))).status(t, http.StatusOK)
	w.awa.post(t, path+"/move", object{"transition": "activate"}, based(planned)).status(t, http.StatusOK)
	w.awa.post(t, path+"/shares", object{"user_id": tale.counselor.user.ID, "until": time.Now().UTC().Add(48 * time.Hour).Format(time.RFC3339), "reason": c.in("share's reason")}).
		status(t, http.StatusCreated)
	c.seen(w.awa.get(t, path), "need")
	c.seen(w.awa.get(t, path+"/notes"), "note for file", "note for team", "note for author")
	c.seen(w.awa.get(t, path+"/history"), "stage's reason")
	c.seen(w.awa.get(t, path+"/shares"), "share's reason")
	tale.elsewhere(t)
}

// elsewhere has another agency open her file in an emergency, ask for it and be
// declined: the desk's words on it are neither hers nor an employer's.
func (tale *tale) elsewhere(t *testing.T) {
	w, c := tale.w, tale.canaries
	hint := func() string { return w.binta.hint(t, c.word["reference"]) }
	opened := w.binta.inSession(t).post(t, "/emergencies", object{"hint": hint(), "kind": "missing", "reason": "Recherchée depuis hier " + c.in("emergency's reason")}).status(t, http.StatusCreated)
	c.seen(w.fia.get(t, "/emergencies/"+opened.text("id")), "emergency's reason")
	w.binta.post(t, "/emergencies/"+opened.text("id")+"/end", nil, based(opened)).status(t, http.StatusOK)
	asked := w.binta.post(t, "/transfers", object{"hint": hint(), "reason": c.in("transfer's reason")}).status(t, http.StatusCreated)
	at := "/transfers/" + asked.text("id")
	c.seen(w.awa.get(t, at), "transfer's reason")
	w.awa.post(t, at+"/decline", object{"reason": c.in("transfer's answer")}, based(asked)).status(t, http.StatusOK)
	c.seen(w.binta.get(t, at), "transfer's answer")
}

// complain has her complain about a vacancy of an employer that never meets her.
func (tale *tale) complain(t *testing.T, vacancy string) {
	w, c := tale.w, tale.canaries
	made := tale.person.post(t, "/vacancies/"+vacancy+"/complaints", object{"kind": "money", "words": c.in("complaint's words")}).status(t, http.StatusCreated)
	at := "/complaints/" + made.text("id")
	staff := w.awa.get(t, at)
	c.seen(staff, "complaint's words")
	c.seen(w.awa.post(t, at+"/decide", object{"founded": false, "reason": c.in("complaint's decision")}, based(staff)).status(t, http.StatusOK), "complaint's decision")
}

// offers makes vacancies: one that she will be sent to, and others with reasons
// that only their own employers and the staff read.
func (tale *tale) offers(t *testing.T) {
	w, c := tale.w, tale.canaries
	draft := tale.employer.post(t, "/vacancies", vacancy(object{"posts": 3})).status(t, http.StatusCreated)
	tale.vacancy = tale.employer.post(t, "/vacancies/"+draft.text("id")+"/submit", object{}, based(draft)).status(t, http.StatusOK).text("id")
	heard := tale.counselor.post(t, "/vacancies/recorded", object{
		"title": "Maçon", "contract": "fixed_term", "place": "BKO", "posts": 1, "fee_free": true, "client_name": "Un chantier", "source": "phone", "source_detail": c.in("who called"),
	}).status(t, http.StatusCreated)
	c.seen(heard, "who called")

	fee := tale.rival.post(t, "/vacancies", vacancy(object{"description": "Frais de dossier : 5000 francs"})).status(t, http.StatusCreated)
	held := tale.rival.post(t, "/vacancies/"+fee.text("id")+"/submit", object{}, based(fee)).status(t, http.StatusOK)
	w.awa.post(t, "/vacancies/"+held.text("id")+"/return", object{"reason": c.in("why returned")}, based(held)).status(t, http.StatusOK)
	c.seen(tale.rival.get(t, "/vacancies/"+held.text("id")), "why returned")
	tale.rivalFirm = append(tale.rivalFirm, "why returned")

	// She declines one offer and says why; an employer refuses her and says why.
	path := func(x answer) string { return "/applications/" + x.text("id") }
	shown := func() string {
		v := tale.rival.post(t, "/vacancies", vacancy(object{"posts": 3})).status(t, http.StatusCreated)
		return tale.rival.post(t, "/vacancies/"+v.text("id")+"/submit", object{}, based(v)).status(t, http.StatusOK).text("id")
	}
	x := w.awa.post(t, "/applications/proposals", object{"person_id": tale.person.id, "vacancy_id": shown()}).status(t, http.StatusCreated)
	tale.person.post(t, path(x)+"/decline", object{"reason": c.in("why she declines")}, based(x)).status(t, http.StatusOK)
	c.seen(w.awa.get(t, path(x)+"/history"), "why she declines")

	refusing, own := tale.company(t, "third firm")
	v := refusing.post(t, "/vacancies", vacancy(object{"posts": 3})).status(t, http.StatusCreated)
	refusing.post(t, "/vacancies/"+v.text("id")+"/submit", object{}, based(v)).status(t, http.StatusOK)
	y := w.sent(t, tale.person, v.text("id"))
	refusing.post(t, path(y)+"/refuse", object{"reason": "experience", "words": c.in("why she is refused")}, based(y)).status(t, http.StatusOK)
	c.seen(w.awa.get(t, path(y)+"/history"), "why she is refused")
	tale.complain(t, v.text("id"))
	tale.administrated = append(tale.administrated, own...)

	// An employer that nobody believed.
	bad := tale.counselor.post(t, "/organisations", object{"kind": "company", "legal_name": "Douteuse SA", "place": "BKO", "phone": "+22320000099"}).status(t, http.StatusCreated)
	refused := tale.counselor.post(t, "/organisations/"+bad.text("id")+"/refuse", object{"reason": c.in("why it is refused")}, based(bad)).status(t, http.StatusOK)
	c.seen(refused, "why it is refused")
}

// introduce sends her to the first employer, who then hires her.
func (tale *tale) introduce(t *testing.T) {
	t.Helper()
	x := tale.w.sent(t, tale.person, tale.vacancy)
	path := "/applications/" + x.text("id")
	hired := tale.employer.post(t, path+"/hire", object{"starts_on": domain.DateOf(time.Now()).String(), "reason": "Bonne candidate"}, based(x)).status(t, http.StatusOK)
	job := "/placements/" + hired.text("placement_id")
	started := tale.w.awa.post(t, job+"/start", object{}, based(tale.w.awa.get(t, job))).status(t, http.StatusOK)
	tale.w.awa.post(t, job+"/end", object{"on": domain.DateOf(time.Now()).String(), "reason": tale.canaries.in("why it ended")}, based(started)).status(t, http.StatusOK)
	tale.canaries.seen(tale.w.awa.get(t, job), "why it ended")
}

// ids are of all that is told of, whoever may know them.
func (tale *tale) ids(t *testing.T) []string {
	t.Helper()
	return idsOf(t, tale.w,
		`SELECT person_id FROM case_files`, `SELECT id FROM case_files`, `SELECT id FROM applications`, `SELECT id FROM placements`, `SELECT id FROM vacancies`,
		`SELECT id FROM organisations`, `SELECT id FROM (SELECT id FROM users ORDER BY created_at DESC LIMIT 4) u`, `SELECT id FROM notes`, `SELECT id FROM migration_episodes`,
		`SELECT id FROM displacements`, `SELECT id FROM agencies LIMIT 1`,
		`SELECT id FROM complaints`, `SELECT id FROM transfers`, `SELECT id FROM emergencies`,
		`SELECT id FROM rights_requests`, `SELECT id FROM documents`, `SELECT id FROM merges`, `SELECT id FROM invitations`, `SELECT id FROM exports LIMIT 1`)
}
