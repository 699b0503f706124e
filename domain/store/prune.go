package store

import (
	"context"

	"github.com/baara-platform/baara/domain"
)

// prunable names rows that have served: repeats of a request are answered for
// 30 days, sessions are told for 30 days after their end, one-time codes and
// unfinished forms end with their time.
var prunable = []string{
	`DELETE FROM idempotency WHERE created_at < now() - interval '30 days'`,
	`DELETE FROM sessions WHERE least(expires_at, coalesce(killed_at, expires_at)) < now() - interval '30 days'`,
	`DELETE FROM one_time_codes WHERE expires_at < now() - interval '1 day'`,
	`DELETE FROM resume_tickets WHERE expires_at < now() - interval '1 day'`,
	`DELETE FROM budgets WHERE full_at < now()`,
	`DELETE FROM known_devices WHERE expires_at < now()`,
	`DELETE FROM messages WHERE state = 'dropped' AND template = 'sms.code' AND created_at < now() - interval '1 day'`,
	`DELETE FROM registration_drafts WHERE expires_at < now()`,
}

// PruneRequests removes what requests left behind and nobody needs any more.
// It says how many rows went.
func (d *DB) PruneRequests(ctx context.Context) (int, error) {
	gone := 0
	for _, statement := range prunable {
		err := d.InTx(ctx, system, func(t domain.Tx) error {
			result := on(ctx, t).Exec(statement)
			gone += int(result.RowsAffected)
			return fault("store.PruneRequests", result.Error)
		})
		if err != nil {
			return gone, err
		}
	}
	return gone, nil
}
