package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
)

// failureView is the data of the page that says what went wrong.
type failureView struct {
	Title, Help, HelpPhone, URL, LinkText string
}

// fail answers an error as a page. status overrides the kind's own when it is not 0. An error nobody classified is
// logged once, with the request id the page shows.
func (s *Site) fail(c *Context, err error, status int) {
	kind := string(domain.KindOf(err))
	if status == 0 {
		status = edge.StatusOf(err)
	}
	switch {
	case status == edge.StatusGone: // nobody reads it
		kind = string(domain.KindUnavailable)
	case kind == "":
		kind = "internal"
		s.config.Log.LogAttrs(c.Context(), slog.LevelError, "page failed",
			slog.String("route", c.Route.Name), slog.String("request_id", c.Actor.RequestID), slog.Any("error", err))
	}
	switch domain.KindOf(err) {
	case domain.KindStepUp:
		s.redirect(c, StepUpPath)
		return
	case domain.KindSecondFactor:
		s.redirect(c, SecondPath)
		return
	}
	if status == http.StatusUnauthorized && c.Actor.Role == domain.RoleAnonymous {
		s.refuse(c)
		return
	}
	var own *domain.Error
	var wait time.Duration
	if errors.As(err, &own) {
		wait = own.After
	}
	view := failureView{
		Title: c.T("error.kind." + kind), Help: c.T("error.kind_help."+kind, "RequestID", c.Actor.RequestID),
		HelpPhone: s.config.Site.HelpPhone, URL: "/", LinkText: c.T("common.nav.home"),
	}
	s.failure(c, status, wait, view)
}

// failure sends the page that says what went wrong. What the server is to blame for answers the form at once, so that
// logs and figures say which one it was.
func (s *Site) failure(c *Context, status int, wait time.Duration, view failureView) {
	body, err := s.views.Body(c.Tag(), "layout/failure", view)
	if err != nil {
		s.plain(c, err)
		return
	}
	if status < http.StatusInternalServerError && s.keep(c, keptPage{Body: body, Title: view.Title, NoIndex: true, Status: status, Wait: wait, Lang: c.Tag()}) {
		return
	}
	edge.RetryAfter(c.writer.Header(), status, wait)
	document, err := s.views.Page(c.Tag(), s.frame(c, Page{Title: view.Title, NoIndex: true}, body))
	if err != nil {
		s.plain(c, err)
		return
	}
	s.send(c, status, document)
}

// plain is the last resort when the failure page itself fails.
func (s *Site) plain(c *Context, err error) {
	s.config.Log.LogAttrs(c.Context(), slog.LevelError, "failure page failed",
		slog.String("request_id", c.Actor.RequestID), slog.Any("error", err))
	http.Error(c.writer, c.T("error.kind.internal")+" "+c.Actor.RequestID, http.StatusInternalServerError)
}

// redirect leads to a page that asks for something first; the page it returns to follows in "next": the one that was
// read, or the one whose form was sent.
func (s *Site) redirect(c *Context, to string) {
	next := c.Request.URL.RequestURI()
	if c.Request.Method != http.MethodGet {
		next = "/"
		if from, err := url.Parse(c.Request.Referer()); err == nil && from.Host == c.Request.Host {
			next = from.RequestURI()
		}
	}
	c.writer.Header().Set("Cache-Control", "no-store")
	http.Redirect(c.writer, c.Request, to+"?next="+url.QueryEscape(next), http.StatusSeeOther)
}

// maxNext bounds the address of a page to return to.
const maxNext = 300

// Local keeps only addresses of this site: a link that asks for something first must not lead elsewhere afterwards.
func Local(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") || len(next) > maxNext {
		return ""
	}
	return next
}
