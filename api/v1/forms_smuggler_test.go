package v1_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// smuggler holds what is added to every form: a value for each guarded name,
// by which it is found wherever it was written.
type smuggler struct {
	w   *world
	ids map[string]string // ids of others, that nothing may come to name
}

func newSmuggler(t *testing.T, w *world) *smuggler {
	t.Helper()
	s := &smuggler{w: w, ids: map[string]string{
		"agency": w.admin.post(t, "/agencies", object{"code": "H01", "name": "Une autre", "place": "SEG", "serves": []string{}}).status(t, http.StatusCreated).text("id"),
		"user":   string(w.account(t, identity.NewUser{Role: domain.RoleAnalyst}).user.ID),
		"person": w.registered(t, object{"residence": object{"place": "KAY"}}).id,
		"org":    w.binta.post(t, "/organisations", object{"kind": "company", "legal_name": "Une autre", "place": "KAY", "phone": "+22320000055"}).status(t, http.StatusCreated).text("id"),
	}}
	return s
}

// value is what is smuggled in under a name.
func (s *smuggler) value(name string) string {
	switch {
	case name == "agency_id":
		return s.ids["agency"]
	case name == "person_id":
		return s.ids["person"]
	case strings.HasPrefix(name, "organisation"):
		return s.ids["org"]
	case strings.HasSuffix(name, "_by"), strings.HasPrefix(name, "owner"), name == "user_id", name == "author_id":
		return s.ids["user"]
	case strings.HasSuffix(name, "_at"), strings.HasSuffix(name, "_on"):
		return "2001-02-03T04:05:06Z"
	case name == "version":
		return "98765"
	case name == "role":
		return "administrator"
	case name == "verification", name == "verified":
		return "verified"
	case name == "demo", name == "disabled":
		return "true"
	case name == "id":
		return "01900000-0000-7000-8000-0000000bad1d"
	}
	return "zqxsmuggled"
}

// traces counts, in every column of every table, what came from smuggling.
func (s *smuggler) traces(t *testing.T) map[string]int {
	t.Helper()
	rows, err := s.w.sql.QueryContext(t.Context(), `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c JOIN information_schema.tables t
		USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`)
	must(t, err)
	var selects []string
	ids := "'" + strings.Join([]string{s.ids["agency"], s.ids["user"], s.ids["person"], s.ids["org"], s.value("id")}, "','") + "'"
	for rows.Next() {
		var table, column, kind string
		must(t, rows.Scan(&table, &column, &kind))
		quotedColumn := `"` + column + `"`
		test := ""
		switch kind {
		case "uuid":
			test = quotedColumn + "::text IN (" + ids + ")"
		case "text", "character varying", "jsonb", "json", "ARRAY":
			test = quotedColumn + "::text ~ 'zqxsmuggled|2001-02-03'"
		case "timestamp with time zone", "date":
			test = quotedColumn + "::date = '2001-02-03'"
		case "integer", "bigint":
			test = quotedColumn + " = 98765"
		}
		if test != "" {
			selects = append(selects, fmt.Sprintf(`SELECT '%s.%s', count(*) FROM "%s" WHERE %s`, table, column, table, test))
		}
	}
	must(t, rows.Err())
	selects = append(selects, `SELECT 'administrators', count(*) FROM users WHERE role = 'administrator'`, `SELECT 'verified employers', count(*) FROM organisations WHERE verification = 'verified'`,
		`SELECT 'disabled accounts', count(*) FROM users WHERE disabled_at IS NOT NULL`, `SELECT 'members of agencies', count(*) FROM agency_members`)
	out := map[string]int{}
	counted, err := s.w.sql.QueryContext(t.Context(), strings.Join(selects, " UNION ALL "))
	must(t, err)
	for counted.Next() {
		var where string
		var n int
		must(t, counted.Scan(&where, &n))
		out[where] = n
	}
	must(t, counted.Err())
	if len(out) < 100 {
		t.Fatalf("only %d columns were looked at", len(out))
	}
	return out
}

