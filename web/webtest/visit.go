package webtest

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Visit opens a page in a tab that somebody signed in and looks at it: less than CheckPage, for tests that go through all
// pages of the program. It fails on another answer than 200 and on what CheckPage fails on at both sizes; o.Cookies are
// those of the tab. A page that leads elsewhere is a failure too: see Lands.
func Visit(t *testing.T, b *Browser, tab *Tab, address string, o Options) {
	t.Helper()
	tab.lend(t)
	tab.Resize(Phone())
	tab.Open(address)
	if at := Evaluate[string](tab, `location.pathname`); at != path(address) {
		t.Errorf("leads to %s", at)
		return
	}
	b.checkDocument(t, tab, address, "")
	b.checkAccessibility(t, tab)
	tab.Resize(Desktop())
	b.checkDocument(t, tab, address, "")
	b.checkAccessibility(t, tab)
	checkConsole(t, tab, o)
	checkWeight(t, address, o)
	checkKeys(t, address, o)
}

// Lands opens an address and says where it leads.
func Lands(t *testing.T, tab *Tab, address string) string {
	t.Helper()
	tab.lend(t)
	tab.Open(address)
	return Evaluate[string](tab, `location.pathname`)
}

// lend lets a subtest answer for the tab until its end, and forgets what was complained about before.
func (tab *Tab) lend(t *testing.T) {
	t.Helper()
	owner := tab.t
	tab.t = t
	t.Cleanup(func() { tab.t = owner })
	tab.forget()
}

// key is what a message that does not exist is shown as.
var key = regexp.MustCompile(`^[a-z][a-z_]*(\.[a-z0-9_]+)+$`)

// checkKeys fails on a message's key where its words should be. It is checkWords for pages of whose data no list exists.
func checkKeys(t *testing.T, address string, o Options) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(get(t, address, o).body))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range spokenTexts(root) {
		for word := range strings.FieldsSeq(text) {
			if key.MatchString(strings.Trim(word, ",;:()«»")) {
				t.Errorf("%q has no words", word)
			}
		}
	}
}
