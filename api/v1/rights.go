package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
)

// RecordLook is what people of one office did with somebody's record on one
// day, as the person is told it: by role and office, without names.
type RecordLook struct {
	Day      string    `json:"day" format:"date"`
	Last     time.Time `json:"last"`
	Times    int       `json:"times"`
	People   int       `json:"people" doc:"Different accounts; 0 for Baara itself"`
	Role     string    `json:"role"`
	Agency   string    `json:"agency,omitempty" doc:"Its name"`
	Employer string    `json:"employer,omitempty" doc:"Its name"`
	Action   string    `json:"action" example:"person.read"`
	Reason   string    `json:"reason,omitempty" doc:"Of an emergency, or \"emergency\" for what only one allowed"`
}

func lookOut(l rights.Look) RecordLook {
	return RecordLook{
		Day: l.Day.String(), Last: l.Last, Times: l.Times, People: l.People, Role: string(l.Role), Agency: l.Agency, Employer: l.Employer, Action: l.Action, Reason: l.Reason,
	}
}

// RightsRequest is what somebody asks about her own data.
type RightsRequest struct {
	ID         string     `json:"id"`
	Reference  string     `json:"reference"`
	Kind       string     `json:"kind" enum:"access,rectification,objection,erasure"`
	Purpose    string     `json:"purpose,omitempty" enum:"statistics,matching,sharing,follow_up,messages" doc:"Of an objection"`
	Words      string     `json:"words,omitempty"`
	Person     string     `json:"person_id,omitempty" doc:"Missing once erased"`
	PersonRef  string     `json:"person_reference,omitempty"`
	Agency     string     `json:"agency_id" doc:"Answers"`
	Mode       string     `json:"mode" enum:"self,counter"`
	State      string     `json:"state" enum:"received,in_progress,confirmed,done,refused,withdrawn"`
	Reason     string     `json:"reason,omitempty" doc:"The answer's own words"`
	DueOn      string     `json:"due_on" format:"date"`
	WaitsUntil *time.Time `json:"waits_until,omitempty" doc:"An erasure asked for from an account is not carried out before"`
	CreatedAt  time.Time  `json:"created_at"`
	DecidedAt  *time.Time `json:"decided_at,omitempty"`
}

func rightsRequestOut(row rights.Row) RightsRequest {
	r := row.Request
	return RightsRequest{
		ID: string(r.ID), Reference: r.Reference, Kind: string(r.Kind), Purpose: r.Purpose, Words: r.Words, Person: string(r.PersonID), PersonRef: row.Person,
		Agency: string(r.AgencyID), Mode: string(r.Mode), State: string(r.State), Reason: r.Reason, DueOn: r.DueOn.String(), WaitsUntil: timeOut(r.WaitsUntil),
		CreatedAt: r.CreatedAt, DecidedAt: timeOut(r.DecidedAt),
	}
}

func (a *API) mountRights(g huma.API) {
	const tag = "rights"
	add(g, route{id: "list-record-looks", method: http.MethodGet, path: "/jobseekers/{id}/seen", tag: tag,
		summary: "Who saw or changed one's record, and why, the newest first; to the person alone"}, a.listLooks)
	add(g, route{id: "make-rights-request", method: http.MethodPost, path: "/jobseekers/{id}/rights-requests", status: http.StatusCreated, tag: tag,
		summary: "Ask for access, a correction or an erasure, or object to a purpose",
		detail: "By the person, or by staff who write down what somebody says. An objection counts at once. An erasure is confirmed on a page, by a lead or the " +
			"data protection officer, with a fresh proof: no program erases anybody."}, a.makeRightsRequest)
	add(g, route{id: "list-rights-requests", method: http.MethodGet, path: "/rights-requests", tag: tag,
		summary: "Requests the reader may see: open ones by due date, or answered ones"}, a.listRightsRequests)
	add(g, route{id: "get-rights-request", method: http.MethodGet, path: "/rights-requests/{id}", tag: tag, summary: "One request"}, a.getRightsRequest)
	add(g, route{id: "decide-rights-request", method: http.MethodPost, path: "/rights-requests/{id}/decide", tag: tag, change: true,
		summary: "Take a request up, finish it, refuse it, or take it back"}, a.decideRightsRequest)
}

