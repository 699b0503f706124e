package store

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/watch"
)

// SpentWork implements watch.SpentStore.
type SpentWork struct{}

// SpentWork keeps which challenges were solved.
func (d *DB) SpentWork() SpentWork { return SpentWork{} }

// Spend implements watch.SpentStore. Of two at once the second waits for the
// first, and fails when that one holds.
func (SpentWork) Spend(ctx context.Context, t domain.Tx, s watch.Solved) (bool, error) {
	result := on(ctx, t).Exec(`INSERT INTO spent_work (hash, expires_at) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING`, s.Mark, s.ExpiresAt)
	return result.RowsAffected == 1, fault("store.Spend", result.Error)
}
