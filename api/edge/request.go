package edge

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/gin-gonic/gin"
)

// LanguageCookie remembers the language somebody chose.
const LanguageCookie = "lang"

// identifyRequest names the request, finds the reader's language and writes
// the access log: the route's pattern, never the path or the query.
func (e *Edge) identifyRequest(c *gin.Context) {
	start := e.clock.Now()
	id := string(e.ids.New())
	remembered := ""
	if cookie, err := c.Request.Cookie(LanguageCookie); err == nil {
		remembered = cookie.Value
	}
	asked := c.Query("l")
	tag := e.catalogue.Negotiate(asked, remembered, c.GetHeader("Accept-Language"))
	if known, ok := e.catalogue.Known(asked); ok && string(known) != remembered {
		http.SetCookie(c.Writer, &http.Cookie{
			Name: LanguageCookie, Value: string(known), Path: "/", MaxAge: 365 * 24 * 3600,
			HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: e.config.Secure,
		})
	}
	ctx := context.WithValue(c.Request.Context(), requestKey, id)
	ctx = context.WithValue(ctx, edgeKey, e)
	ctx = context.WithValue(ctx, addressKey, c.ClientIP())
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
		"id", id, "method", c.Request.Method, "route", route, "status", c.Writer.Status(),
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
