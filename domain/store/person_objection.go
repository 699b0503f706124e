package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
)

// StatisticsObjection implements person.Store.
func (Persons) StatisticsObjection(ctx context.Context, t domain.Tx, id domain.ID) (time.Time, error) {
	var rows []struct{ StatisticsObjectedAt *time.Time }
	err := on(ctx, t).Raw(`SELECT statistics_objected_at FROM persons WHERE id = ?`, string(id)).Scan(&rows).Error
	if err == nil && len(rows) == 0 {
		return time.Time{}, domain.NotFound("store.StatisticsObjection")
	}
	if err != nil {
		return time.Time{}, fault("store.StatisticsObjection", err)
	}
	return timeOf(rows[0].StatisticsObjectedAt), nil
}

// SaveStatisticsObjection implements person.Store. It is no change of the
// record: its version stays.
func (Persons) SaveStatisticsObjection(ctx context.Context, t domain.Tx, id domain.ID, since time.Time) error {
	return touched("store.SaveStatisticsObjection", on(ctx, t).Exec(`UPDATE persons SET statistics_objected_at = ? WHERE id = ?`, nullTime(since), string(id)))
}
