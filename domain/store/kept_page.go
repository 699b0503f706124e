package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// KeptPages implements identity.KeptStore. It serves requests beside the
// transactions of acts: an act that was refused leaves its page all the same.
type KeptPages struct{ db *DB }

// KeptPages keeps answers to forms until their browsers read them.
func (d *DB) KeptPages() KeptPages { return KeptPages{d} }

// Keep implements identity.KeptStore.
func (k KeptPages) Keep(ctx context.Context, p identity.KeptPage, bounds identity.KeptBounds, now time.Time) error {
	const op = "store.Keep"
	g := k.db.system.gorm.WithContext(ctx)
	var session *string
	if p.SessionHash != "" {
		session = &p.SessionHash
	}
	made := g.Exec(`INSERT INTO kept_pages (key_hash, owner, session_hash, place, sealed, expires_at)
		SELECT ?, ?, ?::text, ?, ?::bytea, ?::timestamptz
		WHERE ?::text IS NOT NULL OR (SELECT count(*) FROM (SELECT 1 FROM kept_pages WHERE session_hash IS NULL AND expires_at > ? LIMIT ?) one) < ?`,
		p.KeyHash, p.Owner, session, p.Place, p.Sealed, p.ExpiresAt, session, now, bounds.Visitors, bounds.Visitors)
	if made.Error != nil {
		return fault(op, made.Error)
	}
	if made.RowsAffected == 0 {
		return domain.TooMany(op, "")
	}
	return fault(op, g.Exec(`DELETE FROM kept_pages WHERE owner = ? AND key_hash IN (
		SELECT key_hash FROM kept_pages WHERE owner = ? ORDER BY expires_at DESC, key_hash OFFSET ?)`, p.Owner, p.Owner, bounds.Each).Error)
}

// Kept implements identity.KeptStore.
func (k KeptPages) Kept(ctx context.Context, keyHash, owner string, now time.Time) ([]byte, error) {
	const op = "store.Kept"
	var found [][]byte
	err := k.db.system.gorm.WithContext(ctx).
		Raw(`SELECT sealed FROM kept_pages WHERE key_hash = ? AND owner = ? AND expires_at > ?`, keyHash, owner, now).Scan(&found).Error
	if err != nil {
		return nil, fault(op, err)
	}
	if len(found) == 0 {
		return nil, domain.NotFound(op)
	}
	return found[0], nil
}

// Unchanged implements identity.KeptStore.
func (k KeptPages) Unchanged(ctx context.Context, people []domain.ID, since, now time.Time) (bool, error) {
	var same bool
	ids := texts(people)
	err := k.db.system.gorm.WithContext(ctx).Raw(`SELECT (SELECT count(*) FROM persons WHERE id = ANY(?::uuid[])) = ?
		AND NOT EXISTS (SELECT 1 FROM consents WHERE person_id = ANY(?::uuid[])
			AND (withdrawn_at >= ? AND NOT replaced OR withdrawn_at IS NULL AND expires_at BETWEEN ? AND ?))`,
		ids, len(people), ids, since, since, now).Scan(&same).Error
	return same, fault("store.Unchanged", err)
}

// Forget implements identity.KeptStore.
func (k KeptPages) Forget(ctx context.Context, owner, place string) error {
	return fault("store.Forget", k.db.system.gorm.WithContext(ctx).
		Exec(`DELETE FROM kept_pages WHERE owner = ? AND (? = '' OR place = ?)`, owner, place, place).Error)
}
