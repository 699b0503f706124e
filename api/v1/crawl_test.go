package v1_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
)

// crawler reads every address that the program has, pages and API, with every
// id that is known.
type crawler struct {
	w   *world
	ids []string // of records of every kind
}

// words are the values of the parameters that are no ids.
var crawlWords = map[string][]string{
	"step":     {"work", "occupation", "skills", "conditions", "profile", "publication"},
	"part":     {"identity", "contact", "proof", "availability", "birth", "home", "around", "trades", "skills", "experience", "schooling", "languages", "groups"},
	"name":     {"isco"},
	"code":     {"BKO"},
	"kind":     {"email"},
	"purpose":  {"matching", "register", "sign_up"},
	"chain":    {"1"},
	"seq":      {"1", "2"},
	"position": {"0"},
}

var anyParameter = regexp.MustCompile(`\{([a-z]+)\}`)

// addresses gives what somebody in a role reads: everything that the role may
// open with every id, and what it may not open once.
func (c crawler) addresses(role domain.Role) []string {
	var out []string
	for _, op := range c.w.tally.operations {
		if op.Method == http.MethodGet {
			out = append(out, c.fill(op.Path, len(c.ids))...)
		}
	}
	for _, page := range c.w.server.Site.Routes() {
		switch {
		case page.Method != http.MethodGet:
		case page.Who.Admits(role):
			out = append(out, c.fill(page.Path, len(c.ids))...)
		default:
			out = append(out, c.fill(page.Path, 1)...)
		}
	}
	return append(out, "/openapi.json", "/docs", "/healthz", "/readyz", "/metrics", "/static/", "/robots.txt", "/sitemap.xml", "/api/v1/taxonomy/concepts?words=zqx",
		"/api/v1/vacancies?view=organisation", "/api/v1/vacancies?view=agency", "/api/v1/vacancies/search?words=zqx", "/api/v1/jobseekers/search?words=zqx", "/vacancies?words=zqx")
}

// fill puts values for every parameter of a pattern, up to some ids each.
func (c crawler) fill(pattern string, most int) []string {
	m := anyParameter.FindStringSubmatch(pattern)
	if m == nil {
		return []string{strings.ReplaceAll(pattern, "{$}", "")}
	}
	values := crawlWords[m[1]]
	if values == nil {
		values = c.ids[:most]
	}
	var out []string
	for _, v := range values {
		out = append(out, c.fill(strings.Replace(pattern, m[0], v, 1), most)...)
	}
	return out
}

// open reads an address as somebody, in the process of the server.
func (c crawler) open(t *testing.T, by caller, address string) answer {
	t.Helper()
	in, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://baara.test"+address, nil)
	must(t, err)
	in.RequestURI, in.RemoteAddr = address, "127.0.0.1:1"
	n := c.w.next()
	in.Header.Set("X-Forwarded-For", fmt.Sprintf("198.51.%d.%d", n/250%250, n%250))
	if by.token != "" {
		in.Header.Set("Authorization", "Bearer "+by.token)
	}
	if by.cookie != "" {
		in.Header.Set("Cookie", by.cookie)
	}
	out := httptest.NewRecorder()
	c.w.server.Handler.ServeHTTP(out, in)
	a := answer{code: out.Code, header: out.Header(), body: out.Body.Bytes(), asked: "GET " + address}
	if a.code >= http.StatusInternalServerError && !strings.Contains(address, "readyz") {
		t.Errorf("%s: status %d", a.asked, a.code)
	}
	if op, known := c.w.tally.find(http.MethodGet, in.URL.Path); known && a.code < 300 && strings.Contains(a.header.Get("Content-Type"), "json") {
		must(t, json.Unmarshal(a.body, &a.json))
		c.w.tally.readers.see(c.w.tally, op, by, a)
	}
	return a
}

// whole is an answer with its headers, written so that no case, space or
// separator hides what is looked for.
func (a answer) whole() string {
	var out strings.Builder
	for _, name := range sortedKeys(a.header) {
		fmt.Fprintln(&out, name, a.header[name])
	}
	out.Write(a.body)
	return smooth(out.String())
}

var spaces = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "&nbsp;", "", "&#160;", "", "%20", "", "+", "")

func smooth(s string) string { return spaces.Replace(strings.ToLower(s)) }

// idsOf collects every id in the database's columns of that type: of whatever
// kind, and whoever may know it.
func idsOf(t *testing.T, w *world, statements ...string) []string {
	t.Helper()
	var out []string
	for _, statement := range statements {
		rows, err := w.sql.QueryContext(t.Context(), statement)
		must(t, err)
		for rows.Next() {
			var id string
			must(t, rows.Scan(&id))
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
		must(t, rows.Err())
	}
	return out
}
