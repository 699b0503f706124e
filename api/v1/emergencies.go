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

// Emergency is an opening of another agency's file for a while.
type Emergency struct {
	ID        string     `json:"id"`
	Person    string     `json:"person_id,omitempty" doc:"Missing for who may not read the person"`
	Reference string     `json:"reference,omitempty"`
	Given     string     `json:"given,omitempty"`
	Family    string     `json:"family,omitempty"`
	By        string     `json:"by" doc:"The account that opened"`
	Agency    string     `json:"agency_id" doc:"Of who opened"`
	Owner     string     `json:"owner_agency_id" doc:"Of the person"`
	Kind      string     `json:"kind" enum:"danger,missing,child"`
	Reason    string     `json:"reason"`
	OpenedAt  time.Time  `json:"opened_at"`
	Until     time.Time  `json:"until"`
	EndedAt   *time.Time `json:"ended_at,omitempty" doc:"Before its time"`
	EndedBy   string     `json:"ended_by,omitempty"`
	SeenBy    []string   `json:"seen_by" doc:"Leads who marked it as seen"`
	Version   int        `json:"version"`
}

func emergencyOut(r casework.EmergencyRow) Emergency {
	o := r.Emergency
	return Emergency{
		ID: string(o.ID), Person: string(o.PersonID), Reference: r.Reference, Given: r.Given, Family: r.Family, By: string(o.UserID),
		Agency: string(o.AgencyID), Owner: string(o.OwnerAgencyID), Kind: o.Kind, Reason: o.Reason, OpenedAt: o.OpenedAt, Until: o.Until,
		EndedAt: timeOut(o.EndedAt), EndedBy: string(o.EndedBy), SeenBy: codes[domain.ID, string](o.SeenBy), Version: o.Version,
	}
}

func (a *API) mountEmergencies(g huma.API) {
	const tag = "emergencies"
	add(g, route{id: "list-emergencies", method: http.MethodGet, path: "/emergencies", tag: tag,
		summary: "One's own openings, and for a lead those of the agency's people and staff, the newest first"}, a.listEmergencies)
	add(g, route{id: "get-emergency", method: http.MethodGet, path: "/emergencies/{id}", summary: "One opening", tag: tag}, a.getEmergency)
	add(g, route{id: "open-in-emergency", method: http.MethodPost, path: "/emergencies", status: http.StatusCreated, tag: tag,
		summary: "Open another agency's file of somebody in an emergency: to read, for two hours",
		detail:  "Asks again who one is. The leads of both agencies are told, and every reading is an entry of the audit trail."}, a.openInEmergency)
	add(g, route{id: "end-emergency", method: http.MethodPost, path: "/emergencies/{id}/end", change: true, tag: tag,
		summary: "End an opening before its time"}, a.endEmergency)
	add(g, route{id: "see-emergency", method: http.MethodPost, path: "/emergencies/{id}/seen", tag: tag,
		summary: "Mark an opening as seen, as a lead"}, a.seeEmergency)
}

func (a *API) listEmergencies(ctx context.Context, in *Paging) (*list[Emergency], error) {
	found, err := a.Emergencies.List(ctx, edge.ActorFrom(ctx), in.cursor())
	if err != nil {
		return nil, err
	}
	return listed(found, emergencyOut), nil
}

func (a *API) getEmergency(ctx context.Context, in *ByID) (*one[Emergency], error) {
	return a.emergency(ctx, in.id())
}

func (a *API) emergency(ctx context.Context, id domain.ID) (*one[Emergency], error) {
	row, err := a.Emergencies.Get(ctx, edge.ActorFrom(ctx), id)
	if err != nil {
		return nil, err
	}
	return record(row.Emergency.Version, emergencyOut(row)), nil
}

// emergencyActed gives the opening an act made or changed, or had before.
func (a *API) emergencyActed(ctx context.Context) func(casework.Emergency, error) (*one[Emergency], error) {
	return func(o casework.Emergency, err error) (*one[Emergency], error) {
		if id, repeated := domain.Replayed(err); repeated {
			return a.emergency(ctx, id)
		}
		if err != nil {
			return nil, err
		}
		return a.emergency(ctx, o.ID)
	}
}

type openInEmergency struct {
	Body struct {
		Hint   string `json:"hint" minLength:"1" maxLength:"200" doc:"From an answer of the name register"`
		Kind   string `json:"kind" enum:"danger,missing,child"`
		Reason string `json:"reason" minLength:"1" maxLength:"500" doc:"In at least 20 characters, for the leads and the audit trail"`
	}
}

func (a *API) openInEmergency(ctx context.Context, in *openInEmergency) (*one[Emergency], error) {
	if err := edge.From(ctx).RequireStepUp(ctx); err != nil {
		return nil, err
	}
	out, err := a.emergencyActed(ctx)(a.Emergencies.Open(ctx, edge.ActorFrom(ctx), casework.OpenFile{Hint: in.Body.Hint, Kind: in.Body.Kind, Reason: in.Body.Reason}))
	if err != nil {
		return nil, err
	}
	out.Location = Prefix + "/emergencies/" + out.Body.ID
	return out, nil
}

func (a *API) endEmergency(ctx context.Context, in *change) (*one[Emergency], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return a.emergencyActed(ctx)(a.Emergencies.End(ctx, edge.ActorFrom(ctx), in.id(), version))
}

func (a *API) seeEmergency(ctx context.Context, in *ByID) (*one[Emergency], error) {
	return a.emergencyActed(ctx)(a.Emergencies.See(ctx, edge.ActorFrom(ctx), in.id()))
}
