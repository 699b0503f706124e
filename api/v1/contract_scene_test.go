package v1_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// scene puts something of every kind, in the states that acts begin from, into
// the pool: chance alone seldom gets as far as a placement. The acts are left
// to the run.
func (r *run) scene() {
	t, w := r.t, r.w
	t.Helper()
	w.awa.token, w.employer.token, w.admin.token = w.tokenFor(t, w.awa.user), w.tokenFor(t, w.employer.user), w.tokenFor(t, w.admin.user)
	w.fia.token, r.rival.token = w.tokenFor(t, w.fia.user), w.tokenFor(t, r.rival.user)

	here, file := w.taken(t)
	from := len(r.players) - 3
	r.scenes++
	her := &player{here.caller, r.players[from+r.scenes%3].name}
	r.players[from+r.scenes%3] = her
	r.see(her, "get-jobseeker", here.id)
	staff, firm := &player{w.awa, "counsellor"}, &player{w.employer, "employer"}
	r.see(staff, "get-jobseeker", here.id)
	r.see(staff, "get-case", file)
	r.see(staff, "get-jobseeker", w.registered(t, object{"here": true}).id)
	closed := w.registered(t, object{"here": true})
	r.see(staff, "get-jobseeker", closed.id)
	w.awa.post(t, "/jobseekers/"+closed.id+"/registration/close", object{"reason": "left"}, based(w.awa.get(t, "/jobseekers/"+closed.id+"/registration")))

	asked := w.awa.post(t, "/jobseekers/"+here.id+"/rights-requests", object{"kind": "access", "words": "Tout ce que vous gardez"}).status(t, http.StatusCreated)
	for _, by := range []*player{her, staff} {
		r.see(by, "get-rights-request", asked.text("id"))
	}

	// Applications: proposed, with the employer, and hired.
	proposed := w.awa.post(t, "/applications/proposals", object{"person_id": here.id, "vacancy_id": w.published(t, object{"posts": 3}).text("id")}).status(t, http.StatusCreated)
	sent := w.sent(t, here, w.published(t, object{"posts": 3}).text("id"))
	for _, x := range []string{proposed.text("id"), sent.text("id")} {
		for _, by := range []*player{her, staff, firm} {
			r.see(by, "get-application", x)
		}
	}
	for _, start := range []bool{false, true} {
		x := w.sent(t, here, w.published(t, object{"posts": 3}).text("id"))
		hired := w.employer.post(t, "/applications/"+x.text("id")+"/hire", object{"starts_on": r.today()}, based(x)).status(t, http.StatusOK).text("placement_id")
		if start {
			w.awa.post(t, "/placements/"+hired+"/start", object{"on": r.today()}, based(w.awa.get(t, "/placements/"+hired))).status(t, http.StatusOK)
		}
		for _, by := range []*player{her, staff, firm} {
			r.see(by, "get-placement", hired)
		}
	}

	filled := w.published(t, nil).text("id")
	rest, _ := w.taken(t)
	taken, left := w.sent(t, here, filled), w.sent(t, rest, filled)
	w.employer.post(t, "/applications/"+taken.text("id")+"/hire", object{"starts_on": r.today()}, based(taken)).status(t, http.StatusOK)
	r.see(staff, "get-application", left.text("id"))
	r.leftover = left

	// Vacancies: open, drafted whole, and waiting for a counsellor.
	open := w.published(t, object{"posts": 3}).text("id")
	r.opening = open
	draft := w.employer.post(t, "/vacancies", vacancy(nil)).status(t, http.StatusCreated).text("id")
	for _, by := range []*player{her, staff, firm} {
		r.see(by, "get-vacancy", open)
		r.see(by, "get-vacancy", draft)
	}
	waiting := r.rival.post(t, "/vacancies", vacancy(nil)).status(t, http.StatusCreated)
	r.rival.post(t, "/vacancies/"+waiting.text("id")+"/submit", object{}, based(waiting)).status(t, http.StatusOK)
	// What is submitted is decided at once; what still waits came from elsewhere.
	_, err := w.sql.ExecContext(t.Context(), `UPDATE vacancies SET state = 'submitted' WHERE id = $1`, waiting.text("id"))
	must(t, err)
	r.see(staff, "get-vacancy", waiting.text("id"))
	r.see(&player{r.rival, "rival"}, "get-vacancy", waiting.text("id"))

	// A complaint about an employer of its own: the first is needed, and one that is founded ends it.
	accused := w.awa.post(t, "/organisations", object{"kind": "company", "legal_name": "Plainte SA", "place": "BKO", "phone": "+22320000078"}).status(t, http.StatusCreated)
	firmPath := "/organisations/" + accused.text("id")
	w.moussa.token = w.tokenFor(t, w.moussa.user)
	w.moussa.post(t, firmPath+"/verify", nil, based(w.awa.post(t, firmPath+"/verify", nil, based(accused)))).status(t, http.StatusOK)
	for range 2 {
		v := w.awa.post(t, "/vacancies/recorded", object{"title": "Maçon", "contract": "fixed_term", "place": "BKO", "posts": 1, "fee_free": true,
			"organisation": accused.text("id"), "source": "phone"}).status(t, http.StatusCreated)
		r.suspects = append(r.suspects, v.text("id"))
	}
	r.suspects = r.suspects[max(0, len(r.suspects)-4):]
	complained := w.awa.post(t, "/vacancies/"+r.suspects[len(r.suspects)-1]+"/complaints", object{"kind": "money", "person_id": here.id}).status(t, http.StatusCreated)
	r.see(staff, "get-complaint", complained.text("id"))
	r.between(here)
	r.withApp()

	// Somebody new, somebody invited, somebody who has not sent the form yet.
	email := func() string { return fmt.Sprintf("contract%d@example.org", w.next()) }
	user := w.admin.post(t, "/users", object{"role": "counsellor", "name": "Issa Koné", "email": email(), "password": password, "agency_id": w.bamako}).
		status(t, http.StatusCreated)
	r.see(&player{w.admin, "administrator"}, "get-user", user.text("id"))
	r.newcomer = user.text("email")
	r.see(&player{w.admin, "administrator"}, "get-agency", w.admin.post(t, "/agencies", object{
		"code": fmt.Sprintf("A%d", w.next()), "name": "Agence de Ségou", "place": "SEG", "serves": []string{"SEG"},
	}).status(t, http.StatusCreated).text("id"))
	invited := w.fia.post(t, "/invitations", object{"role": "counsellor", "name": "Kadia Sow", "email": email()}).status(t, http.StatusCreated)
	r.pool.values["secret"] = lately(r.pool.values["secret"], invited.text("secret"))
	drafted := w.visitor.post(t, "/registrations/drafts", object{
		"given": "Kadiatou", "family": fmt.Sprintf("Essai%d", w.next()), "residence": object{"place": "BKO"}, "secret": "kalanso", "phones": []object{{"number": r.phone()}},
		"text_version": "2026-11-27", "consents": []string{"matching"},
	}).status(t, http.StatusCreated)
	r.pool.values["draft"] = lately(r.pool.values["draft"], drafted.text("draft"))
	w.settle(t)
}

