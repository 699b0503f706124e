package rights

import (
	"context"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Decide moves a request on: Take, Finish, Refuse or Withdraw.
type Decide struct {
	ID      domain.ID
	Version int // 0 for any
	Act     string
	Reason  string // of an answer: what was done, or why not. The person reads it
}

// Decide answers. Whoever is refused reads why, and how to complain to the
// authority; an objection to statistics that is refused counts no more, and so
// does one that is taken back.
func (s *Requests) Decide(ctx context.Context, actor domain.Actor, in Decide) (Request, error) {
	const op = "rights.Decide"
	in.Reason = strings.TrimSpace(in.Reason)
	action := access.RequestHandle
	if in.Act == Withdraw {
		action = access.RequestWithdraw
	}
	var out Request
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		r, err := s.locked(ctx, tx, op, actor, action, in.ID, in.Version)
		if err != nil {
			return err
		}
		if in.Act != Take && in.Act != Finish && in.Act != Refuse && in.Act != Withdraw {
			return domain.Invalid(op, domain.Field("act", "error.choice"))
		}
		var bad domain.Fields
		bad.Check(len([]rune(in.Reason)) <= MaxReason, "reason", "error.too_long", "Max", MaxReason)
		if err := bad.Err(op); err != nil {
			return err
		}
		if out, err = s.move(ctx, tx, actor, r, in.Act, in.Reason); err != nil {
			return err
		}
		tx.Outcome("rights_request", out.ID, out.Version)
		if r.Kind == Objection && r.Purpose == Statistics && (in.Act == Refuse || in.Act == Withdraw) {
			return s.d.Store.LiftObjection(ctx, tx, r.ID)
		}
		return nil
	})
	if err != nil {
		return Request{}, err
	}
	return out, nil
}

// locked reads a request to be changed, for who may.
func (s *Requests) locked(ctx context.Context, tx domain.Tx, op string, actor domain.Actor, action access.Action, id domain.ID, version int) (Request, error) {
	r, err := s.d.Store.RequestForUpdate(ctx, tx, id)
	if err != nil {
		return Request{}, s.d.Policy.Unseen(tx, actor, action, id, err)
	}
	if err := s.d.Policy.Authorise(tx, actor, action, r.Facts()); err != nil {
		return Request{}, err
	}
	if version != 0 && version != r.Version {
		return Request{}, domain.Stale(op)
	}
	return r, nil
}

// move takes one transition, writes the request and its step.
func (s *Requests) move(ctx context.Context, tx domain.Tx, actor domain.Actor, r Request, name, reason string) (Request, error) {
	to, err := States(r.Kind).Next(r.State, name, actor.Role, map[string]string{domain.NeedReason: reason})
	if err != nil {
		return Request{}, err
	}
	now := s.d.Clock.Now()
	step := domain.StepBy(actor, s.d.IDs.New(), r.ID, now)
	step.Transition, step.From, step.To, step.Reason = name, r.State, to, reason
	r.State, r.UpdatedAt = to, now
	if to != InProgress {
		r.DecidedBy, r.DecidedAt = actor.UserID, now
		if reason != "" {
			r.Reason = reason
		}
	}
	if err := s.d.Store.SaveRequest(ctx, tx, r); err != nil {
		return Request{}, err
	}
	r.Version++
	return r, s.d.History.Append(ctx, tx, step)
}
