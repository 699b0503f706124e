package edge_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/lang"
)

// front is an edge with routes of a test behind it, what it logged, and a clock
// the test moves.
type front struct {
	edge  *edge.Edge
	log   *journal
	clock *hands
	url   string
}

// journal keeps what was logged.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

type hands struct {
	mu  sync.Mutex
	now time.Time
}

func newHands() *hands { return &hands{now: domain.SystemClock().Now()} }

// Now implements domain.Clock.
func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hands) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// newFront serves routes behind an edge. change may fill in what the edge is
// made of: without it there are neither accounts nor sessions.
func newFront(t *testing.T, change func(*edge.Deps), routes func(*edge.Edge, *gin.Engine)) *front {
	t.Helper()
	catalogue, err := lang.Load()
	must(t, err)
	f := &front{log: &journal{}, clock: newHands()}
	deps := edge.Deps{Log: slog.New(slog.NewTextHandler(f.log, nil)), Catalogue: catalogue, IDs: wire.NewIDs(), Clock: f.clock}
	if change != nil {
		change(&deps)
	}
	f.edge = edge.New(deps)
	engine, err := f.edge.Engine()
	must(t, err)
	routes(f.edge, engine)
	server := httptest.NewServer(f.edge.Handler(engine))
	t.Cleanup(server.Close)
	f.url = server.URL
	return f
}

type reply struct {
	code   int
	header http.Header
	body   string
}

// ask sends a request; headers come as names and values.
func (f *front) ask(t *testing.T, method, path, body string, headers ...string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, f.url+path, strings.NewReader(body))
	must(t, err)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	got, err := http.DefaultClient.Do(r)
	must(t, err)
	defer func() { _ = got.Body.Close() }()
	read, err := io.ReadAll(got.Body)
	must(t, err)
	return reply{got.StatusCode, got.Header, string(read)}
}

// problem reads a problem, which must be of that status.
func (r reply) problem(t *testing.T, status int) edge.Problem {
	t.Helper()
	var p edge.Problem
	if r.code != status || r.header.Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%d %s: %s; want a problem %d", r.code, r.header.Get("Content-Type"), r.body, status)
	}
	must(t, json.Unmarshal([]byte(r.body), &p))
	if p.Status != status {
		t.Errorf("the body says %d, the answer %d", p.Status, status)
	}
	return p
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
