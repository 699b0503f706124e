package web_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/webtest"
)

// area has pages that answer in every way a handler can.
func area(acted *domain.Actor) web.Area {
	files := fstest.MapFS{
		"templates/page.html":   {Data: []byte(`<h1>{{.}}</h1>`)},
		"templates/broken.html": {Data: []byte(`<h1>begun</h1>{{.Nothing}}`)},
	}
	page := func(c *web.Context) (web.Page, error) {
		return web.Page{Template: "try/page", Title: "Essai", Data: c.Path("name")}, nil
	}
	failing := func(err error) web.Handler { return func(*web.Context) (web.Page, error) { return web.Page{}, err } }
	return web.Area{
		Templates: layout.Source{Name: "try", Files: files},
		Register: func(r *web.Router) {
			r.Get("/", "try.home", web.Anyone(), page)
			r.Get("/people/{name}", "try.person", web.Anyone(), page)
			r.Get("/counsellor", "try.counsellor", web.Only(domain.RoleCounsellor), page)
			r.Get("/broken", "try.broken", web.Anyone(), func(*web.Context) (web.Page, error) {
				return web.Page{Template: "try/broken", Title: "x", Data: struct{}{}}, nil
			})
			r.Get("/missing", "try.missing", web.Anyone(), failing(domain.NotFound("op")))
			r.Get("/forbidden", "try.forbidden", web.Anyone(), failing(domain.Forbidden("op")))
			r.Get("/stale", "try.stale", web.Anyone(), failing(domain.Stale("op")))
			r.Get("/secret", "try.secret", web.Anyone(), failing(domain.Unauthenticated("op")))
			r.Get("/crash", "try.crash", web.Anyone(), failing(errors.New("password=hunter2")))
			r.Get("/file", "try.file", web.Anyone(), func(*web.Context) (web.Page, error) {
				return web.Page{File: &web.File{Name: "liste é.csv", ContentType: "text/csv", Body: []byte("a;b")}}, nil
			})
			r.Post("/save/{id}", "try.save", web.Anyone(), func(c *web.Context) (web.Page, error) {
				f, err := c.PostedForm()
				if err != nil {
					return web.Page{}, err
				}
				*acted = c.Act(f)
				return web.Redirect("/people/awa", "common.save"), nil
			})
		},
	}
}

func TestAnswers(t *testing.T) {
	visitor, counsellor := webtest.Visitor(), webtest.Signed(domain.RoleCounsellor, "M. Traoré")
	for _, test := range []struct {
		name, method, path string
		viewer             web.Viewer
		status             int
		says               string
		cache              string
	}{
		{"a page", "GET", "/people/awa", visitor, 200, "<h1>awa</h1>", "private, no-cache"},
		{"the home page is not every page", "GET", "/nowhere", visitor, 404, "Page introuvable", "private, no-cache"},
		{"somebody signed in keeps nothing", "GET", "/people/awa", counsellor, 200, "M. Traoré", "no-store"},
		{"staff page", "GET", "/counsellor", counsellor, 200, `aria-current="page">Ma journée`, "no-store"},
		{"staff page for a visitor", "GET", "/counsellor", visitor, 303, "/sign-in?next=%2Fcounsellor", "no-store"},
		{"staff page for a jobseeker", "GET", "/counsellor", webtest.Signed(domain.RoleJobseeker, "Awa"), 404, "Page introuvable", "no-store"},
		{"another method", "POST", "/people/awa", visitor, 405, "Page introuvable", "no-store"},
		{"not found", "GET", "/missing", visitor, 404, "Page introuvable", "private, no-cache"},
		{"forbidden", "GET", "/forbidden", counsellor, 403, "pas le droit", "no-store"},
		{"stale", "GET", "/stale", counsellor, 412, "entre-temps", "no-store"},
		{"must sign in", "GET", "/secret", visitor, 303, "/sign-in", "no-store"},
		{"internal error", "GET", "/crash", counsellor, 500, "donnant ce numéro\u00a0: test", "no-store"},
		{"nothing half rendered", "GET", "/broken", visitor, 500, "Erreur de notre côté", "private, no-cache"},
		{"a file", "GET", "/file", visitor, 200, "a;b", "no-store"},
		{"no network", "GET", "/offline", visitor, 200, "Pas de réseau", "private, no-cache"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := ask(t, webtest.Site(t, test.viewer, area(new(domain.Actor))), httptest.NewRequest(test.method, test.path, nil))
			said := w.Body.String() + w.Header().Get("Location")
			if w.Code != test.status || !strings.Contains(said, test.says) {
				t.Errorf("%d %.600s", w.Code, said)
			}
			if w.Header().Get("Cache-Control") != test.cache {
				t.Errorf("cache %q", w.Header().Get("Cache-Control"))
			}
			if strings.Contains(said, "hunter2") || strings.Contains(said, "begun") {
				t.Error("shows internals")
			}
		})
	}
}

func TestHiddenAndNonexistentPagesAnswerAlike(t *testing.T) {
	site := webtest.Site(t, webtest.Signed(domain.RoleJobseeker, "Awa"), area(new(domain.Actor)))
	bodies := map[string]string{}
	for _, path := range []string{"/counsellor", "/nowhere", "/missing"} {
		w := ask(t, site, httptest.NewRequest(http.MethodGet, path, nil))
		bodies[strings.ReplaceAll(w.Body.String(), path, "/asked")] = path
	}
	if len(bodies) != 1 {
		t.Errorf("%d different answers", len(bodies))
	}
}

