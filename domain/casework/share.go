package casework

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// ShareFile lets a colleague or an agency in until a time.
type ShareFile struct {
	ID       domain.ID
	UserID   domain.ID
	AgencyID domain.ID
	Reason   string
	Until    time.Time
}

// MaxShareDays bounds a share.
const MaxShareDays = 180

// Share opens the file to somebody else for a while; the owner stays.
func (s *Files) Share(ctx context.Context, actor domain.Actor, in ShareFile) (Share, error) {
	const op = "casework.Share"
	now := s.d.Clock.Now()
	var f domain.Fields
	f.Check(in.UserID.IsZero() != in.AgencyID.IsZero(), "with", "error.required")
	f.Check(in.Until.After(now) && in.Until.Before(now.AddDate(0, 0, MaxShareDays+1)), "until", "error.range", "Min", 1, "Max", MaxShareDays)
	if err := f.Err(op); err != nil {
		return Share{}, err
	}
	share := Share{
		ID: s.d.IDs.New(), CaseID: in.ID, UserID: in.UserID, AgencyID: in.AgencyID, Reason: in.Reason,
		Since: now, Until: in.Until, SharedBy: actor.UserID,
	}
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		c, err := s.d.Cases.CaseForUpdate(ctx, tx, in.ID)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.CaseShare, in.ID, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.CaseShare, c.Facts()); err != nil {
			return err
		}
		if err := s.d.Cases.InsertShare(ctx, tx, share); err != nil {
			return err
		}
		tx.Outcome("case", c.ID, c.Version)
		return s.keepStep(ctx, tx, actor, c, "share", in.Reason)
	})
	return share, err
}

// EndShare ends a share before its time: who gave it, the referent, the lead.
// Access ends with the commit.
func (s *Files) EndShare(ctx context.Context, actor domain.Actor, file, share domain.ID) error {
	const op = "casework.EndShare"
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		c, err := s.d.Cases.CaseForUpdate(ctx, tx, file)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.CaseUnshare, file, err)
		}
		now := s.d.Clock.Now()
		given, err := s.d.Cases.Share(ctx, tx, c.ID, share)
		facts := c.Facts()
		facts.AuthorID = given.SharedBy
		if err := s.d.Policy.Authorise(tx, actor, access.CaseUnshare, facts); err != nil {
			return err
		}
		if err != nil {
			return err
		}
		if !now.Before(given.Until) {
			return domain.Conflict(op, "error.case.share_over")
		}
		if err := s.d.Cases.EndShare(ctx, tx, given.ID, actor.UserID, now); err != nil {
			return err
		}
		tx.Outcome("case", c.ID, c.Version)
		return s.keepStep(ctx, tx, actor, c, "unshare", "")
	})
}

// keepStep keeps something that happened to a file and left its stage.
func (s *Files) keepStep(ctx context.Context, tx domain.Tx, actor domain.Actor, c CaseFile, name, reason string) error {
	step := domain.StepBy(actor, s.d.IDs.New(), c.ID, s.d.Clock.Now())
	step.Transition, step.From, step.To, step.Reason = name, c.Stage, c.Stage, reason
	return s.d.History.Append(ctx, tx, step)
}
