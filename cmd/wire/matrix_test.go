package wire_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baara-platform/baara/api/v1"
	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
)

const matrixFile = "testdata/matrix.txt"

// spot is what a router lists.
type spot struct{ method, path string }

func (r spot) String() string { return r.method + " " + r.path }

// routes lists every operation of the API and every page.
func (s *service) routes() []spot {
	var out []spot
	for path, item := range v1.Describe().Paths {
		for method, op := range map[string]bool{
			http.MethodGet: item.Get != nil, http.MethodPost: item.Post != nil, http.MethodPut: item.Put != nil,
			http.MethodPatch: item.Patch != nil, http.MethodDelete: item.Delete != nil,
		} {
			if op {
				out = append(out, spot{method, path})
			}
		}
	}
	for _, r := range s.server.Site.Routes() {
		out = append(out, spot{r.Method, r.Path})
	}
	return out
}

func recipes() map[string]recipe {
	out := map[string]recipe{}
	for name, r := range apiRecipes() {
		method, path, _ := strings.Cut(name, " ")
		out[method+" "+v1.Prefix+path] = r
	}
	return out
}

// matrix is the file, how each of its lines is tried, and where.
type matrix struct {
	*service
	lines   []line
	recipes map[string]recipe
	quick   bool // do not compare hidden with missing
	shipped *wire.Server
	mutant  *wire.Server // the one that serves under a changed policy
}

func newMatrix(t testing.TB, s *service) *matrix {
	t.Helper()
	var names []string
	for _, p := range s.personas {
		names = append(names, p.name)
	}
	return &matrix{service: s, lines: readMatrix(t, matrixFile, names), recipes: recipes()}
}

// TestMatrix tries every route as everybody and compares with the reviewed
// file. One role alone: go test -run 'TestMatrix/counsellor' ./cmd/wire
func TestMatrix(t *testing.T) {
	if testing.Short() {
		t.Skip("every route as everybody: the race detector has the API's own tests")
	}
	m := newMatrix(t, newService(t, nil))
	if os.Getenv("BAARA_OPEN") != "" { // make mutate tries the queries with the other wall open
		m.open(t)
	}
	t.Run("the file is whole", m.whole)
	t.Run("no other method", m.methods)
	t.Run("a token opens no page", m.tokenOnPages)
	for _, unsafe := range []bool{false, true} { // lists are looked at before they grow
		for _, role := range append([]domain.Role{domain.RoleAnonymous}, domain.AccountRoles()...) {
			t.Run(string(role)+map[bool]string{false: " reads", true: " acts"}[unsafe], func(t *testing.T) { m.role(t, role, unsafe) })
		}
	}
}

// role tries every line as the personas of a role.
func (m *matrix) role(t *testing.T, role domain.Role, unsafe bool) {
	for _, p := range m.personas {
		for _, l := range m.lines {
			if p.role == role && (l.method != http.MethodGet) == unsafe {
				m.check(t, l, p)
			}
		}
	}
}

// whole compares the file with the router: no route is missing, no line stale,
// and each has somebody who may.
func (m *matrix) whole(t *testing.T) {
	known, listed := m.routes(), map[spot]bool{}
	for _, l := range m.lines {
		r := spot{l.method, l.path}
		if listed[r] = true; !slices.Contains(known, r) {
			t.Errorf("%s:%d: no route is %s", matrixFile, l.number, r)
		}
		if m.recipe(l).of == "" {
			t.Errorf("%s:%d: no recipe says how %s is tried", matrixFile, l.number, l.name())
		}
		if l.proved != "" {
			m.exists(t, l)
		} else if l.variant == "" && !slices.Contains(slices.Collect(maps.Values(l.said)), ok) {
			t.Errorf("%s:%d: nobody may %s: such a line proves nothing", matrixFile, l.number, l.route())
		}
	}
	for _, r := range known {
		if !listed[r] {
			t.Errorf("%s says nothing about %s", matrixFile, r)
		}
	}
	for name := range m.recipes {
		if !slices.ContainsFunc(m.lines, func(l line) bool { return l.name() == name }) {
			t.Errorf("a recipe tries %s, of which %s says nothing", name, matrixFile)
		}
	}
}

