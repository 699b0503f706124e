package wire_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web/webtest"
)

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
	w := webtest.Ask(m.server.Handler, q)
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

var nextPage = regexp.MustCompile(`rel="next" href="[^"]*[?;&]after=([^"&]+)`)

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
