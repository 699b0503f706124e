package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
)

// Erasing takes subjects' keys away for good. In the transaction the key's row
// goes and its wrapping key is retired; what follows after the commit — the
// others are wrapped again under another, the wrapping key is destroyed — is a
// job, and the periodic sweep does it where the job is lost.
type Erasing struct {
	db   *DB
	jobs domain.Jobs
}

// Erasing gives what erases keys; jobs takes the work that follows.
func (d *DB) Erasing(jobs domain.Jobs) Erasing { return Erasing{d, jobs} }

// Erase takes the key of a subject away: once the transaction commits, nothing
// sealed for the subject is opened from this database, and once the job is done
// from no copy of it. A subject without a key is no error. It may wait for the
// wrapping of others to end: a second.
func (e Erasing) Erase(ctx context.Context, t domain.Tx, subject domain.ID) error {
	var under string
	if err := on(ctx, t).Raw(`SELECT coalesce(erase_key(?::uuid), '')`, string(subject)).Scan(&under).Error; err != nil {
		return fault("store.Erase", err)
	}
	e.db.vault.forget(subject)
	if under == "" {
		return nil
	}
	return e.jobs.Enqueue(ctx, t, domain.EmptyKey{WrappingID: under}, time.Time{})
}
