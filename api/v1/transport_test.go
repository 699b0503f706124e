package v1_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// What somebody typed never comes back in a problem, whatever was wrong.
func mistakes(t *testing.T, w *world) {
	const canary = "canari-7f3a"
	j := w.registered(t, nil)
	record := j.get(t, "/jobseekers/"+j.id)
	for name, c := range map[string]struct {
		caller
		method, path string
		body         any
		opts         []option
		status       int
		kind         string
		field, code  string
	}{
		"unknown address":       {w.visitor, "GET", "/" + canary, nil, nil, 404, "not_found", "", ""},
		"unknown address below": {w.visitor, "GET", "/vacancies/" + canary + "/" + canary, nil, nil, 404, "not_found", "", ""},
		"an id that is none":    {w.visitor, "GET", "/vacancies/" + canary, nil, nil, 404, "not_found", "", ""},
		"an id in other words":  {w.visitor, "GET", "/vacancies/urn:uuid:01900000-0000-7000-8000-000000000001", nil, nil, 404, "not_found", "", ""},
		"a method it lacks":     {w.visitor, "PATCH", "/vacancies/search", canary, nil, 405, "method_not_allowed", "", ""},
		"not JSON":              {w.awa, "POST", "/jobseekers", "<" + canary + ">", nil, 400, "malformed", "", ""},
		"half of it":            {w.awa, "POST", "/jobseekers", `{"given":"` + canary, nil, 400, "malformed", "", ""},
		"nothing":               {w.awa, "POST", "/jobseekers", "", nil, 400, "malformed", "", ""},
		"a form":                {w.awa, "POST", "/jobseekers", "given=" + canary, []option{header("Content-Type", "application/x-www-form-urlencoded")}, 415, "unsupported_media_type", "", ""},
		"too much":              {w.awa, "POST", "/jobseekers", `{"given":"` + strings.Repeat(canary, 200_000) + `"}`, nil, 413, "too_large", "", ""},
		"too much, in pieces":   {w.awa, "POST", "/jobseekers", `{"given":"` + strings.Repeat(canary, 200_000) + `"}`, []option{inPieces}, 413, "too_large", "", ""},
		"a wrong type":          {w.awa, "POST", "/jobseekers", object{"given": []string{canary}}, nil, 422, "invalid", "given", "error.value"},
		"an unknown choice":     {w.awa, "POST", "/jobseekers", object{"sex": canary}, nil, 422, "invalid", "sex", "error.choice"},
		"an unknown member":     {w.awa, "POST", "/jobseekers", object{canary: canary}, nil, 422, "invalid", "body", "error.unexpected"},
		"an unknown member in":  {w.awa, "POST", "/jobseekers", object{"skills": []object{{"words": "x", canary: 1}}}, nil, 422, "invalid", "skills.0", "error.unexpected"},
		"a missing member":      {w.awa, "POST", "/jobseekers", object{"phones": []object{{}}}, nil, 422, "invalid", "phones.0.number", "error.required"},
		"too long":              {w.awa, "POST", "/jobseekers", object{"given": strings.Repeat(canary, 20)}, nil, 422, "invalid", "given", "error.too_long"},
		"no phone":              {w.awa, "POST", "/jobseekers", object{"given": "A", "phones": []object{{"number": canary}}}, nil, 422, "invalid", "phones.0.number", "error.phone"},
		"no date":               {w.awa, "POST", "/jobseekers", object{"birth": object{"precision": "day", "date": canary}}, nil, 422, "invalid", "birth.date", "error.value"},
		"no name":               {w.awa, "POST", "/jobseekers", object{"residence": object{"detail": canary}}, nil, 422, "invalid", "given", "error.person.name"},
		"no such id":            {w.awa, "POST", "/applications/proposals", object{"person_id": canary, "vacancy_id": canary}, nil, 422, "invalid", "person_id", "error.value"},
		"an unknown parameter":  {w.visitor, "GET", "/vacancies/search?" + canary + "=" + canary, nil, nil, 422, "invalid", "query", "error.unexpected"},
		"a wrong parameter":     {w.visitor, "GET", "/vacancies/search?limit=" + canary, nil, nil, 422, "invalid", "limit", "error.value"},
		"a parameter too large": {w.visitor, "GET", "/vacancies/search?limit=1000", nil, nil, 422, "invalid", "limit", "error.value"},
		"no key":                {w.awa, "POST", "/jobseekers", object{"given": canary}, []option{key("")}, 422, "invalid", "idempotency_key", "error.once.key"},
		"a short key":           {w.awa, "POST", "/jobseekers", object{"given": canary}, []option{key("short")}, 422, "invalid", "idempotency_key", "error.once.key"},
		"a stale version":       {j.caller, "PUT", "/jobseekers/" + j.id + "/identity", object{"given": canary}, []option{header("If-Match", `"99"`)}, 412, "stale", "", ""},
		"no version":            {j.caller, "PUT", "/jobseekers/" + j.id + "/identity", object{"given": canary}, []option{header("If-Match", canary)}, 412, "stale", "", ""},
		"any version":           {j.caller, "PUT", "/jobseekers/" + j.id + "/identity", object{"given": canary}, []option{header("If-Match", "*")}, 412, "stale", "", ""},
		"a wrong token":         {caller{w: w, token: canary}, "GET", "/users/me", nil, nil, 401, "unauthenticated", "", ""},
		"a token of nobody":     {w.visitor, "GET", "/users/me", nil, []option{header("Authorization", "Basic "+canary)}, 401, "unauthenticated", "", ""},
		"a wrong password":      {w.visitor, "POST", "/sessions", object{"email": canary + "@example.org", "password": canary}, nil, 401, "unauthenticated", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.call(t, c.method, c.path, c.body, c.opts...).problem(t, c.status, c.kind)
			if strings.Contains(string(got.body), canary) || strings.Contains(fmt.Sprint(got.header), canary) {
				t.Errorf("what was sent came back: %v %s", got.header, got.body)
			}
			if c.field != "" {
				got.about(t, c.field, c.code)
			}
		})
	}
	if after := j.get(t, "/jobseekers/"+j.id); string(after.body) != string(record.body) {
		t.Error("a refused change changed something")
	}
	if got := w.visitor.call(t, http.MethodPatch, "/vacancies/01900000-0000-7000-8000-000000000001/history", nil); got.header.Get("Allow") != "GET" {
		t.Errorf("allowed: %q", got.header.Get("Allow"))
	}
}

