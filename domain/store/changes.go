package store

import (
	"context"

	"github.com/baara-platform/baara/domain"
)

// Kinds of searchable records in the change feed.
const (
	searchPerson  = "person"
	searchVacancy = "vacancy"
)

// changed writes a row of the search feed and wakes its reader at commit.
// Every method that saves something searchable calls it in the same transaction.
func changed(ctx context.Context, t domain.Tx, kind string, ids ...domain.ID) error {
	if len(ids) == 0 {
		return nil
	}
	err := on(ctx, t).Exec(`INSERT INTO search_changes (kind, record_id) SELECT ?, unnest(?::uuid[])`, kind, idArray(ids)).Error
	if err == nil {
		err = on(ctx, t).Exec(`SELECT pg_notify('baara_search', '')`).Error
	}
	return fault("store.changed", err)
}
