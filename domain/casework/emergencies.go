package casework

import (
	"context"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Emergencies are the use-cases on openings in an emergency. Their transport
// asks first who one is: see edge.RequireStepUp.
type Emergencies struct{ d Deps }

// NewEmergencies wires the use-cases.
func NewEmergencies(d Deps) *Emergencies { return &Emergencies{d: d} }

// OpenFile opens the file of whom a hint of the name register names.
type OpenFile struct {
	Hint   string
	Kind   string
	Reason string
}

// Open lets the actor read another agency's file of somebody until the
// opening ends. The reason goes into the audit trail, and the leads of both
// agencies see it. Whoever may read the person anyway is in Conflict.
func (s *Emergencies) Open(ctx context.Context, actor domain.Actor, in OpenFile) (Emergency, error) {
	const op = "casework.OpenInEmergency"
	in.Reason = strings.TrimSpace(in.Reason)
	if !slices.Contains(EmergencyKinds(), in.Kind) {
		return Emergency{}, domain.Invalid(op, domain.Field("kind", "error.choice"))
	}
	if err := checkReason(op, in.Reason, LeastReason); err != nil {
		return Emergency{}, err
	}
	now := s.d.Clock.Now()
	personID, err := s.d.Hints.Take(in.Hint, actor.UserID, now)
	if err != nil {
		return Emergency{}, err
	}
	if s.d.Policy.Allows(actor, access.EmergencyOpen, access.Facts{}) {
		if err := s.d.Allowance.Spend(ctx, "emergency", actor.UserID, EmergenciesPerDay, now); err != nil {
			return Emergency{}, err
		}
	}
	var out Emergency
	err = s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		known, err := s.d.People.Facts(ctx, tx, []domain.ID{personID})
		if err != nil {
			return err
		}
		of := known[personID]
		of.RecordID = "" // the outcome's
		if err := s.d.Policy.AuthoriseFor(tx, actor, access.EmergencyOpen, of, in.Kind); err != nil {
			return err
		}
		if of.AgencyID.IsZero() || actor.AgencyID.IsZero() {
			return domain.NotFound(op)
		}
		if of.AgencyID == actor.AgencyID || s.d.Policy.Allows(actor, access.PersonRead, of) {
			return domain.Conflict(op, "error.emergency.readable")
		}
		out = Emergency{
			ID: s.d.IDs.New(), PersonID: personID, UserID: actor.UserID, AgencyID: actor.AgencyID, OwnerAgencyID: of.AgencyID,
			Kind: in.Kind, Reason: in.Reason, OpenedAt: now, Until: now.Add(EmergencyTime), Version: 1,
		}
		if err := s.d.Emergencies.InsertEmergency(ctx, tx, out); err != nil {
			return err
		}
		tx.Outcome("emergency", out.ID, out.Version)
		return nil
	})
	if err != nil {
		return Emergency{}, err
	}
	return out, nil
}

// End ends an opening before its time: who opened it, or a lead of either agency.
func (s *Emergencies) End(ctx context.Context, actor domain.Actor, id domain.ID, version int) (Emergency, error) {
	const op = "casework.EndEmergency"
	var out Emergency
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		o, err := s.d.Emergencies.EmergencyForUpdate(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.EmergencyRead, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.EmergencyEnd, s.side(actor, access.EmergencyEnd, o)); err != nil {
			return err
		}
		if version != o.Version {
			return domain.Stale(op)
		}
		now := s.d.Clock.Now()
		if !o.Live(now) {
			return domain.Conflict(op, "error.emergency.over")
		}
		o.EndedAt, o.EndedBy = now, actor.UserID
		if err := s.d.Emergencies.SaveEmergency(ctx, tx, o); err != nil {
			return err
		}
		o.Version++
		tx.Outcome("emergency", o.ID, o.Version)
		out = s.shown(actor, o)
		return nil
	})
	return out, err
}

