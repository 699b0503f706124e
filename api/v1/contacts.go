package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// ContactChange is a new address or number to sign in with, which waits.
type ContactChange struct {
	Kind     string    `json:"kind" enum:"email,phone"`
	Value    string    `json:"value"`
	AskedAt  time.Time `json:"asked_at"`
	CountsAt time.Time `json:"counts_at" doc:"From when one signs in with it; the present contact was told"`
}

func contactChangeOut(c identity.ContactChange) ContactChange {
	return ContactChange{Kind: string(c.Kind), Value: c.Value, AskedAt: c.AskedAt, CountsAt: c.CountsAt}
}

func (a *API) mountContacts(g huma.API) {
	add(g, route{id: "list-contact-changes", method: http.MethodGet, path: "/users/me/contacts", summary: "My changes of address or number that wait", tag: "users"}, a.listContacts)
	add(g, route{id: "change-contact", method: http.MethodPost, path: "/users/me/contacts", summary: "Ask for another address or number to sign in with; it counts after a day",
		tag: "users", status: http.StatusAccepted}, a.changeContact)
	add(g, route{id: "stop-contact-change", method: http.MethodDelete, path: "/users/me/contacts/{kind}", summary: "Take such a change back", tag: "users",
		status: http.StatusNoContent}, a.stopContact)
}

func (a *API) listContacts(ctx context.Context, _ *struct{}) (*list[ContactChange], error) {
	found, err := a.Contacts.Waiting(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	return whole(found, contactChangeOut), nil
}

type changeContact struct {
	Body struct {
		Kind  string `json:"kind" enum:"email,phone"`
		Value string `json:"value" minLength:"1" maxLength:"254" doc:"An address, or a number in E.164"`
	}
}

func (a *API) changeContact(ctx context.Context, in *changeContact) (*list[ContactChange], error) {
	if err := edge.From(ctx).RequireStepUp(ctx); err != nil {
		return nil, err
	}
	_, err := a.Contacts.Ask(ctx, edge.ActorFrom(ctx), identity.ContactKind(in.Body.Kind), in.Body.Value)
	if _, again := domain.Replayed(err); err != nil && !again {
		return nil, err
	}
	return a.listContacts(ctx, nil)
}

type stopContact struct {
	Kind string `path:"kind" enum:"email,phone"`
}

func (a *API) stopContact(ctx context.Context, in *stopContact) (*nothing, error) {
	return done(a.Contacts.Stop(ctx, edge.ActorFrom(ctx), identity.ContactKind(in.Kind)))
}