// exists looks for the test a line refers to.
func (m *matrix) exists(t *testing.T, l line) {
	t.Helper()
	found := false
	need(t, filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || found || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		found = strings.Contains(string(text), "func "+l.proved+"(t *testing.T)")
		return err
	}))
	if !found {
		t.Errorf("%s:%d: there is no %s", matrixFile, l.number, l.proved)
	}
}

// methods tries, on every path, the methods it does not have, as everybody.
func (m *matrix) methods(t *testing.T) {
	known, paths := m.routes(), map[string]bool{}
	for _, r := range known {
		paths[r.path] = true
	}
	for path := range paths {
		at := parameter.ReplaceAllString(path, string(nobody))
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			if slices.ContainsFunc(known, func(r spot) bool { return r.method == method && matches(r.path, at) }) {
				continue
			}
			for _, p := range m.personas {
				if got := m.send(t, request{method: method, path: at, cookie: m.cookie(t, p.user.ID)}); got.Code != http.StatusMethodNotAllowed || got.Header().Get("Allow") == "" {
					t.Errorf("%s: %s %s is answered %d, Allow %q", p.name, method, path, got.Code, got.Header().Get("Allow"))
				}
			}
		}
	}
}

var parameter = regexp.MustCompile(`\{([a-z]+)\}`)

// matches reports whether an address is one of a pattern's.
func matches(pattern, path string) bool {
	a, b := strings.Split(pattern, "/"), strings.Split(path, "/")
	return slices.EqualFunc(a, b, func(part, is string) bool { return part == is || strings.HasPrefix(part, "{") })
}

// acted names what a refused change did all the same, as the audit trail knows
// it: an answer may be hidden for want of reading alone.
func (m *matrix) acted(t testing.TB, l line, got verdict, a *httptest.ResponseRecorder) (act string) {
	t.Helper()
	if l.method == http.MethodGet || got == ok || got == leads || got == without {
		return ""
	}
	err := m.sql.QueryRowContext(t.Context(), `SELECT coalesce(min(action), '') FROM audit_entries WHERE request_id = $1 AND allowed AND action !~ '[.]read'`,
		a.Header().Get("X-Request-Id")).Scan(&act)
	need(t, err)
	return act
}

// recipe is how a line is tried.
func (m *matrix) recipe(l line) recipe {
	if _, away := awayOwners()[l.variant]; away {
		here := l
		here.variant = ""
		how := m.recipe(here)
		how.of = l.variant + " " + how.of
		return how
	}
	if l.api() {
		return m.recipes[l.name()]
	}
	return webRecipe(l.name())
}

// check tries one cell.
func (m *matrix) check(t testing.TB, l line, p persona) {
	t.Helper()
	if got, want, why := m.try(t, l, p); got != want {
		t.Errorf("%s:%d: %s to %s: %s, want %s. %s", matrixFile, l.number, l.name(), p.name, got, want, why)
	}
}

// try carries one cell out and gives its verdict, the one wanted, and what was
// answered. Somebody who may change something changes a record made for it.
func (m *matrix) try(t testing.TB, l line, p persona) (got, want verdict, why string) {
	t.Helper()
	want = l.want(p.name)
	how := m.recipe(l)
	if want == untried || p.role == domain.RoleAPIClient && !l.api() {
		return want, want, ""
	}
	r := m.record(t, how.of, p, l.method != http.MethodGet && (want == ok || want == late))
	answer := m.send(t, m.request(t, l, how, r, p))
	got = m.verdict(l, p, answer)
	why = fmt.Sprintf("%d %s %s", answer.Code, answer.Header().Get("Location"), gist(answer.Body.String()))
	if got == ok && how.mark != "" && !m.shows(t, l, how, r, p, answer) {
		got = without
	}
	if act := m.acted(t, l, got, answer); act != "" {
		return "refused, and " + verdict(act) + " done", want, why
	}
	if got == hidden && want == hidden && !m.quick {
		if other, apart := m.missing(t, l, how, r, p); apart {
			there, nowhere := masked(answer, m.request(t, l, how, r, p).path), masked(m.send(t, other), other.path)
			if there != nowhere {
				return "hidden, but not as what does not exist", hidden, cmp.Diff(strings.Split(there, "\n"), strings.Split(nowhere, "\n"))
			}
		}
	}
	return got, want, why
}

