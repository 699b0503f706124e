package admin_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web/webtest"
)

// send posts a form of the administrator's and gives where it leads and what it says.
func (o office) send(t *testing.T, path string, pairs ...string) (status int, location, body string) {
	t.Helper()
	values := url.Values{"_token": {string(o.IDs.New())}}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, o.URL+path, strings.NewReader(values.Encode()))
	must(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range o.cookies {
		r.AddCookie(c)
	}
	answer, err := webtest.Follow(http.DefaultTransport.RoundTrip, r)
	must(t, err)
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer.StatusCode, answer.Header.Get("Location"), string(read)
}

// call asks the API, or a page, with a token.
func (o office) call(t *testing.T, method, path, token, body string, headers ...string) (int, map[string]any, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, o.URL+path, strings.NewReader(body))
	must(t, err)
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", string(o.IDs.New()))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	must(t, err)
	defer answer.Body.Close()
	out := map[string]any{}
	_ = json.NewDecoder(answer.Body).Decode(&out) // pages are none
	return answer.StatusCode, out, answer.Header
}

var shown = regexp.MustCompile(`<p class="secret"><code>(baara_[^<]+)</code>`)

// program makes a program by the pages and gives its page and a token for all it may do.
func (o office) program(t *testing.T, pairs ...string) (page, token string) {
	t.Helper()
	status, page, _ := o.send(t, "/admin/users/new-program", append([]string{"name", "Logiciel Sahel"}, pairs...)...)
	if status != http.StatusSeeOther || !strings.HasPrefix(page, "/admin/users/") {
		t.Fatalf("making: %d %s", status, page)
	}
	_, form := o.Status(t, page+"/tokens", o.cookies)
	asked := []string{"name", "production", "days", "30", "recipient", "Logiciel Sahel"}
	for _, scope := range regexp.MustCompile(`name="scopes" value="([^"]+)"`).FindAllStringSubmatch(form, -1) {
		asked = append(asked, "scopes", scope[1])
	}
	status, _, body := o.send(t, page+"/tokens", asked...)
	found := shown.FindStringSubmatch(body)
	if status != http.StatusOK || found == nil {
		t.Fatalf("issuing %v: %d", asked, status)
	}
	return page, found[1]
}

