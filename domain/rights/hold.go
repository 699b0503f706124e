package rights

import (
	"context"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Hold is why somebody's data is not removed now, as a code.
type Hold string

// What holds somebody's data.
const (
	HeldByRequest   Hold = "request"   // another request waits for an answer
	HeldByComplaint Hold = "complaint" // the person complained, and nobody decided yet
	HeldByEmergency Hold = "emergency" // somebody reads the file in an emergency
	HeldByTransfer  Hold = "transfer"  // the file is on its way to another agency
	HeldByLaw       Hold = "legal"     // the officer holds it: a proceeding, an inquiry
)

// AllHolds lists them.
func AllHolds() []Hold {
	return []Hold{HeldByRequest, HeldByComplaint, HeldByEmergency, HeldByTransfer, HeldByLaw}
}

// LegalHold keeps one person's data until it is lifted.
type LegalHold struct {
	ID       domain.ID
	PersonID domain.ID
	Person   string // reference
	Reason   string
	PlacedBy domain.ID
	PlacedAt time.Time
}

// Place holds somebody's data, by reference. A second hold of one person is
// Conflict.
func (s *Requests) Place(ctx context.Context, actor domain.Actor, reference, reason string) error {
	const op = "rights.Place"
	reference, reason = strings.ToUpper(strings.TrimSpace(reference)), strings.TrimSpace(reason)
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		person, err := s.d.Store.PersonByReference(ctx, tx, reference)
		missing := domain.KindOf(err) == domain.KindNotFound
		if err != nil && !missing {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.HoldChange, access.Facts{PersonID: person}); err != nil {
			return err
		}
		var bad domain.Fields
		bad.Check(!missing, "person", "error.audit.about")
		bad.Check(reason != "", "reason", "error.required")
		bad.Check(len([]rune(reason)) <= 500, "reason", "error.too_long", "Max", 500)
		if err := bad.Err(op); err != nil {
			return err
		}
		h := LegalHold{ID: s.d.IDs.New(), PersonID: person, Reason: reason, PlacedBy: actor.UserID, PlacedAt: s.d.Clock.Now()}
		tx.Outcome("hold", h.ID, 1)
		return s.d.Store.InsertHold(ctx, tx, h)
	})
}

// Lift ends a hold.
func (s *Requests) Lift(ctx context.Context, actor domain.Actor, id domain.ID) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.HoldChange, access.Facts{RecordID: id}); err != nil {
			return err
		}
		tx.Outcome("hold", id, 1)
		return s.d.Store.LiftHold(ctx, tx, id, actor.UserID, s.d.Clock.Now())
	})
}

// LegalHolds lists those that stand.
func (s *Requests) LegalHolds(ctx context.Context, actor domain.Actor) ([]LegalHold, error) {
	var out []LegalHold
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.HoldRead, access.Facts{}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Store.LegalHolds(ctx, tx)
		return err
	})
	return out, err
}
