package v1_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// guarded are names of what the service decides: in a body they are refused,
// or are for those of whom the table says so.
var guarded = []string{
	"id", "version", "agency_id", "organisation_id", "organisation", "owner", "owner_id", "state", "stage", "role", "verification", "verified", "verified_at", "verified_by",
	"first_by", "second_by", "person_id", "user_id", "created_at", "updated_at", "published_at", "sent_at", "scopes", "demo", "reference", "entry", "source", "origin",
	"posts_filled", "recorded_by", "proposed_by", "shared_by", "author_id", "disabled", "disabled_at", "password_hash", "secret_hash", "chased_at", "confirmed_at", "evidence",
	"recognition", "mode", "view", "subject", "issuer", "revoked_at", "expires_at", "closed_reason", "registered_on",
}

// settable are the guarded names that a body may hold, each with what keeps it
// from being misused. The last tests of this file try those that matter.
var settable = map[string]string{
	"AssignCaseBody.owner":           "the lead's choice among colleagues",
	"TakeAudit.agency_id":            "a filter",
	"TakeAudit.role":                 "a filter",
	"BindSubjectBody.issuer":         "administrators, after saying again who they are",
	"BindSubjectBody.subject":        "administrators, after saying again who they are",
	"ComplainBody.person_id":         "staff, of persons they may speak for; a jobseeker's own is used whatever it says",
	"Consent.mode":                   "how it was given; staff must name a witness where there is no writing",
	"ConsentApplicationBody.mode":    "staff record how somebody said yes",
	"CreateTokenBody.scopes":         "no more than the account itself may",
	"CreateUserBody.agency_id":       "administrators",
	"CreateUserBody.role":            "administrators",
	"CreateVacancyBody.organisation": "staff; an employer's own is used whatever it says",
	"Displacement.id":                "of the person's own entries; another is refused",
	"Episode.id":                     "of the person's own entries; another is refused",
	"Episode.role":                   "what the country was: destination or transit",
	"Phone.owner":                    "whose phone it is: own, shared or a helper's",
	"SignUpBody.organisation":        "what a new organisation says of itself",
	"FindJobseekersBody.agency_id":   "a filter",
	"FindJobseekersBody.state":       "a filter",
	"InviteBody.agency_id":           "administrators; a lead's own alone",
	"InviteBody.organisation_id":     "administrators; an employer's own alone",
	"InviteBody.role":                "leads invite counsellors, employers colleagues",
	"JoinBody.agency_id":             "administrators",
	"Learned.recognition":            "what the person says of a diploma",
	"OfferTransferBody.agency_id":    "to whom a file is offered",
	"Phone.verified_at":              "read only",
	"ProposeBody.person_id":          "staff, of persons they may propose",
	"RecordVacancyBody.organisation": "staff",
	"RecordVacancyBody.source":       "staff: where it was heard",
	"SettleActionBody.state":         "what the act is about",
	"SettleGoalBody.state":           "what the act is about",
	"Share.agency_id":                "whom a file is shared with",
	"Share.id":                       "read only",
	"Share.shared_by":                "read only",
	"Share.user_id":                  "whom a file is shared with",
	"Skill.evidence":                 "staff; what a person says of herself is declared",
	"UpdateUserBody.disabled":        "administrators",
}

// inputs walks every object that a body can hold: where it is in the body, and
// a body that holds it.
func inputs(doc *huma.OpenAPI, schema *huma.Schema, visit func(kind, at string, s *huma.Schema, around func(object) any)) {
	var walk func(kind, at string, s *huma.Schema, around func(any) any)
	walk = func(kind, at string, s *huma.Schema, around func(any) any) {
		if s.Ref != "" {
			kind, s = s.Ref[strings.LastIndexByte(s.Ref, '/')+1:], doc.Components.Schemas.SchemaFromRef(s.Ref)
		}
		switch s.Type {
		case huma.TypeObject:
			visit(kind, at, s, func(o object) any { return around(o) })
			for _, name := range sortedKeys(s.Properties) {
				walk(kind+"."+name, strings.TrimPrefix(at+"."+name, "."), s.Properties[name], func(v any) any { return around(object{name: v}) })
			}
		case huma.TypeArray:
			walk(kind, at+".0", s.Items, func(v any) any { return around([]any{v}) })
		}
	}
	walk("", "", schema, func(v any) any { return v })
}

func bodyOf(op operation) *huma.Schema {
	if op.RequestBody == nil || op.RequestBody.Content["application/json"] == nil {
		return nil
	}
	return op.RequestBody.Content["application/json"].Schema
}

// everyName is every name that a member has anywhere in the API.
func everyName(doc *huma.OpenAPI) []string {
	names := map[string]bool{}
	for _, s := range doc.Components.Schemas.Map() {
		for name := range s.Properties {
			names[name] = true
		}
	}
	for _, name := range guarded {
		names[name] = true
	}
	return sortedKeys(names)
}