// A program acts for its organisation by tokens alone, within what an employer
// may and less, until an administrator or a date ends it.
func TestAProgramOfAnEmployer(t *testing.T) {
	o := start(t)
	desk := o.Counsellor(t)
	org := func(name string) employer.Organisation {
		made, err := o.Organisations.Create(t.Context(), desk.Actor(), employer.OrganisationFields{
			Kind: employer.KindCompany, LegalName: name, PlaceCode: "BKO", Phone: "+22320000001",
		})
		must(t, err)
		return made
	}
	own, other := org("Chantiers du Fleuve"), org("Atelier Sahel")
	page, token := o.program(t, "organisation", own.Reference)
	_, stranger := o.program(t, "organisation", other.Reference)
	_, office := o.program(t, "agency", string(o.Agency.ID))

	const draft = `{"title":"Maçon","description":"Pour une école.","lang":"fr","posts":1,"contract":"fixed_term","place":"BKO","fee_free":true}`
	status, made, header := o.call(t, http.MethodPost, "/api/v1/vacancies", token, draft)
	id, _ := made["id"].(string)
	if status != http.StatusCreated || made["view"] != "own" {
		t.Fatalf("making a vacancy: %d %v", status, made)
	}
	path := "/api/v1/vacancies/" + id
	tag := header.Get("ETag")
	for what, c := range map[string]struct {
		method, path, token string
		want                int
	}{
		"its vacancy":                  {"GET", path, token, 200},
		"its candidates":               {"GET", path + "/candidates", token, 200},
		"who it is":                    {"GET", "/api/v1/users/me", token, 200},
		"a stranger's vacancy":         {"GET", path, stranger, 404},
		"a stranger's candidates":      {"GET", path + "/candidates", stranger, 404},
		"an agency's vacancy":          {"GET", path, office, 200},
		"an agency's candidates":       {"GET", path + "/candidates", office, 403},
		"ranked people":                {"GET", path + "/matches", token, 403},
		"people by skill":              {"GET", "/api/v1/jobseekers/search?words=x", token, 404},
		"files":                        {"GET", "/api/v1/cases", office, 404},
		"accounts":                     {"GET", "/api/v1/users", token, 404},
		"invitations":                  {"GET", "/api/v1/invitations", token, 404},
		"the trail":                    {"GET", "/api/v1/audit", token, 404},
		"suspending":                   {"POST", path + "/suspend", token, 403},
		"publishing":                   {"POST", path + "/publish", token, 403},
		"a token of its own":           {"POST", "/api/v1/tokens", token, 403},
		"a page of accounts":           {"GET", "/account", token, 404},
		"an employer's page":           {"GET", "/employer", token, 404},
		"submitting, by a stranger":    {"POST", path + "/submit", stranger, 404},
		"submitting, by the agency's":  {"POST", path + "/submit", office, 403},
		"the page of what it looks at": {"GET", "/vacancies", token, 200},
	} {
		body := ""
		if c.method == http.MethodPost {
			body = "{}"
		}
		if strings.HasSuffix(c.path, "/tokens") {
			body = `{"name":"x","scopes":["vacancy.read"],"days":1}`
		}
		status, got, _ := o.call(t, c.method, c.path, c.token, body, "If-Match", tag)
		if status != c.want {
			t.Errorf("%s: %d %v, want %d", what, status, got, c.want)
		}
	}
	if status, got, _ := o.call(t, http.MethodPost, path+"/submit", token, "{}", "If-Match", tag); status != http.StatusOK {
		t.Errorf("submitting: %d %v", status, got)
	}

	// Its end: the organisation's membership, or the account.
	if status, _, _ := o.send(t, page+"/leave", "version", "1"); status != http.StatusSeeOther {
		t.Errorf("ending: %d", status)
	}
	if status, _, _ := o.call(t, http.MethodGet, path, token, ""); status != http.StatusUnauthorized {
		t.Errorf("an ended program: %d", status)
	}
	if status, _ := o.Status(t, page+"/tokens", o.cookies); status != http.StatusOK {
		t.Errorf("its page: %d", status)
	}
	if status, _, body := o.send(t, page+"/tokens", "name", "x", "days", "7", "recipient", "x", "scopes", "vacancy.read"); status != http.StatusConflict || shown.MatchString(body) {
		t.Errorf("a token for who may not act: %d", status)
	}
}

func TestProgramsAreMadeWhole(t *testing.T) {
	o := start(t)
	for name, pairs := range map[string][]string{
		"of nobody": {"name", "x"}, "of nobody known": {"name", "x", "organisation", "EN-1999-00001"}, "nameless": {"agency", string(o.Agency.ID)},
	} {
		if status, _, _ := o.send(t, "/admin/users/new-program", pairs...); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, status)
		}
	}
	page, _ := o.program(t, "agency", string(o.Agency.ID))
	if status, _, body := o.send(t, page+"/tokens", "name", "x", "days", "7", "recipient", "x", "scopes", "case.read"); status != http.StatusUnprocessableEntity || shown.MatchString(body) {
		t.Errorf("more than a program may: %d", status)
	}
	if status, _, _ := o.send(t, "/admin/users/"+string(o.Counsellor(t).ID)+"/tokens", "name", "x", "days", "7", "recipient", "x", "scopes", "vacancy.read"); status != http.StatusNotFound {
		t.Errorf("a token for a person: %d", status)
	}
	o.Lapse(t, o.admin)
	if status, to, _ := o.send(t, page+"/tokens", "name", "x", "days", "7", "recipient", "x", "scopes", "vacancy.read"); status != http.StatusSeeOther || !strings.HasPrefix(to, "/account/security/confirm") {
		t.Errorf("without saying again who one is: %d %s", status, to)
	}
	// What the database holds: nothing to sign in with.
	for _, change := range []string{"email = 'x@exemple.ml'", "phone = '+22370000000'", "password_hash = 'x'"} {
		if _, err := o.SQL.ExecContext(t.Context(), `UPDATE users SET `+change+` WHERE role = 'api_client'`); err == nil || !strings.Contains(err.Error(), "users_programs") {
			t.Errorf("%s: %v", change, err)
		}
	}
	if status, body := o.Status(t, "/admin/users?role=api_client", o.cookies); status != http.StatusOK || !strings.Contains(body, "Logiciel Sahel") {
		t.Errorf("the list: %d", status)
	}
}
