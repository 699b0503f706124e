package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/person"
)

// CaseOwn is a case file as the person it is about sees it.
type CaseOwn struct {
	View           string     `json:"view" enum:"own"`
	ID             string     `json:"id"`
	Person         string     `json:"person_id"`
	Agency         string     `json:"agency_id"`
	Stage          string     `json:"stage" enum:"assessment,plan,active,placed,follow_up,suspended,closed"`
	SuspendedUntil string     `json:"suspended_until,omitempty" format:"date"`
	OpenedAt       time.Time  `json:"opened_at"`
	ClosedAt       *time.Time `json:"closed_at,omitempty"`
}

// CaseStaff is a case file as the desk sees it.
type CaseStaff struct {
	View           string     `json:"view" enum:"staff"`
	ID             string     `json:"id"`
	Person         string     `json:"person_id"`
	Owner          string     `json:"owner_id" doc:"The referent"`
	Agency         string     `json:"agency_id"`
	Stage          string     `json:"stage" enum:"assessment,plan,active,placed,follow_up,suspended,closed"`
	SuspendedFrom  string     `json:"suspended_from,omitempty"`
	SuspendedUntil string     `json:"suspended_until,omitempty" format:"date"`
	CloseReason    string     `json:"close_reason,omitempty"`
	Barriers       []Barrier  `json:"barriers" doc:"Needs, never diagnoses"`
	SharedWith     []string   `json:"shared_with" doc:"Users and agencies with a live share"`
	OpenedAt       time.Time  `json:"opened_at"`
	ClosedAt       *time.Time `json:"closed_at,omitempty"`
	LastContactAt  *time.Time `json:"last_contact_at,omitempty"`
	Demo           bool       `json:"demo,omitempty"`
}

// Barrier is a need that stands in the way of work.
type Barrier struct {
	Kind   string `json:"kind" enum:"housing,money,papers,mobility,care_visit,childcare,language,digital,other"`
	Detail string `json:"detail,omitempty" maxLength:"500"`
}

func caseViews() []any { return []any{CaseOwn{}, CaseStaff{}} }

// caseOut chooses the shape for the reader.
func caseOut(ctx context.Context, c casework.CaseFile) *view {
	if edge.ActorFrom(ctx).Role == domain.RoleJobseeker {
		return record[any](c.Version, CaseOwn{
			View: "own", ID: string(c.ID), Person: string(c.PersonID), Agency: string(c.AgencyID), Stage: string(c.Stage),
			SuspendedUntil: c.SuspendedUntil.String(), OpenedAt: c.OpenedAt, ClosedAt: timeOut(c.ClosedAt),
		})
	}
	return record[any](c.Version, caseStaff(c))
}

func caseStaff(c casework.CaseFile) CaseStaff {
	return CaseStaff{
		View: "staff", ID: string(c.ID), Person: string(c.PersonID), Owner: string(c.OwnerID), Agency: string(c.AgencyID), Stage: string(c.Stage),
		SuspendedFrom: string(c.SuspendedFrom), SuspendedUntil: c.SuspendedUntil.String(), CloseReason: c.CloseReason,
		Barriers:   each(c.Barriers, func(b casework.Barrier) Barrier { return Barrier{Kind: b.Kind, Detail: b.Detail} }),
		SharedWith: codes[domain.ID, string](c.SharedWith), OpenedAt: c.OpenedAt, ClosedAt: timeOut(c.ClosedAt),
		LastContactAt: timeOut(c.LastContactAt), Demo: c.Demo,
	}
}