// TestFormsTakeNoMore sends every form that pages offer, to everybody who may
// open them, with a value for every name that the service alone decides on:
// nothing of it is written anywhere.
func TestFormsTakeNoMore(t *testing.T) {
	if testing.Short() {
		t.Skip("every form of every page: left to the full run")
	}
	w := newWorld(t)
	tale := tell(t, w)
	w.sent(t, tale.person, tale.vacancy)
	w.settle(t)
	c := crawler{w, tale.ids(t)}
	s := newSmuggler(t, w)
	before := s.traces(t)
	sent, taken := map[string]int{}, map[string]int{}
	routes := routesOf(w)
	for _, r := range []struct {
		role domain.Role
		by   caller
	}{
		{domain.RoleAnonymous, w.visitor}, {domain.RoleJobseeker, tale.signedIn},
		{domain.RoleEmployer, tale.employer}, {domain.RoleCounsellor, w.awa.inSession(t)}, {domain.RoleLead, w.fia.inSession(t)}, {domain.RoleAdministrator, w.admin.inSession(t)},
	} {
		var forms []posted
		for _, page := range w.server.Site.Routes() {
			if page.Method == http.MethodGet && page.Who.Admits(r.role) {
				for _, address := range c.fill(page.Path, len(c.ids)) {
					forms = append(forms, formsOf(c.open(t, r.by, address).body)...)
				}
			}
		}
		// Leaving comes last.
		slices.SortStableFunc(forms, func(a, b posted) int {
			return strings.Count(leaving.FindString(a.action), "") - strings.Count(leaving.FindString(b.action), "")
		})
		tried := map[string]int{}
		for _, f := range forms {
			route := routes(f.action)
			shape := route + " " + strings.Join(sortedKeys(f.values), " ")
			if tried[shape]++; route == "" || tried[shape] > 2 {
				continue
			}
			s.send(t, c, r.by, f, route, sent, taken)
		}
	}
	desk := w.moussa.inSession(t)
	var none []string
	for _, page := range w.server.Site.Routes() {
		if page.Method == http.MethodPost && sent[page.Path] == 0 {
			none = append(none, page.Path)
			for _, address := range c.fill(page.Path, 2) {
				s.send(t, c, desk, posted{address, url.Values{}, nil}, page.Path, sent, taken)
			}
		}
	}
	if at, pages := s.wizard(t, c); at != "/register/done" || pages < 5 {
		t.Errorf("registering ended at %s after %d pages", at, pages)
	}
	after := s.traces(t)
	for _, where := range sortedKeys(after) {
		// The trail says what was read and refused; an employer that changes is verified anew.
		if !strings.HasPrefix(where, "audit_entries.") && after[where] > before[where] {
			t.Errorf("%s: %d traces of what was smuggled in, %d before", where, after[where], before[where])
		}
	}
	t.Logf("sent without a page that offers them: %v", none)
	t.Logf("%d routes were sent to, %d took what was meant", len(sent), len(taken))
	if len(taken) < 40 {
		t.Errorf("only %d routes took anything: nothing was proved", len(taken))
	}
}

var leaving = regexp.MustCompile(`sign-out|devices|withdraw|account`)

// send posts a form with everything smuggled in that is no field of its own.
func (s *smuggler) send(t *testing.T, c crawler, by caller, f posted, route string, sent, taken map[string]int) {
	t.Helper()
	for _, name := range guarded {
		if !f.values.Has(name) {
			f.values.Set(name, s.value(name))
		}
	}
	sent[route]++
	if a := c.post(t, by, f.action, f.values); a.code == http.StatusSeeOther || a.code == http.StatusFound {
		taken[route]++
	}
}

// routesOf tells which route takes a form's address; "" is none.
func routesOf(w *world) func(string) string {
	type known struct {
		pattern *regexp.Regexp
		path    string
	}
	var all []known
	for _, page := range w.server.Site.Routes() {
		if page.Method == http.MethodPost {
			all = append(all, known{regexp.MustCompile("^" + parameter.ReplaceAllString(regexp.QuoteMeta(page.Path), `[^/]+`) + "$"), page.Path})
		}
	}
	return func(action string) string {
		path, _, _ := strings.Cut(action, "?")
		for _, k := range all {
			if k.path == path {
				return k.path
			}
		}
		for _, k := range all {
			if k.pattern.MatchString(path) {
				return k.path
			}
		}
		return ""
	}
}

// wizard walks through the public registration as somebody who adds to every
// page what she must not set, and gives the last address and how many pages
// were sent.
func (s *smuggler) wizard(t *testing.T, c crawler) (at string, pages int) {
	t.Helper()
	visitor, at := caller{w: c.w}, "/register"
	cookies := map[string]string{}
	keep := func(a answer) answer {
		for _, set := range (&http.Response{Header: a.header}).Cookies() {
			cookies[set.Name] = set.Value
		}
		var all []string
		for _, name := range sortedKeys(cookies) {
			all = append(all, name+"="+cookies[name])
		}
		visitor.cookie = strings.Join(all, "; ")
		return a
	}
	for pages = 0; pages < 25 && at != "/register/done"; pages++ {
		page := keep(c.open(t, visitor, at))
		if page.code == http.StatusSeeOther {
			at = page.header.Get("Location")
			continue
		}
		forms := slices.DeleteFunc(formsOf(page.body), func(f posted) bool { return f.action != at })
		if len(forms) == 0 {
			return at, pages
		}
		forms[0].values.Del("later")
		for _, name := range guarded {
			if !forms[0].values.Has(name) {
				forms[0].values.Set(name, s.value(name))
			}
		}
		sent := keep(c.post(t, visitor, forms[0].action, forms[0].values))
		if sent.code != http.StatusSeeOther { // something must be ticked
			for name, box := range forms[0].boxes {
				forms[0].values[name] = append(forms[0].values[name], box...)
			}
			sent = keep(c.post(t, visitor, forms[0].action, forms[0].values))
		}
		if sent.code != http.StatusSeeOther {
			t.Logf("%s was not taken: %v", at, forms[0].values)
			return at, pages
		}
		at = sent.header.Get("Location")
	}
	return at, pages
}