// gist is what an answer says went wrong: a problem, or the errors of a page's form.
func gist(body string) string {
	if said := summary.FindString(body); said != "" {
		body = tags.ReplaceAllString(said, " ")
	}
	return fmt.Sprintf("%.300s", body)
}

var (
	summary = regexp.MustCompile(`(?s)<div class="errsum".*?</ul>|<h1.*?</h1>`)
	tags    = regexp.MustCompile(`(?s)<[^>]*>`)
)

// record gives a record of a kind: a new one, or the one that stands for all
// whom nothing is allowed to.
func (m *matrix) record(t testing.TB, kind string, p persona, fresh bool) *record {
	t.Helper()
	make := m.kinds()[kind]
	if make == nil {
		t.Fatalf("there is no kind of record %q", kind)
	}
	if fresh {
		return make(m.service, t, p)
	}
	key := kind
	if strings.HasPrefix(kind, "own ") {
		key += " of " + p.name
	}
	if m.standing[key] == nil {
		m.standing[key] = make(m.service, t, p)
	}
	return m.standing[key]
}

func (m *matrix) kinds() map[string]func(*service, testing.TB, persona) *record { return kinds() }

// request is what is sent.
type request struct {
	method, path, query string
	cookie, version     string
	body                []byte
	kind                string // content type
}

func (m *matrix) request(t testing.TB, l line, how recipe, r *record, p persona) request {
	t.Helper()
	out := request{method: l.method, query: how.query, path: at(l.path, how, r), cookie: m.acting(t, r, p)}
	if l.method == http.MethodGet {
		return out
	}
	base := how.base
	if base == "" {
		base = how.id
	}
	out.version = fmt.Sprintf("%q", fmt.Sprint(r.versions[base]))
	if !l.api() {
		out.body, out.kind = m.form(t, l, how, r, p), "application/x-www-form-urlencoded"
		return out
	}
	if how.body != nil {
		body, err := json.Marshal(how.body(m.service, r, p))
		need(t, err)
		out.body, out.kind = body, "application/json"
	}
	return out
}

// form is what a page's form sends: what it holds when somebody who may opens
// it, and what is typed over that, with a token of its own.
func (m *matrix) form(t testing.TB, l line, how recipe, r *record, p persona) []byte {
	t.Helper()
	values := url.Values{}
	may := func(p persona) bool { return slices.Contains([]verdict{ok, late, asked}, l.want(p.name)) }
	alone := r.as.ID != "" && !may(p) // a page about the reader's own, which is not for this reader
	if r.ids[how.id] != nobody && r.form[l.name()] == nil && !how.blank && !alone {
		who := m.reader(l, how, p)
		page := request{method: http.MethodGet, path: at(l.path, how, r), cookie: m.acting(t, r, who), query: how.query}
		if how.page != "" {
			page.path, page.query, _ = strings.Cut(at(how.page, how, r), "?")
		}
		shown := m.send(t, page)
		found, ok := formOn(shown, page.path, at(l.path, how, r))
		if !ok {
			t.Errorf("%s: %s has no such form for %s: %d %s", l.name(), page.path, who.name, shown.Code, shown.Header().Get("Location"))
		}
		if r.form == nil {
			r.form = map[string]url.Values{}
		}
		r.form[l.name()] = found
	}
	maps.Copy(values, r.form[l.name()])
	if how.body != nil {
		for name, value := range how.body(m.service, r, p) {
			switch v := value.(type) {
			case []string:
				values[name] = v
			default:
				values.Set(name, fmt.Sprint(v))
			}
		}
	}
	values.Set("_token", fmt.Sprintf("matrixtoken%021d", m.next()))
	return []byte(values.Encode())
}

