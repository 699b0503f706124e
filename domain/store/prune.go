package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
)

// prunable names rows that have served: repeats of a request are answered for
// 30 days, sessions are told for 30 days after their end, one-time codes and
// unfinished forms end with their time.
var prunable = []string{
	`DELETE FROM idempotency WHERE created_at < ?::timestamptz - interval '30 days'`,
	`DELETE FROM sessions WHERE least(expires_at, coalesce(killed_at, expires_at)) < ?::timestamptz - interval '30 days'`,
	`DELETE FROM one_time_codes WHERE expires_at < ?::timestamptz - interval '1 day'`,
	`DELETE FROM budgets WHERE full_at < ?`,
	`DELETE FROM spent_work WHERE expires_at < ?`,
	`DELETE FROM kept_pages WHERE expires_at < ?`,
	`DELETE FROM candidate_views WHERE day < ?::timestamptz::date - 90`,
	`DELETE FROM sign_up_notes WHERE at < ?::timestamptz - interval '180 days'`,
	`DELETE FROM known_devices WHERE expires_at < ?`,
	// Who came of age keeps nothing of when: no day means any work, also in the index.
	`WITH grown AS (UPDATE persons SET adult_on = NULL WHERE adult_on <= (?::timestamptz AT TIME ZONE 'UTC')::date RETURNING id)
		INSERT INTO search_changes (kind, record_id) SELECT '` + searchPerson + `', id FROM grown`,
}

// prunableSubjects are rows that have keys of their own: these go with them.
var prunableSubjects = []string{
	withTheirKeys("resume_tickets", "expires_at < ?::timestamptz - interval '1 day'"),
	withTheirKeys("messages", "state = 'dropped' AND template = 'sms.code' AND created_at < ?::timestamptz - interval '1 day'"),
	withTheirKeys("registration_drafts", "expires_at < ?"),
}

// PruneRequests removes what requests left behind and nobody needs any more at
// that time. It says how many rows went.
func (d *DB) PruneRequests(ctx context.Context, now time.Time) (int, error) {
	gone := 0
	for _, statement := range prunable {
		err := d.InTx(ctx, system, func(t domain.Tx) error {
			result := on(ctx, t).Exec(statement, now)
			gone += int(result.RowsAffected)
			return fault("store.PruneRequests", result.Error)
		})
		if err != nil {
			return gone, err
		}
	}
	for _, query := range prunableSubjects {
		err := d.InTx(ctx, system, func(t domain.Tx) error {
			var n int
			err := on(ctx, t).Raw(query, now).Scan(&n).Error
			gone += n
			return fault("store.PruneRequests", err)
		})
		if err != nil {
			return gone, err
		}
	}
	return gone, nil
}
