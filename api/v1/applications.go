package v1

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/placement"
)

func (a *API) mountApplications(g huma.API) {
	tag := "applications"
	add(g, route{id: "propose", method: http.MethodPost, path: "/applications/proposals", status: http.StatusCreated, tag: tag, views: applicationViews(),
		summary: "Propose a vacancy to somebody who agreed to be matched"}, a.propose)
	add(g, route{id: "apply", method: http.MethodPost, path: "/applications", status: http.StatusCreated, tag: tag, views: applicationViews(),
		summary: "Apply for a vacancy: the person's own act, and consent to this contact"}, a.apply)
	add(g, route{id: "list-applications", method: http.MethodGet, path: "/applications", tag: tag, many: true,
		views:   []any{ApplicationOwn{}, ApplicationStaff{}},
		summary: "Applications of a person, a vacancy or the reader's agency, the newest first"}, a.listApplications)
	add(g, route{id: "list-candidates", method: http.MethodGet, path: "/vacancies/{id}/candidates", tag: tag,
		summary: "A vacancy's applications as its verified employer may see them"}, a.listCandidates)
	add(g, route{id: "get-application", method: http.MethodGet, path: "/applications/{id}", summary: "One application", tag: tag,
		views: applicationViews()}, a.getApplication)
	add(g, route{id: "list-application-steps", method: http.MethodGet, path: "/applications/{id}/history", tag: tag,
		summary: "How an application came to its state, oldest first"}, a.applicationSteps)
	add(g, route{id: "close-other-applications", method: http.MethodPost, path: "/vacancies/{id}/applications/close", tag: tag,
		status: http.StatusNoContent, summary: "Close the applications of a vacancy that somebody ticked after a hire, all or none"}, a.closeOthers)
	a.mountApplicationActs(g)
}

// applicationOut chooses the shape for the reader.
func (a *API) applicationOut(ctx context.Context, of domain.ID) (*view, error) {
	actor := edge.ActorFrom(ctx)
	if actor.ForEmployer() {
		c, err := a.Applications.Candidate(ctx, actor, of)
		if err != nil {
			return nil, err
		}
		return record[any](c.Version, applicationEmployer(c)), nil
	}
	x, err := a.Applications.Get(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	if actor.Role == domain.RoleJobseeker {
		return record[any](x.Version, applicationOwn(placement.ApplicationRow{Application: x})), nil
	}
	return record[any](x.Version, applicationStaff(placement.ApplicationRow{Application: x})), nil
}

// application renders what an act on an application changed, or had changed before.
func (a *API) application(ctx context.Context) func(placement.Application, error) (*view, error) {
	return func(x placement.Application, err error) (*view, error) {
		of, err := again(x.ID, err, func(id domain.ID) (domain.ID, error) { return id, nil })
		if err != nil {
			return nil, err
		}
		return a.applicationOut(ctx, of)
	}
}

// begun is application for a new one: it says where it is.
func (a *API) begun(ctx context.Context) func(placement.Application, error) (*view, error) {
	return func(x placement.Application, err error) (*view, error) {
		of, err := again(x.ID, err, func(id domain.ID) (domain.ID, error) { return id, nil })
		if err != nil {
			return nil, err
		}
		out, err := a.applicationOut(ctx, of)
		if err != nil {
			return nil, err
		}
		out.Location = Prefix + "/applications/" + string(of)
		return out, nil
	}
}

type propose struct {
	Body struct {
		Person  string `json:"person_id" format:"uuid"`
		Vacancy string `json:"vacancy_id" format:"uuid"`
	}
}

func (a *API) propose(ctx context.Context, in *propose) (*view, error) {
	return a.begun(ctx)(a.Applications.Propose(ctx, edge.ActorFrom(ctx), placement.Begin{
		PersonID: id(in.Body.Person), VacancyID: id(in.Body.Vacancy),
	}))
}

type apply struct {
	Body struct {
		Vacancy string `json:"vacancy_id" format:"uuid"`
	}
}

func (a *API) apply(ctx context.Context, in *apply) (*view, error) {
	return a.begun(ctx)(a.Applications.Apply(ctx, edge.ActorFrom(ctx), placement.Begin{VacancyID: id(in.Body.Vacancy)}))
}

type listApplications struct {
	Paging
	Person  string   `query:"person" format:"uuid"`
	Vacancy string   `query:"vacancy" format:"uuid"`
	State   []string `query:"state" maxItems:"20" enum:"proposed,consented,declined,expired,applied,sent,seen,interview,offer,hired,refused,withdrawn,unanswered,obsolete"`
	Mine    bool     `query:"mine" doc:"Of people whose file the reader owns, or proposed by the reader"`
	Chased  bool     `query:"chased" doc:"The employer was reminded and has still not answered"`
}

func (a *API) listApplications(ctx context.Context, in *listApplications) (*views, error) {
	actor := edge.ActorFrom(ctx)
	found, err := a.Applications.List(ctx, actor, placement.ApplicationFilter{
		PersonID: id(in.Person), VacancyID: id(in.Vacancy), States: codes[string, domain.State](in.State), Mine: in.Mine, Chased: in.Chased,
	}, in.cursor())
	if err != nil {
		return nil, err
	}
	return listedViews(found, func(r placement.ApplicationRow) any {
		if actor.Role.Staff() {
			return applicationStaff(r)
		}
		return applicationOwn(r)
	}), nil
}

type pagedByID struct {
	ByID
	Paging
}

func (a *API) listCandidates(ctx context.Context, in *pagedByID) (*list[ApplicationEmployer], error) {
	found, err := a.Applications.Candidates(ctx, edge.ActorFrom(ctx), in.id(), in.cursor())
	if err != nil {
		return nil, err
	}
	return listed(found, applicationEmployer), nil
}

func (a *API) getApplication(ctx context.Context, in *ByID) (*view, error) {
	return a.applicationOut(ctx, in.id())
}

func (a *API) applicationSteps(ctx context.Context, in *ByID) (*list[Step], error) {
	actor := edge.ActorFrom(ctx)
	steps, err := a.Applications.History(ctx, actor, in.id())
	if err != nil {
		return nil, err
	}
	return whole(steps, stepFor(actor)), nil
}

type closeOthers struct {
	ByID
	Body struct {
		Applications []string `json:"applications" minItems:"1" maxItems:"100" format:"uuid"`
		Reason       string   `json:"reason,omitempty" maxLength:"500"`
	}
}

func (a *API) closeOthers(ctx context.Context, in *closeOthers) (*nothing, error) {
	_, err := a.Applications.CloseOthers(ctx, edge.ActorFrom(ctx), placement.CloseOthers{
		VacancyID: in.id(), IDs: ids(in.Body.Applications), Reason: in.Body.Reason,
	})
	if _, repeated := domain.Replayed(err); repeated {
		_, err = a.Matches.Vacancy(ctx, edge.ActorFrom(ctx), in.id())
	}
	return nil, err
}
