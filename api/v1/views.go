package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/watch"
)

// ViewDay is how many different people an employer was shown by pseudonym.
type ViewDay struct {
	Day       string     `json:"day" format:"date"`
	Shown     int        `json:"shown"`
	AlertedAt *time.Time `json:"alerted_at,omitempty" doc:"When the soft limit was reached"`
	StoppedAt *time.Time `json:"stopped_at,omitempty" doc:"When somebody new was refused first"`
	NotedBy   string     `json:"noted_by,omitempty" doc:"Who of the staff looked"`
}

func viewDay(d watch.Day) ViewDay {
	return ViewDay{Day: d.Day.String(), Shown: d.Shown, AlertedAt: timeOut(d.AlertedAt), StoppedAt: timeOut(d.StoppedAt), NotedBy: string(d.NotedBy)}
}

// ViewAllowance lets an employer be shown more for a while.
type ViewAllowance struct {
	Daily   int    `json:"daily" minimum:"1" maximum:"10000" doc:"Different people a day"`
	Until   string `json:"until" format:"date" doc:"The last day it counts"`
	Reason  string `json:"reason" minLength:"1" maxLength:"500"`
	GivenBy string `json:"given_by,omitempty" readOnly:"true"`
}

// Views is how an employer's looking at people stands, as its agency sees it.
type Views struct {
	Shown      int             `json:"shown_today"`
	Alert      int             `json:"alert" doc:"From this number on its agency is told"`
	Stop       int             `json:"stop" doc:"Beyond it nobody new is shown before the next day"`
	Alerts     []ViewDay       `json:"alerts" doc:"The latest days with an alert"`
	Allowances []ViewAllowance `json:"allowances"`
}

func (a *API) mountViews(g huma.API) {
	const tag = "employers"
	add(g, route{id: "get-views", method: http.MethodGet, path: "/organisations/{id}/views", tag: tag,
		summary: "How many people an employer was shown, with alerts, to its agency"}, a.getViews)
	add(g, route{id: "note-views", method: http.MethodPost, path: "/organisations/{id}/views/note", tag: tag, status: http.StatusNoContent,
		summary: "Say that somebody looked at an employer's alerts"}, a.noteViews)
	add(g, route{id: "raise-views", method: http.MethodPost, path: "/organisations/{id}/views/allowances", tag: tag, status: http.StatusNoContent,
		summary: "Let an employer be shown more people a day, for a while; a lead's act"}, a.raiseViews)
}

func (a *API) getViews(ctx context.Context, in *ByID) (*plain[Views], error) {
	s, err := a.Views.Of(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return &plain[Views]{Body: Views{
		Shown: s.Today.Shown, Alert: s.Limits.Alert, Stop: s.Limits.Stop, Alerts: each(s.Alerts, viewDay),
		Allowances: each(s.Allowances, func(x watch.Allowance) ViewAllowance {
			return ViewAllowance{Daily: x.Daily, Until: x.Until.String(), Reason: x.Reason, GivenBy: string(x.GivenBy)}
		}),
	}}, nil
}

func (a *API) noteViews(ctx context.Context, in *ByID) (*nothing, error) {
	return a.viewed(ctx, in.id(), a.Views.Note(ctx, edge.ActorFrom(ctx), in.id()))
}

// viewed answers an act on an employer's views with nothing; one done before
// needs the same permission again.
func (a *API) viewed(ctx context.Context, organisation domain.ID, err error) (*nothing, error) {
	if _, repeated := domain.Replayed(err); repeated {
		_, err = a.Views.Of(ctx, edge.ActorFrom(ctx), organisation)
	}
	return nil, err
}

type raiseViews struct {
	ByID
	Body ViewAllowance
}

func (a *API) raiseViews(ctx context.Context, in *raiseViews) (*nothing, error) {
	_, err := a.Views.Raise(ctx, edge.ActorFrom(ctx), watch.RaiseViews{
		OrganisationID: in.id(), Daily: in.Body.Daily, Until: day(in.Body.Until), Reason: in.Body.Reason,
	})
	return a.viewed(ctx, in.id(), err)
}
