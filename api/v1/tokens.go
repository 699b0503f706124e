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

// Token lets a program act for an account.
type Token struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Scopes     []string   `json:"scopes"`
	Recipient  string     `json:"recipient,omitempty" doc:"Who runs the program; missing for a token from before this was asked, which is given nothing about people"`
	Agreement  string     `json:"agreement_id,omitempty" doc:"The agreement under which it runs abroad; once that has ended the token is given nothing about people"`
	Secret     string     `json:"secret,omitempty" doc:"Shown once, in the answer that creates the token"`
	CreatedAt  time.Time  `json:"created_at"`
	ExpiresAt  time.Time  `json:"expires_at"`
	LastUsedAt *time.Time `json:"last_used_at,omitempty" doc:"To the minute"`
	RevokedAt  *time.Time `json:"revoked_at,omitempty"`
}

func tokenOut(t identity.Token) Token {
	return Token{
		ID: string(t.ID), Name: t.Name, Scopes: t.Scopes, Recipient: t.Recipient, Agreement: string(t.Agreement), CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt,
		LastUsedAt: timeOut(t.LastUsedAt), RevokedAt: timeOut(t.RevokedAt),
	}
}

type createToken struct {
	Body struct {
		Name   string   `json:"name" minLength:"1" maxLength:"80" doc:"What the program is"`
		Scopes []string `json:"scopes" minItems:"1" maxItems:"50" doc:"Actions such as vacancy.read, or vacancy.* for all of a noun"`
		Days   int      `json:"days" minimum:"1" maximum:"365" default:"90"`

		Recipient   string `json:"recipient,omitempty" maxLength:"200" doc:"Who runs the program, inside the country"`
		AgreementID string `json:"agreement_id,omitempty" format:"uuid" doc:"The recorded agreement under which it runs abroad, instead of a recipient: see /agreements"`
	}
}

func (a *API) mountTokens(g huma.API) {
	add(g, route{id: "list-tokens", method: http.MethodGet, path: "/tokens", summary: "My tokens", tag: "tokens"}, a.listTokens)
	add(g, route{id: "get-token", method: http.MethodGet, path: "/tokens/{id}", summary: "One token", tag: "tokens"}, a.getToken)
	add(g, route{id: "create-token", method: http.MethodPost, path: "/tokens", summary: "Create a token", tag: "tokens", status: http.StatusCreated,
		detail: "It says where its program runs: who has it inside the country, or the agreement under which it is abroad. When that agreement ends or is taken back " +
			"the token is answered 403 with the code error.token.abroad wherever an answer could be about people."}, a.createToken)
	add(g, route{id: "revoke-token", method: http.MethodDelete, path: "/tokens/{id}", summary: "End a token", tag: "tokens", status: http.StatusNoContent}, a.revokeToken)
}

func (a *API) listTokens(ctx context.Context, _ *struct{}) (*list[Token], error) {
	found, err := a.Tokens.Mine(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	return listed(domain.Listing[identity.Token]{Items: found}, tokenOut), nil
}

func (a *API) getToken(ctx context.Context, in *ByID) (*one[Token], error) {
	t, err := a.Tokens.Get(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return record(1, tokenOut(t)), nil
}

func (a *API) createToken(ctx context.Context, in *createToken) (*one[Token], error) {
	if err := edge.From(ctx).RequireStepUp(ctx); err != nil {
		return nil, err
	}
	actor := edge.ActorFrom(ctx)
	t, secret, err := a.Tokens.Create(ctx, actor, identity.NewToken{Name: in.Body.Name, Scopes: in.Body.Scopes, Days: in.Body.Days,
		Where: domain.Destination{Recipient: in.Body.Recipient, Agreement: id(in.Body.AgreementID)}})
	if made, again := domain.Replayed(err); again {
		t, err = a.Tokens.Get(ctx, actor, made)
	}
	if err != nil {
		return nil, err
	}
	out := tokenOut(t)
	out.Secret = secret
	return created(1, t.ID, "/tokens", out), nil
}

func (a *API) revokeToken(ctx context.Context, in *ByID) (*nothing, error) {
	err := a.Tokens.Revoke(ctx, edge.ActorFrom(ctx), in.id())
	if _, again := domain.Replayed(err); again {
		err = nil
	}
	return nil, err
}
