package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
)

// heldMerged gives the files that became one with somebody's, the newest first.
func heldMerged(ctx context.Context, t domain.Tx, person domain.ID) ([]rights.MergedFile, error) {
	var rows []struct { // one a kind of what was brought; "" where nothing was
		ID, Reference     string
		MadeAt, Until     time.Time
		UndoneAt, FinalAt *time.Time
		Kind              string
		Number            int
	}
	if err := on(ctx, t).Raw(`SELECT * FROM rls.merged_files(?)`, string(person)).Scan(&rows).Error; err != nil {
		return nil, fault("store.heldMerged", err)
	}
	var out []rights.MergedFile
	last := ""
	for _, r := range rows {
		if r.ID != last {
			out = append(out, rights.MergedFile{
				Reference: r.Reference, At: r.MadeAt.UTC(), UndoableUntil: r.Until.UTC(), UndoneAt: timeOf(r.UndoneAt), FinalAt: timeOf(r.FinalAt),
			})
			last = r.ID
		}
		if file := &out[len(out)-1]; r.Kind != "" {
			file.Brought = append(file.Brought, rights.Brought{Record: r.Kind, Number: r.Number})
		}
	}
	return out, nil
}
