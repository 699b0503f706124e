// Package webtest tries pages in a real browser: Chromium, started once a test, without network beyond the test's server.
//
// CheckPage is what every page must pass. Open and Tab serve journeys that click and type. Pictures go to the folder
// BAARA_SHOTS when it is set: look at them, they show what no checker finds. Without it none are made, which is faster.
//
// Chromium is found on PATH (chromium, chromium-browser, google-chrome) or at BAARA_CHROMIUM; axe-core at BAARA_AXE or in
// web/node_modules ("npm ci --prefix web" puts it there). A test that lacks one of them fails and says so, unless
// BAARA_NO_BROWSER is set, which skips.
package webtest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// pageTimeout bounds everything one tab does; a page that hangs fails instead of stopping the tests.
const pageTimeout = 5 * time.Minute

// stepTimeout bounds one step, so that the tab can still say where it waited.
const stepTimeout = 90 * time.Second

// Browser is one running Chromium. Its tabs share nothing but the process, unless it has a profile.
type Browser struct {
	t       *testing.T
	ctx     context.Context
	profile bool // tabs share the cookies, the history and what else stays in the profile
	axe     string
	shots   string
	mu      sync.Mutex
	titles  map[string]string
	kept    map[bool]*Tab // those of CheckPage, with scripts or without: a tab for each page is most of the work of looking at it
}

// Open starts Chromium for a test and stops it at the test's end.
func Open(t *testing.T) *Browser {
	t.Helper()
	return start(t, t.TempDir())
}

// OpenProfile starts Chromium as somebody at a shared computer does, with a profile that stays: what pages leave there
// is found in its folder once the browser is closed.
func OpenProfile(t *testing.T, folder string) *Browser {
	t.Helper()
	b := start(t, folder)
	b.profile = true
	return b
}

// Close ends the browser as its window does.
func (b *Browser) Close(t *testing.T) {
	t.Helper()
	if err := chromedp.Cancel(b.ctx); err != nil {
		t.Fatalf("close the browser: %v", err)
	}
}

func start(t *testing.T, folder string) *Browser {
	t.Helper()
	if os.Getenv("BAARA_NO_BROWSER") != "" {
		t.Skip("BAARA_NO_BROWSER is set")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(folder), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("lang", "fr"), chromedp.Flag("accept-lang", "fr"),
		chromedp.Flag("force-prefers-reduced-motion", true), // a page that is still scrolling is clicked beside the button
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocated, release := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(release)
	ctx, stop := chromedp.NewContext(allocated)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	axe, err := os.ReadFile(axePath(t))
	if err != nil {
		t.Fatal(err)
	}
	shots := os.Getenv("BAARA_SHOTS")
	if shots != "" {
		if err := os.MkdirAll(shots, 0o750); err != nil {
			t.Fatal(err)
		}
	}
	return &Browser{t: t, ctx: ctx, axe: string(axe), shots: shots, titles: map[string]string{}, kept: map[bool]*Tab{}}
}

// ForReader is the browser for pages one reader sees: their titles differ from each other, not from those of the pages
// somebody else sees.
func (b *Browser) ForReader() *Browser {
	return &Browser{t: b.t, ctx: b.ctx, axe: b.axe, shots: b.shots, titles: map[string]string{}, kept: b.kept}
}

func chromium(t *testing.T) string {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	if given := os.Getenv("BAARA_CHROMIUM"); given != "" {
		names = []string{given}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no Chromium found: apt-get install chromium, or set BAARA_CHROMIUM, or BAARA_NO_BROWSER=1 to skip browser tests")
	return ""
}

func axePath(t *testing.T) string {
	t.Helper()
	if given := os.Getenv("BAARA_AXE"); given != "" {
		return given
	}
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		path := filepath.Join(folder, "web", "node_modules", "axe-core", "axe.min.js")
		if _, err := os.Stat(path); err == nil {
			return path
		}
		folder = filepath.Dir(folder)
	}
	t.Fatal("no axe-core found: npm ci --prefix web, or set BAARA_AXE")
	return ""
}

// View is how a page is looked at.
type View struct {
	Width, Height int64
	NoScript      bool
}

// Phone and Desktop are the sizes every page is looked at.
func Phone() View { return View{Width: 360, Height: 640} }

// Desktop is a small office screen.
func Desktop() View { return View{Width: 1280, Height: 800} }

// Tab is one tab with cookies of its own.
type Tab struct {
	t    *testing.T
	ctx  context.Context
	view View
	mu   sync.Mutex
	said []string
}

// Tab opens an empty tab. Errors of its pages' console are collected; see Complaints.
func (b *Browser) Tab(t *testing.T, v View) *Tab {
	t.Helper()
	limited, cancel := context.WithTimeout(b.ctx, pageTimeout)
	t.Cleanup(cancel)
	return b.tab(t, limited, v)
}

func (b *Browser) tab(t *testing.T, limited context.Context, v View) *Tab {
	t.Helper()
	var own []chromedp.ContextOption
	if !b.profile {
		own = append(own, chromedp.WithNewBrowserContext())
	}
	ctx, closeTab := chromedp.NewContext(limited, own...)
	t.Cleanup(closeTab)
	tab := &Tab{t: t, ctx: ctx, view: v}
	if err := chromedp.Listen(ctx, tab.hear); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	tab.Resize(v)
	if v.NoScript {
		disable := emulation.SetScriptExecutionDisabledParams{Value: true}
		if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, disable); err != nil {
			t.Fatal(err)
		}
	}
	return tab
}

