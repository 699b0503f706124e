package webtest_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/baara-platform/baara/web/webtest"
)

// serveWithSuggestions adds the address the combobox asks, and counts sent forms.
func serveWithSuggestions(t *testing.T, sent *atomic.Int32) *httptest.Server {
	t.Helper()
	site := webtest.Site(t, webtest.Visitor(), webtest.Gallery())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/taxonomy/suggest" && r.URL.Query().Get("kind") == "occupation":
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`[{"label":"Maçon","hint":"bâtiment"},{"label":"Maçon coffreur"}]`))
			return
		case r.Method == http.MethodPost:
			sent.Add(1)
		}
		site.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

func TestScriptsInABrowser(t *testing.T) {
	browser := webtest.Open(t)
	var sent atomic.Int32
	server := serveWithSuggestions(t, &sent)
	open := func(t *testing.T) *webtest.Tab {
		t.Helper()
		tab := browser.Tab(t, webtest.Phone())
		tab.Open(server.URL + webtest.GalleryFormPath)
		return tab
	}

	t.Run("suggestions by keyboard", func(t *testing.T) {
		tab := open(t)
		tab.Do(chromedp.SendKeys("#f-occupation", "macon"), chromedp.WaitVisible("#f-occupation-list li"))
		browser.Shot(tab, "combobox")
		webtest.CheckTab(t, browser, tab)
		tab.Do(chromedp.SendKeys("#f-occupation", kb.ArrowDown+kb.ArrowDown), chromedp.WaitVisible(`#f-occupation-list [aria-selected="true"]`))
		tab.Do(chromedp.SendKeys("#f-occupation", kb.Enter))
		if got := webtest.Evaluate[string](tab, `document.getElementById('f-occupation').value`); got != "Maçon coffreur" {
			t.Errorf("chose %q", got)
		}
		if expanded := webtest.Evaluate[string](tab, `document.getElementById('f-occupation').ariaExpanded`); expanded != "false" {
			t.Errorf("list still open: %s", expanded)
		}
	})
	t.Run("characters are counted", func(t *testing.T) {
		tab := open(t)
		tab.Do(chromedp.SendKeys("#f-note", "bonjour"), waitFor(`document.getElementById('f-note-count').textContent.includes('193')`))
	})
	t.Run("a form is sent once", func(t *testing.T) {
		tab := open(t)
		before := sent.Load()
		clicks := `(() => { const b = document.querySelector('button.btn'); b.click(); b.click(); return true })()`
		webtest.Evaluate[bool](tab, clicks)
		tab.Do(chromedp.WaitVisible("#error-summary"))
		if n := sent.Load() - before; n != 1 {
			t.Errorf("sent %d times", n)
		}
	})
	t.Run("a draft is kept only on one's own phone", func(t *testing.T) {
		tab := open(t)
		tab.Do(chromedp.SendKeys("#f-name", "Awa"))
		if n := webtest.Evaluate[int](tab, `localStorage.length`); n != 0 {
			t.Errorf("%d things kept without asking", n)
		}
		tab.Do(chromedp.Click("#draft-keep"), chromedp.SendKeys("#f-name", " Traoré"), chromedp.Reload())
		if got := webtest.Evaluate[string](tab, `document.getElementById('f-name').value`); got != "Awa Traoré" {
			t.Errorf("restored %q", got)
		}
		tab.Do(chromedp.Click("#draft-keep"))
		if n := webtest.Evaluate[int](tab, `localStorage.length`); n != 0 {
			t.Errorf("%d things kept after refusing", n)
		}
	})
	t.Run("without network nothing typed is lost", func(t *testing.T) {
		tab := open(t)
		before := sent.Load()
		tab.Do(chromedp.SendKeys("#f-name", "Awa"))
		tab.Offline(true)
		tab.Do(waitFor(`!document.querySelector(".net").hidden`))
		browser.Shot(tab, "offline-banner")
		tab.Do(chromedp.Click("button.btn"))
		if got := webtest.Evaluate[string](tab, `document.getElementById('f-name').value`); got != "Awa" || sent.Load() != before {
			t.Errorf("kept %q, sent %d", got, sent.Load()-before)
		}
		tab.Offline(false)
		tab.Do(waitFor(`document.querySelector(".net.ok") !== null`))
	})
	t.Run("the offline page replaces the browser's", func(t *testing.T) {
		reachable := serveWithSuggestions(t, new(atomic.Int32))
		tab := browser.Tab(t, webtest.Phone())
		tab.Open(reachable.URL + webtest.GalleryFormPath)
		tab.Do(waitFor(`navigator.serviceWorker.controller !== null`))
		reachable.CloseClientConnections()
		reachable.Close()
		tab.Open(reachable.URL + webtest.GalleryPath)
		if title := webtest.Evaluate[string](tab, `document.title`); title != "Pas de réseau – Baara" {
			t.Errorf("shows %q", title)
		}
		kept := webtest.Evaluate[[]string](tab, `caches.keys().then(async names => (await Promise.all(names.map(async n =>
			(await (await caches.open(n)).keys()).map(r => new URL(r.url).pathname)))).flat())`)
		if len(kept) != 1 || kept[0] != "/offline" {
			t.Errorf("the browser keeps %v", kept)
		}
	})
}

// waitFor waits until an expression is true.
func waitFor(expression string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](expression))
		return err
	})
}
