package casework

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
)

// AnswerTransfer asks for one transition of a transfer in some version.
type AnswerTransfer struct {
	ID      domain.ID
	Version int
	Reason  string // for declining
}

// Accept moves the registration and the files: what was asked is accepted by
// the referent or the lead, and the asker becomes the referent; what was offered
// by a counsellor or lead of the other agency, who becomes it. The agency
// before loses access with the commit; shares end; notes stay as they are.
func (s *Transfers) Accept(ctx context.Context, actor domain.Actor, in AnswerTransfer) (Transfer, error) {
	return s.settle(ctx, actor, Accept, in, func(ctx context.Context, tx domain.Tx, t *Transfer) error {
		action, side := t.answering()
		return s.authorise(tx, actor, action, side, *t)
	})
}

// Decline says no, with a reason.
func (s *Transfers) Decline(ctx context.Context, actor domain.Actor, in AnswerTransfer) (Transfer, error) {
	if err := checkReason("casework.DeclineTransfer", in.Reason, 1); err != nil {
		return Transfer{}, err
	}
	return s.settle(ctx, actor, Decline, in, func(ctx context.Context, tx domain.Tx, t *Transfer) error {
		action, side := t.answering()
		return s.authorise(tx, actor, action, side, *t)
	})
}

// Withdraw takes back what somebody asked or offered: they, or their lead.
func (s *Transfers) Withdraw(ctx context.Context, actor domain.Actor, in AnswerTransfer) (Transfer, error) {
	return s.settle(ctx, actor, Withdraw, in, func(ctx context.Context, tx domain.Tx, t *Transfer) error {
		return s.authorise(tx, actor, access.TransferWithdraw, t.beginning(), *t)
	})
}

// authorise asks of one side; who reads the transfer from the other is told no.
func (s *Transfers) authorise(tx domain.Tx, actor domain.Actor, action access.Action, side access.Facts, t Transfer) error {
	err := s.d.Policy.Authorise(tx, actor, action, side)
	if domain.KindOf(err) == domain.KindNotFound && s.d.Policy.Allows(actor, access.TransferRead, s.side(actor, t)) {
		return domain.Forbidden("casework.transfer")
	}
	return err
}

// settle is the frame of every answer: load, authorise, version, rule, save, move, history.
func (s *Transfers) settle(ctx context.Context, actor domain.Actor, name string, in AnswerTransfer, may func(context.Context, domain.Tx, *Transfer) error) (Transfer, error) {
	var out Transfer
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		t, err := s.d.Transfers.TransferForUpdate(ctx, tx, in.ID)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.TransferRead, in.ID, err)
		}
		if err := may(ctx, tx, &t); err != nil {
			return err
		}
		if in.Version != t.Version {
			return domain.Stale("casework.settleTransfer")
		}
		from := t.State
		if t.State, err = TransferStates().Next(from, name, actor.Role, map[string]string{domain.NeedReason: in.Reason}); err != nil {
			return err
		}
		now := s.d.Clock.Now()
		t.DecidedBy, t.DecidedAt, t.Answer = actor.UserID, now, in.Reason
		if name == Accept {
			err = s.handOver(ctx, tx, actor, t, now)
		} else {
			err = s.d.Transfers.SaveTransfer(ctx, tx, t)
		}
		if err != nil {
			return err
		}
		t.Version++
		step := domain.StepBy(actor, s.d.IDs.New(), t.ID, now)
		step.Transition, step.From, step.To, step.Reason = name, from, t.State, in.Reason
		if err := s.d.TransferHistory.Append(ctx, tx, step); err != nil {
			return err
		}
		tx.Outcome("transfer", t.ID, t.Version)
		out = s.shown(actor, t)
		return nil
	})
	if err != nil {
		return Transfer{}, err
	}
	return out, nil
}

// handOver moves what the one agency holds of somebody to the other. It saves
// the transfer first: that is what lets this transaction touch the rest. The
// person is read for the notice while the actor's agency is the one that may.
func (s *Transfers) handOver(ctx context.Context, tx domain.Tx, actor domain.Actor, t Transfer, now time.Time) error {
	const op = "casework.AcceptTransfer"
	owner, err := s.newOwner(ctx, tx, actor, t)
	if err != nil {
		return err
	}
	known, err := s.d.People.Facts(ctx, tx, []domain.ID{t.PersonID})
	if err != nil {
		return err
	}
	if known[t.PersonID].AgencyID != t.FromAgencyID {
		return domain.Conflict(op, "error.transfer.moved")
	}
	var told person.Person
	if !t.Offered {
		if told, err = s.d.People.Get(ctx, tx, t.PersonID); err != nil {
			return err
		}
	}
	if err := s.d.Transfers.SaveTransfer(ctx, tx, t); err != nil {
		return err
	}
	if _, err := s.d.Moving.MoveIn(ctx, tx, actor, t.PersonID, t.ToAgencyID, t.Reason); err != nil {
		return err
	}
	if err := s.moveFiles(ctx, tx, actor, t, owner, now); err != nil {
		return err
	}
	if err := s.d.Transfers.MoveWork(ctx, tx, t.PersonID, t.FromAgencyID, t.ToAgencyID); err != nil {
		return err
	}
	if err := s.overtake(ctx, tx, actor, t, now); err != nil {
		return err
	}
	if t.Offered {
		if told, err = s.d.People.Get(ctx, tx, t.PersonID); err != nil {
			return err
		}
	}
	return s.tell(ctx, tx, t, told)
}

