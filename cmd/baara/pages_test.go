package main

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

// exhibition is the demonstration, running, with everybody it made an account
// for signed in.
type exhibition struct {
	*testing.T
	*programtest.Program
	browser *webtest.Browser
	cookies map[domain.Role][]*http.Cookie
}

// newExhibition makes the demonstration as a first start does, and waits until
// everything is searchable.
func newExhibition(t *testing.T) *exhibition {
	t.Helper()
	var made []madeAccount
	program := programtest.Over(t, func(ctx context.Context, core *wire.Core) error {
		o := opening{core: core}
		_, err := o.firstStart(ctx, true)
		made = o.made
		return err
	})
	x := &exhibition{T: t, Program: program, browser: webtest.Open(t), cookies: map[domain.Role][]*http.Cookie{}}
	for _, acc := range made {
		switch role := domain.Role(acc.role); {
		case x.cookies[role] != nil: // the first of a role
		case role == domain.RoleJobseeker:
			x.cookies[role] = program.EnterByPhone(t, acc.login, acc.password)
		default:
			x.cookies[role] = program.Enter(t, acc.login, acc.password)
		}
	}
	x.cookies[domain.RoleAnonymous] = program.Send(t,
		programtest.Form{Path: "/register", Values: url.Values{"who": {"self"}}},
		programtest.Form{Path: "/register/home", Values: url.Values{"residence.kind": {"place"}, "region": {"KAY"}}},
		programtest.Form{Path: "/register/trades", Values: url.Values{"own_trades": {"je pose des carreaux"}}},
	)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := program.Feed.Await(ctx); err != nil {
		t.Fatal(err)
	}
	return x
}

// spot is one page to look at.
type spot struct {
	path  string
	place place
}

// TestEveryPage opens every page of the program as somebody who may, over the
// demonstration. No page can be forgotten: the router lists them.
func TestEveryPage(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("every page in a browser is long: left to the full run")
	}
	x := newExhibition(t)
	for role, spots := range x.spots() {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			browser := x.browser.ForReader()
			r := &round{exhibition: x, role: role, browser: browser, tab: x.Tab(t, browser, webtest.Phone(), x.cookies[role]), followed: map[string]bool{}}
			for _, s := range spots {
				t.Run(strings.Trim(s.path, "/"), func(t *testing.T) { r.visit(t, s) })
			}
		})
	}
}

// round is one reader's way through the pages, in one tab.
type round struct {
	*exhibition
	role     domain.Role
	browser  *webtest.Browser
	tab      *webtest.Tab
	followed map[string]bool // links that were tried
}

func (r *round) visit(t *testing.T, s spot) {
	t.Helper()
	switch {
	case s.place.leads != "":
		if at := webtest.Lands(t, r.tab, r.URL+s.path); at != s.place.leads {
			t.Errorf("leads to %s, want %s: %s", at, s.place.leads, s.place.because)
		}
	case s.place.because != "":
		if status, _ := r.Status(t, s.path, r.cookies[r.role]); status != cmp.Or(s.place.status, http.StatusOK) {
			t.Errorf("status %d: %s", status, s.place.because)
		}
	default:
		budget := webtest.Staff()
		switch {
		case s.place.works:
			budget = webtest.Work()
		case r.role == domain.RoleAnonymous || r.role == domain.RoleJobseeker:
			budget = webtest.PublicFirst()
		}
		webtest.Visit(t, r.browser, r.tab, r.URL+s.path, webtest.Options{Cookies: r.cookies[r.role], Budget: budget})
		r.follow(t)
		r.browser.Shot(r.tab, "every-"+string(r.role)+strings.ReplaceAll(s.path, "/", "-"))
	}
}

// links lists where a page leads within the program; the choice of a language leads to the page itself.
const links = `[...document.querySelectorAll('a[href^="/"]:not([hreflang])')].map(a => a.getAttribute('href').split('#')[0])`

// follow tries the links of the page in the tab: none leads to nothing.
func (r *round) follow(t *testing.T) {
	t.Helper()
	for _, link := range webtest.Evaluate[[]string](r.tab, links) {
		if r.followed[link] {
			continue
		}
		r.followed[link] = true
		if status, _ := r.Status(t, link, r.cookies[r.role]); status >= http.StatusBadRequest {
			t.Errorf("the link to %s: status %d", link, status)
		}
	}
}

// spots gives the pages to look at by who looks. Beginnings are looked at by
// everybody.
func (x *exhibition) spots() map[domain.Role][]spot {
	x.Helper()
	known, out := places(), map[domain.Role][]spot{}
	for _, route := range x.Site.Routes() {
		if route.Method != http.MethodGet {
			continue
		}
		where := known[route.Path]
		delete(known, route.Path)
		role := where.as
		if role == "" {
			role = reader(route.Who)
		}
		if x.cookies[role] == nil {
			x.Errorf("the demonstration has nobody who may open %s", route.Path)
			continue
		}
		for _, path := range x.paths(route.Path, where) {
			out[role] = append(out[role], spot{path, where})
		}
	}
	for path := range known {
		x.Errorf("no page is at %s", path)
	}
	for role := range x.cookies {
		out[role] = append(out[role], spot{path: web.HomePath(role)})
		if role != domain.RoleAnonymous {
			out[role] = append(out[role], spot{path: "/account"})
		}
	}
	return out
}

// reader is the first role that may open a page; the ones with pages of their
// own come first.
func reader(who web.Who) domain.Role {
	for _, role := range append([]domain.Role{domain.RoleAnonymous, domain.RoleJobseeker, domain.RoleEmployer, domain.RoleCounsellor}, domain.AccountRoles()...) {
		if who.Admits(role) {
			return role
		}
	}
	return ""
}

var parameter = regexp.MustCompile(`\{[a-z]+\}`)

// paths puts the demonstration's records into a pattern.
func (x *exhibition) paths(pattern string, where place) []string {
	x.Helper()
	n := len(parameter.FindAllString(pattern, -1))
	if n == 0 {
		return []string{pattern}
	}
	if where.values == "" {
		x.Errorf("the table of places does not say what %s is tried with", pattern)
		return nil
	}
	rows, err := x.SQL.QueryContext(x.Context(), where.values)
	if err != nil {
		x.Fatalf("%s: %v", pattern, err)
	}
	defer func() { _ = rows.Close() }()
	var out []string
	for rows.Next() {
		values, into := make([]string, n), make([]any, n)
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			x.Fatalf("%s: %v", pattern, err)
		}
		next := 0
		out = append(out, parameter.ReplaceAllStringFunc(pattern, func(string) string { next++; return values[next-1] }))
	}
	if err := rows.Err(); err != nil || len(out) == 0 {
		x.Errorf("the demonstration has nothing for %s: %v", pattern, err)
	}
	return out
}
