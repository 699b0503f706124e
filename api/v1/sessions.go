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

// Session is a signed-in device.
type Session struct {
	ID        string    `json:"id"`
	Device    string    `json:"device" doc:"Kind of device, as far as the browser said"`
	CreatedAt time.Time `json:"created_at"`
	LastSeen  time.Time `json:"last_seen"`
	ExpiresAt time.Time `json:"expires_at"`
}

func sessionOut(s identity.Session) Session {
	return Session{ID: string(s.ID), Device: s.Device, CreatedAt: s.CreatedAt, LastSeen: s.LastSeen, ExpiresAt: s.ExpiresAt}
}

type signIn struct {
	UserAgent string `header:"User-Agent" hidden:"true"`
	Body      struct {
		Email    string `json:"email" maxLength:"254"`
		Password string `json:"password" maxLength:"200"`
	}
}

func (a *API) mountSessions(g huma.API) {
	add(g, route{id: "sign-in", method: http.MethodPost, path: "/sessions", summary: "Sign in with e-mail and password; answers with a session cookie",
		tag: "sessions", public: true, unkeyed: true, placeless: true, status: http.StatusCreated}, a.signIn)
	add(g, route{id: "sign-in-second", method: http.MethodPost, path: "/sessions/second", summary: "Give the second factor after the password, or a recovery code",
		detail: "Signing in answers with the problem second_factor where an account has one; its cookie carries on here. An account that must set one up first, or replace a password handed over by somebody else, does so on the pages under /sign-in.",
		tag:    "sessions", public: true, unkeyed: true, placeless: true, status: http.StatusCreated}, a.signInSecond)
	add(g, route{id: "step-up", method: http.MethodPost, path: "/sessions/step-up", summary: "Say again who one is: good for ten minutes in this session",
		detail: "Making tokens and changing second factors answer with the problem step_up without it. A token cannot.",
		tag:    "sessions", unkeyed: true, status: http.StatusNoContent}, a.stepUp)
	add(g, route{id: "list-sessions", method: http.MethodGet, path: "/sessions", summary: "My signed-in devices", tag: "sessions"}, a.listSessions)
	add(g, route{id: "sign-out", method: http.MethodDelete, path: "/sessions", summary: "Sign this device out", tag: "sessions", unkeyed: true, status: http.StatusNoContent}, a.signOut)
	add(g, route{id: "end-session", method: http.MethodDelete, path: "/sessions/{id}", summary: "Sign a device out", tag: "sessions", status: http.StatusNoContent}, a.endSession)
}

func (a *API) signIn(ctx context.Context, in *signIn) (*one[User], error) {
	if err := edge.From(ctx).SpendSignIn(ctx, in.Body.Email); err != nil {
		return nil, err
	}
	u, err := a.Accounts.SignIn(ctx, edge.ActorFrom(ctx), in.Body.Email, in.Body.Password)
	if err != nil {
		return nil, err
	}
	if err := edge.From(ctx).Enter(ctx, u, in.Body.Email, in.UserAgent); err != nil {
		return nil, err
	}
	return record(u.Version, userOut(u)), nil
}

func (a *API) listSessions(ctx context.Context, _ *struct{}) (*list[Session], error) {
	found, err := a.Sessions.Mine(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	return listed(domain.Listing[identity.Session]{Items: found}, sessionOut), nil
}

func (a *API) signOut(ctx context.Context, _ *struct{}) (*nothing, error) {
	return nil, edge.From(ctx).SignOut(ctx)
}

func (a *API) endSession(ctx context.Context, in *ByID) (*nothing, error) {
	err := a.Sessions.Kill(ctx, edge.ActorFrom(ctx), in.id())
	if _, again := domain.Replayed(err); again {
		err = nil
	}
	return nil, err
}

type signInSecond struct {
	UserAgent string `header:"User-Agent" hidden:"true"`
	Body      struct {
		Code string `json:"code" minLength:"1" maxLength:"40" doc:"Of the app, or a recovery code"`
	}
}

func (a *API) signInSecond(ctx context.Context, in *signInSecond) (*one[User], error) {
	e := edge.From(ctx)
	u, need, err := e.Awaited(ctx)
	if domain.KindOf(err) == domain.KindNotFound || err == nil && need != edge.NeedCode {
		return nil, domain.Unauthenticated("v1.signInSecond")
	}
	if err != nil {
		return nil, err
	}
	if err := e.SpendSecond(ctx, u.ID); err != nil {
		return nil, err
	}
	if err := a.Factors.CheckSecond(ctx, edge.ActorFrom(ctx), u, in.Body.Code); err != nil {
		return nil, err
	}
	if err := e.SignIn(ctx, u, in.UserAgent); err != nil {
		return nil, err
	}
	return record(u.Version, userOut(u)), nil
}

type stepUp struct {
	Body struct {
		Password string `json:"password,omitempty" maxLength:"200" doc:"A jobseeker's is the second thing only they know"`
		Code     string `json:"code,omitempty" maxLength:"40" doc:"Of the app, or a recovery code, instead"`
	}
}

func (a *API) stepUp(ctx context.Context, in *stepUp) (*nothing, error) {
	e, actor := edge.From(ctx), edge.ActorFrom(ctx)
	if e.ByToken(ctx) {
		return nil, domain.StepUp("v1.stepUp")
	}
	if err := e.SpendSecond(ctx, actor.UserID); err != nil {
		return nil, err
	}
	if err := a.Factors.StepUp(ctx, actor, identity.Proof{Password: in.Body.Password, Code: in.Body.Code}); err != nil {
		return nil, err
	}
	e.StepUp(ctx)
	return nil, nil //nolint:nilnil // 204 has no body
}
