package edge

import (
	"context"
	"crypto/rand"
	"encoding/base64"

	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/domain"
)

// sameOrigin refuses unsafe requests that another site made a browser send.
func (e *Edge) sameOrigin(c *gin.Context) {
	if err := e.origins.Check(c.Request); err != nil {
		e.Refuse(c, domain.Forbidden("edge.sameOrigin"))
		return
	}
	c.Next()
}

// headers sets what every answer carries. Nothing comes from another origin;
// scripts and styles need the request's nonce or the site's own files.
func (e *Edge) headers(c *gin.Context) {
	var b [16]byte
	_, _ = rand.Read(b[:])
	nonce := base64.RawURLEncoding.EncodeToString(b[:])
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), nonceKey, nonce))
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self' 'nonce-"+nonce+"'; style-src 'self' 'nonce-"+nonce+
		"'; img-src 'self' data:; media-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "+
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
	if e.config.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	// Pages and answers about people are nobody's to keep; static files say otherwise themselves.
	h.Set("Cache-Control", "no-store")
	c.Next()
}
