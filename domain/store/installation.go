package store

import (
	"context"

	"github.com/baara-platform/baara/domain"
)

// Installation keeps facts about this installation, by key.
type Installation struct{ db *DB }

// Installation gives the facts about this installation.
func (d *DB) Installation() Installation { return Installation{d} }

// DemoKey is the fact that some of the data is invented: "yes" or missing.
const DemoKey = "demo"

// Get gives a fact, "" when it is not noted.
func (s Installation) Get(ctx context.Context, key string) (string, error) {
	var found []string
	err := s.db.View(ctx, system, func(t domain.Tx) error {
		return fault("store.Installation.Get", on(ctx, t).Raw(`SELECT value FROM installation WHERE key = ?`, key).Scan(&found).Error)
	})
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// Set notes a fact.
func (s Installation) Set(ctx context.Context, key, value string) error {
	return s.db.InTx(ctx, system, func(t domain.Tx) error {
		return fault("store.Installation.Set", on(ctx, t).Exec(`INSERT INTO installation (key, value) VALUES (?, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value).Error)
	})
}
