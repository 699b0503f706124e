package v1_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/baara-platform/baara/api/v1"
	"github.com/baara-platform/baara/domain/identity"
)

// caller calls the API as somebody: with a token, a session's cookie, or as a
// visitor.
type caller struct {
	w      *world
	user   identity.User
	token  string
	cookie string
}

type object = map[string]any

// option changes a request before it is sent.
type option func(*http.Request)

func header(name, value string) option {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// based sends the ETag of an earlier answer.
func based(on answer) option { return header("If-Match", on.header.Get("ETag")) }

// version sends the version of an item that has no answer of its own.
func version(n float64) option {
	return header("If-Match", `"`+strconv.FormatFloat(n, 'f', -1, 64)+`"`)
}

// key sends an idempotency key instead of a fresh one.
func key(k string) option { return header("Idempotency-Key", k) }

func (c caller) get(t *testing.T, path string, opts ...option) answer {
	t.Helper()
	return c.call(t, http.MethodGet, path, nil, opts...)
}

func (c caller) post(t *testing.T, path string, body any, opts ...option) answer {
	t.Helper()
	return c.call(t, http.MethodPost, path, body, opts...)
}

func (c caller) put(t *testing.T, path string, body any, opts ...option) answer {
	t.Helper()
	return c.call(t, http.MethodPut, path, body, opts...)
}

func (c caller) delete(t *testing.T, path string, opts ...option) answer {
	t.Helper()
	return c.call(t, http.MethodDelete, path, nil, opts...)
}

// call sends a request below the API's prefix. Each comes from an address of
// its own, so that the budgets of visitors are only met by who tests them.
func (c caller) call(t *testing.T, method, path string, body any, opts ...option) answer {
	t.Helper()
	var sent io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		sent = strings.NewReader(b)
	default:
		encoded, err := json.Marshal(b)
		must(t, err)
		sent = bytes.NewReader(encoded)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, c.w.url+v1.Prefix+path, sent)
	must(t, err)
	n := c.w.next()
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("198.51.%d.%d", n/250%250, n%250))
	if sent != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if method != http.MethodGet {
		r.Header.Set("Idempotency-Key", fmt.Sprintf("test-key-%d", n))
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.cookie != "" {
		r.Header.Set("Cookie", c.cookie)
	}
	for _, o := range opts {
		o(r)
	}
	got, err := http.DefaultClient.Do(r)
	must(t, err)
	defer func() { _ = got.Body.Close() }()
	a := answer{code: got.StatusCode, header: got.Header, asked: method + " " + path}
	a.body, err = io.ReadAll(got.Body)
	must(t, err)
	if len(a.body) > 0 && strings.Contains(got.Header.Get("Content-Type"), "json") {
		if err := json.Unmarshal(a.body, &a.json); err != nil {
			t.Fatalf("%s: %v in %s", a.asked, err, a.body)
		}
	}
	c.w.tally.check(t, method, r.URL.Path, c, a)
	return a
}

// answer is what came back.
type answer struct {
	asked  string
	code   int
	header http.Header
	body   []byte
	json   any
}

// session gives the cookie that keeps somebody signed in.
func (a answer) session() string {
	for _, set := range a.header.Values("Set-Cookie") {
		if pair, _, _ := strings.Cut(set, ";"); strings.HasPrefix(pair, "baara_session=") {
			return pair
		}
	}
	return ""
}

// inSession is the same account signed in by password, as a browser is: with a token one cannot say again who one is.
func (c caller) inSession(t *testing.T) caller {
	t.Helper()
	in := c.w.visitor.post(t, "/sessions", object{"email": c.user.Email, "password": password}).status(t, http.StatusCreated)
	return caller{w: c.w, user: c.user, cookie: in.session()}
}

// status ends the test unless the status is the one wanted.
func (a answer) status(t *testing.T, want int) answer {
	t.Helper()
	if a.code != want {
		t.Fatalf("%s: status %d, want %d: %s", a.asked, a.code, want, a.body)
	}
	return a
}

// at gives the value at a path such as "items.0.id", nil where there is none.
func (a answer) at(path string) any {
	value := a.json
	for _, step := range strings.Split(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

func (a answer) text(path string) string {
	s, _ := a.at(path).(string)
	return s
}

func (a answer) number(path string) float64 {
	n, _ := a.at(path).(float64)
	return n
}

func (a answer) len(path string) int {
	list, _ := a.at(path).([]any)
	return len(list)
}

// problem ends the test unless the answer is a problem of that kind.
func (a answer) problem(t *testing.T, status int, kind string) answer {
	t.Helper()
	a.status(t, status)
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("%s: content type %q", a.asked, got)
	}
	if got := a.text("type"); got != "urn:baara:problem:"+kind {
		t.Errorf("%s: problem %q, want %s", a.asked, got, kind)
	}
	if a.text("title") == "" || a.text("detail") == "" || a.text("request_id") == "" || int(a.number("status")) != status {
		t.Errorf("%s: a problem without its parts: %s", a.asked, a.body)
	}
	return a
}

// about ends the test unless the problem names this input with this mistake.
func (a answer) about(t *testing.T, field, code string) {
	t.Helper()
	for i := range a.len("errors") {
		if at := fmt.Sprintf("errors.%d.", i); a.text(at+"field") == field && a.text(at+"code") == code {
			if a.text(at+"message") == "" {
				t.Errorf("%s: %s has no message", a.asked, field)
			}
			return
		}
	}
	t.Errorf("%s: no %s %s in %s", a.asked, field, code, a.body)
}

func escape(words string) string { return url.QueryEscape(words) }
