package v1

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
)

// What is asked of a call before its input is looked at.

// signedIn turns visitors away from what is not public. Whether somebody may do
// the act to the record is the use-case's to decide.
func signedIn(ctx huma.Context, next func(huma.Context)) {
	if edge.ActorFrom(ctx.Context()).UserID.IsZero() {
		edge.From(ctx.Context()).Refuse(humagin.Unwrap(ctx), domain.Unauthenticated("v1.signedIn"))
		return
	}
	next(ctx)
}

// once makes the request's actor carry its Idempotency-Key, and counts the acts
// of visitors.
func once(ctx huma.Context, next func(huma.Context)) {
	c := humagin.Unwrap(ctx)
	e := edge.From(ctx.Context())
	if edge.ActorFrom(ctx.Context()).UserID.IsZero() {
		if err := e.SpendPublic(ctx.Context()); err != nil {
			e.Refuse(c, err)
			return
		}
	}
	keyed, err := edge.Once(c, c.GetHeader(onceHeader))
	if err != nil {
		e.Refuse(c, err)
		return
	}
	c.Request = c.Request.WithContext(keyed)
	next(ctx)
}

// based refuses a change that does not say which version it is based on.
func based(ctx huma.Context, next func(huma.Context)) {
	if ctx.Header("If-Match") == "" {
		edge.From(ctx.Context()).RefuseStatus(humagin.Unwrap(ctx), http.StatusPreconditionRequired)
		return
	}
	next(ctx)
}