// foreignMembers sends, in every object of every body, every name that exists
// anywhere in the API and does not belong there: each is refused, none ignored.
func foreignMembers(t *testing.T, w *world) {
	names, objects := everyName(w.doc), 0
	for _, op := range w.tally.operations {
		schema := bodyOf(op)
		if schema == nil {
			continue
		}
		path := strings.TrimPrefix(op.Path, "/api/v1")
		for _, p := range op.Parameters {
			path = strings.ReplaceAll(path, "{"+p.Name+"}", either(p.Schema.Type == "integer", "01900000-0000-7000-8000-0000000000ff", "0"))
		}
		inputs(w.doc, schema, func(_, at string, s *huma.Schema, around func(object) any) {
			objects++
			extra := object{}
			for _, name := range names {
				if s.Properties[name] == nil {
					extra[name] = "x"
				}
			}
			got := w.admin.call(t, op.Method, path, around(extra), header("If-Match", `"1"`)).problem(t, http.StatusUnprocessableEntity, "invalid")
			refused := 0
			for i := range got.len("errors") {
				if e := fmt.Sprintf("errors.%d.", i); got.text(e+"code") == "error.unexpected" && got.text(e+"field") == either(at == "", at, "body") {
					refused++
				}
			}
			if refused != len(extra) {
				t.Errorf("%s at %q: %d of %d foreign members were refused", op.OperationID, at, refused, len(extra))
			}
		})
	}
	if objects < 80 {
		t.Errorf("only %d objects were tried", objects)
	}
}

// guardedMembers compares the bodies with the table of what they may set.
func guardedMembers(t *testing.T, w *world) {
	found := map[string]bool{}
	for _, op := range w.tally.operations {
		if schema := bodyOf(op); schema != nil {
			inputs(w.doc, schema, func(kind, _ string, s *huma.Schema, _ func(object) any) {
				for name := range s.Properties {
					if slices.Contains(guarded, name) {
						found[kind+"."+name] = true
					}
				}
			})
		}
	}
	for _, field := range slices.Sorted(maps.Keys(found)) {
		if settable[field] == "" {
			t.Errorf("%s can be sent: by whom?", field)
		}
	}
	for field := range settable {
		if !found[field] {
			t.Errorf("%s is in the table and in no body", field)
		}
	}
}

// readOnlyMembers sends what was read back with other values where the document
// says read only: they are ignored.
func readOnlyMembers(t *testing.T, w *world) {
	const forged = "zqxforged"
	tried := map[string]bool{}
	record := object{
		"experience": []object{{"title": "maçon", "occupation_name": forged}}, "wishes": []object{{"words": "maçon", "occupation_name": forged}},
		"skills":    []object{{"words": "monter un mur en briques", "concept_name": forged}},
		"residence": object{"place": "BKO", "region": forged}, "phones": []object{{"number": "78001122", "verified_at": "2001-02-03T04:05:06Z"}},
	}
	j := w.registered(t, record)
	w.awa.post(t, "/jobseekers/"+j.id+"/case", nil).status(t, http.StatusCreated)
	path := "/jobseekers/" + j.id
	for part, fields := range map[string][]string{"experience": {"experience"}, "skills": {"skills"}, "wishes": {"wishes"}, "contact": {"phones", "residence"}} {
		body := object{}
		for _, name := range fields {
			body[name] = record[name]
		}
		w.awa.put(t, path+"/"+part, body, based(w.awa.get(t, path))).status(t, http.StatusOK)
	}
	file := w.awa.get(t, path+"/case").text("id")
	shared := w.awa.post(t, "/cases/"+file+"/shares", object{
		"user_id": w.binta.user.ID, "until": time.Now().UTC().Add(48 * time.Hour).Format(time.RFC3339), "shared_by": w.moussa.user.ID, "since": "2001-02-03T04:05:06Z",
		"id": w.moussa.user.ID,
	}).status(t, http.StatusCreated)
	firm := w.awa.post(t, "/organisations", object{"kind": "company", "legal_name": "Forgée", "place": "BKO", "phone": "+22320000043"}).status(t, http.StatusCreated)
	of := "/organisations/" + firm.text("id") + "/views"
	w.fia.post(t, of+"/allowances", object{
		"daily": 200, "until": domain.DateOf(w.server.Clock.Now()).AddDays(3).String(), "reason": "Un grand chantier", "given_by": w.moussa.user.ID,
	}).status(t, http.StatusNoContent)
	allowed := w.fia.get(t, of).status(t, http.StatusOK)
	if allowed.text("allowances.0.given_by") != string(w.fia.user.ID) {
		t.Errorf("allowed: %s", allowed.body)
	}
	offer := w.employer.post(t, "/vacancies", vacancy(object{"occupation_name": forged, "skills": []object{{"words": "souder", "concept_name": forged}}})).status(t, http.StatusCreated)
	for _, a := range []answer{w.awa.get(t, path), shared, offer, allowed} {
		for _, trace := range []string{forged, "2001-02-03", string(w.moussa.user.ID)} {
			if strings.Contains(string(a.body), trace) {
				t.Errorf("%s: what is read only was set to %s: %s", a.asked, trace, a.body)
			}
		}
	}
	for _, field := range strings.Fields("Experience.occupation_name Wish.occupation_name Skill.concept_name Residence.region Phone.verified_at Share.id Share.shared_by Share.since ViewAllowance.given_by " +
		"CreateVacancyBody.occupation_name RecordVacancyBody.occupation_name Offer.occupation_name RequiredSkill.concept_name") {
		tried[field] = true
	}
	for _, op := range w.tally.operations {
		if schema := bodyOf(op); schema != nil {
			inputs(w.doc, schema, func(kind, _ string, s *huma.Schema, _ func(object) any) {
				for name, of := range s.Properties {
					if of.ReadOnly && !tried[kind+"."+name] {
						t.Errorf("%s.%s is read only, and nobody tried to set it", kind, name)
					}
				}
			})
		}
	}
}

