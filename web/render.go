package web

import (
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/ui"
)

// SignInPath is where people who must sign in first are sent; the page they wanted follows in "next".
const SignInPath = "/sign-in"

// AccountPath is the page of one's own account.
const AccountPath = "/account"

// TeamPath is the page of who works together: a lead's counsellors, an employer's colleagues, whom one invited.
const TeamPath = "/team"

// SecondPath asks for the second factor of somebody whose password was right, StepUpPath asks somebody signed in to say
// again who they are. Both return to the address in "next".
const (
	SecondPath = "/sign-in/second"
	StepUpPath = "/account/security/confirm"
)

// serve answers one request of a route.
func (s *Site) serve(w http.ResponseWriter, r *http.Request, route Route, h Handler) {
	c := s.context(w, r, route)
	if !route.Who.Admits(c.Actor.Role) {
		s.refuse(c)
		return
	}
	page, err := h(c)
	if err == nil {
		err = s.answer(c, page)
	}
	if err != nil {
		s.fail(c, err, 0)
	}
}

// refuse answers somebody who may not open a page: visitors sign in first, for others the page does not exist.
func (s *Site) refuse(c *Context) {
	if c.Actor.Role == domain.RoleAnonymous || c.Actor.Role == "" {
		to := SignInPath
		if c.Request.Method == http.MethodGet {
			to += "?next=" + url.QueryEscape(c.Request.URL.RequestURI())
		}
		c.writer.Header().Set("Cache-Control", "no-store")
		http.Redirect(c.writer, c.Request, to, http.StatusSeeOther)
		return
	}
	s.fail(c, domain.NotFound("web.refuse"), 0)
}

// answer sends a page, a redirect or a file. Nothing is sent when it returns an error.
func (s *Site) answer(c *Context, p Page) error {
	switch {
	case p.RedirectTo != "":
		s.forget(c)
		s.setCookies(c, p)
		if p.Said != "" {
			http.SetCookie(c.writer, s.cookie(saidCookie, p.Said, saidLife))
		}
		c.writer.Header().Set("Cache-Control", "no-store")
		http.Redirect(c.writer, c.Request, p.RedirectTo, http.StatusSeeOther)
		return nil
	case p.File != nil:
		s.forget(c)
		s.setCookies(c, p)
		s.sendFile(c, *p.File)
		return nil
	}
	body, err := s.views.Body(c.Tag(), p.Template, p.Data)
	if err != nil {
		return err
	}
	if !p.Secret && s.keep(c, s.waiting(c, p, body)) {
		s.setCookies(c, p)
		return nil
	}
	document, err := s.views.Page(c.Tag(), s.frame(c, p, body))
	if err != nil {
		return err
	}
	s.setCookies(c, p)
	if p.Form != nil && p.Form.Failed() {
		edge.RetryAfter(c.writer.Header(), pageStatus(p), p.Form.Wait())
	} else if p.RetryAfter > 0 {
		edge.RetryAfter(c.writer.Header(), pageStatus(p), p.RetryAfter)
	}
	s.send(c, pageStatus(p), document)
	return nil
}

func pageStatus(p Page) int {
	switch {
	case p.Status != 0:
		return p.Status
	case p.Form != nil && p.Form.Failed():
		return edge.StatusOf(&domain.Error{Kind: p.Form.Kind()})
	}
	return http.StatusOK
}

func (s *Site) setCookies(c *Context, p Page) {
	for _, cookie := range p.Cookies {
		http.SetCookie(c.writer, cookie)
	}
}

func (s *Site) send(c *Context, status int, document []byte) {
	header := c.writer.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", string(c.Tag()))
	header.Set("Content-Length", strconv.Itoa(len(document)))
	header.Set("Cache-Control", cacheControl(c))
	c.writer.WriteHeader(status)
	if c.Request.Method != http.MethodHead {
		_, _ = c.writer.Write(document) // the reader may have left
	}
}

