package watch

import (
	"context"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Decide ends a complaint. The reason is for the service: the employer reads
// the outcome and never the words.
type Decide struct {
	ID      domain.ID
	Version int
	Founded bool
	Reason  string
}

// Decide shows the vacancy again when no other complaint holds it, or withdraws
// it, takes the employer's verification back and hides what else it offers.
func (s *Complaints) Decide(ctx context.Context, actor domain.Actor, in Decide) (Complaint, error) {
	const op = "watch.Decide"
	in.Reason = strings.TrimSpace(in.Reason)
	var out Complaint
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		c, err := s.d.Complaints.Complaint(ctx, tx, in.ID)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.ComplaintDecide, in.ID, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.ComplaintDecide, c.Facts()); err != nil {
			return err
		}
		v, err := s.d.Vacancies.VacancyForUpdate(ctx, tx, c.VacancyID) // the first lock, as when complaining
		if err != nil {
			return err
		}
		if c, err = s.d.Complaints.ForUpdate(ctx, tx, in.ID); err != nil {
			return err
		}
		if in.Version != 0 && in.Version != c.Version {
			return domain.Stale(op)
		}
		var bad domain.Fields
		bad.Check(len([]rune(in.Reason)) <= MaxWords, "reason", "error.too_long", "Max", MaxWords)
		if err := bad.Err(op); err != nil {
			return err
		}
		name := Dismiss
		if in.Founded {
			name = Uphold
		}
		c.Reason, c.DecidedBy, c.DecidedAt = in.Reason, actor.UserID, s.d.Clock.Now()
		if out, err = s.move(ctx, tx, actor, c, name, in.Reason); err != nil {
			return err
		}
		tx.Outcome("complaint", out.ID, out.Version)
		if !in.Founded {
			return s.d.Stops.GoOnIn(ctx, tx, actor, v)
		}
		if err := s.d.Stops.EndIn(ctx, tx, actor, v); err != nil || v.OrganisationID.IsZero() {
			return err
		}
		return s.d.Doubts.DoubtIn(ctx, tx, v.OrganisationID)
	})
	if err != nil {
		return Complaint{}, err
	}
	return out, nil
}