// inPieces leaves out how long the body is.
func inPieces(r *http.Request) { r.ContentLength = -1 }

func languages(t *testing.T, w *world) {
	for accept, want := range map[string][2]string{
		"":                         {"fr", "Répondez à cette question"},
		"fr-ML,fr;q=0.9,en;q=0.8":  {"fr", "Répondez à cette question"},
		"en-GB,en;q=0.9":           {"en", "Answer this question"},
		"de, en;q=0.5":             {"en", "Answer this question"},
		"de":                       {"fr", "Répondez à cette question"},
		strings.Repeat("en,", 400): {"fr", "Répondez à cette question"},
	} {
		got := w.awa.post(t, "/jobseekers/find", object{}, header("Accept-Language", accept)).problem(t, http.StatusUnprocessableEntity, "invalid")
		if got.header.Get("Content-Language") != want[0] || got.text("errors.0.message") != want[1] {
			t.Errorf("%.20q: %s %s", accept, got.header.Get("Content-Language"), got.body)
		}
	}
}

// The document lists what a visitor may call; everything else turns visitors
// away before their input is looked at, and every change asks for its basis.
func everyOperation(t *testing.T, w *world) {
	for _, op := range w.tally.operations {
		if op.Summary == "" || len(op.Tags) != 1 {
			t.Errorf("%s has no summary or no tag", op.OperationID)
		}
		path := strings.TrimPrefix(op.Path, "/api/v1")
		for _, p := range op.Parameters {
			value := "01900000-0000-7000-8000-0000000000ff"
			if p.Schema.Type == "integer" {
				value = "0"
			}
			path = strings.ReplaceAll(path, "{"+p.Name+"}", value)
		}
		if len(op.Security) > 0 {
			w.visitor.call(t, op.Method, path, nil).problem(t, http.StatusUnauthorized, "unauthenticated")
		}
		if slices.ContainsFunc(op.Security, func(s map[string][]string) bool { _, token := s["token"]; return token }) != (len(op.Security) > 0) {
			t.Errorf("%s knows no token", op.OperationID)
		}
		_, change := op.Responses["428"]
		if change {
			w.awa.call(t, op.Method, path, nil).problem(t, http.StatusPreconditionRequired, "precondition_required")
		}
	}
}

