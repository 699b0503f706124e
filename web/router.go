package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
)

// Handler answers one request with a page.
type Handler func(*Context) (Page, error)

// Route is one page a router knows. Path is a pattern of net/http: "/vacancies/{id}".
type Route struct {
	Method, Path, Name string
	Who                Who
}

// Who says which roles may open a page. What they may do there is decided by the use-cases.
type Who struct {
	anyone bool
	roles  []domain.Role
}

// Anyone opens a page to visitors and to everybody signed in.
func Anyone() Who { return Who{anyone: true} }

// Only opens a page to some roles.
func Only(roles ...domain.Role) Who { return Who{roles: roles} }

// SignedIn opens a page to every account.
func SignedIn() Who { return Only(domain.PeopleRoles()...) }

// Admits says whether a role may open the page.
func (w Who) Admits(role domain.Role) bool { return w.anyone || slices.Contains(w.roles, role) }

// Public says whether visitors may open the page.
func (w Who) Public() bool { return w.anyone }

// Router collects the routes of the areas.
type Router struct {
	site   *Site
	mux    *http.ServeMux
	routes []Route
	posts  map[string]Route // by pattern
	err    error
}

func newRouter(s *Site) *Router {
	r := &Router{site: s, mux: http.NewServeMux(), posts: map[string]Route{}}
	r.mux.Handle("GET /static/", s.static)
	for _, path := range s.static.RootPaths() {
		r.mux.Handle("GET "+path, s.static)
	}
	return r
}

// Get adds a page that is read. name is unique and stable: "public.vacancy".
func (r *Router) Get(path, name string, who Who, h Handler) {
	r.add(http.MethodGet, path, name, who, h)
}

// Post adds an act: a form that is sent.
func (r *Router) Post(path, name string, who Who, h Handler) {
	r.add(http.MethodPost, path, name, who, h)
}

func (r *Router) add(method, path, name string, who Who, h Handler) {
	route := Route{Method: method, Path: path, Name: name, Who: who}
	defer func() {
		if clash := recover(); clash != nil { // ServeMux panics on a malformed or conflicting pattern
			r.err = fmt.Errorf("route %s: %v", name, clash)
		}
	}()
	for _, other := range r.routes {
		if other.Name == name && other.Method == method {
			r.err = fmt.Errorf("two routes are named %s", name)
			return
		}
	}
	pattern := path
	if strings.HasSuffix(path, "/") {
		pattern += "{$}" // "/" is the home page, not every page
	}
	r.mux.HandleFunc(method+" "+pattern, func(w http.ResponseWriter, req *http.Request) { r.site.serve(w, req, route, h) })
	r.routes = append(r.routes, route)
	if method == http.MethodPost {
		r.posts[method+" "+pattern] = route
	}
}

// ServeHTTP answers with a page also where ServeMux would answer in plain text.
func (r *Router) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	handler, pattern := r.mux.Handler(req)
	if route, ok := r.sent(req); ok {
		req.Pattern = http.MethodPost + " " + route.Path
		r.site.serveKept(w, req, route, pattern != "")
		return
	}
	if pattern != "" {
		r.mux.ServeHTTP(w, req)
		return
	}
	answer := &headOnly{header: http.Header{}, status: http.StatusOK}
	handler.ServeHTTP(answer, req)
	if location := answer.header.Get("Location"); location != "" { // a cleaned path
		http.Redirect(w, req, location, answer.status)
		return
	}
	status := http.StatusNotFound
	if allow := answer.header.Get("Allow"); answer.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", allow)
		status = answer.status
	}
	c := r.site.context(w, req, Route{Who: Anyone()})
	r.site.fail(c, domain.NotFound("web.router"), status)
}

// headOnly keeps what a handler would answer, without its body.
type headOnly struct {
	header http.Header
	status int
}

func (h *headOnly) Header() http.Header         { return h.header }
func (h *headOnly) Write(b []byte) (int, error) { return len(b), nil }
func (h *headOnly) WriteHeader(status int)      { h.status = status }
