package edge

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/seal"
)

// Keys of what a session holds.
const (
	sessionUser   = "user_id"
	sessionDevice = "device"
	sessionSaid   = "said"
)

func newSessionManager(c Config, store identity.SessionStore, ids domain.IDs, clock domain.Clock) *scs.SessionManager {
	m := scs.New()
	m.Lifetime = c.MaxLifetime
	m.IdleTimeout = c.IdleExpiry
	m.Store = &sessionStore{store: store, ids: ids, clock: clock, codec: m.Codec}
	m.Cookie.Name = cookieName(c.Secure, "baara_session")
	m.Cookie.Secure = c.Secure
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Path = "/"
	return m
}

// SessionHash is the hash of the session that asks, as the database knows it; "" without one. It tells which of one's
// devices this is.
func (e *Edge) SessionHash(ctx context.Context) string {
	token := e.sessions.Token(ctx)
	if token == "" {
		return ""
	}
	return seal.HashToken(token)
}

// Say keeps a message key to show once on the next page: "saved".
func (e *Edge) Say(ctx context.Context, key string) { e.sessions.Put(ctx, sessionSaid, key) }

// Said gives the message kept for this page and forgets it.
func (e *Edge) Said(ctx context.Context) string { return e.sessions.PopString(ctx, sessionSaid) }

// deviceName tells one's own devices apart in a list, without keeping the
// whole user agent, which would identify.
func deviceName(userAgent string) string {
	for _, name := range []string{"Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux"} {
		if strings.Contains(userAgent, name) {
			return name
		}
	}
	return ""
}

// sessionStore adapts the sessions table to the session library. Tokens are
// hashed before they reach the database.
type sessionStore struct {
	store identity.SessionStore
	ids   domain.IDs
	clock domain.Clock
	codec scs.Codec
}

// Find and the other methods without a context exist for the library's
// interface only; it calls the ones with a context.
func (s *sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit stores a session.
func (s *sessionStore) Commit(token string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expiry)
}

// Delete ends a session.
func (s *sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// FindCtx gives the data of a live session.
func (s *sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	session, err := s.store.LiveSession(ctx, seal.HashToken(token), s.clock.Now())
	if domain.KindOf(err) == domain.KindNotFound {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return session.Data, true, nil
}

// CommitCtx writes the session, with its user beside the data so that a
// person's sessions can be listed and ended.
func (s *sessionStore) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	_, values, err := s.codec.Decode(b)
	if err != nil {
		return fmt.Errorf("edge: session data: %w", err)
	}
	user, _ := values[sessionUser].(string)
	device, _ := values[sessionDevice].(string)
	now := s.clock.Now()
	return s.store.SaveSession(ctx, identity.Session{
		ID: s.ids.New(), TokenHash: seal.HashToken(token), UserID: domain.ID(user), Device: device,
		Data: b, CreatedAt: now, LastSeen: now, ExpiresAt: expiry.UTC(),
	})
}

// DeleteCtx ends the session.
func (s *sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.store.EndSession(ctx, seal.HashToken(token))
}
