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

// Factor is a second thing an account signs in with.
type Factor struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind" enum:"totp,key" doc:"An app that computes codes, or a hardware key"`
	Name       string     `json:"name"`
	CreatedAt  time.Time  `json:"created_at"`
	LastUsedAt *time.Time `json:"last_used_at,omitempty"`
}

// FactorList is what protects an account.
type FactorList struct {
	Items        []Factor `json:"items"`
	RecoveryLeft int      `json:"recovery_left" doc:"Recovery codes that were not used"`
}

func factorOut(f identity.Factor) Factor {
	return Factor{ID: string(f.ID), Kind: string(f.Kind), Name: f.Name, CreatedAt: f.CreatedAt, LastUsedAt: timeOut(f.LastUsedAt)}
}

func (a *API) mountFactors(g huma.API) {
	add(g, route{id: "list-factors", method: http.MethodGet, path: "/factors", summary: "My second factors", tag: "factors"}, a.listFactors)
	add(g, route{id: "begin-app", method: http.MethodPost, path: "/factors/totp", summary: "Begin to set up an app; the secret waits in the session",
		tag: "factors", unkeyed: true, status: http.StatusCreated}, a.beginApp)
	add(g, route{id: "confirm-app", method: http.MethodPost, path: "/factors/totp/confirm", summary: "Finish with the app's first code",
		tag: "factors", status: http.StatusCreated}, a.confirmApp)
	add(g, route{id: "renew-recovery", method: http.MethodPost, path: "/factors/recovery", summary: "Replace my recovery codes", tag: "factors", stateful: true,
		status: http.StatusCreated}, a.renewRecovery)
	add(g, route{id: "remove-factor", method: http.MethodDelete, path: "/factors/{id}", summary: "Remove a second factor", tag: "factors",
		status: http.StatusNoContent}, a.removeFactor)
	add(g, route{id: "reset-factors", method: http.MethodDelete, path: "/users/{id}/factors", summary: "Take somebody's lost second factors away; ends their sessions and tokens",
		tag: "factors", stateful: true, status: http.StatusNoContent}, a.resetFactors)
}

func (a *API) listFactors(ctx context.Context, _ *struct{}) (*plain[FactorList], error) {
	found, left, err := a.Factors.Mine(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	return &plain[FactorList]{Body: FactorList{Items: each(found, factorOut), RecoveryLeft: left}}, nil
}

// Enrolment is the secret of an app that is being set up.
type Enrolment struct {
	Secret string `json:"secret" doc:"Base32, for typing"`
	URL    string `json:"url" doc:"otpauth address, for a QR code"`
}

// keptApp is the secret of an app that is being set up, in the session.
const keptApp = "api_app"

func (a *API) beginApp(ctx context.Context, _ *struct{}) (*plain[Enrolment], error) {
	e := edge.From(ctx)
	if err := e.RequireStepUp(ctx); err != nil {
		return nil, err
	}
	begun, err := a.Factors.BeginTOTP(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	e.Keep(ctx, keptApp, begun.Secret)
	return &plain[Enrolment]{Body: Enrolment{Secret: begun.Secret, URL: begun.URL}}, nil
}

type confirmApp struct {
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"20"`
		Name string `json:"name,omitempty" maxLength:"60" doc:"To recognise it in the list"`
	}
}

// RecoveryCodes each let their holder in once.
type RecoveryCodes struct {
	Codes []string `json:"codes" doc:"Shown once; empty when the account has some already"`
}

func recoveryOut(codes []string, err error) (*plain[RecoveryCodes], error) {
	if _, again := domain.Replayed(err); again {
		codes, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &plain[RecoveryCodes]{Body: RecoveryCodes{Codes: each(codes, func(s string) string { return s })}}, nil
}

func (a *API) confirmApp(ctx context.Context, in *confirmApp) (*plain[RecoveryCodes], error) {
	e, actor := edge.From(ctx), edge.ActorFrom(ctx)
	if err := e.RequireStepUp(ctx); err != nil {
		return nil, err
	}
	if err := e.SpendSecond(ctx, actor.UserID); err != nil {
		return nil, err
	}
	return recoveryOut(a.Factors.ConfirmTOTP(ctx, actor, e.Kept(ctx, keptApp), in.Body.Code, in.Body.Name))
}

func (a *API) renewRecovery(ctx context.Context, _ *struct{}) (*plain[RecoveryCodes], error) {
	if err := edge.From(ctx).RequireStepUp(ctx); err != nil {
		return nil, err
	}
	return recoveryOut(a.Factors.NewRecovery(ctx, edge.ActorFrom(ctx)))
}

func (a *API) removeFactor(ctx context.Context, in *ByID) (*nothing, error) {
	if err := edge.From(ctx).RequireStepUp(ctx); err != nil {
		return nil, err
	}
	return done(a.Factors.Remove(ctx, edge.ActorFrom(ctx), in.id()))
}

func (a *API) resetFactors(ctx context.Context, in *ByID) (*nothing, error) {
	if err := edge.From(ctx).RequireStepUp(ctx); err != nil {
		return nil, err
	}
	return done(a.Factors.Reset(ctx, edge.ActorFrom(ctx), in.id()))
}

// done answers an act without a record to show, also when it was done before.
func done(err error) (*nothing, error) {
	if _, again := domain.Replayed(err); again {
		err = nil
	}
	return nil, err
}
