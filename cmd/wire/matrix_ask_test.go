package wire_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
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