// reader is who opens the page with a form: whoever tries it, if that is
// allowed, or else the first who may.
func (m *matrix) reader(l line, how recipe, p persona) persona {
	if v := l.want(p.name); v == ok || v == late {
		return p
	}
	for _, other := range m.personas {
		if v := l.want(other.name); v == ok || v == late {
			return other
		}
	}
	return p
}

// missing is the same request about what does not exist: another identifier,
// or, where a page's address has none, another address. It is no other request
// where the API's address has none: which operations there are is public.
func (m *matrix) missing(t testing.TB, l line, how recipe, r *record, p persona) (out request, apart bool) {
	t.Helper()
	here := m.request(t, l, how, r, p)
	out = m.request(t, l, how, r.nowhere(), p)
	out.cookie = here.cookie
	if out.path == here.path && l.method == http.MethodGet && !strings.HasPrefix(l.path, "/api/") {
		out.path += "-no-such"
	}
	return out, out.path != here.path || !bytes.Equal(out.body, here.body)
}

// acting is the session the request comes with.
func (m *matrix) acting(t testing.TB, r *record, p persona) string {
	t.Helper()
	cookie := m.signedIn(t, r, p)
	if r.holds != "" && cookie != "" {
		return cookie + "; " + r.holds
	}
	return cookie + r.holds
}

func (m *matrix) signedIn(t testing.TB, r *record, p persona) string {
	t.Helper()
	switch {
	case r.as.ID != "", p.name == "visitor":
		return r.cookie
	case p.name == "jobseeker" && r.jobseeker.ID != "":
		return m.cookie(t, r.jobseeker.ID)
	case p.name == "jobseeker":
		return m.cookie(t, m.record(t, "file", p, false).jobseeker.ID)
	}
	return m.cookie(t, p.user.ID)
}

// at puts the record into a pattern.
func at(pattern string, how recipe, r *record) string {
	return parameter.ReplaceAllStringFunc(pattern, func(part string) string {
		name := part[1 : len(part)-1]
		key := how.with[name]
		if name == "id" && key == "" {
			key = how.id
		}
		if id := r.ids[key]; id != "" {
			return string(id)
		}
		return key
	})
}

func (m *matrix) send(t testing.TB, in request) *httptest.ResponseRecorder {
	t.Helper()
	to := in.path
	if in.query != "" {
		to += "?" + in.query
	}
	q := httptest.NewRequestWithContext(t.Context(), in.method, to, bytes.NewReader(in.body))
	m.address(q)
	if in.kind != "" {
		q.Header.Set("Content-Type", in.kind)
	}
	who, others, _ := strings.Cut(in.cookie, "; ")
	if strings.HasPrefix(who, bearer) {
		q.Header.Set("Authorization", who)
		in.cookie = others
	}
	if in.cookie != "" {
		q.Header.Set("Cookie", in.cookie)
	}
	if in.method != http.MethodGet && strings.HasPrefix(in.path, "/api/") {
		q.Header.Set("Idempotency-Key", fmt.Sprintf("matrix-key-%d", m.next()))
		if in.version != "" {
			q.Header.Set("If-Match", in.version)
		}
	}
	w := httptest.NewRecorder()
	m.server.Handler.ServeHTTP(w, q)
	m.rotated(in.cookie, w)
	return w
}

