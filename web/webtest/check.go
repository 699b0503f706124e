package webtest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain/lang"
)

// Options say who looks and what a page may weigh.
type Options struct {
	// Name names the pictures and the subtests: the route's name, for instance.
	Name string
	// Cookies sign somebody in.
	Cookies []*http.Cookie
	// Budget is checked when it is set.
	Budget Budget
	// Data lists words of the fixture that may stand on the page outside the catalogue: names, titles. Words inside
	// an element with translate="no" need not be listed.
	Data []string
	// Status is the expected answer; 200 when it is 0.
	Status int
}

// CheckPage looks at a page as people will: on a phone and on a desktop, without scripts, on the narrowest screen, from
// right to left and in the pseudo-locale. It fails on accessibility violations, sideways scrolling, complaints of the
// console or of the content security policy, more or less than one h1, a title another page has, words that are not in
// the catalogue and a page over its budget.
func CheckPage(t *testing.T, b *Browser, address string, o Options) {
	t.Helper()
	if o.Name == "" {
		o.Name = strings.Trim(strings.ReplaceAll(path(address), "/", "-"), "-")
	}
	t.Run(o.Name+"/scripts", func(t *testing.T) {
		tab := b.signedTab(t, address, Phone(), o)
		tab.Open(address)
		b.Shot(tab, o.Name+"-phone")
		b.checkDocument(t, tab, address, "")
		b.checkAccessibility(t, tab)
		tab.Resize(Desktop())
		b.Shot(tab, o.Name+"-desktop")
		b.checkDocument(t, tab, address, "")
		b.checkAccessibility(t, tab)
		tab.Resize(View{Width: 320, Height: 568}) // the narrowest screen of WCAG 1.4.10
		b.checkDocument(t, tab, address, "")
		tab.Resize(Phone())
		tab.Open(inLanguage(address, lang.Arabic))
		b.Shot(tab, o.Name+"-rtl")
		b.checkDocument(t, tab, address, lang.Arabic)
		checkConsole(t, tab, o)
	})
	t.Run(o.Name+"/noscript", func(t *testing.T) {
		tab := b.signedTab(t, address, View{Width: 360, Height: 640, NoScript: true}, o)
		tab.Open(address)
		b.Shot(tab, o.Name+"-noscript")
		b.checkDocument(t, tab, address, "")
		checkConsole(t, tab, o)
	})
	t.Run(o.Name+"/weight", func(t *testing.T) { checkWeight(t, address, o) })
	t.Run(o.Name+"/words", func(t *testing.T) { checkWords(t, address, o) })
}

func (b *Browser) signedTab(t *testing.T, address string, v View, o Options) *Tab {
	t.Helper()
	tab := b.keptTab(t, address, v)
	for _, c := range o.Cookies {
		tab.SetCookie(address, c.Name, c.Value)
	}
	return tab
}

// checkConsole fails on everything a page complained about; a page that answers an error by intent is reported too,
// and that is no complaint.
func checkConsole(t *testing.T, tab *Tab, o Options) {
	t.Helper()
	for _, complaint := range tab.Complaints() {
		if o.Status < http.StatusBadRequest || !strings.Contains(complaint, "Failed to load resource") {
			t.Errorf("console: %s", complaint)
		}
	}
}

type document struct {
	Lang, Dir, Title string
	H1, Mains, Width int
	TooWide          []string
	SmallTargets     []string
}

// inspect reports what layout and headings look like; TooWide lists elements that stick out of the window.
const inspect = `(() => {
	const wide = document.documentElement.clientWidth
	const out = []
	if (document.documentElement.scrollWidth > wide) for (const e of document.body.querySelectorAll('*')) {
		const r = e.getBoundingClientRect()
		if (r.width && (r.right > wide + 1 || r.left < -1) && !e.closest('.scroll, .vh, .skip, svg')) out.push(e.tagName + '.' + e.className)
	}
	const small = []
	for (const e of document.querySelectorAll('button, .btn, select, textarea, input:not([type=hidden]), summary, nav a')) {
		const r = (e.closest('label') || e).getBoundingClientRect()
		if (r.width && r.height < 43.5) small.push(e.tagName + '.' + e.className + ' ' + Math.round(r.height) + 'px ' + e.textContent.trim().slice(0, 30))
	}
	const d = document.documentElement
	return {Width: innerWidth, Lang: d.lang, Dir: d.dir, Title: document.title, H1: document.querySelectorAll('h1').length,
		Mains: document.querySelectorAll('main').length, TooWide: out.slice(0, 5), SmallTargets: small.slice(0, 5)}
})()`

func (b *Browser) checkDocument(t *testing.T, tab *Tab, address string, want lang.Tag) {
	t.Helper()
	d := Evaluate[document](tab, inspect)
	if d.H1 != 1 || d.Mains != 1 {
		t.Errorf("%d h1 and %d main, want one of each", d.H1, d.Mains)
	}
	if len(d.TooWide) > 0 {
		t.Errorf("scrolls sideways at %d px because of %v", d.Width, d.TooWide)
	}
	if len(d.SmallTargets) > 0 {
		t.Errorf("targets lower than 44 px: %v", d.SmallTargets)
	}
	if d.Lang == "" || d.Dir == "" {
		t.Error("html has no lang or no dir")
	}
	if want != "" && d.Lang != string(want) {
		t.Errorf("page is in %s, not in %s", d.Lang, want)
	}
	b.checkTitle(t, d.Lang+" "+d.Title, path(address))
}

// checkTitle fails when another address of this browser had the same title.
func (b *Browser) checkTitle(t *testing.T, title, where string) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if other, taken := b.titles[title]; taken && other != where {
		t.Errorf("title %q is also that of %s", title, other)
	}
	b.titles[title] = where
}

// runAxe reports violations as readable lines.
const runAxe = `axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.flatMap(v =>
	v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ' – ' + n.failureSummary.replace(/\s+/g, ' '))))`

func (b *Browser) checkAccessibility(t *testing.T, tab *Tab) {
	t.Helper()
	if tab.view.NoScript {
		return // axe is a script
	}
	if Evaluate[bool](tab, `typeof axe === "undefined"`) { // it is still there when only the window changed
		Evaluate[bool](tab, b.axe+"; true")
	}
	for _, violation := range Evaluate[[]string](tab, runAxe) {
		t.Errorf("axe %s", violation)
	}
}

func inLanguage(address string, tag lang.Tag) string {
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return fmt.Sprintf("%s%sl=%s", address, separator, tag)
}

func path(address string) string {
	where, err := url.Parse(address)
	if err != nil {
		return address
	}
	return where.Path
}

// CheckTab checks what a tab shows now, in the middle of a journey: accessibility, headings, width and complaints. A
// form in error answers 409, 412 or 422, which the console reports; that is not a complaint.
func CheckTab(t *testing.T, b *Browser, tab *Tab) {
	t.Helper()
	d := Evaluate[document](tab, inspect)
	if d.H1 != 1 || len(d.TooWide) > 0 || len(d.SmallTargets) > 0 {
		t.Errorf("%s: %d h1; too wide %v; small targets %v", d.Title, d.H1, d.TooWide, d.SmallTargets)
	}
	b.checkAccessibility(t, tab)
	for _, complaint := range tab.Complaints() {
		inError := func(status string) bool { return strings.Contains(complaint, "status of "+status) }
		if !slices.ContainsFunc([]string{"409", "412", "422"}, inError) {
			t.Errorf("console: %s", complaint)
		}
	}
}
