package casework

import (
	"context"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Transfers are the use-cases on transfers between agencies. Who asked or is
// offered a file learns nothing of it but the agency and the state: neither
// whom it is about, nor that there is a file.
type Transfers struct{ d Deps }

// NewTransfers wires the use-cases.
func NewTransfers(d Deps) *Transfers { return &Transfers{d: d} }

// TransfersPerDay is how often somebody may ask other agencies in a day.
const TransfersPerDay = 20

// AskTransfer asks for the file of whom a hint of the name register names.
type AskTransfer struct {
	Hint   string
	Reason string
}

// Ask asks the agency of somebody for a transfer to the actor's own.
func (s *Transfers) Ask(ctx context.Context, actor domain.Actor, in AskTransfer) (Transfer, error) {
	const op = "casework.AskTransfer"
	if err := checkReason(op, in.Reason, 1); err != nil {
		return Transfer{}, err
	}
	personID, err := s.d.Hints.Take(in.Hint, actor.UserID, s.d.Clock.Now())
	if err != nil {
		return Transfer{}, err
	}
	if s.d.Policy.Allows(actor, access.TransferAsk, access.Facts{}) {
		if err := s.d.Allowance.Spend(ctx, "transfer", actor.UserID, TransfersPerDay, s.d.Clock.Now()); err != nil {
			return Transfer{}, err
		}
	}
	return s.begin(ctx, actor, Transfer{PersonID: personID, ToAgencyID: actor.AgencyID, State: Asked, Reason: in.Reason},
		func(ctx context.Context, tx domain.Tx, t *Transfer, of access.Facts) error {
			if err := s.d.Policy.Authorise(tx, actor, access.TransferAsk, of); err != nil {
				return err
			}
			if of.AgencyID.IsZero() || actor.AgencyID.IsZero() {
				return domain.NotFound(op)
			}
			if of.AgencyID == actor.AgencyID {
				return domain.Conflict(op, "error.transfer.own")
			}
			return nil
		})
}

// OfferTransfer offers somebody's file to another agency.
type OfferTransfer struct {
	PersonID domain.ID
	AgencyID domain.ID
	Reason   string
}

// Offer offers the registration and the files of somebody to another agency.
func (s *Transfers) Offer(ctx context.Context, actor domain.Actor, in OfferTransfer) (Transfer, error) {
	const op = "casework.OfferTransfer"
	if err := checkReason(op, in.Reason, 1); err != nil {
		return Transfer{}, err
	}
	return s.begin(ctx, actor, Transfer{PersonID: in.PersonID, ToAgencyID: in.AgencyID, Offered: true, State: Offered, Reason: in.Reason},
		func(ctx context.Context, tx domain.Tx, t *Transfer, of access.Facts) error {
			err := s.d.Policy.Authorise(tx, actor, access.TransferGive, of)
			if domain.KindOf(err) == domain.KindNotFound && s.d.Policy.Allows(actor, access.PersonRead, of) {
				return domain.Forbidden(op) // who reads the person is told no
			}
			if err != nil {
				return err
			}
			there, err := s.d.Colleagues.ColleaguesAt(ctx, tx, in.AgencyID)
			if err != nil {
				return err
			}
			if len(there) == 0 || in.AgencyID == of.AgencyID {
				return domain.Invalid(op, domain.Field("agency", "error.transfer.nobody_there"))
			}
			return nil
		})
}

// begin is the frame of asking and offering: load, authorise and rule by may, save, history.
func (s *Transfers) begin(ctx context.Context, actor domain.Actor, t Transfer, may func(context.Context, domain.Tx, *Transfer, access.Facts) error) (Transfer, error) {
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		known, err := s.d.People.Facts(ctx, tx, []domain.ID{t.PersonID})
		if err != nil {
			return err
		}
		of, found := known[t.PersonID]
		if !found {
			return s.d.Policy.Unseen(tx, actor, access.TransferGive, t.PersonID, domain.NotFound("casework.beginTransfer"))
		}
		of.RecordID = "" // the outcome's
		if err := may(ctx, tx, &t, of); err != nil {
			return err
		}
		now := s.d.Clock.Now()
		t.ID, t.FromAgencyID, t.OwnerID, t.Version = s.d.IDs.New(), of.AgencyID, of.OwnerID, 1
		t.Reason, t.OpenedBy, t.OpenedAt, t.LapsesAt = strings.TrimSpace(t.Reason), actor.UserID, now, now.AddDate(0, 0, TransferDays)
		if err := s.d.Transfers.InsertTransfer(ctx, tx, t); err != nil {
			return err
		}
		step := domain.StepBy(actor, s.d.IDs.New(), t.ID, now)
		step.Transition, step.To, step.Reason = "ask", t.State, t.Reason
		if t.Offered {
			step.Transition = "offer"
		}
		tx.Outcome("transfer", t.ID, t.Version)
		return s.d.TransferHistory.Append(ctx, tx, step)
	})
	if err != nil {
		return Transfer{}, err
	}
	return s.shown(actor, t), nil
}

