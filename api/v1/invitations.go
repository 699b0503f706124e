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

// Invitation is an account to be.
type Invitation struct {
	ID             string    `json:"id"`
	Role           string    `json:"role"`
	Name           string    `json:"name"`
	Email          string    `json:"email"`
	AgencyID       string    `json:"agency_id,omitempty"`
	OrganisationID string    `json:"organisation_id,omitempty"`
	Until          string    `json:"until,omitempty" format:"date" doc:"Last day of the membership"`
	CreatedAt      time.Time `json:"created_at"`
	ExpiresAt      time.Time `json:"expires_at"`
	Secret         string    `json:"secret,omitempty" doc:"Shown once, in the answer that creates the invitation: /invitation?code= with it is the link to hand over"`
}

func invitationOut(i identity.Invitation) Invitation {
	out := Invitation{
		ID: string(i.ID), Role: string(i.Role), Name: i.Name, Email: i.Email, AgencyID: string(i.AgencyID), OrganisationID: string(i.OrganisationID),
		CreatedAt: i.CreatedAt, ExpiresAt: i.ExpiresAt,
	}
	if !i.Until.IsZero() {
		out.Until = i.Until.String()
	}
	return out
}

func (a *API) mountInvitations(g huma.API) {
	add(g, route{id: "list-invitations", method: http.MethodGet, path: "/invitations", summary: "Invitations that can be accepted", tag: "invitations"}, a.listInvitations)
	add(g, route{id: "invite", method: http.MethodPost, path: "/invitations", summary: "Invite somebody to an account", tag: "invitations", status: http.StatusCreated}, a.invite)
	add(g, route{id: "revoke-invitation", method: http.MethodDelete, path: "/invitations/{id}", summary: "Make an invitation useless", tag: "invitations", status: http.StatusNoContent}, a.revokeInvitation)
	add(g, route{id: "accept-invitation", method: http.MethodPost, path: "/invitations/accept", summary: "Take an account one is invited to; sign in afterwards",
		tag: "invitations", public: true, status: http.StatusCreated}, a.acceptInvitation)
	add(g, route{id: "join", method: http.MethodPut, path: "/users/{id}/membership", summary: "Begin a membership of an agency; the one before ends",
		tag: "users", status: http.StatusNoContent}, a.join)
	add(g, route{id: "leave", method: http.MethodDelete, path: "/users/{id}/membership", summary: "End a membership, with every session and token, at once",
		tag: "users", stateful: true, status: http.StatusNoContent}, a.leave)
	add(g, route{id: "bind-subject", method: http.MethodPut, path: "/users/{id}/identity", summary: "Let an identity provider's subject sign in to an account",
		tag: "users", status: http.StatusNoContent}, a.bindSubject)
	add(g, route{id: "unbind-subject", method: http.MethodDelete, path: "/users/{id}/identity", summary: "End that, and the account's sessions and tokens",
		tag: "users", status: http.StatusNoContent}, a.unbindSubject)
}

func (a *API) listInvitations(ctx context.Context, _ *struct{}) (*list[Invitation], error) {
	found, err := a.Invitations.List(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	return whole(found, invitationOut), nil
}

type invite struct {
	Body struct {
		Role           string `json:"role" enum:"employer,counsellor,lead,analyst,administrator,data_protection"`
		Name           string `json:"name" minLength:"1" maxLength:"120"`
		Email          string `json:"email" minLength:"1" maxLength:"254"`
		AgencyID       string `json:"agency_id,omitempty" format:"uuid" doc:"Of a counsellor or a lead; a lead's own is taken"`
		OrganisationID string `json:"organisation_id,omitempty" format:"uuid" doc:"Of an employer's member; a member's own is taken"`
		Until          string `json:"until,omitempty" format:"date" doc:"Last day of the membership"`
	}
}

func (a *API) invite(ctx context.Context, in *invite) (*one[Invitation], error) {
	actor := edge.ActorFrom(ctx)
	i, secret, err := a.Invitations.Create(ctx, actor, identity.NewInvitation{
		Role: domain.Role(in.Body.Role), Name: in.Body.Name, Email: in.Body.Email, AgencyID: id(in.Body.AgencyID),
		OrganisationID: id(in.Body.OrganisationID), Until: day(in.Body.Until),
	})
	i, err = again(i, err, func(id domain.ID) (identity.Invitation, error) { return a.Invitations.Get(ctx, actor, id) })
	if err != nil {
		return nil, err
	}
	out := invitationOut(i)
	out.Secret = secret
	return created(1, i.ID, "/invitations", out), nil
}

func (a *API) revokeInvitation(ctx context.Context, in *ByID) (*nothing, error) {
	return done(a.Invitations.Revoke(ctx, edge.ActorFrom(ctx), in.id()))
}

type acceptInvitation struct {
	Body struct {
		Secret   string `json:"secret" minLength:"1" maxLength:"100"`
		Name     string `json:"name" minLength:"1" maxLength:"120"`
		Password string `json:"password" minLength:"10" maxLength:"200"`
		Language string `json:"language,omitempty" enum:"fr,en,pt,bm,ar"`
	}
}

func (a *API) acceptInvitation(ctx context.Context, in *acceptInvitation) (*one[User], error) {
	u, err := a.Invitations.Accept(ctx, edge.ActorFrom(ctx), identity.Accept{
		Secret: in.Body.Secret, Name: in.Body.Name, Password: in.Body.Password, Language: in.Body.Language,
	})
	if err != nil {
		return nil, err
	}
	return created(u.Version, u.ID, "/users", userOut(u)), nil
}

type join struct {
	ByID
	Body struct {
		AgencyID string `json:"agency_id" format:"uuid"`
		Since    string `json:"since,omitempty" format:"date" doc:"Today without it"`
		Until    string `json:"until,omitempty" format:"date"`
	}
}

func (a *API) join(ctx context.Context, in *join) (*nothing, error) {
	return done(a.Members.Join(ctx, edge.ActorFrom(ctx), identity.Join{
		UserID: in.id(), AgencyID: id(in.Body.AgencyID), Since: day(in.Body.Since), Until: day(in.Body.Until),
	}))
}

func (a *API) leave(ctx context.Context, in *ByID) (*nothing, error) {
	return done(a.Members.Leave(ctx, edge.ActorFrom(ctx), in.id()))
}

type bindSubject struct {
	ByID
	Body struct {
		Issuer  string `json:"issuer" minLength:"1" maxLength:"300"`
		Subject string `json:"subject" minLength:"1" maxLength:"255" doc:"The claim sub, never an e-mail address"`
	}
}

func (a *API) bindSubject(ctx context.Context, in *bindSubject) (*nothing, error) {
	if err := edge.From(ctx).RequireStepUp(ctx); err != nil {
		return nil, err
	}
	return done(a.Links.Bind(ctx, edge.ActorFrom(ctx), in.id(), identity.Subject{Issuer: in.Body.Issuer, Name: in.Body.Subject}))
}

func (a *API) unbindSubject(ctx context.Context, in *ByID) (*nothing, error) {
	if err := edge.From(ctx).RequireStepUp(ctx); err != nil {
		return nil, err
	}
	return done(a.Links.Unbind(ctx, edge.ActorFrom(ctx), in.id()))
}
