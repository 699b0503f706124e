package v1_test

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// player is somebody who calls: with a token, or in a session as a browser has.
type player struct {
	caller
	name string
}

// cast makes everybody who calls, and something for each to be about. Their own
// accounts, agencies and first employer are left alone by the run: without them
// it would come to a standstill.
func (r *run) cast() {
	t, w := r.t, r.w
	t.Helper()
	rival := w.awa.post(t, "/organisations", object{"kind": "company", "legal_name": "Rivale SA", "place": "BKO", "phone": "+22320000077"}).status(t, http.StatusCreated).text("id")
	staff := map[string]caller{
		"administrator": w.admin, "counsellor": w.awa, "colleague": w.moussa, "lead": w.fia, "counsellor elsewhere": w.binta, "analyst": w.analyst,
		"employer": w.employer, "data protection": w.account(t, identity.NewUser{Role: domain.RoleDataProtection}),
		"rival": w.account(t, identity.NewUser{Role: domain.RoleEmployer, OrganisationID: domain.ID(rival)}),
	}
	for _, name := range sortedKeys(staff) {
		who := staff[name]
		r.pool.hush(who.user.Email)
		r.pool.keep(string(who.user.ID))
		r.players = append(r.players, &player{who, name}, &player{who.inSession(t), name + " in a browser"})
	}
	r.rival = staff["rival"]
	r.pool.keep(w.bamako, w.kayes, w.organisation, rival)
	r.players = append(r.players, &player{w.visitor, "visitor"})
	for i, place := range []string{"BKO", "BKO", "KAY"} {
		j := w.registered(t, object{"residence": object{"place": place}})
		r.players = append(r.players, &player{j.caller, "jobseeker " + string(rune('a'+i))})
	}
	twofold := w.account(t, identity.NewUser{Role: domain.RoleAnalyst})
	r.pool.keep(string(twofold.user.ID))
	r.twofold = player{twofold, "analyst with a second factor"}
	r.elsewhere = &player{r.w.binta.inSession(t), "counsellor elsewhere in a browser"}
	r.players = append(r.players, r.elsewhere)
	me := twofold.inSession(t)
	secret := me.post(t, "/factors/totp", nil).status(t, http.StatusCreated).text("secret")
	for _, code := range me.post(t, "/factors/totp/confirm", object{"code": codeAt(t, secret, 0)}).status(t, http.StatusCreated).at("codes").([]any) {
		r.recovery = append(r.recovery, code.(string))
	}
	r.scene()
	r.lookAround()
}

// lookAround reads every list once as everybody, to know what there is.
func (r *run) lookAround() {
	for _, op := range r.operations {
		if op.Method != http.MethodGet || strings.Contains(op.Path, "{") {
			continue
		}
		for _, by := range r.players {
			if q := r.requestBy(op, by); q != nil {
				r.send(q)
			}
		}
	}
}

func (r *run) everybody() []*player { return slices.Concat(r.players, r.guests) }

// welcome adds somebody who signed in during the run; only a few stay.
func (r *run) welcome(cookie string) *player {
	guest := &player{caller{w: r.w, cookie: cookie}, "guest"}
	r.guests = append(r.guests, guest)
	if len(r.guests) > 6 {
		r.guests = r.guests[1:]
	}
	return guest
}

// revive lets somebody in again whose session or token came to an end, or who
// must say again who one is.
func (r *run) revive(by *player, a answer) {
	switch {
	case by.name == "guest" && a.code == http.StatusUnauthorized:
		r.guests = slices.DeleteFunc(r.guests, func(g *player) bool { return g == by })
	case by.user.ID == "" || a.code != http.StatusUnauthorized && a.text("type") != "urn:baara:problem:step_up":
	case by.token != "" && a.code == http.StatusUnauthorized:
		by.token = r.w.tokenFor(r.t, by.user)
	case by.cookie != "":
		in := r.w.visitor.call(r.t, http.MethodPost, "/sessions", object{"email": by.user.Email, "password": password})
		if cookie := in.session(); cookie != "" {
			by.cookie = cookie
		}
	}
}

