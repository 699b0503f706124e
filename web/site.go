// Package web serves the pages people see. Handlers return a Page or an error; this package renders both.
//
// Pages live in a package for each kind of reader (web/public, web/jobseeker, web/employer, web/counsellor, …). Such a
// package gives an Area: its templates and the routes it registers, each with the roles that may open it. A handler is
//
//	func (p *Pages) vacancy(c *web.Context) (web.Page, error) {
//		v, err := p.vacancies.Get(c.Context(), c.Actor, c.PathID("id"))
//		if err != nil {
//			return web.Page{}, err
//		}
//		return web.Page{Template: "public/vacancy", Title: v.Title, Data: view(c, v)}, nil
//	}
//
// Promises: what was not rendered completely is never sent; a signed-in page is never stored by a browser or proxy; a
// page that does not exist and one that its reader may not see answer alike; every route is listed by Routes, so that
// tests forget none. Sessions, security headers, request limits and compression are the edge's (api/edge).
package web

import (
	"fmt"
	"log/slog"
	"net/http"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/web/icon"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/static"
)

// Viewer is who looks at a page. Name is shown in the header; it is "" for visitors.
type Viewer struct {
	Actor domain.Actor
	Name  string
}

// Config is what the pages need from the program around them.
type Config struct {
	Catalogue *lang.Catalogue
	Site      layout.Site
	Log       *slog.Logger
	// Viewer tells who sent a request; the session decides.
	Viewer func(*http.Request) Viewer
	// Nonce gives the request's content security policy nonce.
	Nonce func(*http.Request) string
	// NewToken makes the hidden token of a form: 128 random bits or more, as text.
	NewToken func() string
	// Secure marks cookies for HTTPS only; false on plain loopback.
	Secure bool
}

// Area is a group of pages for one kind of reader.
type Area struct {
	// Templates are named after the area: templates/home.html of "public" is the template "public/home".
	Templates layout.Source
	// Register adds the area's routes.
	Register func(*Router)
}

// Site is every page of Baara, as one http.Handler.
type Site struct {
	config Config
	router *Router
	views  *layout.Views
	static *static.Files
}

// New builds the site. It fails on a template that does not parse and on a route given twice.
func New(config Config, areas ...Area) (*Site, error) {
	icons, err := icon.Load()
	if err != nil {
		return nil, err
	}
	files, err := static.Load()
	if err != nil {
		return nil, err
	}
	s := &Site{config: config, static: files}
	var sources []layout.Source
	for _, a := range areas {
		sources = append(sources, a.Templates)
	}
	if s.views, err = layout.New(config.Catalogue, icons, sources...); err != nil {
		return nil, err
	}
	s.router = newRouter(s)
	s.router.Get("/offline", offlineRoute, Anyone(), offline)
	for _, a := range areas {
		a.Register(s.router)
	}
	if s.router.err != nil {
		return nil, fmt.Errorf("web: %w", s.router.err)
	}
	return s, nil
}

// Routes lists every page, in the order of registration.
func (s *Site) Routes() []Route { return s.router.routes }

// ServeHTTP answers a page, a static file or the page that says there is none. After it returned, r.Pattern holds the
// route for metrics.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.router.ServeHTTP(w, r) }
