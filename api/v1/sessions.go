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
		tag: "sessions", public: true, unkeyed: true, status: http.StatusCreated}, a.signIn)
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
