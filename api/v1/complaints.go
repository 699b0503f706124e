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

// ComplaintOwn is a complaint as who made it sees it.
type ComplaintOwn struct {
	View      string    `json:"view" enum:"own"`
	ID        string    `json:"id"`
	Vacancy   string    `json:"vacancy_id"`
	Title     string    `json:"vacancy_title"`
	Reference string    `json:"vacancy_reference"`
	Kind      string    `json:"kind" enum:"money,other_work,papers,violence,harassment,pay,other"`
	Words     string    `json:"words"`
	Call      bool      `json:"call"`
	State     string    `json:"state" enum:"open,unfounded,founded"`
	CreatedAt time.Time `json:"created_at"`
}

// ComplaintStaff is a complaint as the staff who decide it see it. Employers
// have no view of complaints.
type ComplaintStaff struct {
	View            string     `json:"view" enum:"staff"`
	ID              string     `json:"id"`
	Vacancy         string     `json:"vacancy_id"`
	Title           string     `json:"vacancy_title"`
	Reference       string     `json:"vacancy_reference"`
	Employer        string     `json:"employer,omitempty" doc:"Its name"`
	Organisation    string     `json:"organisation_id,omitempty"`
	Agency          string     `json:"agency_id" doc:"Decides"`
	Person          string     `json:"person_id,omitempty" doc:"Whose complaint it is; missing for somebody without a record"`
	PersonReference string     `json:"person_reference,omitempty"`
	Given           string     `json:"given,omitempty"`
	Family          string     `json:"family,omitempty"`
	MadeBy          string     `json:"made_by"`
	Kind            string     `json:"kind" enum:"money,other_work,papers,violence,harassment,pay,other"`
	Words           string     `json:"words"`
	Call            bool       `json:"call" doc:"The person wishes to be called"`
	State           string     `json:"state" enum:"open,unfounded,founded"`
	Stops           bool       `json:"stops" doc:"While it is open the vacancy is hidden and the employer sees nobody"`
	Reason          string     `json:"reason,omitempty" doc:"Of the decision"`
	DecidedBy       string     `json:"decided_by,omitempty"`
	DecidedAt       *time.Time `json:"decided_at,omitempty"`
	CreatedAt       time.Time  `json:"created_at"`
	UpdatedAt       time.Time  `json:"updated_at"`
}

func complaintViews() []any { return []any{ComplaintOwn{}, ComplaintStaff{}} }

// complaintOut chooses the shape for the reader.
func complaintOut(actor domain.Actor) func(watch.Row) any {
	if !actor.Role.Staff() {
		return func(r watch.Row) any {
			c := r.Complaint
			return ComplaintOwn{
				View: "own", ID: string(c.ID), Vacancy: string(c.VacancyID), Title: r.VacancyTitle, Reference: r.VacancyReference,
				Kind: string(c.Kind), Words: c.Words, Call: c.Call, State: string(c.State), CreatedAt: c.CreatedAt,
			}
		}
	}
	return func(r watch.Row) any {
		c := r.Complaint
		return ComplaintStaff{
			View: "staff", ID: string(c.ID), Vacancy: string(c.VacancyID), Title: r.VacancyTitle, Reference: r.VacancyReference,
			Employer: r.EmployerName, Organisation: string(c.OrganisationID), Agency: string(c.AgencyID), Person: string(c.PersonID),
			PersonReference: r.PersonReference, Given: r.Given, Family: r.Family, MadeBy: string(c.MadeBy), Kind: string(c.Kind), Words: c.Words,
			Call: c.Call, State: string(c.State), Stops: c.Stops, Reason: c.Reason, DecidedBy: string(c.DecidedBy),
			DecidedAt: timeOut(c.DecidedAt), CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
		}
	}
}