// One key does one act. What repeats it reads the record again; what uses it
// for something else, or while it is under way, is refused.
func onceOnly(t *testing.T, w *world) {
	in := object{"given": "Oumou", "family": "Sangaré", "residence": object{"place": "BKO"}, "here": true}
	first := w.awa.post(t, "/jobseekers", in, key("register-oumou")).status(t, http.StatusCreated)
	again := w.awa.post(t, "/jobseekers", in, key("register-oumou")).status(t, http.StatusCreated)
	if string(again.body) != string(first.body) || again.header.Get("Location") != first.header.Get("Location") {
		t.Errorf("repeated: %s, first %s", again.body, first.body)
	}
	in["given"] = "Other"
	w.awa.post(t, "/jobseekers", in, key("register-oumou")).problem(t, http.StatusUnprocessableEntity, "invalid").
		about(t, "idempotency_key", "error.once.other_payload")
	other := w.moussa.post(t, "/jobseekers", in, key("register-oumou")).status(t, http.StatusCreated)
	if other.text("id") == first.text("id") {
		t.Error("a key of one account does the act of another")
	}

	tx, err := w.sql.BeginTx(t.Context(), nil)
	must(t, err)
	scope := string(w.awa.user.ID) + " POST /api/v1/jobseekers"
	_, err = tx.ExecContext(t.Context(), `SELECT pg_advisory_xact_lock(hashtextextended($1::text || chr(31) || $2::text, 0))`, scope, "under-way-now")
	must(t, err)
	w.awa.post(t, "/jobseekers", in, key("under-way-now")).problem(t, http.StatusConflict, "conflict")
	must(t, tx.Rollback())
	w.awa.post(t, "/jobseekers", in, key("under-way-now")).status(t, http.StatusCreated)

	// A repeat is authorised anew: the agency that got the file answers, the
	// counsellor who typed it does not.
	away := object{"given": "Djeneba", "residence": object{"place": "KAY"}}
	made := w.awa.post(t, "/jobseekers", away, key("register-djeneba")).status(t, http.StatusCreated)
	w.awa.post(t, "/jobseekers", away, key("register-djeneba")).problem(t, http.StatusNotFound, "not_found")
	w.binta.get(t, "/jobseekers/"+made.text("id")).status(t, http.StatusOK)
}

// Visitors get so many acts an address, and then are told when to come back.
func budget(t *testing.T, w *world) {
	address := header("X-Forwarded-For", "203.0.113.7")
	for range 100 {
		got := w.visitor.post(t, "/registrations", object{"draft": "x"}, address)
		if got.code == http.StatusTooManyRequests {
			got.problem(t, http.StatusTooManyRequests, "too_many")
			if got.header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			w.visitor.post(t, "/registrations", object{"draft": "x"}).problem(t, http.StatusNotFound, "not_found")
			return
		}
	}
	t.Error("a hundred acts from one address")
}
