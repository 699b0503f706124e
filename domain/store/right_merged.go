package store

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
)

// heldMerged gives the files that became one with somebody's, the newest first.
func heldMerged(ctx context.Context, t domain.Tx, person domain.ID) ([]rights.MergedFile, error) {
	made, err := Merges{}.MergesOf(ctx, t, person)
	if err != nil || len(made) == 0 {
		return nil, err
	}
	moves, err := Merges{}.Moves(ctx, t, person)
	if err != nil {
		return nil, err
	}
	var out []rights.MergedFile
	for _, m := range made {
		file := rights.MergedFile{Reference: m.Absorbed, At: m.At, Reason: m.Reason, UndoableUntil: m.Until, UndoneAt: m.UndoneAt, FinalAt: m.FinalAt}
		for _, v := range moves { // in the order of their kinds
			if v.MergeID != m.ID {
				continue
			}
			if n := len(file.Brought); n > 0 && file.Brought[n-1].Record == v.Kind {
				file.Brought[n-1].Number++
			} else {
				file.Brought = append(file.Brought, rights.Brought{Record: v.Kind, Number: 1})
			}
		}
		out = append(out, file)
	}
	return out, nil
}
