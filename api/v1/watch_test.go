package v1_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
)

// work solves a challenge, as a client would: by trying numbers.
func (w *world) work(t *testing.T, purpose string) option {
	t.Helper()
	c := w.visitor.get(t, "/challenges/"+purpose).status(t, http.StatusOK)
	for n := range int(c.at("maxNumber").(float64)) + 1 {
		if sum := sha256.Sum256([]byte(c.text("salt") + strconv.Itoa(n))); hex.EncodeToString(sum[:]) == c.text("challenge") {
			solution, err := json.Marshal(object{
				"algorithm": c.text("algorithm"), "challenge": c.text("challenge"), "number": n, "salt": c.text("salt"), "signature": c.text("signature"),
			})
			must(t, err)
			return header("Proof-Of-Work", base64.StdEncoding.EncodeToString(solution))
		}
	}
	t.Fatalf("no number solves %s", c.body)
	return nil
}

// proofOfWork: with it a registration waits in the queue; without it in
// quarantine, where staff find it; a solution counts once and for its purpose.
func proofOfWork(t *testing.T, w *world) {
	draft := func(phone string) object {
		d := w.visitor.post(t, "/registrations/drafts", object{
			"given": "Oumou", "family": "Sidibé", "residence": object{"place": "BKO"}, "phones": []object{{"number": phone}}, "secret": "Niamakoro",
			"birth": object{"precision": "year", "year": 1994},
		}).status(t, http.StatusCreated)
		return object{"draft": d.text("draft")}
	}
	sent := func(phone string) int { return domaintest.Sent(t, w.server.DB, "sms.receipt", phone) }
	solved := w.work(t, "register")
	proven := w.visitor.post(t, "/registrations", draft("76 10 00 01"), solved).status(t, http.StatusCreated)
	if proven.at("quarantine") != false || sent("+22376100001") != 1 {
		t.Errorf("with work: %s, %d messages", proven.body, sent("+22376100001"))
	}
	late := draft("76 10 00 02")
	w.visitor.post(t, "/registrations", late, solved).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "work", "error.work")
	w.visitor.post(t, "/registrations", late, w.work(t, "sign_up")).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "work", "error.work")
	without := w.visitor.post(t, "/registrations", late).status(t, http.StatusCreated)
	if without.at("quarantine") != true || sent("+22376100002") != 0 {
		t.Errorf("without work: %s, %d messages", without.body, sent("+22376100002"))
	}
	queue := w.awa.get(t, "/intake").status(t, http.StatusOK)
	if row(queue, "reference", proven.text("reference")) == nil || row(queue, "reference", without.text("reference")) != nil {
		t.Errorf("the queue: %s", queue.body)
	}
	var id string
	must(t, w.sql.QueryRowContext(t.Context(), `SELECT id FROM persons WHERE reference = $1`, without.text("reference")).Scan(&id))
	path := "/jobseekers/" + id + "/registration"
	waits := w.awa.get(t, path).status(t, http.StatusOK)
	if waits.text("state") != "quarantine" {
		t.Errorf("without work: %s", waits.body)
	}
	if cleared := w.awa.post(t, path+"/clear", object{}, based(waits)).status(t, http.StatusOK); cleared.text("state") != "intake" || sent("+22376100002") != 1 {
		t.Errorf("cleared: %s, %d messages", cleared.body, sent("+22376100002"))
	}
}