// Get reads a transfer of one's own agency.
func (s *Transfers) Get(ctx context.Context, actor domain.Actor, id domain.ID) (TransferRow, error) {
	var out TransferRow
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		t, err := s.d.Transfers.Transfer(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.TransferRead, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.TransferRead, s.side(actor, t.Transfer)); err != nil {
			return err
		}
		out = s.shownRow(actor, t)
		return nil
	})
	return out, err
}

// History lists what happened to a transfer, oldest first.
func (s *Transfers) History(ctx context.Context, actor domain.Actor, id domain.ID) ([]domain.Step, error) {
	if _, err := s.Get(ctx, actor, id); err != nil {
		return nil, err
	}
	var out []domain.Step
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) (err error) {
		out, err = s.d.TransferHistory.Of(ctx, tx, id)
		return err
	})
	return out, err
}

// List gives the transfers from and to the actor's agency, the newest first:
// those that wait for an answer, or those that are decided.
func (s *Transfers) List(ctx context.Context, actor domain.Actor, decided bool, cursor domain.Cursor) (domain.Listing[TransferRow], error) {
	var out domain.Listing[TransferRow]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		relations := s.d.Policy.Relations(actor, access.TransferRead)
		if len(relations) == 0 {
			return s.d.Policy.Authorise(tx, actor, access.TransferRead, access.Facts{})
		}
		var err error
		out, err = s.d.Transfers.TransferList(ctx, tx, TransferQuery{
			Actor: actor, Relations: relations, Decided: decided, Cursor: cursor,
		})
		for i, row := range out.Items {
			out.Items[i] = s.shownRow(actor, row)
		}
		return err
	})
	return out, err
}

// May tells what the actor may do to a live transfer, for the buttons of a page.
func (s *Transfers) May(actor domain.Actor, t Transfer) (answer, withdraw bool) {
	action, side := t.answering()
	return t.Live() && s.d.Policy.Allows(actor, action, side),
		t.Live() && s.d.Policy.Allows(actor, access.TransferWithdraw, t.beginning())
}

// side gives the facts by which the actor reads a transfer, the giver's where neither does.
func (s *Transfers) side(actor domain.Actor, t Transfer) access.Facts {
	if s.d.Policy.Allows(actor, access.TransferRead, t.taker()) && !s.d.Policy.Allows(actor, access.TransferRead, t.giver()) {
		return t.taker()
	}
	return t.giver()
}

// shown leaves out whom the transfer is about for the side that has no file of
// them: the taker before it is accepted, the giver after.
func (s *Transfers) shown(actor domain.Actor, t Transfer) Transfer {
	has := t.giver()
	if t.State == Accepted {
		has = t.taker()
	}
	if !s.d.Policy.Allows(actor, access.TransferRead, has) {
		t.PersonID, t.OwnerID = "", ""
	}
	return t
}

func (s *Transfers) shownRow(actor domain.Actor, row TransferRow) TransferRow {
	t := s.shown(actor, row.Transfer)
	if t.PersonID.IsZero() {
		return TransferRow{Transfer: t}
	}
	return TransferRow{Transfer: t, Reference: row.Reference, Given: row.Given, Family: row.Family}
}

// checkReason wants words, at least so many runes of them and not too many.
func checkReason(op, words string, least int) error {
	var f domain.Fields
	n := len([]rune(strings.TrimSpace(words)))
	f.Check(n > 0, "reason", "error.required")
	f.Check(n == 0 || n >= least, "reason", "error.too_short", "Min", least)
	f.Check(n <= MaxReason, "reason", "error.too_long", "Max", MaxReason)
	return f.Err(op)
}