// See marks an opening as seen by a lead; twice is once.
func (s *Emergencies) See(ctx context.Context, actor domain.Actor, id domain.ID) (Emergency, error) {
	var out Emergency
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		row, err := s.d.Emergencies.Emergency(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.EmergencyRead, id, err)
		}
		o := row.Emergency
		if err := s.d.Policy.Authorise(tx, actor, access.EmergencySee, s.side(actor, access.EmergencySee, o)); err != nil {
			return err
		}
		if !o.seen(actor.UserID) {
			if err := s.d.Emergencies.SeeEmergency(ctx, tx, o.ID, actor.UserID, s.d.Clock.Now()); err != nil {
				return err
			}
			o.SeenBy = append(o.SeenBy, actor.UserID)
		}
		tx.Outcome("emergency", o.ID, o.Version)
		out = s.shown(actor, o)
		return nil
	})
	return out, err
}

// Get reads an opening: one's own, or as a lead one of either agency.
func (s *Emergencies) Get(ctx context.Context, actor domain.Actor, id domain.ID) (EmergencyRow, error) {
	var out EmergencyRow
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		row, err := s.d.Emergencies.Emergency(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.EmergencyRead, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.EmergencyRead, s.side(actor, access.EmergencyRead, row.Emergency)); err != nil {
			return err
		}
		out = s.shownRow(actor, row)
		return nil
	})
	return out, err
}

// List gives one's own openings, and a lead's those of either side of the
// agency, the newest first.
func (s *Emergencies) List(ctx context.Context, actor domain.Actor, cursor domain.Cursor) (domain.Listing[EmergencyRow], error) {
	var out domain.Listing[EmergencyRow]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		relations := s.d.Policy.Relations(actor, access.EmergencyRead)
		if len(relations) == 0 {
			return s.d.Policy.Authorise(tx, actor, access.EmergencyRead, access.Facts{})
		}
		var err error
		out, err = s.d.Emergencies.EmergencyList(ctx, tx, EmergencyQuery{
			Actor: actor, Relations: relations, Cursor: cursor,
		})
		for i, row := range out.Items {
			out.Items[i] = s.shownRow(actor, row)
		}
		return err
	})
	return out, err
}

// Mine gives the actor's live opening of somebody; NotFound without one.
func (s *Emergencies) Mine(ctx context.Context, actor domain.Actor, person domain.ID) (Emergency, error) {
	var out Emergency
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		out, err = s.d.Emergencies.LiveEmergency(ctx, tx, person, actor.UserID, s.d.Clock.Now())
		return err
	})
	return out, err
}

// May tells what the actor may do to an opening, for the buttons of a page.
func (s *Emergencies) May(actor domain.Actor, o Emergency) (end, see bool) {
	return o.Live(s.d.Clock.Now()) && s.d.Policy.Allows(actor, access.EmergencyEnd, s.side(actor, access.EmergencyEnd, o)),
		!o.seen(actor.UserID) && s.d.Policy.Allows(actor, access.EmergencySee, s.side(actor, access.EmergencySee, o))
}

// side gives the facts by which the actor may act, the person's agency's where neither lets.
func (s *Emergencies) side(actor domain.Actor, action access.Action, o Emergency) access.Facts {
	sides := o.sides()
	for _, f := range sides {
		if s.d.Policy.Allows(actor, action, f) {
			return f
		}
	}
	return sides[0]
}

// shown leaves out whom it is about for who may not read the person: the lead
// of who opened, and after its end whoever opened.
func (s *Emergencies) shown(actor domain.Actor, o Emergency) Emergency {
	opener := o.UserID == actor.UserID && o.Live(s.d.Clock.Now())
	if !opener && !s.d.Policy.Allows(actor, access.EmergencySee, o.sides()[0]) {
		o.PersonID = ""
	}
	return o
}

func (s *Emergencies) shownRow(actor domain.Actor, row EmergencyRow) EmergencyRow {
	o := s.shown(actor, row.Emergency)
	if o.PersonID.IsZero() {
		return EmergencyRow{Emergency: o}
	}
	return EmergencyRow{Emergency: o, Reference: row.Reference, Given: row.Given, Family: row.Family}
}
