package v1

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/placement"
)

// Work is what everybody who may read a placement reads of it.
type Work struct {
	ID          string `json:"id"`
	Application string `json:"application_id,omitempty" doc:"Missing for the successor of a conversion"`
	Previous    string `json:"previous_id,omitempty" doc:"The placement this one was converted from"`
	Vacancy     string `json:"vacancy_id,omitempty"`
	VacancyWords
	Kind       string `json:"kind" enum:"permanent,fixed_term,daily,seasonal,internship,apprenticeship,public_works,self_employment,abroad"`
	State      string `json:"state" enum:"planned,started,no_start,ended,converted"`
	StartsOn   string `json:"starts_on" format:"date"`
	EndsOn     string `json:"ends_on,omitempty" format:"date"`
	EndedOn    string `json:"ended_on,omitempty" format:"date"`
	Wage       int64  `json:"wage,omitempty" doc:"Whole XOF"`
	WagePeriod string `json:"wage_period,omitempty"`
	Version    int    `json:"version" doc:"For If-Match, in quotes"`
}

// PlacementOwn is a placement as the person placed sees it.
type PlacementOwn struct {
	View string `json:"view" enum:"own"`
	Work
}

// PlacementEmployer is a placement as the employer sees it, who knows the
// people it hired by name.
type PlacementEmployer struct {
	View string `json:"view" enum:"employer"`
	Work
	Given  string `json:"given,omitempty" doc:"In lists"`
	Family string `json:"family,omitempty" doc:"In lists"`
}

// PlacementStaff is a placement as the service's staff see it.
type PlacementStaff struct {
	View string `json:"view" enum:"staff"`
	Work
	Person       string `json:"person_id"`
	Given        string `json:"given,omitempty" doc:"In lists"`
	Family       string `json:"family,omitempty" doc:"In lists"`
	Organisation string `json:"organisation_id,omitempty"`
	Agency       string `json:"agency_id,omitempty"`
	Channel      string `json:"channel" enum:"service,direct"`
	EndReason    string `json:"end_reason,omitempty"`
	Demo         bool   `json:"demo,omitempty"`
}

func placementViews() []any {
	return []any{PlacementOwn{}, PlacementEmployer{}, PlacementStaff{}}
}

// placementOut chooses the shape for the reader.
func placementOut(ctx context.Context) func(placement.PlacementRow) any {
	role := edge.ActorFrom(ctx).Role
	return func(r placement.PlacementRow) any {
		p := r.Placement
		w := Work{
			ID: string(p.ID), Application: string(p.ApplicationID), Previous: string(p.PreviousID), Vacancy: string(p.VacancyID),
			VacancyWords: VacancyWords{Title: r.VacancyTitle, Reference: r.VacancyReference, Employer: r.EmployerName},
			Kind:         string(p.Kind), State: string(p.State), StartsOn: p.StartsOn.String(), EndsOn: p.EndsOn.String(), EndedOn: p.EndedOn.String(),
			Wage: p.Wage, WagePeriod: string(p.WagePeriod), Version: p.Version,
		}
		switch role {
		case domain.RoleJobseeker:
			return PlacementOwn{View: "own", Work: w}
		case domain.RoleEmployer, domain.RoleAPIClient:
			return PlacementEmployer{View: "employer", Work: w, Given: r.Given, Family: r.Family}
		}
		return PlacementStaff{
			View: "staff", Work: w, Person: string(p.PersonID), Given: r.Given, Family: r.Family, Organisation: string(p.OrganisationID),
			Agency: string(p.AgencyID), Channel: string(p.Channel), EndReason: p.EndReason, Demo: p.Demo,
		}
	}
}

func (a *API) mountPlacements(g huma.API) {
	tag := "placements"
	add(g, route{id: "list-placements", method: http.MethodGet, path: "/placements", summary: "Placements the reader may see, the newest first", tag: tag,
		views: placementViews(), many: true}, a.listPlacements)
	add(g, route{id: "get-placement", method: http.MethodGet, path: "/placements/{id}", summary: "One placement", tag: tag,
		views: placementViews()}, a.getPlacement)
	add(g, route{id: "list-placement-steps", method: http.MethodGet, path: "/placements/{id}/history", tag: tag,
		summary: "How a placement came to its state, oldest first"}, a.placementSteps)
	path := func(name, address, summary string) route {
		return route{id: name + "-placement", method: http.MethodPost, path: "/placements/{id}/" + address, summary: summary, tag: tag, change: true, views: placementViews()}
	}
	add(g, path("start", "start", "The person began, on the planned day or another one"), a.startPlacement)
	add(g, path("cancel", "no-start", "The person never began: the post is free again"), a.noStart)
	add(g, path("end", "end", "Work ended, when and why"), a.endPlacement)
	add(g, path("convert", "convert", "Work went on under another contract; gives its successor"), a.convertPlacement)
}

