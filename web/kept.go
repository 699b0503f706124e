package web

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/ui"
)

// A form is never answered by a page: browsers keep the body of what was sent beside such a page, in the file of their
// open tabs, and there it stays when somebody signed out. What there is to say waits for the browser instead, sealed,
// and the browser is sent to read it (docs/decisions/0018-forms-with-mistakes.md).

// againParam is the key of a kept answer in an address.
const againParam = "again"

// keptPage is a page without its frame: that one is made anew when the page is read.
type keptPage struct {
	Body    template.HTML
	Title   string
	Errors  []layout.ErrorLink
	Back    *ui.Link
	Nav     string
	Focused bool
	NoIndex bool
	Status  int
	Wait    time.Duration
	Lang    lang.Tag
	People  []domain.ID // who is named on the ground of a consent
	Since   time.Time
}

// waiting is the page as it will be kept.
func (s *Site) waiting(c *Context, p Page, body template.HTML) keptPage {
	k := keptPage{
		Body: body, Title: p.Title, Back: p.Back, Nav: p.Nav, Focused: p.Focused, NoIndex: p.NoIndex, Status: pageStatus(p), Wait: p.RetryAfter, Lang: c.Tag(),
	}
	if p.Form != nil && p.Form.Failed() {
		k.Title, k.Errors, k.Wait = c.T("common.error_page_title", "Title", p.Title), errorLinks(c, p.Form), p.Form.Wait()
	}
	return k
}

// keep keeps the answer to a form and sends the browser to it. It is false where the form must be answered at once:
// the database is full, or the browser brings nothing to know it by.
func (s *Site) keep(c *Context, k keptPage) bool {
	e := edge.From(c.Context())
	if c.Request.Method != http.MethodPost || e == nil || c.Route.Name == "" || !c.Route.Who.Admits(c.Actor.Role) {
		return false
	}
	k.People, k.Since = domain.HeldFor(c.Context()), e.Now()
	page, err := k.pack()
	if err != nil {
		return false
	}
	key, err := e.KeepPage(c.writer, c.Request, c.Request.URL.Path, page)
	if err != nil {
		if domain.KindOf(err) == "" {
			s.config.Log.LogAttrs(c.Context(), slog.LevelWarn, "answer not kept",
				slog.String("route", c.Route.Name), slog.String("request_id", c.Actor.RequestID), slog.Any("error", err))
		}
		return false
	}
	query := c.Request.URL.Query()
	query.Del(languageParam)
	query.Set(againParam, key)
	c.writer.Header().Set("Cache-Control", "no-store")
	http.Redirect(c.writer, c.Request, address(c.Request.URL.EscapedPath(), query), http.StatusSeeOther) //nolint:gosec // the path of one of our routes
	return true
}

// sent tells which form's answer a request comes to read.
func (r *Router) sent(req *http.Request) (Route, bool) {
	if req.Method != http.MethodGet && req.Method != http.MethodHead || !req.URL.Query().Has(againParam) {
		return Route{}, false
	}
	_, pattern := r.mux.Handler(&http.Request{Method: http.MethodPost, Host: req.Host, URL: req.URL})
	route, ok := r.posts[pattern]
	return route, ok
}

// serveKept answers with what was kept. What is over or another's leads to the page at that address, which is there to
// be read or not, with a word of what happened.
func (s *Site) serveKept(w http.ResponseWriter, r *http.Request, route Route, readable bool) {
	c := s.context(w, r, route)
	if !route.Who.Admits(c.Actor.Role) {
		s.refuse(c)
		return
	}
	var k keptPage
	err := error(domain.NotFound("web.serveKept"))
	if e := edge.From(c.Context()); e != nil {
		var page []byte
		if page, err = e.KeptPage(r, r.URL.Path, r.URL.Query().Get(againParam)); err == nil {
			k, err = s.unpack(c, e, page)
		}
	}
	switch {
	case domain.KindOf(err) == domain.KindNotFound && readable:
		err = s.answer(c, Redirect(c.With(againParam, ""), "common.kept.over"))
	case domain.KindOf(err) == domain.KindNotFound:
		s.failure(c, http.StatusNotFound, 0, failureView{
			Title: c.T("common.kept.over_title"), Help: c.T("common.kept.over"), HelpPhone: s.config.Site.HelpPhone, URL: "/", LinkText: c.T("common.nav.home"),
		})
		return
	case err == nil:
		err = s.showKept(c, k)
	}
	if err != nil {
		s.fail(c, err, 0)
	}
}

func (s *Site) showKept(c *Context, k keptPage) error {
	c.Localizer = s.config.Catalogue.For(k.Lang)
	f := s.frame(c, Page{Title: k.Title, Back: k.Back, Nav: k.Nav, Focused: k.Focused, NoIndex: true}, k.Body)
	f.Errors = k.Errors
	document, err := s.views.Page(c.Tag(), f)
	if err != nil {
		return err
	}
	edge.RetryAfter(c.writer.Header(), k.Status, k.Wait)
	s.send(c, k.Status, document)
	return nil
}

// forget removes what was kept of a form that has done its work now: it was sent from the page that showed its mistakes.
func (s *Site) forget(c *Context) {
	e := edge.From(c.Context())
	if e == nil || c.Request.Method != http.MethodPost {
		return
	}
	from, err := url.Parse(c.Request.Referer())
	if err != nil || from.Host != c.Request.Host || !from.Query().Has(againParam) {
		return
	}
	if err := e.ForgetPages(c.Request, from.Path); err != nil { // it ends by itself
		s.config.Log.LogAttrs(c.Context(), slog.LevelWarn, "answer not removed", slog.String("request_id", c.Actor.RequestID), slog.Any("error", err))
	}
}

// pack makes a page small: pages repeat themselves.
func (k keptPage) pack() ([]byte, error) {
	var out bytes.Buffer
	small, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	plain := json.NewEncoder(small)
	plain.SetEscapeHTML(false)
	if err := plain.Encode(k); err != nil {
		return nil, err
	}
	if err := small.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// maxUnpacked bounds a page that was kept, in bytes.
const maxUnpacked = 4 << 20

// unpack gives a page, or NotFound where somebody it names took back meanwhile that it may.
func (s *Site) unpack(c *Context, e *edge.Edge, page []byte) (k keptPage, err error) {
	small := flate.NewReader(bytes.NewReader(page))
	if err := json.NewDecoder(io.LimitReader(small, maxUnpacked)).Decode(&k); err != nil {
		return keptPage{}, form.Unreadable(err)
	}
	said, err := e.StillSaid(c.Context(), k.People, k.Since)
	if err == nil && !said {
		err = domain.NotFound("web.unpack")
	}
	return k, err
}
