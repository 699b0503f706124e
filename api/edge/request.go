package edge

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/gin-gonic/gin"
)

// LanguageCookie remembers the language somebody chose on a page.
const LanguageCookie = "baara_lang"

// identifyRequest names the request, finds the reader's language and writes
// the access log: the route's pattern, never the path or the query.
func (e *Edge) identifyRequest(c *gin.Context) {
	start := e.clock.Now()
	id := string(e.ids.New())
	remembered := ""
	if cookie, err := c.Request.Cookie(LanguageCookie); err == nil {
		remembered = cookie.Value
	}
	tag := e.catalogue.Negotiate(c.Query("l"), remembered, c.GetHeader("Accept-Language"))
	ctx := context.WithValue(c.Request.Context(), requestKey, id)
	ctx = context.WithValue(ctx, edgeKey, e)
	ctx = context.WithValue(ctx, addressKey, c.ClientIP())
	ctx = context.WithValue(ctx, answerKey, c.Writer.Header())
	if cookie, err := c.Request.Cookie(cookieName(e.config.Secure, "baara_device")); err == nil {
		ctx = context.WithValue(ctx, deviceKey, cookie.Value)
	}
	ctx = context.WithValue(ctx, localizerKey, e.catalogue.For(tag))
	c.Request = c.Request.WithContext(ctx)
	c.Header("X-Request-Id", id)
	c.Header("Content-Language", string(tag))
	c.Next()
	route := c.FullPath()
	if route == "" {
		route = "none"
	}
	e.log.Info("request",
		"id", id, "method", methodOf(c.Request), "route", route, "status", c.Writer.Status(),
		"bytes", max(0, c.Writer.Size()), "ms", e.clock.Now().Sub(start).Milliseconds(),
		"role", string(ActorFrom(c.Request.Context()).Role))
}

// recoverPanic turns a mistake of the program into an internal error.
func (e *Edge) recoverPanic(c *gin.Context) {
	defer func() {
		if v := recover(); v != nil {
			e.log.Error("panic", "id", RequestIDFrom(c.Request.Context()), "what", fmt.Sprint(v), "stack", string(debug.Stack()))
			if !c.Writer.Written() {
				e.writeProblem(c.Writer, c.Request, fmt.Errorf("edge: panic in %s", c.FullPath()))
			}
			c.Abort()
		}
	}()
	c.Next()
}
