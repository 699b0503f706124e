package main

import (
	"cmp"
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/person"
)

// tellTransfers lets each agency with a counsellor be asked for one of its
// files by the next: found in the name register, as at any desk.
func (t *tale) tellTransfers(ctx context.Context) error {
	agencies := make([]domain.ID, 0, len(t.staff))
	for id := range t.staff {
		agencies = append(agencies, id)
	}
	slices.SortFunc(agencies, func(a, b domain.ID) int { return cmp.Compare(a, b) })
	if len(agencies) < 2 {
		return nil
	}
	t.ago(1)
	for i, agency := range agencies {
		asker := t.staff[agencies[(i+1)%len(agencies)]]
		files, err := t.core.Files.Caseload(ctx, t.staff[agency], casework.CaseFilter{Mine: true}, domain.Cursor{Limit: 1})
		if err != nil || len(files.Items) == 0 {
			return err
		}
		found, err := t.core.Jobseekers.Find(ctx, asker, files.Items[0].Reference, person.FindFilter{}, domain.Cursor{Limit: 1})
		if err != nil || len(found.Items) == 0 {
			return err
		}
		if _, err := t.core.Transfers.Ask(ctx, asker, casework.AskTransfer{
			Hint: found.Items[0].Hint, Reason: "Habite chez une parente près de notre agence depuis deux mois, et demande à être suivie ici.",
		}); err != nil {
			return err
		}
	}
	return nil
}