// keptTab is a tab that CheckPage used before, as if it were new: nobody is signed in and nothing is stored.
func (b *Browser) keptTab(t *testing.T, address string, v View) *Tab {
	t.Helper()
	tab := b.kept[v.NoScript]
	if tab == nil {
		tab = b.tab(b.t, b.ctx, v)
		b.kept[v.NoScript] = tab
	}
	tab.lend(t)
	tab.Resize(v)
	if _, err := chromedp.Call(tab.ctx, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(tab.ctx, storage.ClearDataForOrigin, storage.ClearDataForOriginParams{Origin: origin(t, address), StorageTypes: "all"}); err != nil {
		t.Fatal(err)
	}
	return tab
}

// Resize changes the window; scripts stay as they are.
func (tab *Tab) Resize(v View) {
	tab.t.Helper()
	tab.Do(chromedp.EmulateViewport(v.Width, v.Height))
}

// Do runs chromedp actions; a failure ends the test and says which page stood there.
func (tab *Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, stepTimeout)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		shown, _ := chromedp.Run(tab.ctx, chromedp.Evaluate[string](`location.href + ": " + (document.querySelector("main")?.innerText ?? "").slice(0, 900)`))
		tab.t.Fatalf("browser: %v, at %s", err, shown)
	}
}

// Open goes to an address and waits until the page is loaded.
func (tab *Tab) Open(address string) {
	tab.t.Helper()
	tab.Do(chromedp.Navigate(address))
}

// SetCookie gives the tab a cookie, for instance a session, for the server of an address.
func (tab *Tab) SetCookie(address, name, value string) {
	tab.t.Helper()
	cookie := network.SetCookieParams{Name: name, Value: value, URL: origin(tab.t, address)}
	if _, err := chromedp.Call(tab.ctx, network.SetCookie, cookie); err != nil {
		tab.t.Fatal(err)
	}
}

// Shot saves a picture of the whole page under a name and returns its path, "" when none are wanted.
func (b *Browser) Shot(tab *Tab, name string) string {
	tab.t.Helper()
	if b.shots == "" {
		return ""
	}
	picture, err := chromedp.Run(tab.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		tab.t.Fatalf("picture: %v", err)
	}
	path := filepath.Join(b.shots, name+".png")
	if err := os.WriteFile(path, picture, 0o600); err != nil {
		tab.t.Fatal(err)
	}
	return path
}

// Capture gives a picture of what the window shows now, as PNG.
func Capture(tab *Tab) []byte {
	tab.t.Helper()
	picture, err := chromedp.Run(tab.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		tab.t.Fatalf("picture: %v", err)
	}
	return picture
}

// Evaluate runs JavaScript in the tab, also where the page's own scripts are off.
func Evaluate[T any](tab *Tab, expression string) T {
	tab.t.Helper()
	out, err := chromedp.Run(tab.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		tab.t.Fatalf("evaluate: %v", err)
	}
	return out
}

// Offline tells the tab's pages that the network is gone, or back. Requests still pass: close the server to stop them.
func (tab *Tab) Offline(gone bool) {
	tab.t.Helper()
	if _, err := chromedp.Call(tab.ctx, network.Enable, network.EnableParams{}); err != nil {
		tab.t.Fatal(err)
	}
	state := network.OverrideNetworkStateParams{Offline: gone, DownloadThroughput: -1, UploadThroughput: -1}
	if _, err := chromedp.Call(tab.ctx, network.OverrideNetworkState, state); err != nil {
		tab.t.Fatal(err)
	}
}