// complaints: the vacancy is gone for everybody at once, the employer sees
// nobody and reads nothing of it, and comes back when staff find nothing.
func complaints(t *testing.T, w *world) {
	firm := w.awa.post(t, "/organisations", object{"kind": "company", "legal_name": "Mines du Sahel", "place": "BKO", "phone": "+22320000077"}).status(t, http.StatusCreated)
	of := "/organisations/" + firm.text("id")
	w.moussa.post(t, of+"/verify", nil, based(w.awa.post(t, of+"/verify", nil, based(firm)))).status(t, http.StatusOK)
	boss := w.account(t, identity.NewUser{Role: domain.RoleEmployer, OrganisationID: domain.ID(firm.text("id"))})
	draft := boss.post(t, "/vacancies", vacancy(object{"title": "Maçon Complainte"})).status(t, http.StatusCreated)
	offer := "/vacancies/" + draft.text("id")
	boss.post(t, offer+"/submit", object{}, based(draft)).status(t, http.StatusOK)
	her, _ := w.taken(t)
	w.sent(t, her, draft.text("id"))
	w.settle(t)
	shown := func() (list, search, matches bool) {
		list = row(w.visitor.get(t, "/vacancies?view=public&limit=100").status(t, http.StatusOK), "id", draft.text("id")) != nil
		search = strings.Contains(string(w.visitor.get(t, "/vacancies/search?words=complainte").status(t, http.StatusOK).body), draft.text("id"))
		matches = strings.Contains(string(her.get(t, "/jobseekers/"+her.id+"/matches?limit=100").status(t, http.StatusOK).body), draft.text("id"))
		return list, search, matches
	}
	if list, search, matches := shown(); !list || !search || !matches {
		t.Fatalf("before: in the list %v, found %v, among matches %v", list, search, matches)
	}
	if boss.get(t, offer+"/candidates").status(t, http.StatusOK).len("items") != 1 || boss.get(t, offer+"/matches").status(t, http.StatusOK).len("items") == 0 {
		t.Fatal("the employer sees nobody to begin with")
	}

	boss.post(t, offer+"/complaints", object{"kind": "money"}).problem(t, http.StatusNotFound, "not_found")
	w.visitor.post(t, offer+"/complaints", object{"kind": "money"}).problem(t, http.StatusUnauthorized, "unauthenticated")
	made := her.post(t, offer+"/complaints", object{"kind": "money", "words": "CANARYWORDS", "call": true}, key("complain-once")).status(t, http.StatusCreated)
	if again := her.post(t, offer+"/complaints", object{"kind": "money", "words": "CANARYWORDS", "call": true}, key("complain-once")).status(t, http.StatusCreated); again.text("id") != made.text("id") {
		t.Errorf("repeated: %s", again.body)
	}
	path := "/complaints/" + made.text("id")
	w.settle(t)
	if list, search, matches := shown(); list || search || matches {
		t.Errorf("after: in the list %v, found %v, among matches %v", list, search, matches)
	}
	if n := boss.get(t, offer+"/candidates").status(t, http.StatusOK).len("items"); n != 0 {
		t.Errorf("the employer sees %d candidates", n)
	}
	boss.get(t, offer+"/matches").problem(t, http.StatusConflict, "conflict")
	boss.post(t, offer+"/resume", object{}, based(boss.get(t, offer))).problem(t, http.StatusConflict, "conflict")
	for _, p := range []string{offer, offer + "/history", offer + "/candidates", of, "/organisations", "/vacancies?view=organisation", "/placements", "/complaints", path, path + "/history"} {
		if got := boss.get(t, p); strings.Contains(string(got.body), "CANARY") || strings.Contains(string(got.body), her.id) || strings.Contains(string(got.body), string(her.user.ID)) {
			t.Errorf("the employer learns from %s: %s", p, got.body)
		}
	}
	boss.get(t, path).problem(t, http.StatusNotFound, "not_found")
	w.binta.get(t, path).problem(t, http.StatusNotFound, "not_found")
	if own := her.get(t, "/complaints").status(t, http.StatusOK); own.len("items") != 1 || own.text("items.0.view") != "own" {
		t.Errorf("her own: %s", own.body)
	}
	open := w.awa.get(t, path).status(t, http.StatusOK)
	if open.text("view") != "staff" || open.text("words") != "CANARYWORDS" || open.at("call") != true {
		t.Errorf("staff: %s", open.body)
	}
	if all := w.awa.get(t, "/complaints?state=open&organisation="+firm.text("id")).status(t, http.StatusOK); all.len("items") != 1 {
		t.Errorf("list: %s", all.body)
	}
	w.awa.post(t, path+"/decide", object{"founded": false, "reason": "x"}, version(99)).problem(t, http.StatusPreconditionFailed, "stale")
	done := w.awa.post(t, path+"/decide", object{"founded": false, "reason": "Une erreur"}, based(open)).status(t, http.StatusOK)
	if done.text("state") != "unfounded" || w.awa.get(t, path+"/history").status(t, http.StatusOK).len("items") != 2 {
		t.Errorf("decided: %s", done.body)
	}
	w.settle(t)
	if list, search, matches := shown(); !list || !search || !matches {
		t.Errorf("when it was nothing: in the list %v, found %v, among matches %v", list, search, matches)
	}
	if n := boss.get(t, offer+"/candidates").status(t, http.StatusOK).len("items"); n != 1 {
		t.Errorf("when it was nothing the employer sees %d candidates", n)
	}
}

