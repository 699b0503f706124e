package webtest

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/layout"
)

// nonce is the fixed nonce of test servers.
const nonce = "test-nonce"

// policy is the content security policy test servers send: as strict as the edge's, so that a page that needs more fails.
const policy = "default-src 'none'; script-src 'nonce-" + nonce + "' 'self'; style-src 'nonce-" + nonce + "' 'self'; " +
	"img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"media-src 'self'; worker-src 'self'"

// Serve starts a server with the areas' pages as one viewer sees them. Missing messages fail the test. Pages that need
// the database are tried through the whole program instead.
func Serve(t *testing.T, viewer web.Viewer, areas ...web.Area) *httptest.Server {
	t.Helper()
	site := Site(t, viewer, areas...)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		site.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

// Site builds the pages for a test, without a server.
func Site(t *testing.T, viewer web.Viewer, areas ...web.Area) *web.Site {
	t.Helper()
	site, err := web.New(Config(t, viewer), areas...)
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// Config is a configuration for tests: the pseudo-locale is there, a missing message fails the test, tokens are counted.
func Config(t *testing.T, viewer web.Viewer) web.Config {
	t.Helper()
	catalogue, err := lang.Load(lang.WithPseudo(), lang.OnMissing(func(tag lang.Tag, key string, err error) {
		t.Errorf("message %s in %s: %v", key, tag, err)
	}))
	if err != nil {
		t.Fatal(err)
	}
	var tokens atomic.Int64
	return web.Config{
		Catalogue: catalogue,
		Site:      layout.Site{Operator: "Agence pour l’emploi (essai)", HelpPhone: "+22380000000", Demo: true},
		Log:       slog.New(slog.DiscardHandler),
		Viewer:    func(*http.Request) web.Viewer { return viewer },
		Nonce:     func(*http.Request) string { return nonce },
		NewToken:  func() string { return fmt.Sprintf("token-%03d", tokens.Add(1)) },
	}
}

// Visitor is nobody signed in.
func Visitor() web.Viewer { return web.Viewer{Actor: domain.Anonymous()} }

// Signed is somebody signed in with a role.
func Signed(role domain.Role, name string) web.Viewer {
	return web.Viewer{Actor: domain.Actor{UserID: "018f0000-0000-7000-8000-000000000001", Role: role, RequestID: "test"}, Name: name}
}
