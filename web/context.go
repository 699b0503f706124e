package web

import (
	"context"
	"maps"
	"net/http"
	"net/url"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/layout"
)

// Context is one request as a page handler sees it. The localizer's T, N, Date, Money… are its own methods.
type Context struct {
	*lang.Localizer
	Request *http.Request
	// Actor is who asks. Use-cases take it; Act adds the form's token first.
	Actor  domain.Actor
	Viewer Viewer
	Route  Route
	// Site is what the deployment says about itself.
	Site layout.Site

	site   *Site
	writer http.ResponseWriter
}

func (s *Site) context(w http.ResponseWriter, r *http.Request, route Route) *Context {
	viewer := s.config.Viewer(r)
	remembered := ""
	if cookie, err := r.Cookie(languageCookie); err == nil {
		remembered = cookie.Value
	}
	asked := r.URL.Query().Get(languageParam)
	tag := s.config.Catalogue.Negotiate(asked, remembered, r.Header.Get("Accept-Language"))
	if asked == string(tag) && remembered != asked {
		s.remember(w, languageCookie, asked)
	}
	return &Context{
		Localizer: s.config.Catalogue.For(tag), Request: r, Actor: viewer.Actor, Viewer: viewer, Route: route,
		Site: s.config.Site, site: s, writer: w,
	}
}

// Static gives the address of a static file that only some pages load: "key.js".
func (c *Context) Static(name string) string { return c.site.static.URL(name) }

// Secure says whether people reach the site over TLS.
func (c *Context) Secure() bool { return c.site.config.Secure }

// Context is the request's context, for use-cases.
func (c *Context) Context() context.Context { return c.Request.Context() }

// Path returns a part of the address: Path("ref") for "/vacancies/{ref}".
func (c *Context) Path(name string) string { return c.Request.PathValue(name) }

// PathID returns an id from the address. What is not an id is not found.
func (c *Context) PathID(name string) (domain.ID, error) { return domain.ParseID(c.Path(name)) }

// Query returns a value of the address, "" when absent.
func (c *Context) Query(name string) string { return c.Request.URL.Query().Get(name) }

// QueryForm returns the address's values as a form, for filters and searches.
func (c *Context) QueryForm() *form.Form { return form.Query(c.Request.URL.Query()) }

// NewForm returns an empty form with a fresh token.
func (c *Context) NewForm() *form.Form { return form.New(c.site.config.NewToken()) }

// PostedForm reads what was sent. A form without a usable token gets a fresh one, so that it can be shown again.
func (c *Context) PostedForm() (*form.Form, error) {
	f, err := form.Parse(c.Request)
	if err != nil {
		return nil, err
	}
	if _, err := edge.WithOnce(c.Actor, c.Route.Name, f.Token, nil); err != nil {
		f.Token = c.site.config.NewToken()
	}
	return f, nil
}

// Act returns the actor for carrying out a posted form: with its token, so that sending it twice does the act once. The
// route's address and every typed value make the payload: the same token with other words is refused.
func (c *Context) Act(f *form.Form) domain.Actor {
	typed := maps.Clone(c.Request.PostForm)
	delete(typed, form.TokenField)
	actor, err := edge.WithOnce(c.Actor, c.Route.Name, f.Token, []byte(c.Request.URL.Path+"?"+typed.Encode()))
	if err != nil {
		return c.Actor // a token PostedForm did not make or check: the act is not repeatable
	}
	return actor
}

// With returns the page's address with a value of its query changed, or removed when value is "". Paging starts over.
func (c *Context) With(name, value string) string {
	query := c.Request.URL.Query()
	query.Del(AfterParam)
	query.Del(languageParam)
	query.Del(againParam)
	query.Del(name)
	if value != "" {
		query.Set(name, value)
	}
	return address(c.Request.URL.Path, query)
}

// AfterParam is the cursor of a list in its address.
const AfterParam = "after"

// Cursor reads where in a list the page starts.
func (c *Context) Cursor() domain.Cursor { return domain.Cursor{After: c.Query(AfterParam)} }

func address(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// Speaking gives the words of another language than the reader's: of a message to somebody else.
func (c *Context) Speaking(tag string) *lang.Localizer {
	return c.site.config.Catalogue.For(lang.Tag(tag))
}
