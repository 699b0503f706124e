package edge

import (
	"context"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// authenticate finds who asks. A bearer token that is not good is refused; a
// session whose account ended is a visitor again.
func (e *Edge) authenticate(c *gin.Context) {
	ctx := c.Request.Context()
	if header := c.GetHeader("Authorization"); header != "" {
		scheme, secret, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			e.Refuse(c, domain.Unauthenticated("edge.authenticate"))
			return
		}
		user, actor, err := e.tokens.Authenticate(ctx, strings.TrimSpace(secret))
		if err != nil {
			e.Refuse(c, err)
			return
		}
		c.Request = c.Request.WithContext(context.WithValue(withUser(ctx, user, actor), bearerKey, true))
		c.Next()
		return
	}
	id := e.sessions.GetString(ctx, sessionUser)
	if id == "" {
		c.Next()
		return
	}
	user, err := e.accounts.ActorFor(ctx, domain.ID(id))
	switch domain.KindOf(err) {
	case domain.KindNotFound, domain.KindUnauthenticated:
		if err := e.forget(ctx); err != nil {
			e.Refuse(c, err)
			return
		}
		c.Next()
		return
	}
	if err != nil {
		e.Refuse(c, err)
		return
	}
	c.Request = c.Request.WithContext(withUser(ctx, user, user.Actor()))
	c.Next()
}

func withUser(ctx context.Context, user identity.User, actor domain.Actor) context.Context {
	return WithActor(context.WithValue(ctx, userKey, user), actor)
}

// Refuse ends the request with a problem.
func (e *Edge) Refuse(c *gin.Context, err error) {
	e.writeProblem(c.Writer, c.Request, err)
	c.Abort()
}