// rotated forgets a standing session that the answer ended: who signs in gets another one.
func (m *matrix) rotated(before string, a *httptest.ResponseRecorder) {
	for _, c := range a.Result().Cookies() {
		if c.Name == "baara_session" && before != "" && !strings.HasPrefix(before, c.Name+"="+c.Value) {
			maps.DeleteFunc(m.cookies, func(_ domain.ID, cookie string) bool { return strings.HasPrefix(before, cookie) })
		}
	}
}

// verdict reads an answer.
func (m *matrix) verdict(l line, p persona, a *httptest.ResponseRecorder) verdict {
	to := a.Header().Get("Location")
	switch {
	case a.Code == http.StatusSeeOther && strings.HasPrefix(to, "/sign-in?"), a.Code == http.StatusSeeOther && to == "/sign-in" && !strings.HasPrefix(l.path, "/sign-"):
		return enter
	case a.Code == http.StatusSeeOther && strings.HasPrefix(to, "/account/security/confirm"):
		return again
	case a.Code == http.StatusSeeOther && (l.method == http.MethodGet || l.said["referent"] == leads && p.name != "visitor"):
		return leads
	case a.Code < http.StatusBadRequest:
		return ok
	case a.Code == http.StatusUnauthorized:
		return enter
	case a.Code == http.StatusNotFound:
		return hidden
	case a.Code == http.StatusForbidden && strings.Contains(a.Body.String(), "urn:baara:problem:step_up"):
		return again
	case a.Code == http.StatusForbidden:
		return no
	case a.Code == http.StatusConflict:
		return late
	case a.Code == http.StatusUnprocessableEntity && l.said[p.name] == asked:
		return asked
	}
	return verdict(fmt.Sprint(a.Code))
}

// shows looks for the record in a list, page after page.
func (m *matrix) shows(t testing.TB, l line, how recipe, r *record, p persona, a *httptest.ResponseRecorder) bool {
	t.Helper()
	mark := r.words[how.mark]
	if mark == "" {
		mark = string(r.ids[how.mark])
	}
	for range 50 {
		if strings.Contains(a.Body.String(), mark) {
			return true
		}
		after := following(a)
		if after == "" {
			return false
		}
		next := m.request(t, l, how, r, p)
		values, err := url.ParseQuery(next.query)
		need(t, err)
		values.Set("after", after)
		next.query = values.Encode()
		a = m.send(t, next)
	}
	t.Errorf("%s: the list does not end", l.name())
	return false
}

// following is where a list's next page begins, "" on the last.
func following(a *httptest.ResponseRecorder) string {
	var page struct{ Next string }
	if json.Unmarshal(a.Body.Bytes(), &page) == nil {
		return page.Next
	}
	if link := nextPage.FindStringSubmatch(a.Body.String()); link != nil {
		after, err := url.QueryUnescape(link[1])
		if err == nil {
			return after
		}
	}
	return ""
}

var nextPage = regexp.MustCompile(`href="[^"]*[?;&]after=([^"&]+)`)

var differing = []*regexp.Regexp{
	regexp.MustCompile(`"request_id":"[^"]*"`), regexp.MustCompile(`nonce(="|-)[^"']*`), regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`),
	regexp.MustCompile(`name="_token" value="[^"]*"`), regexp.MustCompile(`Expires=[^;]*; Max-Age=\d+`),
}

// masked is an answer without what differs by request: nonce, request id and
// the address that was asked for.
func masked(a *httptest.ResponseRecorder, path string) string {
	var head bytes.Buffer
	header := a.Header().Clone()
	for _, name := range []string{"X-Request-Id", "Content-Length"} {
		header.Del(name)
	}
	if err := header.Write(&head); err != nil {
		panic(err)
	}
	text := fmt.Sprintf("%d\n%s\n%s", a.Code, head.String(), a.Body.String())
	for _, address := range []string{path, url.QueryEscape(path)} {
		text = regexp.MustCompile(`(["=])`+regexp.QuoteMeta(address)+`(["?&])`).ReplaceAllString(text, "$1…$2")
	}
	for _, mask := range differing {
		text = mask.ReplaceAllString(text, "…")
	}
	return text
}