func (a *API) mountCases(g huma.API) {
	tag := "cases"
	add(g, route{id: "list-intake", method: http.MethodGet, path: "/intake", summary: "Who waits at the reader's agency, the longest waiting first", tag: tag}, a.listIntake)
	add(g, route{id: "take-case", method: http.MethodPost, path: "/jobseekers/{id}/case", status: http.StatusCreated, views: caseViews(), tag: tag,
		summary: "Open a file for somebody, as the referent; a waiting registration becomes active"}, a.takeCase)
	add(g, route{id: "get-jobseeker-case", method: http.MethodGet, path: "/jobseekers/{id}/case", views: caseViews(), tag: tag,
		summary: "A person's open file"}, a.caseOfPerson)
	add(g, route{id: "list-cases", method: http.MethodGet, path: "/cases", summary: "A caseload, what needs attention first", tag: tag}, a.listCases)
	add(g, route{id: "get-case", method: http.MethodGet, path: "/cases/{id}", summary: "One file", tag: tag, views: caseViews()}, a.getCase)
	add(g, route{id: "list-case-steps", method: http.MethodGet, path: "/cases/{id}/history", summary: "How a file came to its stage, oldest first", tag: tag}, a.caseSteps)
	add(g, route{id: "assign-case", method: http.MethodPost, path: "/cases/{id}/assign", summary: "Give a file to a colleague of the agency", tag: tag,
		change: true, views: caseViews()}, a.assignCase)
	add(g, route{id: "move-case", method: http.MethodPost, path: "/cases/{id}/move", summary: "Change a file's stage", tag: tag,
		change: true, views: caseViews()}, a.moveCase)
	add(g, route{id: "set-barriers", method: http.MethodPut, path: "/cases/{id}/barriers", summary: "Record what stands in the way, as needs", tag: tag,
		change: true, views: caseViews()}, a.setBarriers)
	a.mountDesk(g)
}

// Waiting is a registration in the intake queue.
type Waiting struct {
	Person       string `json:"person_id"`
	Reference    string `json:"reference"`
	Given        string `json:"given,omitempty"`
	Family       string `json:"family,omitempty"`
	Place        string `json:"place,omitempty"`
	Phone        string `json:"phone,omitempty"`
	Language     string `json:"language"`
	EntryMode    string `json:"entry_mode" enum:"self,helper,staff,import,seed"`
	RegisteredOn string `json:"registered_on" format:"date"`
}

func (a *API) listIntake(ctx context.Context, in *Paging) (*list[Waiting], error) {
	found, err := a.Registrations.Intake(ctx, edge.ActorFrom(ctx), in.cursor())
	if err != nil {
		return nil, err
	}
	return listed(found, func(w person.Waiting) Waiting {
		return Waiting{
			Person: string(w.Registration.PersonID), Reference: w.Reference, Given: w.Given, Family: w.Family, Place: w.Place, Phone: w.Phone,
			Language: w.Language, EntryMode: string(w.EntryMode), RegisteredOn: w.Registration.RegisteredOn.String(),
		}
	}), nil
}

// file renders the file an act changed, or had changed before.
func (a *API) file(ctx context.Context) func(casework.CaseFile, error) (*view, error) {
	return func(c casework.CaseFile, err error) (*view, error) {
		c, err = again(c, err, func(id domain.ID) (casework.CaseFile, error) { return a.Files.Get(ctx, edge.ActorFrom(ctx), id) })
		if err != nil {
			return nil, err
		}
		return caseOut(ctx, c), nil
	}
}

func (a *API) takeCase(ctx context.Context, in *ByID) (*view, error) {
	out, err := a.file(ctx)(a.Files.Take(ctx, edge.ActorFrom(ctx), in.id()))
	if err != nil {
		return nil, err
	}
	if c, ok := out.Body.(CaseStaff); ok {
		out.Location = Prefix + "/cases/" + c.ID
	}
	return out, nil
}

func (a *API) caseOfPerson(ctx context.Context, in *ByID) (*view, error) {
	return a.file(ctx)(a.Files.OfPerson(ctx, edge.ActorFrom(ctx), in.id()))
}

func (a *API) getCase(ctx context.Context, in *ByID) (*view, error) {
	return a.file(ctx)(a.Files.Get(ctx, edge.ActorFrom(ctx), in.id()))
}

type listCases struct {
	Paging
	Mine    bool   `query:"mine" doc:"Only files the reader owns"`
	Stage   string `query:"stage" enum:"assessment,plan,active,placed,follow_up,suspended"`
	Closed  bool   `query:"closed" doc:"Closed files instead of live ones"`
	Overdue bool   `query:"overdue" doc:"With an action past its day"`
	Silent  bool   `query:"silent" doc:"Without contact for three weeks"`
	Region  string `query:"region" maxLength:"40"`
}

