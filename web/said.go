package web

import (
	"net/http"
	"time"

	"github.com/baara-platform/baara/domain/lang"
)

// saidLife is how long the message of a redirect waits for its page.
const saidLife = time.Minute

// said takes the message left by the redirect that led here. The cookie holds a message key only, so that nobody can
// make a page say something of their own.
func (s *Site) said(c *Context) string {
	cookie, err := c.Request.Cookie(saidCookie)
	if err != nil || !lang.IsKey(cookie.Value) || !c.Has(cookie.Value) {
		return ""
	}
	gone := s.cookie(saidCookie, "", 0)
	gone.MaxAge = -1
	http.SetCookie(c.writer, gone)
	return c.T(cookie.Value)
}
