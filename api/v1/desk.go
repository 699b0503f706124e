package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// mountDesk registers what belongs to the counsellor rather than to one file,
// and sharing a file.
func (a *API) mountDesk(g huma.API) {
	add(g, route{id: "get-my-day", method: http.MethodGet, path: "/desk/day", summary: "What waits for the reader today", tag: "cases"}, a.myDay)
	add(g, route{id: "list-colleagues", method: http.MethodGet, path: "/desk/colleagues", summary: "Who may own files at an agency", tag: "cases"}, a.listColleagues)
	add(g, route{id: "list-shares", method: http.MethodGet, path: "/cases/{id}/shares", summary: "Who is let into a file now", tag: "cases"}, a.listShares)
	add(g, route{id: "share-case", method: http.MethodPost, path: "/cases/{id}/shares", status: http.StatusCreated, tag: "cases",
		summary: "Let a colleague or an agency into a file until a time; the referent stays"}, a.shareCase)
	add(g, route{id: "end-share", method: http.MethodDelete, path: "/cases/{id}/shares/{share}", status: http.StatusNoContent, tag: "cases",
		summary: "End a share before its time: access ends at once"}, a.endShare)
}

// Day is what waits for a counsellor today.
type Day struct {
	Overdue []DayAction `json:"overdue" doc:"Past their day, the oldest first"`
	Today   []DayAction `json:"today"`
	Silent  []CaseRow   `json:"silent" doc:"No contact for three weeks"`
	Intake  int         `json:"intake" doc:"Waiting in the agency's queue"`
	Live    int         `json:"live" doc:"The reader's open files"`

	Transfers   int `json:"transfers" doc:"Transfers the reader may answer"`
	Emergencies int `json:"emergencies" doc:"For a lead: openings in an emergency not marked as seen"`
}

// DayAction is an action with the person it is about.
type DayAction struct {
	Action
	Case      string `json:"case_id"`
	Reference string `json:"reference"`
	Given     string `json:"given,omitempty"`
	Family    string `json:"family,omitempty"`
}

func dayAction(d casework.DayAction) DayAction {
	return DayAction{Action: actionOut(d.Action), Case: string(d.Action.CaseID), Reference: d.Reference, Given: d.Given, Family: d.Family}
}

func (a *API) myDay(ctx context.Context, _ *struct{}) (*plain[Day], error) {
	d, err := a.Files.MyDay(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	waiting, err := a.Files.Notices(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	return &plain[Day]{Body: Day{
		Overdue: each(d.Overdue, dayAction), Today: each(d.Today, dayAction), Silent: each(d.Silent, caseRow), Intake: d.Intake, Live: d.Live,
		Transfers: waiting.Transfers, Emergencies: waiting.Emergencies,
	}}, nil
}

// Colleague is somebody of the desk.
type Colleague struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Agency string `json:"agency_id"`
}

type listColleagues struct {
	Agency string `query:"agency" format:"uuid" doc:"The reader's own where missing"`
}

func (a *API) listColleagues(ctx context.Context, in *listColleagues) (*list[Colleague], error) {
	found, err := a.Files.Colleagues(ctx, edge.ActorFrom(ctx), id(in.Agency))
	if err != nil {
		return nil, err
	}
	return whole(found, func(c casework.Colleague) Colleague {
		return Colleague{ID: string(c.ID), Name: c.Name, Agency: string(c.AgencyID)}
	}), nil
}

// Share lets a colleague or a whole agency into a file for a while.
type Share struct {
	ID     string     `json:"id,omitempty" readOnly:"true"`
	User   string     `json:"user_id,omitempty" format:"uuid" doc:"Either a colleague"`
	Agency string     `json:"agency_id,omitempty" format:"uuid" doc:"or a whole agency"`
	Reason string     `json:"reason,omitempty" maxLength:"500"`
	Until  time.Time  `json:"until"`
	Since  *time.Time `json:"since,omitempty" readOnly:"true"`
	By     string     `json:"shared_by,omitempty" readOnly:"true"`
}

func shareOut(s casework.Share) Share {
	return Share{
		ID: string(s.ID), User: string(s.UserID), Agency: string(s.AgencyID), Reason: s.Reason, Until: s.Until, Since: timeOut(s.Since), By: string(s.SharedBy),
	}
}

func (a *API) listShares(ctx context.Context, in *ByID) (*list[Share], error) {
	return a.shares(ctx, in.id())
}

func (a *API) shares(ctx context.Context, of domain.ID) (*list[Share], error) {
	found, err := a.Files.Shares(ctx, edge.ActorFrom(ctx), of)
	if err != nil {
		return nil, err
	}
	return whole(found, shareOut), nil
}

type shareCase struct {
	ByID
	Body Share
}

func (a *API) shareCase(ctx context.Context, in *shareCase) (*list[Share], error) {
	_, err := a.Files.Share(ctx, edge.ActorFrom(ctx), casework.ShareFile{
		ID: in.id(), UserID: id(in.Body.User), AgencyID: id(in.Body.Agency), Reason: in.Body.Reason, Until: in.Body.Until.UTC(),
	})
	if _, repeated := domain.Replayed(err); err != nil && !repeated {
		return nil, err
	}
	return a.shares(ctx, in.id())
}

type endShare struct {
	ByID
	Share string `path:"share" format:"uuid"`
}

func (a *API) endShare(ctx context.Context, in *endShare) (*nothing, error) {
	err := a.Files.EndShare(ctx, edge.ActorFrom(ctx), in.id(), id(in.Share))
	if _, repeated := domain.Replayed(err); repeated {
		err = nil
	}
	return nil, err
}