// between puts what goes on between two agencies into the pool: a file that was
// asked for, one that is offered, an emergency.
func (r *run) between(here jobseeker) {
	t, w := r.t, r.w
	t.Helper()
	w.binta.token = w.tokenFor(t, w.binta.user)
	staff, away := &player{w.awa, "counsellor"}, &player{w.binta, "counsellor elsewhere"}
	reference := func(j jobseeker) string {
		return w.awa.get(t, "/jobseekers/"+j.id).status(t, http.StatusOK).text("reference")
	}
	few := r.scenes < 3 // a day's requests and emergencies are few: most are left to the run
	for range 2 {
		j, _ := w.taken(t)
		if found := w.binta.post(t, "/jobseekers/find", object{"words": reference(j)}); few && found.text("items.0.hint") != "" {
			asked := w.binta.post(t, "/transfers", object{"hint": found.text("items.0.hint"), "reason": "Elle est ici"})
			r.see(staff, "get-transfer", asked.text("id"))
			r.see(away, "get-transfer", asked.text("id"))
		}
		k, _ := w.taken(t)
		offered := w.awa.post(t, "/jobseekers/"+k.id+"/transfers", object{"agency_id": w.kayes, "reason": "Elle part"})
		r.see(staff, "get-transfer", offered.text("id"))
		r.see(away, "get-transfer", offered.text("id"))
	}
	r.stranger = reference(here)
	in := object{"kind": "missing", "reason": "Sa sœur la cherche depuis hier"}
	if found := r.elsewhere.post(t, "/jobseekers/find", object{"words": r.stranger}); few && found.text("items.0.hint") != "" {
		in["hint"] = found.text("items.0.hint")
		opened := r.elsewhere.post(t, "/emergencies", in)
		for _, by := range []*player{away, {w.fia, "lead"}} {
			r.see(by, "get-emergency", opened.text("id"))
		}
	}
	other, _ := w.taken(t)
	r.stranger = reference(other)
}