func TestAPostIsRepeatableAndSaysWhatItDid(t *testing.T) {
	var actor domain.Actor
	site := webtest.Site(t, webtest.Signed(domain.RoleCounsellor, "M. Traoré"), area(&actor))
	first := ask(t, site, post("/save/1", url.Values{"_token": {"0123456789abcdef"}, "name": {"Awa"}}))
	once := actor.Once
	ask(t, site, post("/save/1", url.Values{"_token": {"0123456789abcdef"}, "name": {"Awa"}}))
	if actor.Once != once || once.Key != "0123456789abcdef" || once.PayloadHash == "" {
		t.Errorf("the same form is another act: %v, %v", once, actor.Once)
	}
	for name, other := range map[string]*http.Request{
		"other words":  post("/save/1", url.Values{"_token": {"0123456789abcdef"}, "name": {"Ada"}}),
		"other record": post("/save/2", url.Values{"_token": {"0123456789abcdef"}, "name": {"Awa"}}),
	} {
		if ask(t, site, other); actor.Once.PayloadHash == once.PayloadHash {
			t.Errorf("%s has the same payload", name)
		}
	}
	if first.Code != http.StatusSeeOther || first.Header().Get("Location") != "/people/awa" {
		t.Fatalf("%d %s", first.Code, first.Header().Get("Location"))
	}
	next := httptest.NewRequest(http.MethodGet, "/people/awa", nil)
	for _, c := range first.Result().Cookies() {
		next.AddCookie(c)
	}
	w := ask(t, site, next)
	if !strings.Contains(w.Body.String(), `role="status"`) {
		t.Error("the next page does not say what was done")
	}
	forged := httptest.NewRequest(http.MethodGet, "/people/awa", nil)
	forged.AddCookie(&http.Cookie{Name: "baara_said", Value: "Envoyez votre mot de passe"})
	if w := ask(t, site, forged); strings.Contains(w.Body.String(), "mot de passe") {
		t.Error("a forged cookie speaks")
	}
}

func TestTheFirstPageCarriesItsStyleSheet(t *testing.T) {
	site := webtest.Site(t, webtest.Visitor(), area(new(domain.Actor)))
	first := ask(t, site, httptest.NewRequest(http.MethodGet, "/", nil))
	if !strings.Contains(first.Body.String(), `<style nonce="test-nonce">`) {
		t.Error("first page links its style sheet")
	}
	second := httptest.NewRequest(http.MethodGet, "/", nil)
	for _, c := range first.Result().Cookies() {
		second.AddCookie(c)
	}
	if body := ask(t, site, second).Body.String(); strings.Contains(body, "<style") || !strings.Contains(body, `rel="stylesheet"`) {
		t.Error("second page carries it again")
	}
}

func TestTheChosenLanguageIsRemembered(t *testing.T) {
	site := webtest.Site(t, webtest.Visitor(), area(new(domain.Actor)))
	w := ask(t, site, httptest.NewRequest(http.MethodGet, "/people/awa?l=en&q=a", nil))
	if !strings.Contains(w.Body.String(), `href="/people/awa?l=fr&amp;q=a"`) {
		t.Error("language links lose the list's state")
	}
	next := httptest.NewRequest(http.MethodGet, "/people/awa", nil)
	for _, c := range w.Result().Cookies() {
		next.AddCookie(c)
	}
	if body := ask(t, site, next).Body.String(); !strings.Contains(body, `<html lang="en" dir="ltr">`) {
		t.Errorf("%.100s", body)
	}
}

func TestNavigationLeadsAnywhereWithinFiveEntries(t *testing.T) {
	for _, role := range append(domain.AccountRoles(), domain.RoleAnonymous) {
		viewer := webtest.Visitor()
		if role != domain.RoleAnonymous {
			viewer = webtest.Signed(role, "X")
		}
		body := ask(t, webtest.Site(t, viewer, area(new(domain.Actor))), httptest.NewRequest(http.MethodGet, "/", nil)).Body.String()
		_, nav, found := strings.Cut(body, `<nav aria-label="Navigation principale">`)
		nav, _, _ = strings.Cut(nav, "</nav>")
		if n := strings.Count(nav, "<a "); !found || n == 0 || n > 5 {
			t.Errorf("%s has %d entries", role, n)
		}
		if !strings.HasPrefix(web.HomePath(role), "/") {
			t.Errorf("%s starts at %q", role, web.HomePath(role))
		}
	}
}

func TestRoutesAreListedAndClashesRefused(t *testing.T) {
	site := webtest.Site(t, webtest.Visitor(), area(new(domain.Actor)))
	names := map[string]bool{}
	for _, r := range site.Routes() {
		names[r.Method+" "+r.Path] = true
	}
	if !names["GET /people/{name}"] || !names["POST /save/{id}"] || !names["GET /offline"] {
		t.Errorf("%v", names)
	}
	twice := area(new(domain.Actor))
	register := twice.Register
	for name, add := range map[string]func(*web.Router){
		"same name":    func(r *web.Router) { r.Get("/other", "try.home", web.Anyone(), nil) },
		"same address": func(r *web.Router) { r.Get("/people/{id}", "try.other", web.Anyone(), nil) },
		"malformed":    func(r *web.Router) { r.Get("people", "try.other", web.Anyone(), nil) },
	} {
		t.Run(name, func(t *testing.T) {
			twice.Register = func(r *web.Router) { register(r); add(r) }
			if _, err := web.New(webtest.Config(t, webtest.Visitor()), twice); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func ask(t *testing.T, site http.Handler, r *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w
}

func post(path string, values url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, io.NopCloser(strings.NewReader(values.Encode())))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}
