package web

import (
	"net/http"
	"time"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// Page is what a handler answers: a template with its data, a redirect or a file.
type Page struct {
	// Template is the page's own template: "public/vacancy".
	Template string
	// Title is the window's title, translated and unique; "Erreur : " is put before it by itself.
	Title string
	Data  any
	// Status is 200 when it is 0, and follows the form's errors.
	Status int
	// RetryAfter says when to come back, with a status that asks for it.
	RetryAfter time.Duration
	// Back is the link above the heading.
	Back *ui.Link
	// Form is the page's main form: its errors become the summary above the heading.
	Form *form.Form
	// Nav is the address of the navigation entry this page belongs to, when it is not the entry's own page.
	Nav string
	// Focused hides the navigation: one decision a page.
	Focused bool
	// NoIndex asks search engines to leave the page out.
	NoIndex bool
	// Secret says that the page shows something once (a password, a token, codes): it answers the form that made it at once
	// and is kept nowhere.
	Secret bool
	// StructData describes the page to search engines (schema.org), as a value that becomes JSON-LD.
	StructData any

	// RedirectTo answers 303 with another address; see Redirect.
	RedirectTo string
	// Said is a message key shown once on the page after a redirect: what was just done.
	Said string
	// File is sent for download instead of a page.
	File *File
	// Cookies are set with the answer.
	Cookies []*http.Cookie
}

// File is a download.
type File struct {
	Name, ContentType string
	Body              []byte
}

// Redirect answers a form that did its work. Done is the message key of what was done, shown once on the next page; it
// may be "".
func Redirect(to, done string) Page { return Page{RedirectTo: to, Said: done} }

const (
	languageParam  = "l"
	languageCookie = edge.LanguageCookie
	styleCookie    = "baara_css"
	saidCookie     = "baara_said"
)

// remember keeps a preference for a year. Preferences say nothing about a person.
func (s *Site) remember(w http.ResponseWriter, name, value string) {
	http.SetCookie(w, s.cookie(name, value, 365*24*time.Hour))
}

// Cookie makes a cookie of this site for Page.Cookies. Life 0 lasts until the browser is closed; a negative one removes it.
func (c *Context) Cookie(name, value string, life time.Duration) *http.Cookie {
	return c.site.cookie(name, value, life)
}

func (s *Site) cookie(name, value string, life time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(life.Seconds()),
		HttpOnly: true, Secure: s.config.Secure, SameSite: http.SameSiteLaxMode,
	}
}
