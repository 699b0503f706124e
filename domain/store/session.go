package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Sessions implements identity.SessionStore. The methods without a Tx serve
// every request's session cookie, before an actor is known.
type Sessions struct{ db *DB }

// Sessions keeps signed-in devices.
func (d *DB) Sessions() Sessions { return Sessions{db: d} }

type sessionRow struct {
	TokenHash  string `gorm:"primaryKey"`
	ID         string
	UserID     *string
	Data       []byte
	Device     string
	CreatedAt  time.Time
	LastSeenAt time.Time
	ExpiresAt  time.Time
	KilledAt   *time.Time
}

func (sessionRow) TableName() string { return "sessions" }

func sessionToRow(s identity.Session) sessionRow {
	return sessionRow{
		TokenHash: s.TokenHash, ID: string(s.ID), UserID: nullID(s.UserID), Data: s.Data, Device: s.Device,
		CreatedAt: s.CreatedAt, LastSeenAt: s.LastSeen, ExpiresAt: s.ExpiresAt, KilledAt: nullTime(s.KilledAt),
	}
}

func (r sessionRow) toDomain() identity.Session {
	return identity.Session{
		ID: domain.ID(r.ID), TokenHash: r.TokenHash, UserID: idOf(r.UserID), Device: r.Device, Data: r.Data,
		CreatedAt: r.CreatedAt.UTC(), LastSeen: r.LastSeenAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(), KilledAt: timeOf(r.KilledAt),
	}
}

// SaveSession writes a session by its token's hash. A killed session stays killed.
func (s Sessions) SaveSession(ctx context.Context, in identity.Session) error {
	row := sessionToRow(in)
	err := s.db.gorm.WithContext(ctx).Exec(`
		INSERT INTO sessions (token_hash, id, user_id, data, device, created_at, last_seen_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (token_hash) DO UPDATE SET user_id = excluded.user_id, data = excluded.data,
			last_seen_at = excluded.last_seen_at, expires_at = excluded.expires_at`,
		row.TokenHash, row.ID, row.UserID, row.Data, row.Device, row.CreatedAt, row.LastSeenAt, row.ExpiresAt).Error
	return fault("store.SaveSession", err)
}

// LiveSession gives the session of a token unless it ended or was killed.
func (s Sessions) LiveSession(ctx context.Context, tokenHash string, now time.Time) (identity.Session, error) {
	var row sessionRow
	err := s.db.gorm.WithContext(ctx).
		Where("token_hash = ? AND killed_at IS NULL AND expires_at > ?", tokenHash, now).Take(&row).Error
	if err != nil {
		return identity.Session{}, fault("store.LiveSession", err)
	}
	return row.toDomain(), nil
}

// EndSession forgets a session; an unknown one is no error.
func (s Sessions) EndSession(ctx context.Context, tokenHash string) error {
	return fault("store.EndSession", s.db.gorm.WithContext(ctx).Exec(`DELETE FROM sessions WHERE token_hash = ?`, tokenHash).Error)
}

// SessionsOf lists a user's live sessions, newest first.
func (s Sessions) SessionsOf(ctx context.Context, t domain.Tx, user domain.ID, now time.Time) ([]identity.Session, error) {
	var rows []sessionRow
	err := on(ctx, t).Where("user_id = ? AND killed_at IS NULL AND expires_at > ?", string(user), now).
		Order("created_at DESC").Find(&rows).Error
	if err != nil {
		return nil, fault("store.SessionsOf", err)
	}
	out := make([]identity.Session, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, nil
}

// SessionByID implements identity.SessionStore.
func (s Sessions) SessionByID(ctx context.Context, t domain.Tx, id domain.ID) (identity.Session, error) {
	var row sessionRow
	if err := on(ctx, t).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return identity.Session{}, fault("store.SessionByID", err)
	}
	return row.toDomain(), nil
}

// KillSession ends a session for its device.
func (s Sessions) KillSession(ctx context.Context, t domain.Tx, id domain.ID, now time.Time) error {
	return fault("store.KillSession", on(ctx, t).Exec(`UPDATE sessions SET killed_at = ? WHERE id = ? AND killed_at IS NULL`, now, string(id)).Error)
}

// KillSessionsOf ends a user's sessions but one.
func (s Sessions) KillSessionsOf(ctx context.Context, t domain.Tx, user domain.ID, keep string, now time.Time) error {
	return fault("store.KillSessionsOf", on(ctx, t).Exec(`UPDATE sessions SET killed_at = ? WHERE user_id = ? AND token_hash <> ? AND killed_at IS NULL`,
		now, string(user), keep).Error)
}