type listLooks struct {
	ByID
	Paging
}

func (a *API) listLooks(ctx context.Context, in *listLooks) (*list[RecordLook], error) {
	found, err := a.Seen.Seen(ctx, edge.ActorFrom(ctx), in.id(), in.cursor())
	if err != nil {
		return nil, err
	}
	return listed(found, lookOut), nil
}

type makeRightsRequest struct {
	ByID
	Body struct {
		Kind    string `json:"kind" enum:"access,rectification,objection,erasure"`
		Purpose string `json:"purpose,omitempty" enum:"statistics,matching,sharing,follow_up,messages" doc:"Required for an objection, and for nothing else"`
		Words   string `json:"words,omitempty" maxLength:"2000" doc:"Required for a correction, and from staff: what the person said"`
	}
}

func (a *API) makeRightsRequest(ctx context.Context, in *makeRightsRequest) (*one[RightsRequest], error) {
	actor := edge.ActorFrom(ctx)
	if actor.Role == domain.RoleJobseeker && in.id() != actor.PersonID {
		return nil, domain.NotFound("v1.makeRightsRequest")
	}
	r, err := a.Requests.Make(ctx, actor, rights.Ask{PersonID: in.id(), Kind: rights.Kind(in.Body.Kind), Purpose: in.Body.Purpose, Words: in.Body.Words})
	var out *one[RightsRequest]
	if err == nil && actor.AgencyID != "" && r.AgencyID != actor.AgencyID {
		// A referent who works elsewhere asks for the person, whose agency answers: what becomes of it is read there.
		out = record(r.Version, rightsRequestOut(rights.Row{Request: r}))
	} else {
		out, err = a.rightsRequest(ctx, r, err)
	}
	if err == nil {
		out.Location = Prefix + "/rights-requests/" + out.Body.ID
	}
	return out, err
}

// rightsRequest renders what an act on a request made or changed, or had before.
func (a *API) rightsRequest(ctx context.Context, r rights.Request, err error) (*one[RightsRequest], error) {
	of, err := again(r.ID, err, func(id domain.ID) (domain.ID, error) { return id, nil })
	if err != nil {
		return nil, err
	}
	told, err := a.Requests.Get(ctx, edge.ActorFrom(ctx), of)
	if err != nil {
		return nil, err
	}
	return record(told.Request.Version, rightsRequestOut(told.Row)), nil
}

type listRightsRequests struct {
	Paging
	Person   string `query:"person" format:"uuid"`
	Answered bool   `query:"answered" doc:"Those that were answered instead"`
	Overdue  bool   `query:"overdue"`
}

func (a *API) listRightsRequests(ctx context.Context, in *listRightsRequests) (*list[RightsRequest], error) {
	found, err := a.Requests.List(ctx, edge.ActorFrom(ctx), rights.Filter{PersonID: id(in.Person), Closed: in.Answered, Overdue: in.Overdue}, in.cursor())
	if err != nil {
		return nil, err
	}
	return listed(found, rightsRequestOut), nil
}

func (a *API) getRightsRequest(ctx context.Context, in *ByID) (*one[RightsRequest], error) {
	return a.rightsRequest(ctx, rights.Request{ID: in.id()}, nil)
}

type decideRightsRequest struct {
	ByID
	Precondition
	Body struct {
		Act    string `json:"act" enum:"take,finish,refuse,withdraw"`
		Reason string `json:"reason,omitempty" maxLength:"1000" doc:"Required to finish or refuse; the person reads it"`
	}
}

func (a *API) decideRightsRequest(ctx context.Context, in *decideRightsRequest) (*one[RightsRequest], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	r, err := a.Requests.Decide(ctx, edge.ActorFrom(ctx), rights.Decide{ID: in.id(), Version: version, Act: in.Body.Act, Reason: in.Body.Reason})
	return a.rightsRequest(ctx, r, err)
}