// beyondOnesReach sets what a body may hold to what this sender may not.
func beyondOnesReach(t *testing.T, w *world) {
	rival := w.awa.post(t, "/organisations", object{"kind": "company", "legal_name": "Rivale", "place": "BKO", "phone": "+22320000042"}).status(t, http.StatusCreated).text("id")
	a, _ := w.taken(t)
	b, _ := w.taken(t)
	count := func(query string, args ...any) (n int) {
		must(t, w.sql.QueryRowContext(t.Context(), query, args...).Scan(&n))
		return n
	}
	journey := func(j jobseeker, body object) answer {
		return w.awa.put(t, "/jobseekers/"+j.id+"/migration", body, based(w.awa.get(t, "/jobseekers/"+j.id)))
	}
	first := journey(a, object{"episodes": []object{{"country": "DZA"}}, "displacements": []object{{"origin_place": "GAO"}}}).status(t, http.StatusOK)
	before := string(w.awa.get(t, "/jobseekers/"+a.id+"/migration").body)
	journey(b, object{"episodes": []object{{"id": first.text("episodes.0.id"), "country": "LBY"}}, "displacements": []object{{"id": first.text("displacements.0.id"), "origin_place": "KID"}}})
	if after := string(w.awa.get(t, "/jobseekers/"+a.id+"/migration").body); after != before {
		t.Errorf("another's journey was overwritten: %s, before %s", after, before)
	}

	w.employer.post(t, "/vacancies", vacancy(object{"organisation": rival}))
	if n := count(`SELECT count(*) FROM vacancies WHERE organisation_id = $1`, rival); n != 0 {
		t.Errorf("an employer wrote %d vacancies for another", n)
	}
	said := a.put(t, "/jobseekers/"+a.id+"/skills", object{"skills": []object{{"words": "souder", "evidence": "certified"}}}, based(a.get(t, "/jobseekers/"+a.id)))
	if said.code < 300 && said.text("skills.0.evidence") != "declared" {
		t.Errorf("she certified herself: %s", said.body)
	}

	accounts := count(`SELECT count(*) FROM users WHERE role = 'administrator'`) + count(`SELECT count(*) FROM invitations WHERE role = 'administrator'`)
	elsewhere := count(`SELECT count(*) FROM invitations WHERE agency_id = $1`, w.kayes)
	for _, by := range []caller{w.awa, w.fia, w.employer, w.analyst, a.caller} {
		for _, role := range []string{"administrator", "lead", "counsellor", "employer"} {
			in := object{"role": role, "name": "X", "email": fmt.Sprintf("reach%d@example.org", w.next()), "agency_id": w.kayes, "organisation_id": rival}
			by.post(t, "/invitations", in)
			delete(in, "organisation_id")
			in["password"] = password
			by.post(t, "/users", in)
		}
	}
	if now := count(`SELECT count(*) FROM users WHERE role = 'administrator'`) + count(`SELECT count(*) FROM invitations WHERE role = 'administrator'`); now != accounts {
		t.Error("somebody made an administrator")
	}
	if now := count(`SELECT count(*) FROM invitations WHERE agency_id = $1`, w.kayes); now != elsewhere {
		t.Error("somebody was invited to another's agency")
	}
	if n := count(`SELECT count(*) FROM invitations WHERE organisation_id = $1`, rival); n != 0 {
		t.Error("somebody was invited to another's organisation")
	}
	lead := w.account(t, identity.NewUser{Role: domain.RoleCounsellor, AgencyID: domain.ID(w.bamako)})
	me := lead.inSession(t)
	made := me.post(t, "/tokens", object{"name": "x", "scopes": []string{"user.*"}, "days": 1, "recipient": "x"})
	if made.code < 300 {
		caller{w: w, user: lead.user, token: made.text("secret")}.get(t, "/users").problem(t, http.StatusNotFound, "not_found")
	}
}