// pair is two files that may be one woman's; the lead of their agency says so,
// or that they are two.
func (r *run) pair() (lead *player, kept, gone string) {
	r.renew()
	return &player{r.w.fia, "lead"}, r.w.registered(r.t, object{"here": true}).id, r.w.registered(r.t, object{"here": true}).id
}

// oneOfTwo is what a lead sends to make one file of two.
func (r *run) oneOfTwo() (lead *player, in object) {
	lead, kept, gone := r.pair()
	beside := lead.get(r.t, "/jobseekers/"+kept+"/compare/"+gone).status(r.t, http.StatusOK)
	return lead, object{"survivor_id": kept, "absorbed_id": gone, "survivor_version": beside.number("survivor.version"), "absorbed_version": beside.number("absorbed.version"), "reason": "La même"}
}

// paper is what somebody new adds for herself: an account adds few a day.
func (r *run) paper() (her *player, id string, in object) {
	r.renew()
	j := r.w.registered(r.t, object{"here": true})
	pdf := base64.StdEncoding.EncodeToString([]byte("%PDF-1.4\nstartxref\n0\n%%EOF\n"))
	return &player{j.caller, "jobseeker"}, j.id, object{"kind": "diploma", "file": pdf}
}

// withApp is somebody who signs in with an app besides, as her browser shows it.
func (r *run) withApp() {
	guest := r.welcome(r.w.account(r.t, identity.NewUser{Role: domain.RoleAnalyst}).inSession(r.t).cookie)
	secret := guest.post(r.t, "/factors/totp", nil).status(r.t, http.StatusCreated).text("secret")
	guest.post(r.t, "/factors/totp/confirm", object{"code": codeAt(r.t, secret, 0)}).status(r.t, http.StatusCreated)
	r.see(guest, "list-factors", "")
}

// filledIn is the form of somebody new, whole and not sent yet.
func (r *run) filledIn() object {
	return object{
		"given": "Oumou", "family": fmt.Sprintf("Essai%d", r.w.next()), "residence": object{"place": "BKO"}, "phones": []object{{"number": r.phone()}},
		"secret": "Niamakoro", "birth": object{"precision": "year", "year": 1994},
	}
}

// drafted is the draft of that form.
func (r *run) drafted() string {
	return r.w.visitor.post(r.t, "/registrations/drafts", r.filledIn()).status(r.t, http.StatusCreated).text("draft")
}

// quarantined is somebody whose registration came without proof of work.
func (r *run) quarantined() (id string) {
	sent := r.w.visitor.post(r.t, "/registrations", object{"draft": r.drafted()}).status(r.t, http.StatusCreated)
	// Other agencies may serve the place by now: hers is the one whose staff are here.
	must(r.t, r.w.sql.QueryRowContext(r.t.Context(), `UPDATE registrations SET agency_id = $2 WHERE person_id = (SELECT id FROM persons WHERE reference = $1) RETURNING person_id`,
		sent.text("reference"), r.w.bamako).Scan(&id))
	return id
}

// agreed is an application that may be sent to the employer.
func (r *run) agreed() (id string) {
	r.renew()
	j, _ := r.w.taken(r.t)
	x := r.w.awa.post(r.t, "/applications/proposals", object{"person_id": j.id, "vacancy_id": r.w.published(r.t, object{"posts": 3}).text("id")}).status(r.t, http.StatusCreated)
	return j.post(r.t, "/applications/"+x.text("id")+"/consent", object{}, based(x)).status(r.t, http.StatusOK).text("id")
}

// renew gives those who help the run tokens that nobody has revoked.
func (r *run) renew() {
	for _, who := range []*caller{&r.w.awa, &r.w.employer, &r.w.fia} {
		who.token = r.w.tokenFor(r.t, who.user)
	}
}

// see reads a record as somebody, so that the pool has it.
func (r *run) see(by *player, id, record string) {
	for _, op := range r.operations {
		if op.OperationID == id {
			r.send(&request{op: op, by: by, method: op.Method, path: map[string]string{"id": record}, query: url.Values{}, header: http.Header{}})
		}
	}
}

func (r *run) today() string { return domain.DateOf(r.w.server.Clock.Now()).String() }

func (r *run) phone() string { return fmt.Sprintf("75%06d", r.w.next()) }