// CaseRow is a file as a caseload shows it.
type CaseRow struct {
	CaseStaff
	Reference  string `json:"reference"`
	Given      string `json:"given,omitempty"`
	Family     string `json:"family,omitempty"`
	Place      string `json:"place,omitempty"`
	OwnerName  string `json:"owner_name,omitempty"`
	NextAction string `json:"next_action,omitempty"`
	NextDue    string `json:"next_due,omitempty" format:"date"`
}

func caseRow(r casework.CaseRow) CaseRow {
	return CaseRow{
		CaseStaff: caseStaff(r.File), Reference: r.Reference, Given: r.Given, Family: r.Family, Place: r.Place, OwnerName: r.OwnerName,
		NextAction: r.NextAction, NextDue: r.NextDue.String(),
	}
}

func (a *API) listCases(ctx context.Context, in *listCases) (*list[CaseRow], error) {
	actor := edge.ActorFrom(ctx)
	if actor.Role == domain.RoleJobseeker { // has one file, in a shape of its own
		return nil, domain.Forbidden("v1.listCases")
	}
	found, err := a.Files.Caseload(ctx, actor, casework.CaseFilter{
		Mine: in.Mine, Stage: domain.State(in.Stage), Closed: in.Closed, Overdue: in.Overdue, Silent: in.Silent, PlaceIn: in.Region,
	}, in.cursor())
	if err != nil {
		return nil, err
	}
	return listed(found, caseRow), nil
}

func (a *API) caseSteps(ctx context.Context, in *ByID) (*list[Step], error) {
	actor := edge.ActorFrom(ctx)
	steps, err := a.Files.History(ctx, actor, in.id())
	if err != nil {
		return nil, err
	}
	return whole(steps, stepFor(actor)), nil
}

// stepFor leaves the desk's accounts and words out of what the person reads.
func stepFor(actor domain.Actor) func(domain.Step) Step {
	if actor.Role.Staff() {
		return stepOut
	}
	return func(s domain.Step) Step {
		s.ActorID, s.Reason = "", ""
		return stepOut(s)
	}
}

type assignCase struct {
	ByID
	Precondition
	Body struct {
		Owner  string `json:"owner" format:"uuid" doc:"The new referent"`
		Reason string `json:"reason,omitempty" maxLength:"500"`
	}
}

func (a *API) assignCase(ctx context.Context, in *assignCase) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.file(ctx)(a.Files.Assign(ctx, edge.ActorFrom(ctx), casework.AssignFile{
		ID: in.id(), Version: version, OwnerID: id(in.Body.Owner), Reason: in.Body.Reason,
	}))
}

type moveCase struct {
	ByID
	Precondition
	Body struct {
		Transition string `json:"transition" enum:"plan,activate,place,follow,suspend,resume,close,reopen"`
		Reason     string `json:"reason,omitempty" maxLength:"500" doc:"To close: placed_stable, self_employed, training, left, re_emigrated, deceased, lost, request or other; else in words"`
		Until      string `json:"until,omitempty" format:"date" doc:"To suspend"`
	}
}

func (a *API) moveCase(ctx context.Context, in *moveCase) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.file(ctx)(a.Files.Move(ctx, edge.ActorFrom(ctx), casework.MoveFile{
		ID: in.id(), Version: version, Transition: in.Body.Transition, Reason: in.Body.Reason, Until: day(in.Body.Until),
	}))
}

type setBarriers struct {
	ByID
	Precondition
	Body struct {
		Barriers []Barrier `json:"barriers" maxItems:"9"`
	}
}

func (a *API) setBarriers(ctx context.Context, in *setBarriers) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.file(ctx)(a.Files.SetBarriers(ctx, edge.ActorFrom(ctx), casework.SaveBarriers{
		ID: in.id(), Version: version,
		Barriers: each(in.Body.Barriers, func(b Barrier) casework.Barrier { return casework.Barrier{Kind: b.Kind, Detail: b.Detail} }),
	}))
}
