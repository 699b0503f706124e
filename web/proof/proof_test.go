package proof_test

import (
	"context"
	"os"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/work"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/proof"
	"github.com/baara-platform/baara/web/webtest"
)

// asked is a page with a form that asks for work, and what it was sent.
type asked struct {
	work  *watch.Work
	spent map[string]bool

	mu     sync.Mutex
	posed  int
	proven []bool
	names  []string

	arrived chan struct{} // a form was sent
}

// Spend implements watch.SpentStore.
func (a *asked) Spend(_ context.Context, _ domain.Tx, s watch.Solved) (bool, error) {
	fresh := !a.spent[s.Mark]
	a.spent[s.Mark] = true
	return fresh, nil
}

const formTemplate = `<h1>Essai</h1><form method="post" action="/form" data-work="{{.Challenge}}" data-work-from="{{.From}}">
<input type="hidden" name="work"><label for="name">Nom</label><input id="name" name="name"><p role="status" data-work-wait hidden>Un instant</p><button class="btn">Envoyer</button></form>
<script src="{{.Script}}" defer></script>`

func (a *asked) area() web.Area {
	form := func(c *web.Context) (web.Page, error) {
		v, err := proof.Of(c, a.work, watch.ForSignUp, "/form/work")
		return web.Page{Template: "proof/form", Title: "Essai", Data: v}, err
	}
	return web.Area{
		Templates: layout.Source{Name: "proof", Files: fstest.MapFS{"templates/form.html": {Data: []byte(formTemplate)}}},
		Register: func(r *web.Router) {
			r.Get("/form", "proof.form", web.Anyone(), form)
			r.Get("/form/work", "proof.work", web.Anyone(), func(*web.Context) (web.Page, error) {
				a.mu.Lock()
				defer a.mu.Unlock()
				a.posed++
				return proof.Again(a.work, watch.ForSignUp)
			})
			r.Post("/form", "proof.send", web.Anyone(), func(c *web.Context) (web.Page, error) {
				f, err := c.PostedForm()
				if err != nil {
					return web.Page{}, err
				}
				a.mu.Lock()
				defer a.mu.Unlock()
				name := f.Text("name", 100)
				return web.Redirect("/form", ""), proof.Try(proof.Read(f), func(solution string) error {
					proven, err := a.work.Spend(c.Context(), nil, string(watch.ForSignUp), solution)
					if err == nil {
						a.proven, a.names = append(a.proven, proven), append(a.names, name)
						a.arrived <- struct{}{}
					}
					return err
				})
			})
		},
	}
}

func (a *asked) sent() (proven []bool, names []string, posed int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.proven, a.names, a.posed
}

func waitFor(expression string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](expression))
		return err
	})
}

func TestAFormIsSentWithItsWork(t *testing.T) {
	browser := webtest.Open(t)
	a := &asked{spent: map[string]bool{}, arrived: make(chan struct{}, 3)}
	a.work = watch.NewWork(work.New([]byte("key"), 3000, domain.SystemClock()), a)
	server := webtest.Serve(t, webtest.Visitor(), a.area())
	expect := func(tab *webtest.Tab, what, name string, proven bool, n int) {
		t.Helper()
		tab.Do(chromedp.SendKeys("#name", name), chromedp.Click("button.btn"))
		select {
		case <-a.arrived:
		case <-t.Context().Done():
		}
		got, names, _ := a.sent()
		if len(got) != n || got[n-1] != proven || names[n-1] != name {
			t.Errorf("%s: sent %v as %v, want %q, proven %v, the %dth", what, names, got, name, proven, n)
		}
	}
	solved := waitFor(`document.querySelector('form').dataset.solved === '1'`)

	open := func() *webtest.Tab {
		tab := browser.Tab(t, webtest.Phone())
		tab.Open(server.URL + "/form")
		return tab
	}
	expect(open(), "at once, which waits for the answer by itself", "Awa", true, 1)

	tab := open()
	tab.Do(solved)
	webtest.Evaluate[bool](tab, `(() => { const now = performance.now.bind(performance); performance.now = () => now() + 3600e3; return true })()`)
	expect(tab, "an hour later", "Binta", true, 2)
	if _, _, posed := a.sent(); posed != 1 {
		t.Errorf("%d challenges were asked for anew, want 1", posed)
	}

	tab = open()
	tab.Do(solved)
	webtest.Evaluate[bool](tab, `(() => { document.querySelector('form').elements.work.value = 'bm9uc2Vuc2U='; return true })()`)
	expect(tab, "with nonsense", "Coumba", false, 3)
}

// How long a cheap phone works, for whoever sets the bound of the numbers:
// BAARA_MEASURE=1 go test -run ACheapPhone -v ./web/proof
func TestACheapPhoneSolvesIt(t *testing.T) {
	if os.Getenv("BAARA_MEASURE") == "" {
		t.Skip("a measurement: set BAARA_MEASURE")
	}
	const slower = 6
	browser := webtest.Open(t)
	a := &asked{spent: map[string]bool{}}
	a.work = watch.NewWork(work.New([]byte("key"), 0, domain.SystemClock()), a)
	server := webtest.Serve(t, webtest.Visitor(), a.area())
	tab := browser.Tab(t, webtest.Phone())
	tab.Do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slower})
		return err
	}))
	for range 8 {
		start := time.Now()
		tab.Open(server.URL + "/form")
		tab.Do(waitFor(`document.querySelector('form').dataset.solved === '1'`))
		took := time.Since(start)
		n := webtest.Evaluate[int](tab, `JSON.parse(atob(document.querySelector('form').elements.work.value)).number`)
		milliseconds := webtest.Evaluate[float64](tab, `performance.now()`)
		t.Logf("%d hashes, %s with loading, %.0f ms after the page began: %.0f a second", n, took.Round(time.Millisecond), milliseconds, float64(n)/milliseconds*1000)
		if n < 0 || n > work.MaxNumber {
			t.Errorf("the number is %d", n)
		}
	}
}
