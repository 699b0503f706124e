package edge

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/lang"
)

type contextKey int

const (
	actorKey contextKey = iota
	userKey
	requestKey
	localizerKey
	nonceKey
	edgeKey
	addressKey
	answerKey // the answer's headers
	deviceKey // the secret of a browser somebody signed in on
	bearerKey // an API token asks, no session
	headKey   // a HEAD, served as a GET
)

// ActorFrom gives who asks: the session's or token's account, else a visitor.
func ActorFrom(ctx context.Context) domain.Actor {
	actor, ok := ctx.Value(actorKey).(domain.Actor)
	if !ok {
		actor = domain.Anonymous()
	}
	actor.RequestID = RequestIDFrom(ctx)
	return actor
}

// WithActor puts an actor into a context.
func WithActor(ctx context.Context, actor domain.Actor) context.Context {
	return context.WithValue(ctx, actorKey, actor)
}

// UserFrom gives the signed-in account, for its name and language.
func UserFrom(ctx context.Context) (identity.User, bool) {
	user, ok := ctx.Value(userKey).(identity.User)
	return user, ok
}

// RequestIDFrom gives the request's id, "" outside a request.
func RequestIDFrom(ctx context.Context) string {
	id, _ := ctx.Value(requestKey).(string)
	return id
}

// LocalizerFrom gives the reader's language. Every request has one.
func LocalizerFrom(ctx context.Context) *lang.Localizer {
	l, _ := ctx.Value(localizerKey).(*lang.Localizer)
	return l
}

// NonceFrom gives the nonce that scripts and styles of this answer must carry.
func NonceFrom(ctx context.Context) string {
	nonce, _ := ctx.Value(nonceKey).(string)
	return nonce
}

// From gives the edge that serves this request.
func From(ctx context.Context) *Edge {
	e, _ := ctx.Value(edgeKey).(*Edge)
	return e
}

// addressFrom gives the client's address as far as declared proxies say it.
func addressFrom(ctx context.Context) string {
	address, _ := ctx.Value(addressKey).(string)
	return address
}