func (a *API) mountComplaints(g huma.API) {
	const tag = "complaints"
	add(g, route{id: "complain", method: http.MethodPost, path: "/vacancies/{id}/complaints", status: http.StatusCreated, tag: tag, views: complaintViews(),
		summary: "Complain about a vacancy or its employer",
		detail: "By a jobseeker about a vacancy she can read or has an application for, or by staff on behalf of somebody. The vacancy is hidden at once and its " +
			"employer sees nobody until staff decide. What one person says again about one vacancy is added to the first complaint."}, a.complain)
	add(g, route{id: "list-complaints", method: http.MethodGet, path: "/complaints", tag: tag, views: complaintViews(), many: true,
		summary: "Complaints the reader may see, the newest first"}, a.listComplaints)
	add(g, route{id: "get-complaint", method: http.MethodGet, path: "/complaints/{id}", tag: tag, views: complaintViews(), summary: "One complaint"}, a.getComplaint)
	add(g, route{id: "list-complaint-steps", method: http.MethodGet, path: "/complaints/{id}/history", tag: tag,
		summary: "How a complaint came to its state, oldest first, to staff who may decide it"}, a.complaintSteps)
	add(g, route{id: "decide-complaint", method: http.MethodPost, path: "/complaints/{id}/decide", tag: tag, change: true, views: complaintViews(),
		summary: "Show the vacancy again, or withdraw it and take the employer's verification back"}, a.decideComplaint)
}

type complain struct {
	ByID
	Body struct {
		Kind   string `json:"kind" enum:"money,other_work,papers,violence,harassment,pay,other"`
		Words  string `json:"words,omitempty" maxLength:"2000" doc:"Required for other"`
		Call   bool   `json:"call,omitempty" doc:"The person wishes to be called"`
		Person string `json:"person_id,omitempty" format:"uuid" doc:"For staff: whom they speak for"`
	}
}

func (a *API) complain(ctx context.Context, in *complain) (*view, error) {
	c, err := a.Complaints.Make(ctx, edge.ActorFrom(ctx), watch.Complain{
		VacancyID: in.id(), PersonID: id(in.Body.Person), Kind: watch.Kind(in.Body.Kind), Words: in.Body.Words, Call: in.Body.Call,
	})
	out, err := a.complaint(ctx)(c, err)
	if err == nil {
		out.Location = Prefix + "/complaints/" + string(c.ID)
	}
	return out, err
}

// complaint renders what an act on a complaint made or changed, or had before.
func (a *API) complaint(ctx context.Context) func(watch.Complaint, error) (*view, error) {
	return func(c watch.Complaint, err error) (*view, error) {
		of, err := again(c.ID, err, func(id domain.ID) (domain.ID, error) { return id, nil })
		if err != nil {
			return nil, err
		}
		return a.complaintByID(ctx, of)
	}
}

func (a *API) complaintByID(ctx context.Context, of domain.ID) (*view, error) {
	actor := edge.ActorFrom(ctx)
	row, err := a.Complaints.Get(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	return record(row.Complaint.Version, complaintOut(actor)(row)), nil
}

type listComplaints struct {
	Paging
	State        []string `query:"state" maxItems:"3" enum:"open,unfounded,founded"`
	Vacancy      string   `query:"vacancy" format:"uuid"`
	Organisation string   `query:"organisation" format:"uuid"`
}

func (a *API) listComplaints(ctx context.Context, in *listComplaints) (*views, error) {
	actor := edge.ActorFrom(ctx)
	found, err := a.Complaints.List(ctx, actor, watch.Filter{
		States: codes[string, domain.State](in.State), VacancyID: id(in.Vacancy), OrganisationID: id(in.Organisation),
	}, in.cursor())
	if err != nil {
		return nil, err
	}
	return listedViews(found, complaintOut(actor)), nil
}

func (a *API) getComplaint(ctx context.Context, in *ByID) (*view, error) {
	return a.complaintByID(ctx, in.id())
}

func (a *API) complaintSteps(ctx context.Context, in *ByID) (*list[Step], error) {
	steps, err := a.Complaints.Steps(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return whole(steps, stepOut), nil
}

type decideComplaint struct {
	ByID
	Precondition
	Body struct {
		Founded bool   `json:"founded"`
		Reason  string `json:"reason" minLength:"1" maxLength:"2000" doc:"For the service: the employer never reads it"`
	}
}

func (a *API) decideComplaint(ctx context.Context, in *decideComplaint) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.complaint(ctx)(a.Complaints.Decide(ctx, edge.ActorFrom(ctx), watch.Decide{
		ID: in.id(), Version: version, Founded: in.Body.Founded, Reason: in.Body.Reason,
	}))
}
