package edge_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// raw asks for an address as it is, whatever a client library would tidy.
func (f *front) raw(t *testing.T, path string) *http.Response {
	t.Helper()
	host := strings.TrimPrefix(f.url, "http://")
	connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", host)
	must(t, err)
	defer func() { _ = connection.Close() }()
	_, err = fmt.Fprintf(connection, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, host)
	must(t, err)
	answer, err := http.ReadResponse(bufio.NewReader(connection), nil)
	must(t, err)
	_ = answer.Body.Close()
	return answer
}

func TestOneAddressAPage(t *testing.T) {
	f := newFront(t, nil, func(_ *edge.Edge, engine *gin.Engine) {
		engine.GET("/list", func(g *gin.Context) { g.String(http.StatusOK, g.Request.Method) })
		engine.POST("/list", func(g *gin.Context) { g.String(http.StatusOK, "sent") })
	})
	for path, want := range map[string]string{
		"/list/": "/list", "/list//": "/list", "//list": "/list", "/a/../list?x=1": "/list?x=1", "/list/?x=a%2Fb": "/list?x=a%2Fb",
		"//evil.example/": "/evil.example", "/%2Fevil.example/": "/evil.example", "/%5Cevil.example/": "/%5Cevil.example", `/\evil.example/`: "/%5Cevil.example",
		"///evil.example/%2e%2e": "/", "/%0d%0aX:1/": "/%0D%0AX:1", "//evil.example/..//": "/",
	} {
		answer := f.raw(t, path)
		if got := answer.Header.Get("Location"); answer.StatusCode != http.StatusPermanentRedirect || got != want {
			t.Errorf("%s leads to %q with %d, want %q", path, got, answer.StatusCode, want)
		}
	}
	if got := f.ask(t, http.MethodPost, "/list/", ""); got.code != http.StatusNotFound {
		t.Errorf("a form to another address: %d", got.code)
	}
	if got := f.ask(t, http.MethodPost, "/list", ""); got.body != "sent" {
		t.Errorf("a form: %d %s", got.code, got.body)
	}
}

func TestHeadIsGetWithoutABody(t *testing.T) {
	f := newFront(t, nil, func(_ *edge.Edge, engine *gin.Engine) {
		engine.GET("/list", func(g *gin.Context) { g.String(http.StatusTeapot, g.Request.Method) })
	})
	got := f.ask(t, http.MethodHead, "/list", "")
	if got.code != http.StatusTeapot || got.body != "" || !strings.HasPrefix(got.header.Get("Content-Type"), "text/plain") {
		t.Errorf("%d %q %v", got.code, got.body, got.header)
	}
	if log := f.log.String(); !strings.Contains(log, "method=HEAD") {
		t.Errorf("the log: %s", log)
	}
	if got := f.ask(t, http.MethodDelete, "/list", ""); got.code != http.StatusMethodNotAllowed || got.header.Get("Allow") != "GET" {
		t.Errorf("another method: %d, allowed %q", got.code, got.header.Get("Allow"))
	}
}

// failing is a store of sessions that cannot write.
type failing struct {
	identity.SessionStore
	err error
}

func (f failing) LiveSession(context.Context, string, time.Time) (identity.Session, error) {
	return identity.Session{}, domain.NotFound("failing")
}

func (f failing) SaveSession(context.Context, identity.Session) error { return f.err }

// counted counts how often an answer is begun.
type counted struct {
	*httptest.ResponseRecorder
	begun int
}

func (c *counted) WriteHeader(code int) {
	c.begun++
	c.ResponseRecorder.WriteHeader(code)
}

// A session that cannot be written: the handler's answer is not given, one
// problem is, begun once and under the request's id. When the client has gone,
// that is no error.
func TestASessionThatCannotBeWritten(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		status int
		errors int
	}{
		"broken":           {errors.New("disk full"), http.StatusInternalServerError, 1},
		"unavailable":      {domain.Unavailable("x", nil), http.StatusServiceUnavailable, 0},
		"the client left":  {context.Canceled, edge.StatusGone, 0},
		"it took too long": {context.DeadlineExceeded, http.StatusServiceUnavailable, 0},
	} {
		t.Run(name, func(t *testing.T) {
			var handler http.Handler
			f := newFront(t, func(d *edge.Deps) { d.SessionStore = failing{err: c.err} }, func(e *edge.Edge, engine *gin.Engine) {
				engine.GET("/", func(g *gin.Context) {
					e.Keep(g.Request.Context(), "x", "y")
					g.Header("Content-Length", "6")
					g.Header("Set-Cookie", "kept=secret")
					g.String(http.StatusOK, "answer")
				})
				handler = e.Handler(engine)
			})
			w := &counted{ResponseRecorder: httptest.NewRecorder()}
			handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
			if w.Code != c.status || w.begun != 1 || strings.Contains(w.Body.String(), "answer") || w.Header().Get("Set-Cookie") != "" {
				t.Errorf("%d, begun %d times: %s %v", w.Code, w.begun, w.Body, w.Header())
			}
			if !strings.Contains(w.Body.String(), w.Header().Get("X-Request-Id")) || len(w.Header().Values("Vary")) != 1 {
				t.Errorf("%s %v", w.Body, w.Header())
			}
			if got := strings.Count(f.log.String(), "level=ERROR"); got != c.errors {
				t.Errorf("%d errors logged, want %d: %s", got, c.errors, f.log)
			}
			if c.status == http.StatusServiceUnavailable && w.Header().Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
		})
	}
}

// A page's handler that fails because its reader left is not an error either.
func TestWhoLeavesIsNoError(t *testing.T) {
	f := newFront(t, nil, func(e *edge.Edge, engine *gin.Engine) {
		engine.GET("/", func(g *gin.Context) { e.Refuse(g, &domain.Error{Op: "store.Begin", Err: context.Canceled}) })
	})
	if got := f.ask(t, http.MethodGet, "/", ""); got.code != edge.StatusGone || strings.Contains(f.log.String(), "level=ERROR") {
		t.Errorf("%d, logged %s", got.code, f.log)
	}
}

// Signing out has the browser forget pages and drafts.
func TestSigningOutClearsTheBrowser(t *testing.T) {
	t.Parallel()
	s := newSignedIn(t, false)
	cookie := s.cookie(t)
	if got := s.ask(t, http.MethodGet, "/", "", "Cookie", cookie).header.Get("Clear-Site-Data"); got != "" {
		t.Errorf("a page clears %s", got)
	}
	if got := s.ask(t, http.MethodPost, "/out", "", "Cookie", cookie).header.Get("Clear-Site-Data"); got != `"cache", "storage"` {
		t.Errorf("signing out clears %q", got)
	}
}
