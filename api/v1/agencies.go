package v1

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Agency is an office of the employment service.
type Agency struct {
	ID     string   `json:"id"`
	Code   string   `json:"code"`
	Name   string   `json:"name"`
	Place  string   `json:"place" doc:"Code of the place where it stands"`
	Serves []string `json:"serves" doc:"Codes of the places it serves"`
	Phone  string   `json:"phone,omitempty"`
}

func agencyOut(a identity.Agency) Agency {
	return Agency{ID: string(a.ID), Code: a.Code, Name: a.Name, Place: a.PlaceCode, Serves: a.Serves, Phone: a.Phone}
}

type agencyBody struct {
	Code   string   `json:"code" minLength:"1" maxLength:"20"`
	Name   string   `json:"name" minLength:"1" maxLength:"120"`
	Place  string   `json:"place" minLength:"1" maxLength:"40"`
	Serves []string `json:"serves" maxItems:"500"`
	Phone  string   `json:"phone,omitempty" maxLength:"20"`
}

type createAgency struct{ Body agencyBody }

type updateAgency struct {
	ByID
	Precondition
	Body agencyBody
}

func (a *API) mountAgencies(g huma.API) {
	add(g, route{id: "list-agencies", method: http.MethodGet, path: "/agencies", summary: "Offices of the service", tag: "agencies", public: true}, a.listAgencies)
	add(g, route{id: "get-agency", method: http.MethodGet, path: "/agencies/{id}", summary: "One office", tag: "agencies", public: true}, a.getAgency)
	add(g, route{id: "create-agency", method: http.MethodPost, path: "/agencies", summary: "Open an office", tag: "agencies", status: http.StatusCreated}, a.createAgency)
	add(g, route{id: "update-agency", method: http.MethodPut, path: "/agencies/{id}", summary: "Change an office", tag: "agencies", change: true}, a.updateAgency)
}

func (a *API) listAgencies(ctx context.Context, _ *struct{}) (*list[Agency], error) {
	found, err := a.Agencies.List(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	return listed(domain.Listing[identity.Agency]{Items: found}, agencyOut), nil
}

func (a *API) getAgency(ctx context.Context, in *ByID) (*one[Agency], error) {
	found, err := a.Agencies.Get(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return record(found.Version, agencyOut(found)), nil
}

func (a *API) createAgency(ctx context.Context, in *createAgency) (*one[Agency], error) {
	saved, err := a.saveAgency(ctx, "", 0, in.Body)
	if err != nil {
		return nil, err
	}
	return created(saved.Version, saved.ID, "/agencies", agencyOut(saved)), nil
}

func (a *API) updateAgency(ctx context.Context, in *updateAgency) (*one[Agency], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	saved, err := a.saveAgency(ctx, in.id(), version, in.Body)
	if err != nil {
		return nil, err
	}
	return record(saved.Version, agencyOut(saved)), nil
}

func (a *API) saveAgency(ctx context.Context, id domain.ID, version int, b agencyBody) (identity.Agency, error) {
	actor := edge.ActorFrom(ctx)
	saved, err := a.Agencies.Save(ctx, actor, identity.SaveAgency{
		ID: id, Version: version, Code: b.Code, Name: b.Name, PlaceCode: b.Place, Serves: b.Serves, Phone: b.Phone,
	})
	if id, again := domain.Replayed(err); again {
		saved, err = a.Agencies.Get(ctx, actor, id)
	}
	return saved, err
}
