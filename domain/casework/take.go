package casework

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Take opens a file for a registered person with the actor as referent. A
// registration still in the intake queue becomes active in the same
// transaction. Somebody with an open file already is Conflict.
func (s *Files) Take(ctx context.Context, actor domain.Actor, personID domain.ID) (CaseFile, error) {
	const op = "casework.Take"
	var out CaseFile
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		reg, err := s.d.Registrations.RegistrationForUpdate(ctx, tx, personID)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.CaseTake, personID, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.CaseTake, reg.Facts()); err != nil {
			return err
		}
		_, err = s.d.Cases.LiveCaseOf(ctx, tx, personID)
		if err == nil {
			return domain.Conflict(op, "error.case.open_already")
		}
		if domain.KindOf(err) != domain.KindNotFound {
			return err
		}
		if _, err := s.d.Acceptance.AcceptIn(ctx, tx, actor, personID); err != nil {
			return err
		}
		p, err := s.d.People.Get(ctx, tx, personID)
		if err != nil {
			return err
		}
		now := s.d.Clock.Now()
		out = CaseFile{
			ID: s.d.IDs.New(), PersonID: personID, OwnerID: actor.UserID, AgencyID: reg.AgencyID,
			Stage: Assessment, OpenedAt: now, Demo: p.Demo, Version: 1,
		}
		if err := s.d.Cases.InsertCase(ctx, tx, out); err != nil {
			return err
		}
		step := domain.StepBy(actor, s.d.IDs.New(), out.ID, now)
		step.Transition, step.To = "take", Assessment
		if err := s.d.History.Append(ctx, tx, step); err != nil {
			return err
		}
		tx.Outcome("case", out.ID, out.Version)
		return nil
	})
	if err != nil {
		return CaseFile{}, err
	}
	return out, nil
}

// AssignFile gives a file to a colleague of the same agency.
type AssignFile struct {
	ID      domain.ID
	Version int
	OwnerID domain.ID
	Reason  string
}

// Assign changes the referent. The new one must work at the file's agency.
func (s *Files) Assign(ctx context.Context, actor domain.Actor, in AssignFile) (CaseFile, error) {
	const op = "casework.Assign"
	return s.change(ctx, actor, access.CaseAssign, in.ID, in.Version, func(ctx context.Context, tx domain.Tx, c *CaseFile) (domain.Step, error) {
		agency, err := s.d.Colleagues.AgencyOf(ctx, tx, in.OwnerID)
		if domain.KindOf(err) == domain.KindNotFound || err == nil && agency != c.AgencyID {
			return domain.Step{}, domain.Invalid(op, domain.Field("owner", "error.case.not_colleague"))
		}
		if err != nil {
			return domain.Step{}, err
		}
		if in.OwnerID == c.OwnerID {
			return domain.Step{}, domain.Conflict(op, "error.case.same_owner")
		}
		c.OwnerID = in.OwnerID
		return domain.Step{Transition: "assign", From: c.Stage, To: c.Stage, Reason: in.Reason}, nil
	})
}

// change is the frame of every change of a file: load, authorise, version,
// rule, save, history.
func (s *Files) change(ctx context.Context, actor domain.Actor, action access.Action, id domain.ID, version int,
	rule func(context.Context, domain.Tx, *CaseFile) (domain.Step, error)) (CaseFile, error) {
	var out CaseFile
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		c, err := s.d.Cases.CaseForUpdate(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, action, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, action, c.Facts()); err != nil {
			return err
		}
		if version != c.Version {
			return domain.Stale("casework.change")
		}
		told, err := rule(ctx, tx, &c)
		if err != nil {
			return err
		}
		if err := s.d.Cases.SaveCase(ctx, tx, c); err != nil {
			return err
		}
		c.Version++
		step := domain.StepBy(actor, s.d.IDs.New(), c.ID, s.d.Clock.Now())
		step.Transition, step.From, step.To, step.Reason = told.Transition, told.From, told.To, told.Reason
		if err := s.d.History.Append(ctx, tx, step); err != nil {
			return err
		}
		tx.Outcome("case", c.ID, c.Version)
		out = c
		return nil
	})
	if err != nil {
		return CaseFile{}, err
	}
	return out, nil
}