// views: beyond the limit nobody new is shown before tomorrow, by any route;
// a lead lets the employer see more.
func views(t *testing.T, w *world) {
	firm := w.awa.post(t, "/organisations", object{"kind": "company", "legal_name": "Regards", "place": "BKO", "phone": "+22320000078"}).status(t, http.StatusCreated)
	of := "/organisations/" + firm.text("id")
	w.moussa.post(t, of+"/verify", nil, based(w.awa.post(t, of+"/verify", nil, based(firm)))).status(t, http.StatusOK)
	boss := w.account(t, identity.NewUser{Role: domain.RoleEmployer, OrganisationID: domain.ID(firm.text("id"))})
	draft := boss.post(t, "/vacancies", vacancy(nil)).status(t, http.StatusCreated)
	offer := "/vacancies/" + draft.text("id")
	boss.post(t, offer+"/submit", object{}, based(draft)).status(t, http.StatusOK)
	first, _ := w.taken(t)
	second, _ := w.taken(t)
	w.settle(t)
	if n := boss.get(t, offer+"/matches?limit=1").status(t, http.StatusOK).len("items"); n != 1 {
		t.Fatalf("%d matches", n)
	}
	standing := w.awa.get(t, of+"/views").status(t, http.StatusOK)
	if standing.at("shown_today") != 1.0 || standing.at("alert") != 60.0 || standing.at("stop") != 120.0 {
		t.Errorf("one was shown: %s", standing.body)
	}
	_, err := w.sql.ExecContext(t.Context(), `UPDATE view_days SET shown = 120 WHERE organisation_id = $1`, firm.text("id"))
	must(t, err)
	stopped := boss.get(t, offer+"/matches?limit=2").problem(t, http.StatusTooManyRequests, "too_many")
	if seconds, err := strconv.Atoi(stopped.header.Get("Retry-After")); err != nil || seconds < 1 || seconds > 24*3600 {
		t.Errorf("come back in %q", stopped.header.Get("Retry-After"))
	}
	boss.get(t, offer+"/matches?limit=1").status(t, http.StatusOK) // who was shown today may be seen again
	x := first.post(t, "/applications", object{"vacancy_id": draft.text("id")}).status(t, http.StatusCreated)
	second.post(t, "/applications", object{"vacancy_id": draft.text("id")}).status(t, http.StatusCreated)
	boss.get(t, offer+"/candidates").problem(t, http.StatusTooManyRequests, "too_many")
	w.awa.post(t, "/applications/"+x.text("id")+"/send", object{}, based(x)).status(t, http.StatusOK)
	boss.get(t, "/applications/"+x.text("id")).status(t, http.StatusOK) // introduced by a counsellor: not counted

	raise := object{"daily": 500, "until": domain.DateOf(w.server.Clock.Now()).AddDays(3).String(), "reason": "Un grand chantier"}
	w.awa.post(t, of+"/views/allowances", raise).problem(t, http.StatusForbidden, "forbidden")
	boss.post(t, of+"/views/allowances", raise).problem(t, http.StatusForbidden, "forbidden")
	w.fia.post(t, of+"/views/allowances", raise).status(t, http.StatusNoContent)
	boss.get(t, offer+"/matches?limit=2").status(t, http.StatusOK)
	boss.get(t, offer+"/candidates").status(t, http.StatusOK)
	w.awa.post(t, of+"/views/note", nil, key("note-once-"+firm.text("id"))).status(t, http.StatusNoContent)
	standing = w.fia.get(t, of+"/views").status(t, http.StatusOK)
	if standing.at("stop") != 500.0 || standing.len("allowances") != 1 || standing.len("alerts") != 1 || standing.text("alerts.0.noted_by") != string(w.awa.user.ID) {
		t.Errorf("raised: %s", standing.body)
	}
	w.binta.get(t, of+"/views").problem(t, http.StatusForbidden, "forbidden")
}
