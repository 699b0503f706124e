package v1_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// What somebody asks about her own data, who answers, and who saw her record.
func ownRights(t *testing.T, w *world) {
	j, _ := w.taken(t)
	other := w.registered(t, nil)
	officer := w.account(t, identity.NewUser{Role: domain.RoleDataProtection})
	of := "/jobseekers/" + j.id + "/rights-requests"

	in := object{"kind": "rectification", "words": "CANARYWORDS: je suis née en 1996."}
	for field, wrong := range map[string]object{
		"words": {"kind": "rectification"}, "purpose": {"kind": "objection"},
	} {
		j.post(t, of, wrong).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, field, map[string]string{"words": "error.required", "purpose": "error.rights.purpose"}[field])
	}
	made := j.post(t, of, in, key("correct-me-once")).status(t, http.StatusCreated)
	if again := j.post(t, of, in, key("correct-me-once")).status(t, http.StatusCreated); again.text("id") != made.text("id") {
		t.Errorf("repeated: %s, first %s", again.body, made.body)
	}
	path := "/rights-requests/" + made.text("id")
	if !strings.HasSuffix(made.header.Get("Location"), path) || made.text("state") != "received" || made.text("mode") != "self" || made.text("agency_id") != w.bamako || made.text("due_on") == "" {
		t.Errorf("made: %s at %q", made.body, made.header.Get("Location"))
	}
	j.post(t, of, in).problem(t, http.StatusConflict, "conflict")
	j.post(t, "/jobseekers/"+other.id+"/rights-requests", in).problem(t, http.StatusNotFound, "not_found")
	counter := w.awa.post(t, of, object{"kind": "access", "words": "Elle demande ce qui est gardé."}).status(t, http.StatusCreated)
	if counter.text("mode") != "counter" {
		t.Errorf("written down by staff: %s", counter.body)
	}

	for name, c := range map[string]caller{"she": j.caller, "her counsellor": w.awa, "the lead": w.fia, "the officer": officer} {
		if row(c.get(t, "/rights-requests?person="+j.id).status(t, http.StatusOK), "id", made.text("id")) == nil {
			t.Errorf("%s does not find what was asked", name)
		}
		if got := c.get(t, path).status(t, http.StatusOK); got.text("words") != in["words"] || got.text("person_id") != j.id {
			t.Errorf("%s reads %s", name, got.body)
		}
	}
	for name, c := range map[string]caller{"another jobseeker": other.caller, "another agency": w.binta, "an employer": w.employer, "the administrator": w.admin} {
		c.get(t, path).problem(t, http.StatusNotFound, "not_found")
		if list := c.get(t, "/rights-requests"); strings.Contains(string(list.body), "CANARY") {
			t.Errorf("%s lists %s", name, list.body)
		}
	}

	j.post(t, path+"/decide", object{"act": "take"}, based(made)).problem(t, http.StatusForbidden, "forbidden")
	taken := w.awa.post(t, path+"/decide", object{"act": "take"}, based(made)).status(t, http.StatusOK)
	w.awa.post(t, path+"/decide", object{"act": "finish", "reason": "x"}, based(made)).problem(t, http.StatusPreconditionFailed, "stale")
	w.awa.post(t, path+"/decide", object{"act": "refuse"}, based(taken)).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "reason", "error.required")
	done := officer.post(t, path+"/decide", object{"act": "finish", "reason": "L’année est corrigée."}, based(taken)).status(t, http.StatusOK)
	if told := j.get(t, path).status(t, http.StatusOK); told.text("state") != "done" || told.text("reason") != "L’année est corrigée." || told.at("decided_at") == nil {
		t.Errorf("she is told %s", told.body)
	}
	w.awa.post(t, path+"/decide", object{"act": "take"}, based(done)).problem(t, http.StatusConflict, "conflict")
	if closed := j.get(t, "/rights-requests?answered=true").status(t, http.StatusOK); row(closed, "id", made.text("id")) == nil {
		t.Errorf("answered: %s", closed.body)
	}

	// An erasure asked for from an account waits and can be taken back; an
	// objection to being matched acts at once.
	erasure := j.post(t, of, object{"kind": "erasure"}).status(t, http.StatusCreated)
	if erasure.at("waits_until") == nil {
		t.Errorf("an erasure from an account: %s", erasure.body)
	}
	back := j.post(t, "/rights-requests/"+erasure.text("id")+"/decide", object{"act": "withdraw"}, based(erasure)).status(t, http.StatusOK)
	if back.text("state") != "withdrawn" {
		t.Errorf("taken back: %s", back.body)
	}
	j.post(t, of, object{"kind": "objection", "purpose": "matching"}).status(t, http.StatusCreated)
	if consent := row(j.get(t, "/jobseekers/"+j.id+"/consents").status(t, http.StatusOK), "purpose", "matching"); consent == nil || consent["withdrawn_at"] == nil {
		t.Errorf("after objecting she agrees to %v", consent)
	}

	seen := j.get(t, "/jobseekers/"+j.id+"/seen").status(t, http.StatusOK)
	if look := row(seen, "role", "counsellor"); look == nil || look["times"].(float64) < 1 || look["agency"] == "" || strings.Contains(string(seen.body), w.awa.user.Name) {
		t.Errorf("who saw her record: %s", seen.body)
	}
	for _, c := range []caller{w.awa, other.caller, officer} {
		c.get(t, "/jobseekers/"+j.id+"/seen").problem(t, http.StatusNotFound, "not_found")
	}
}
