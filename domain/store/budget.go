package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain/identity"
)

// Budgets implements identity.BudgetStore. It serves requests before an actor
// is known, outside the transactions of acts: a try counts also when what it
// tried is taken back.
type Budgets struct{ db *DB }

// Budgets keeps how often something was tried. What callers hash may be a
// phone, of which there are too few: it is hashed again, with the key.
func (d *DB) Budgets() Budgets { return Budgets{d} }

// Spend takes one from a key's budget in a single statement, so that servers
// side by side count together. It gives how long to wait when nothing is left.
func (b Budgets) Spend(ctx context.Context, key string, rate identity.Rate, now time.Time) (time.Duration, error) {
	const op = "store.Spend"
	key = b.db.vault.hash("budget", key)
	g := b.db.system.gorm.WithContext(ctx)
	most := now.Add(rate.Every * time.Duration(rate.Burst))
	var full []time.Time
	err := g.Raw(`INSERT INTO budgets AS b (key, full_at) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET full_at = greatest(b.full_at, ?::timestamptz) + ? * interval '1 microsecond'
		WHERE greatest(b.full_at, ?::timestamptz) + ? * interval '1 microsecond' <= ?::timestamptz RETURNING full_at`,
		key, now.Add(rate.Every), now, rate.Every.Microseconds(), now, rate.Every.Microseconds(), most).Scan(&full).Error
	if err != nil || len(full) > 0 {
		return 0, fault(op, err)
	}
	if err := g.Raw(`SELECT full_at FROM budgets WHERE key = ?`, key).Scan(&full).Error; err != nil {
		return 0, fault(op, err)
	}
	if len(full) == 0 { // pruned in between: it is full
		return 0, nil
	}
	return max(full[0].Add(rate.Every).Sub(most), time.Second), nil
}

// KnownDevice tells whether an account was signed in on a browser before.
func (b Budgets) KnownDevice(ctx context.Context, device, account string, now time.Time) (bool, error) {
	var n int
	err := b.db.system.gorm.WithContext(ctx).Raw(`SELECT count(*) FROM known_devices WHERE device_hash = ? AND account_hash = ? AND expires_at > ?`,
		device, b.db.vault.hash("device's account", account), now).Scan(&n).Error
	return n > 0, fault("store.KnownDevice", err)
}

// NoteDevice remembers that an account was signed in on a browser.
func (b Budgets) NoteDevice(ctx context.Context, device, account string, until time.Time) error {
	return fault("store.NoteDevice", b.db.system.gorm.WithContext(ctx).Exec(`INSERT INTO known_devices (device_hash, account_hash, expires_at) VALUES (?, ?, ?)
		ON CONFLICT (device_hash, account_hash) DO UPDATE SET expires_at = excluded.expires_at`, device,
		b.db.vault.hash("device's account", account), until).Error)
}
