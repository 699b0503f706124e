package v1_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strings"
)

type failure struct {
	number     int
	what, curl string
}

// mostFailures ends a run: what comes after has been said.
const mostFailures = 25

// send makes a request in the process of the server, and holds the answer
// against the document.
func (r *run) send(q *request) (a answer) {
	r.made++
	u := q.target()
	payload := q.payload()
	in, err := http.NewRequestWithContext(r.t.Context(), q.method, "http://baara.test/", bytes.NewReader(payload))
	if err != nil {
		r.t.Fatal(err)
	}
	in.URL.Path, in.URL.RawPath, in.URL.RawQuery = u.Path, u.RawPath, u.RawQuery
	in.RequestURI = u.RequestURI()
	n := r.w.next()
	in.RemoteAddr = "127.0.0.1:1"
	in.Header.Set("X-Forwarded-For", fmt.Sprintf("198.51.%d.%d", n/250%250, n%250))
	if payload != nil {
		in.Header.Set("Content-Type", "application/json")
	} else {
		in.Body, in.ContentLength = http.NoBody, 0
	}
	for name, values := range q.header {
		in.Header[name] = values
	}
	if q.by.token != "" {
		in.Header.Set("Authorization", "Bearer "+q.by.token)
	}
	if q.by.cookie != "" {
		in.Header.Set("Cookie", q.by.cookie)
	}
	out := httptest.NewRecorder()
	func() {
		defer func() {
			if p := recover(); p != nil {
				r.blame(q, fmt.Sprintf("panic: %v", p), nil)
			}
		}()
		r.w.server.Handler.ServeHTTP(out, in)
	}()
	a = answer{code: out.Code, header: out.Header(), body: out.Body.Bytes(), asked: q.method + " " + u.Path}
	_ = json.Unmarshal(a.body, &a.json)
	r.judge(q, a)
	if cookie := a.session(); cookie != "" && cookie != q.by.cookie {
		signedIn := strings.HasPrefix(q.op.OperationID, "sign-in")
		switch {
		case strings.HasSuffix(cookie, "="): // signed out
		case signedIn: // as somebody else, in the same browser
			r.welcome(cookie)
		case q.by.cookie != "" && a.code < http.StatusBadRequest:
			q.by.cookie = cookie
		}
	}
	return a
}

// judge holds an answer against the document.
func (r *run) judge(q *request, a answer) {
	if a.code >= http.StatusInternalServerError {
		r.blame(q, fmt.Sprintf("%s: status %d", q.op.OperationID, a.code), a.body)
		return
	}
	// An address can become another's, or nobody's, by what stands in it; a GET
	// with dots too many leads to the one without, here.
	at := path.Clean(q.target().Path)
	if a.code == http.StatusPermanentRedirect && at != q.target().Path {
		if to, err := url.Parse(a.header.Get("Location")); err != nil || q.method != http.MethodGet || to.Host != "" || to.Path != at {
			r.blame(q, fmt.Sprintf("%s: leads to %q", q.op.OperationID, a.header.Get("Location")), a.body)
		}
		return
	}
	op, known := r.w.tally.find(q.method, at)
	if !known {
		if a.code < 300 {
			r.blame(q, fmt.Sprintf("%s: status %d at an address that is none", q.op.OperationID, a.code), a.body)
		}
		return
	}
	wrong := r.w.tally.mismatches(op, a)
	for _, what := range wrong {
		r.blame(q, op.OperationID+": "+what, a.body)
	}
	if a.code < http.StatusMultipleChoices {
		r.succeeded++
		r.w.tally.readers.see(r.w.tally, op, q.by.caller, a)
		if len(wrong) == 0 && op.OperationID == q.op.OperationID {
			r.pool.learn(q, r.w.tally.schema(op, a), a.json)
		}
	}
}

// blame writes a failure down, once for each way an operation fails.
func (r *run) blame(q *request, what string, body []byte) {
	if r.blamed[what] {
		return
	}
	r.blamed[what] = true
	if len(body) > 1500 {
		body = body[:1500]
	}
	r.failures = append(r.failures, failure{r.made, what + "\n  " + string(body), q.curl()})
}

// census lists how often each operation worked.
func (r *run) census() {
	for _, op := range r.operations {
		s := r.stat(op.OperationID)
		r.t.Logf("%5d of %5d  %s  %s", s.ok, s.tries, op.OperationID, strings.Join(r.refusals[op.OperationID], ", "))
	}
}
