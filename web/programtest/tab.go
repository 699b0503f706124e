package programtest

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/web/webtest"
)

// Press clicks what leads to another page, or to the same one again, and waits until that is there.
func Press(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.RunResponse(ctx, chromedp.Click(selector))
		return err
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
