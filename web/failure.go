package web

import (
	"log/slog"
	"net/http"

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
	if kind == "" {
		kind = "internal"
		s.config.Log.LogAttrs(c.Context(), slog.LevelError, "page failed",
			slog.String("route", c.Route.Name), slog.String("request_id", c.Actor.RequestID), slog.Any("error", err))
	}
	if status == http.StatusUnauthorized && c.Actor.Role == domain.RoleAnonymous {
		s.refuse(c)
		return
	}
	view := failureView{
		Title: c.T("error.kind." + kind), Help: c.T("error.kind_help."+kind, "RequestID", c.Actor.RequestID),
		HelpPhone: s.config.Site.HelpPhone, URL: "/", LinkText: c.T("common.nav.home"),
	}
	body, err := s.views.Body(c.Tag(), "layout/failure", view)
	if err != nil {
		s.plain(c, err)
		return
	}
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
