package wire_test

import (
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
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
