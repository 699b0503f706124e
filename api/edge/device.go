package edge

import (
	"context"
	"net/http"
	"time"

	"github.com/baara-platform/baara/domain/seal"
)

// deviceLife is how long a browser counts as one's usual one after signing in.
const deviceLife = 180 * 24 * time.Hour

// cookieName prefixes a cookie that only this host may have set. Browsers take
// such names over TLS alone; on plain loopback the name stands as it is.
func cookieName(secure bool, name string) string {
	if secure {
		return "__Host-" + name
	}
	return name
}

// deviceFrom is the hash of the secret that marks a browser somebody signed in
// on; "" for others. It says nothing about who, and lets nobody in.
func (e *Edge) deviceFrom(ctx context.Context) string {
	secret, _ := ctx.Value(deviceKey).(string)
	if secret == "" {
		return ""
	}
	return seal.HashToken(secret)
}

// noteDevice remembers that what was typed signed in on this browser.
func (e *Edge) noteDevice(ctx context.Context, accountHash string) error {
	header, ok := ctx.Value(answerKey).(http.Header)
	if !ok || e.budgets == nil || accountHash == "" {
		return nil
	}
	secret, _ := ctx.Value(deviceKey).(string)
	if secret == "" {
		secret = seal.Secret()
	}
	cookie := &http.Cookie{
		Name: cookieName(e.config.Secure, "baara_device"), Value: secret, Path: "/", MaxAge: int(deviceLife.Seconds()),
		HttpOnly: true, Secure: e.config.Secure, SameSite: http.SameSiteLaxMode,
	}
	header.Add("Set-Cookie", cookie.String())
	return e.budgets.NoteDevice(ctx, seal.HashToken(secret), accountHash, e.clock.Now().Add(deviceLife))
}
