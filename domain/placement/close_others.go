package placement

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// CloseOthers names the applications somebody ticked after a hire.
type CloseOthers struct {
	VacancyID domain.ID
	IDs       []domain.ID // at most domain.MaxLimit
	Reason    string
}

// CloseOthers closes the ticked applications of one vacancy, all or none: they
// become obsolete. One of another vacancy is NotFound, one that ended
// meanwhile is Conflict.
func (s *Applications) CloseOthers(ctx context.Context, actor domain.Actor, in CloseOthers) ([]Application, error) {
	const op = "placement.CloseOthers"
	ids := slices.Clone(in.IDs)
	slices.Sort(ids) // two who tick the same people do not wait for each other in a circle
	ids = slices.Compact(ids)
	var bad domain.Fields
	bad.Check(len(ids) > 0, "applications", "error.required")
	bad.Check(len(ids) <= domain.MaxLimit, "applications", "error.too_many_choices", "Max", domain.MaxLimit)
	if err := bad.Err(op); err != nil {
		return nil, err
	}
	var out []Application
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		for _, id := range ids {
			a, err := s.d.Applications.ApplicationForUpdate(ctx, tx, id)
			if err != nil {
				return s.d.Policy.Unseen(tx, actor, access.ApplicationRespond, id, err)
			}
			if err := s.d.Policy.Authorise(tx, actor, access.ApplicationRespond, a.Facts()); err != nil {
				return err
			}
			if a.VacancyID != in.VacancyID {
				return domain.NotFound(op)
			}
			from := a.State
			if err := s.d.move(&a, actor.Role, "close", in.Reason); err != nil {
				return err
			}
			if err := s.d.save(ctx, tx, actor, &a, "close", from); err != nil {
				return err
			}
			out = append(out, a)
		}
		tx.Outcome("vacancy", in.VacancyID, 1)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