// adjust makes right what no document can say: codes that were sent to
// somebody, or that an app shows; what several records have to fit together for.
func (r *run) adjust(q *request) {
	body, _ := q.body.(object)
	if r.chance(0.5) {
		r.fit(q)
	}
	switch q.op.OperationID {
	case "check-code":
		r.renew()
		phone := r.w.registered(r.t, nil).get(r.t, "/users/me").text("phone")
		r.w.visitor.call(r.t, http.MethodPost, "/sessions/codes", object{"phone": phone})
		body["phone"], body["code"] = phone, r.w.code(r.t, phone)
	case "draft-registration":
		if r.chance(0.5) {
			q.by, q.body = &player{r.w.visitor, "visitor"}, r.filledIn()
		}
	case "sign-up-employer":
		if r.chance(0.5) {
			q.by, q.body = &player{r.w.visitor, "visitor"}, object{
				"organisation": object{"kind": "workshop", "legal_name": "Atelier Diarra", "place": "BKO"},
				"account":      object{"name": "Moussa Diarra", "email": r.known("email")[0], "password": password},
			}
		}
	case "list-record-looks": // who saw it is for the person alone
		for _, by := range r.players {
			if by.user.PersonID != "" && r.chance(0.3) {
				q.by, q.path["id"] = by, string(by.user.PersonID)
			}
		}
	case "offer-transfer":
		if r.chance(0.5) {
			r.renew()
			offered, _ := r.w.taken(r.t)
			q.by, q.path["id"], q.body = &player{r.w.awa, "counsellor"}, offered.id, object{"agency_id": r.w.kayes, "reason": "Elle part"}
		}
	case "send-application":
		if r.chance(0.5) {
			q.path["id"], q.by = r.agreed(), &player{r.w.awa, "counsellor"}
		}
	case "register":
		if r.chance(0.5) {
			q.by, body["draft"] = &player{r.w.visitor, "visitor"}, r.drafted()
		}
	case "clear-registration":
		if r.chance(0.5) {
			q.by, q.path["id"] = &player{r.w.awa, "counsellor"}, r.quarantined()
		}
	case "record-vacancy":
		if r.chance(0.5) {
			q.by, q.body = &player{r.w.awa, "counsellor"}, vacancy(object{"source": "radio", "source_detail": "Radio de Bamako", "organisation": r.w.organisation})
		}
	case "get-audit-entry":
		if r.chance(0.5) {
			q.path["chain"], q.path["seq"] = "1", "1"
		}
	case "sign-in":
		if r.chance(0.5) {
			body["email"], body["password"] = r.newcomer, password
		}
	case "apply":
		if r.chance(0.5) {
			body["vacancy_id"] = r.opening
		}
	case "complain":
		q.path["id"] = r.suspects[r.dice.IntN(len(r.suspects))]
		if q.by.user.Role == domain.RoleJobseeker {
			delete(body, "person_id")
		}
	case "ask-transfer", "open-in-emergency":
		if r.chance(0.5) {
			q.by = r.elsewhere
			body["reason"] = "Sa famille la cherche depuis hier soir"
			if found := r.elsewhere.post(r.t, "/jobseekers/find", object{"words": r.stranger}); found.text("items.0.hint") != "" {
				body["hint"] = found.text("items.0.hint")
			}
		}
	case "close-other-applications":
		q.path["id"], body["applications"] = r.leftover.text("vacancy_id"), []any{r.leftover.text("id")}
	case "remove-factor":
		for _, guest := range r.guests {
			if has := guest.get(r.t, "/factors"); has.text("items.0.id") != "" {
				q.by, q.path["id"] = guest, has.text("items.0.id")
			}
		}
	case "sign-in-second":
		if len(r.recovery) > 0 {
			in := r.w.visitor.call(r.t, http.MethodPost, "/sessions", object{"email": r.twofold.user.Email, "password": password})
			if in.session() != "" {
				q.by = &player{caller{w: r.w, cookie: in.session()}, "somebody half signed in"}
				body["code"], r.recovery = r.recovery[0], r.recovery[1:]
			}
		}
	case "confirm-app":
		who := r.w.account(r.t, identity.NewUser{Role: domain.RoleAnalyst})
		guest := r.welcome(who.inSession(r.t).cookie)
		secret := guest.post(r.t, "/factors/totp", nil).text("secret")
		if code, err := totp.GenerateCode(secret, time.Now()); err == nil {
			q.by, body["code"] = guest, code
		}
	}
}

// fit gives a request records made for it.
func (r *run) fit(q *request) {
	switch q.op.OperationID {
	case "merge-jobseekers":
		q.by, q.body = r.oneOfTwo()
	case "compare-jobseekers", "keep-jobseekers-apart":
		q.by, q.path["id"], q.path["other"] = r.pair()
	case "undo-merge", "get-merge":
		lead, in := r.oneOfTwo()
		q.by, q.path["id"] = lead, lead.post(r.t, "/merges", in).status(r.t, http.StatusCreated).text("id")
	case "add-document":
		q.by, q.path["id"], q.body = r.paper()
	case "open-document", "remove-document":
		her, id, in := r.paper()
		q.by, q.path["id"], q.path["document"] = her, id, her.post(r.t, "/jobseekers/"+id+"/documents", in).status(r.t, http.StatusCreated).text("id")
	case "reopen-registration":
		r.renew()
		at := "/jobseekers/" + r.w.registered(r.t, object{"here": true}).id
		r.w.awa.post(r.t, at+"/registration/close", object{"reason": "left"}, based(r.w.awa.get(r.t, at+"/registration"))).status(r.t, http.StatusOK)
		q.by, q.path["id"], q.body = &player{r.w.awa, "counsellor"}, strings.TrimPrefix(at, "/jobseekers/"), object{"reason": "Revenue de Ségou"}
	case "resume-vacancy":
		r.renew()
		public := r.w.published(r.t, object{"posts": 3})
		r.w.employer.post(r.t, "/vacancies/"+public.text("id")+"/suspend", object{}, based(public)).status(r.t, http.StatusOK)
		q.by, q.path["id"] = &player{r.w.employer, "employer"}, public.text("id")
	case "export-audit":
		for _, by := range r.players {
			if by.name == "data protection in a browser" {
				q.by, q.body = by, object{"recipient": "Autorité de protection", "role": "data_protection"}
			}
		}
	}
}
