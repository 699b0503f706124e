package v1_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/api/v1"
	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/web/webtest"
)

// served is the API with nothing behind it: enough for what it says of itself.
func served(t *testing.T) string {
	t.Helper()
	catalogue, err := lang.Load()
	must(t, err)
	e := edge.New(edge.Deps{Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Catalogue: catalogue, IDs: wire.NewIDs(), Clock: domain.SystemClock()})
	engine, err := e.Engine()
	must(t, err)
	v1.Mount(engine, v1.Deps{})
	server := httptest.NewServer(e.Handler(engine))
	t.Cleanup(server.Close)
	return server.URL
}

// fetch reads an address; headers come as names and values.
func fetch(t *testing.T, address string, headers ...string) (string, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	must(t, err)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	got, err := http.DefaultClient.Do(r)
	must(t, err)
	defer func() { _ = got.Body.Close() }()
	body, err := io.ReadAll(got.Body)
	must(t, err)
	if got.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d", address, got.StatusCode)
	}
	return string(body), got.Header
}

// The page stands alone under the policy, names every operation, and every link
// in it leads somewhere.
func TestReferencePage(t *testing.T) {
	url := served(t)
	page, headers := fetch(t, url+"/docs")
	nonce := regexp.MustCompile(`<style nonce="([^"]+)"`).FindStringSubmatch(page)
	if nonce == nil || !strings.Contains(headers.Get("Content-Security-Policy"), "'nonce-"+nonce[1]+"'") {
		t.Error("the style does not carry the answer's nonce")
	}
	if again, _ := fetch(t, url+"/docs"); strings.Contains(again, nonce[1]) {
		t.Error("two answers carry the same nonce")
	}
	if strings.Contains(page, "http://") || strings.Contains(page, "https://") || strings.Contains(page, "<script") {
		t.Error("the page needs something from elsewhere")
	}
	for _, op := range newTally(v1.Describe()).operations {
		if !strings.Contains(page, `id="`+op.OperationID+`"`) {
			t.Errorf("%s is not on the page", op.OperationID)
		}
	}
	for _, link := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(page, `id="`+link[1]+`"`) {
			t.Errorf("#%s leads nowhere", link[1])
		}
	}
	document, headers := fetch(t, url+"/openapi.json")
	if !strings.Contains(document, `"openapi": "3.1.0"`) || !strings.HasPrefix(headers.Get("Content-Type"), "application/vnd.oai.openapi+json") {
		t.Errorf("the document: %s", headers.Get("Content-Type"))
	}
}

func TestReferencePageInABrowser(t *testing.T) {
	browser := webtest.Open(t)
	url := served(t)
	for name, view := range map[string]webtest.View{
		"phone": webtest.Phone(), "desktop": webtest.Desktop(), "noscript": {Width: 360, Height: 640, NoScript: true},
	} {
		t.Run(name, func(t *testing.T) {
			tab := browser.Tab(t, view)
			tab.Open(url + "/docs")
			webtest.CheckTab(t, browser, tab)
			tab.Open(url + "/docs#set-skills") // a link to an operation opens it
			if !webtest.Evaluate[bool](tab, `document.getElementById('set-skills').parentElement.open`) {
				t.Error("the operation linked to is closed")
			}
			webtest.CheckTab(t, browser, tab)
			browser.Shot(tab, "docs-"+name)
		})
	}
}