// cacheControl forbids keeping anything but what a visitor merely reads.
func cacheControl(c *Context) string {
	read := c.Request.Method == http.MethodGet && !c.Request.URL.Query().Has(againParam)
	if read && c.Route.Who.Public() && c.Viewer.Name == "" {
		return "private, no-cache"
	}
	return "no-store"
}

func (s *Site) sendFile(c *Context, f File) {
	header := c.writer.Header()
	header.Set("Content-Type", f.ContentType)
	header.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(f.Name))
	header.Set("Content-Length", strconv.Itoa(len(f.Body)))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox") // whatever is in it, and whoever opens it here
	header.Set("Cache-Control", "no-store")
	c.writer.WriteHeader(http.StatusOK)
	if c.Request.Method != http.MethodHead {
		_, _ = c.writer.Write(f.Body) // the reader may have left
	}
}

// frame fills everything around a page's body.
func (s *Site) frame(c *Context, p Page, body template.HTML) layout.Frame {
	visitor := !c.Actor.Role.Staff() && c.Actor.Role != domain.RoleEmployer
	f := layout.Frame{
		Localizer: c.Localizer, Site: s.config.Site, Title: p.Title, Body: body, Nonce: s.config.Nonce(c.Request),
		Public: visitor, Viewer: c.Viewer.Name, Back: p.Back, NoIndex: p.NoIndex || !c.Route.Who.Public(), StructData: p.StructData,
		Languages: s.languages(c), Said: s.said(c), Messages: demoMessages(c),
		StyleURL: s.static.URL("app.css"), ScriptURL: s.static.URL("public.js"), IconURL: s.static.URL("icon.svg"),
	}
	if !visitor {
		f.ScriptURL = s.static.URL("staff.js")
	}
	if c.Viewer.Name != "" {
		f.Account = ui.Link{Text: c.T("common.my_account"), URL: AccountPath}
		f.SignOut = ui.Button{Text: c.T("common.sign_out"), URL: "/sign-out", Post: true, Small: true, Secondary: true}
	}
	if !p.Focused {
		f.Nav = navigation(c, p.Nav)
	}
	if p.Form != nil && p.Form.Failed() {
		f.Title = c.T("common.error_page_title", "Title", p.Title)
		f.Errors = errorLinks(c, p.Form)
	}
	s.style(c, &f)
	return f
}

// errorLinks makes the lines of the error summary: the words that stand beside the field, after the field's name when
// they are general ones ("Téléphone – Répondez à cette question").
func errorLinks(c *Context, f *form.Form) []layout.ErrorLink {
	var out []layout.ErrorLink
	for _, e := range f.Errors() {
		link := layout.ErrorLink{Text: c.Problem(e.Key, e.Args)}
		label := f.Label(e.Field)
		if label != "" {
			link.Target = ui.FieldID(e.Field)
		}
		if label != "" && strings.HasPrefix(e.Key, "error.") {
			link.Text = c.T("common.error_line", "Label", label, "Problem", link.Text)
		}
		out = append(out, link)
	}
	return out
}

// style puts the style sheet into a visitor's first page, which saves a round trip on a slow network, and remembers
// that later pages may link it.
func (s *Site) style(c *Context, f *layout.Frame) {
	if c.Route.Name == offlineRoute { // shown when nothing else can be fetched
		f.InlineCSS = template.CSS(s.static.Text("app.css")) //nolint:gosec // our own file
		return
	}
	version := s.static.Version("app.css")
	if cookie, err := c.Request.Cookie(styleCookie); err == nil && cookie.Value == version {
		return
	}
	if c.Viewer.Name == "" {
		f.InlineCSS = template.CSS(s.static.Text("app.css")) //nolint:gosec // our own file
		s.remember(c.writer, styleCookie, version)
	}
}

func (s *Site) languages(c *Context) []layout.LanguageLink {
	var out []layout.LanguageLink
	query := c.Request.URL.Query()
	query.Del(againParam) // what is kept is in one language
	for _, l := range lang.Languages() {
		query.Set(languageParam, string(l.Tag))
		out = append(out, layout.LanguageLink{
			Language: l, URL: address(c.Request.URL.Path, query), Current: l.Tag == c.Tag(),
		})
	}
	return out
}
