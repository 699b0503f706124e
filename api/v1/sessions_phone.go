package v1

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
)

func (a *API) mountPhoneSessions(g huma.API) {
	unkeyed := func(id, path, summary string, status int) route {
		return route{id: id, method: http.MethodPost, path: "/sessions/" + path, summary: summary, tag: "sessions", public: true, unkeyed: true, placeless: true, status: status}
	}
	add(g, unkeyed("send-code", "codes", "Send a code to a jobseeker's phone; the answer is the same for an unknown one", http.StatusNoContent), a.sendCode)
	add(g, unkeyed("check-code", "tickets", "Exchange phone and code for a ticket", http.StatusCreated), a.checkCode)
	add(g, unkeyed("sign-in-by-phone", "phone", "Exchange the ticket and the second thing only the person knows for a session cookie", http.StatusCreated),
		a.signInByPhone)
}

type sendCode struct {
	Body struct {
		Phone string `json:"phone" minLength:"1" maxLength:"40"`
	}
}

func (a *API) sendCode(ctx context.Context, in *sendCode) (*nothing, error) {
	if err := edge.From(ctx).SpendSignIn(ctx, in.Body.Phone); err != nil {
		return nil, err
	}
	return nil, a.Jobseekers.SendSignInCode(ctx, edge.ActorFrom(ctx), in.Body.Phone)
}

type checkCode struct {
	Body struct {
		Phone string `json:"phone" minLength:"1" maxLength:"40"`
		Code  string `json:"code" minLength:"1" maxLength:"20"`
	}
}

// Ticket proves that a code was right.
type Ticket struct {
	Ticket string `json:"ticket" doc:"Secret; good for a few minutes"`
}

func (a *API) checkCode(ctx context.Context, in *checkCode) (*plain[Ticket], error) {
	if err := edge.From(ctx).SpendSignIn(ctx, in.Body.Phone); err != nil {
		return nil, err
	}
	ticket, err := a.Jobseekers.CheckSignInCode(ctx, edge.ActorFrom(ctx), in.Body.Phone, in.Body.Code)
	if err != nil {
		return nil, err
	}
	return &plain[Ticket]{Body: Ticket{Ticket: ticket}}, nil
}

type signInByPhone struct {
	UserAgent string `header:"User-Agent" hidden:"true"`
	Body      struct {
		Ticket string `json:"ticket" minLength:"1" maxLength:"100"`
		Secret string `json:"secret" minLength:"1" maxLength:"100"`
	}
}

func (a *API) signInByPhone(ctx context.Context, in *signInByPhone) (*one[User], error) {
	if err := edge.From(ctx).SpendSignIn(ctx, in.Body.Ticket); err != nil {
		return nil, err
	}
	id, err := a.Jobseekers.SignIn(ctx, edge.ActorFrom(ctx), in.Body.Ticket, in.Body.Secret)
	if err != nil {
		return nil, err
	}
	u, err := a.Accounts.ActorFor(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := edge.From(ctx).Enter(ctx, u, "", in.UserAgent); err != nil {
		return nil, err
	}
	return record(u.Version, userOut(u)), nil
}
