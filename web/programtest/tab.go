package programtest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/web/webtest"
)

// Tab opens a tab with the cookies of somebody who signed in.
func (p *Program) Tab(t *testing.T, b *webtest.Browser, view webtest.View, cookies []*http.Cookie) *webtest.Tab {
	t.Helper()
	tab := b.Tab(t, view)
	for _, c := range cookies {
		tab.SetCookie(p.URL, c.Name, c.Value)
	}
	return tab
}

// Status opens an address with cookies and gives the status and the body of the answer, redirects not followed.
func (p *Program) Status(t *testing.T, path string, cookies []*http.Cookie) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.URL+path, nil)
	must(t, err)
	for _, c := range cookies {
		request.AddCookie(c)
	}
	answer, err := http.DefaultTransport.RoundTrip(request)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer.StatusCode, string(body)
}

// Text gives what a selector's first element says, spaces made plain.
func Text(tab *webtest.Tab, selector string) string {
	return strings.ReplaceAll(webtest.Evaluate[string](tab, `document.querySelector('`+selector+`').textContent`), "\u00a0", " ")
}

// Press clicks what leads to another page, or to the same one again, and waits until that is there. The page before is
// marked: a document without the mark is the next one.
func Press(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`window.left = true`)); err != nil {
			return err
		}
		if err := chromedp.Do(ctx, chromedp.Click(selector)); err != nil {
			return err
		}
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			// While one document follows the other there is none to ask: that is no failure.
			there, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`!window.left && document.readyState === 'complete'`))
			if err == nil && there {
				return nil
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("press %s: %w", selector, ctx.Err())
			case <-tick.C:
			}
		}
	})
}

// Submit presses the main button of the page's form.
func Submit() chromedp.Action[chromedp.Void] { return Press("main form .btn:not(.sec)") }

// Failed checks that the page is in error and that its summary and title say these words.
func Failed(t *testing.T, b *webtest.Browser, tab *webtest.Tab, words ...string) {
	t.Helper()
	tab.Do(chromedp.WaitVisible("#error-summary"))
	webtest.CheckTab(t, b, tab)
	said := webtest.Evaluate[string](tab, `document.getElementById('error-summary').textContent + ' ' + document.title`)
	for _, word := range append(words, "Erreur : ") {
		if !strings.Contains(strings.ReplaceAll(said, "\u00a0", " "), word) {
			t.Errorf("%q lacks %q", said, word)
		}
	}
}