// tell lets the person know which agency accompanies them now, as they want to
// be reached.
func (s *Transfers) tell(ctx context.Context, tx domain.Tx, t Transfer, p person.Person) error {
	if s.d.Outbox == nil {
		return nil
	}
	agency, err := s.d.Transfers.AgencyName(ctx, tx, t.ToAgencyID)
	if err != nil {
		return err
	}
	return s.d.Outbox.Notify(ctx, tx, p, "sms.transfer", map[string]string{"Agency": agency})
}

// newOwner is who asked, as long as they still work at the agency that asked,
// or who accepts the offer.
func (s *Transfers) newOwner(ctx context.Context, tx domain.Tx, actor domain.Actor, t Transfer) (domain.ID, error) {
	if t.Offered {
		return actor.UserID, nil
	}
	at, err := s.d.Colleagues.AgencyOf(ctx, tx, t.OpenedBy)
	if domain.KindOf(err) == domain.KindNotFound || err == nil && at != t.ToAgencyID {
		return "", domain.Conflict("casework.AcceptTransfer", "error.transfer.asker_left")
	}
	return t.OpenedBy, err
}

// moveFiles gives every file of the person, closed ones too, to the new agency
// and referent, and ends the shares.
func (s *Transfers) moveFiles(ctx context.Context, tx domain.Tx, actor domain.Actor, t Transfer, owner domain.ID, now time.Time) error {
	files, err := s.d.Cases.CasesOf(ctx, tx, t.PersonID)
	if err != nil {
		return err
	}
	for _, c := range files {
		c.AgencyID, c.OwnerID, c.MovedAt = t.ToAgencyID, owner, now
		if err := s.d.Cases.MoveCase(ctx, tx, c); err != nil {
			return err
		}
		if err := s.d.Cases.EndShares(ctx, tx, c.ID, actor.UserID, now); err != nil {
			return err
		}
		step := domain.StepBy(actor, s.d.IDs.New(), c.ID, now)
		step.Transition, step.From, step.To, step.Reason = "transfer", c.Stage, c.Stage, t.Reason
		if err := s.d.History.Append(ctx, tx, step); err != nil {
			return err
		}
	}
	return nil
}

// overtake ends what else was asked or offered of the person: there is nothing
// left to give.
func (s *Transfers) overtake(ctx context.Context, tx domain.Tx, actor domain.Actor, t Transfer, now time.Time) error {
	others, err := s.d.Transfers.LiveTransfersOf(ctx, tx, t.PersonID)
	if err != nil {
		return err
	}
	for _, other := range others {
		if err := s.end(ctx, tx, actor, other, Overtake, now); err != nil {
			return err
		}
	}
	return nil
}

// end makes a transition nobody answered.
func (s *Transfers) end(ctx context.Context, tx domain.Tx, actor domain.Actor, t Transfer, name string, now time.Time) error {
	from := t.State
	var err error
	if t.State, err = TransferStates().Next(from, name, actor.Role, nil); err != nil {
		return err
	}
	t.DecidedBy, t.DecidedAt = actor.UserID, now
	if err := s.d.Transfers.SaveTransfer(ctx, tx, t); err != nil {
		return err
	}
	step := domain.StepBy(actor, s.d.IDs.New(), t.ID, now)
	step.Transition, step.From, step.To = name, from, t.State
	return s.d.TransferHistory.Append(ctx, tx, step)
}

// LapseDue ends transfers nobody answered in time, a few hundred at a time; it
// tells how many. Call it again until that is 0.
func (s *Transfers) LapseDue(ctx context.Context, actor domain.Actor) (int, error) {
	const batch = 200
	n := 0
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		now := s.d.Clock.Now()
		due, err := s.d.Transfers.TransfersDue(ctx, tx, now, batch)
		if err != nil {
			return err
		}
		for _, t := range due {
			if err := s.d.Policy.Authorise(tx, actor, access.TransferLapse, t.giver()); err != nil {
				return err
			}
			if err := s.end(ctx, tx, actor, t, Lapse, now); err != nil {
				return err
			}
		}
		n = len(due)
		return nil
	})
	return n, err
}
