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

// Agreement is a recorded agreement on data that leaves the country.
type Agreement struct {
	ID            string     `json:"id"`
	Recipient     string     `json:"recipient"`
	Country       string     `json:"country" example:"SEN"`
	Purpose       string     `json:"purpose"`
	Data          string     `json:"data" doc:"Which, in words"`
	Authorisation string     `json:"authorisation" doc:"The authority's number"`
	Since         string     `json:"since" format:"date"`
	Until         string     `json:"until,omitempty" format:"date" doc:"Its last day; missing until it is ended"`
	RecordedAt    *time.Time `json:"recorded_at,omitempty" doc:"For whoever keeps the register"`
	EndedAt       *time.Time `json:"ended_at,omitempty" doc:"For whoever keeps the register"`
}

func (a *API) agreementOut(actor domain.Actor) func(rights.Agreement) Agreement {
	return func(g rights.Agreement) Agreement {
		out := Agreement{ID: string(g.ID), Recipient: g.Recipient, Country: g.Country, Purpose: g.Purpose, Data: g.Data, Authorisation: g.Authorisation, Since: g.Since.String()}
		if !g.Until.IsZero() {
			out.Until = g.Until.String()
		}
		if actor.Role == domain.RoleDataProtection {
			out.RecordedAt, out.EndedAt = timeOut(g.RecordedAt), timeOut(g.EndedAt)
		}
		return out
	}
}

func (a *API) mountAgreements(g huma.API) {
	const tag = "rights"
	add(g, route{id: "list-agreements", method: http.MethodGet, path: "/agreements", tag: tag, public: true,
		summary: "Agreements under which data about people may leave the country today; those that ended too, for the data protection officer"}, a.listAgreements)
	add(g, route{id: "get-agreement", method: http.MethodGet, path: "/agreements/{id}", tag: tag, public: true, summary: "One agreement"}, a.getAgreement)
	add(g, route{id: "record-agreement", method: http.MethodPost, path: "/agreements", status: http.StatusCreated, tag: tag,
		summary: "Record an agreement on data that leaves the country"}, a.recordAgreement)
	add(g, route{id: "end-agreement", method: http.MethodDelete, path: "/agreements/{id}", status: http.StatusNoContent, tag: tag,
		summary: "End an agreement at once; it stays in the register",
		detail:  "Programs that run abroad under it are given nothing about people any more."}, a.endAgreement)
}

func (a *API) listAgreements(ctx context.Context, _ *struct{}) (*list[Agreement], error) {
	actor := edge.ActorFrom(ctx)
	all, err := a.Registers.Known(ctx, actor)
	if err != nil {
		return nil, err
	}
	return whole(all, a.agreementOut(actor)), nil
}

func (a *API) getAgreement(ctx context.Context, in *ByID) (*one[Agreement], error) {
	actor := edge.ActorFrom(ctx)
	found, err := a.Registers.Get(ctx, actor, in.id())
	if err != nil {
		return nil, err
	}
	return record(1, a.agreementOut(actor)(found)), nil
}

type recordAgreement struct {
	Body struct {
		Recipient     string `json:"recipient" minLength:"1" maxLength:"200"`
		Country       string `json:"country" pattern:"^[A-Z]{3}$" doc:"ISO 3166-1 alpha-3, not the service's own"`
		Purpose       string `json:"purpose" minLength:"1" maxLength:"500"`
		Data          string `json:"data" minLength:"1" maxLength:"500" doc:"Which, in words"`
		Authorisation string `json:"authorisation" minLength:"1" maxLength:"100" doc:"The authority's number"`
		Since         string `json:"since" format:"date"`
		Until         string `json:"until,omitempty" format:"date" doc:"Its last day; missing until it is ended"`
	}
}

func (a *API) recordAgreement(ctx context.Context, in *recordAgreement) (*one[Agreement], error) {
	actor := edge.ActorFrom(ctx)
	b := in.Body
	made, err := a.Registers.Record(ctx, actor, rights.Agreement{
		Recipient: b.Recipient, Country: b.Country, Purpose: b.Purpose, Data: b.Data, Authorisation: b.Authorisation, Since: day(b.Since), Until: day(b.Until),
	})
	if before, again := domain.Replayed(err); again {
		made, err = a.Registers.Get(ctx, actor, before)
	}
	if err != nil {
		return nil, err
	}
	return created(1, made.ID, "/agreements", a.agreementOut(actor)(made)), nil
}

func (a *API) endAgreement(ctx context.Context, in *ByID) (*nothing, error) {
	err := a.Registers.End(ctx, edge.ActorFrom(ctx), in.id())
	if _, again := domain.Replayed(err); again || domain.KindOf(err) == domain.KindStale { // it is so already
		err = nil
	}
	return nil, err
}