type listPlacements struct {
	Paging
	Person  string   `query:"person" format:"uuid"`
	Vacancy string   `query:"vacancy" format:"uuid"`
	State   []string `query:"state" maxItems:"20" enum:"planned,started,no_start,ended,converted"`
}

func (a *API) listPlacements(ctx context.Context, in *listPlacements) (*views, error) {
	found, err := a.Placements.List(ctx, edge.ActorFrom(ctx), placement.PlacementFilter{
		PersonID: id(in.Person), VacancyID: id(in.Vacancy), States: codes[string, domain.State](in.State),
	}, in.cursor())
	if err != nil {
		return nil, err
	}
	return listedViews(found, placementOut(ctx)), nil
}

func (a *API) getPlacement(ctx context.Context, in *ByID) (*view, error) {
	return a.work(ctx)(a.Placements.Get(ctx, edge.ActorFrom(ctx), in.id()))
}

// work renders what an act on a placement gave, or had given before.
func (a *API) work(ctx context.Context) func(placement.Placement, error) (*view, error) {
	return func(p placement.Placement, err error) (*view, error) {
		p, err = again(p, err, func(id domain.ID) (placement.Placement, error) { return a.Placements.Get(ctx, edge.ActorFrom(ctx), id) })
		if err != nil {
			return nil, err
		}
		return record(p.Version, placementOut(ctx)(placement.PlacementRow{Placement: p})), nil
	}
}

func (a *API) placementSteps(ctx context.Context, in *ByID) (*list[Step], error) {
	steps, err := a.Placements.History(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return whole(steps, stepOut), nil
}

type startPlacement struct {
	ByID
	Precondition
	Body struct {
		On string `json:"on,omitempty" format:"date" doc:"As planned where missing"`
	}
}

func (a *API) startPlacement(ctx context.Context, in *startPlacement) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.work(ctx)(a.Placements.Start(ctx, edge.ActorFrom(ctx), placement.Start{
		Act: placement.Act{ID: in.id(), Version: version}, On: day(in.Body.On),
	}))
}

func (a *API) noStart(ctx context.Context, in *reasoned) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.work(ctx)(a.Placements.NoStart(ctx, edge.ActorFrom(ctx), placement.Act{ID: in.id(), Version: version, Reason: in.Body.Reason}))
}

type endPlacement struct {
	ByID
	Precondition
	Body struct {
		On     string `json:"on" format:"date"`
		Reason string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

func (a *API) endPlacement(ctx context.Context, in *endPlacement) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.work(ctx)(a.Placements.End(ctx, edge.ActorFrom(ctx), placement.End{
		Act: placement.Act{ID: in.id(), Version: version, Reason: in.Body.Reason}, On: day(in.Body.On),
	}))
}

type convertPlacement struct {
	ByID
	Precondition
	Body struct {
		On     string `json:"on" format:"date"`
		Kind   string `json:"kind" enum:"permanent,fixed_term,daily,seasonal,internship,apprenticeship,public_works,self_employment,abroad"`
		EndsOn string `json:"ends_on,omitempty" format:"date"`
	}
}

func (a *API) convertPlacement(ctx context.Context, in *convertPlacement) (*view, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	actor := edge.ActorFrom(ctx)
	p, err := a.Placements.Convert(ctx, actor, placement.Convert{
		Act: placement.Act{ID: in.id(), Version: version}, On: day(in.Body.On), Kind: employer.ContractKind(in.Body.Kind), EndsOn: day(in.Body.EndsOn),
	})
	if of, repeated := domain.Replayed(err); repeated {
		p, err = a.successor(ctx, actor, of)
	}
	return a.work(ctx)(p, err)
}

// successor finds what an earlier conversion made.
func (a *API) successor(ctx context.Context, actor domain.Actor, of domain.ID) (placement.Placement, error) {
	before, err := a.Placements.Get(ctx, actor, of)
	if err != nil {
		return placement.Placement{}, err
	}
	rows, err := a.Placements.List(ctx, actor, placement.PlacementFilter{PersonID: before.PersonID, VacancyID: before.VacancyID},
		domain.Cursor{Limit: domain.MaxLimit})
	if err != nil {
		return placement.Placement{}, err
	}
	for _, r := range rows.Items {
		if r.Placement.PreviousID == before.ID {
			return r.Placement, nil
		}
	}
	return placement.Placement{}, domain.NotFound("v1.successor")
}
