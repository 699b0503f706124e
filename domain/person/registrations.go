package person

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Registrations are the use-cases on registrations. Only an active one makes
// somebody matchable: whoever waits in the intake queue has been seen by
// nobody yet, and may be a duplicate or no person at all.
type Registrations struct{ d Deps }

// NewRegistrations wires the use-cases.
func NewRegistrations(d Deps) *Registrations { return &Registrations{d: d} }

// Of reads a person's registration.
func (s *Registrations) Of(ctx context.Context, actor domain.Actor, person domain.ID) (Registration, error) {
	var out Registration
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, person)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.RegistrationRead, facts); err != nil {
			return err
		}
		out, err = s.d.Registrations.Registration(ctx, tx, person)
		return err
	})
	return out, err
}

// Steps lists how a registration came to its state, oldest first.
func (s *Registrations) Steps(ctx context.Context, actor domain.Actor, person domain.ID) ([]domain.Step, error) {
	r, err := s.Of(ctx, actor, person)
	if err != nil {
		return nil, err
	}
	var out []domain.Step
	err = s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		out, err = s.d.History.Of(ctx, tx, r.ID)
		return err
	})
	return out, err
}

// Intake lists the queue of the actor's agency, the longest waiting first.
func (s *Registrations) Intake(ctx context.Context, actor domain.Actor, cursor domain.Cursor) (domain.Listing[Waiting], error) {
	return s.queue(ctx, actor, Intake, cursor)
}

// Quarantined lists what came to the actor's agency without proof of work, the
// longest waiting first.
func (s *Registrations) Quarantined(ctx context.Context, actor domain.Actor, cursor domain.Cursor) (domain.Listing[Waiting], error) {
	return s.queue(ctx, actor, Quarantine, cursor)
}

func (s *Registrations) queue(ctx context.Context, actor domain.Actor, state domain.State, cursor domain.Cursor) (domain.Listing[Waiting], error) {
	var out domain.Listing[Waiting]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.IntakeRead, access.Facts{AgencyID: actor.AgencyID}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Registrations.Intake(ctx, tx, actor.AgencyID, state, cursor)
		return err
	})
	return out, err
}

// ChangeRegistration asks for one transition. Version 0 means: whatever it is now.
type ChangeRegistration struct {
	PersonID domain.ID
	Version  int
	Reason   string // one of CloseReasons for closing, free for reopening
}

// Accept takes somebody from the intake queue.
func (s *Registrations) Accept(ctx context.Context, actor domain.Actor, in ChangeRegistration) (Registration, error) {
	return s.change(ctx, actor, access.RegistrationAccept, Accept, in)
}

// Clear lets somebody out of quarantine into the intake queue: staff looked at
// it. Accepting somebody in quarantine does as well.
func (s *Registrations) Clear(ctx context.Context, actor domain.Actor, in ChangeRegistration) (Registration, error) {
	return s.change(ctx, actor, access.RegistrationAccept, Clear, in)
}

// ClearDue is Baara's own act: whoever signed in with a code sent to the phone
// leaves quarantine when the delay has passed, a few hundred at a time; it tells
// how many. Call it again until that is 0.
func (s *Registrations) ClearDue(ctx context.Context, actor domain.Actor) (int, error) {
	const batch = 200
	n := 0
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		due, err := s.d.Registrations.DueToClear(ctx, tx, s.d.Clock.Now().Add(-QuarantineDelay), batch)
		if err != nil {
			return err
		}
		for _, r := range due {
			if _, err := s.move(ctx, tx, actor, r, Clear, ""); err != nil {
				return err
			}
		}
		n = len(due)
		return nil
	})
	return n, err
}

// AcceptIn makes somebody active inside the transaction of another act, such
// as taking the person's case: from the queue, or again after a lapse. A
// closed registration is Conflict: reopen it with a reason first.
func (s *Registrations) AcceptIn(ctx context.Context, tx domain.Tx, actor domain.Actor, person domain.ID) (Registration, error) {
	r, err := s.d.Registrations.RegistrationForUpdate(ctx, tx, person)
	switch {
	case err != nil || r.State == Active:
		return r, err
	case r.State == Lapsed:
		return s.move(ctx, tx, actor, r, Renew, "")
	}
	return s.move(ctx, tx, actor, r, Accept, "")
}

// MoveIn gives a registration to another agency, in the transaction of a
// transfer that was accepted; its state stays.
func (s *Registrations) MoveIn(ctx context.Context, tx domain.Tx, actor domain.Actor, person, agency domain.ID, reason string) (Registration, error) {
	r, err := s.d.Registrations.RegistrationForUpdate(ctx, tx, person)
	if err != nil {
		return Registration{}, err
	}
	r.AgencyID = agency
	if err := s.d.Registrations.SaveRegistration(ctx, tx, r); err != nil {
		return Registration{}, err
	}
	if s.d.Merges != nil { // what was merged into the file goes with it: the agency before keeps nothing
		if err := s.d.Merges.MoveAbsorbed(ctx, tx, person, agency); err != nil {
			return Registration{}, err
		}
	}
	r.Version++
	step := domain.StepBy(actor, s.d.IDs.New(), r.ID, s.d.Clock.Now())
	step.Transition, step.From, step.To, step.Reason = "transfer", r.State, r.State, reason
	return r, s.d.History.Append(ctx, tx, step)
}

// Renew keeps a registration active after a visit or a call, or by the person.
func (s *Registrations) Renew(ctx context.Context, actor domain.Actor, in ChangeRegistration) (Registration, error) {
	return s.change(ctx, actor, access.RegistrationRenew, Renew, in)
}

// Close ends a registration for a reason.
func (s *Registrations) Close(ctx context.Context, actor domain.Actor, in ChangeRegistration) (Registration, error) {
	return s.change(ctx, actor, access.RegistrationClose, Close, in)
}

// Reopen makes a closed registration active again.
func (s *Registrations) Reopen(ctx context.Context, actor domain.Actor, in ChangeRegistration) (Registration, error) {
	return s.change(ctx, actor, access.RegistrationReopen, Reopen, in)
}

// LapseDue lapses registrations nobody renewed in time, a few hundred at a
// time; it tells how many. Call it again until that is 0.
func (s *Registrations) LapseDue(ctx context.Context, actor domain.Actor) (int, error) {
	const batch = 200
	n := 0
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		due, err := s.d.Registrations.DueToLapse(ctx, tx, s.d.today(), batch)
		if err != nil {
			return err
		}
		for _, r := range due {
			if _, err := s.move(ctx, tx, actor, r, Lapse, ""); err != nil {
				return err
			}
		}
		n = len(due)
		return nil
	})
	return n, err
}

func (s *Registrations) change(ctx context.Context, actor domain.Actor, action access.Action, name string, in ChangeRegistration) (Registration, error) {
	var out Registration
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, in.PersonID)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, action, facts); err != nil {
			return err
		}
		r, err := s.d.Registrations.RegistrationForUpdate(ctx, tx, in.PersonID)
		if err != nil {
			return err
		}
		if in.Version != 0 && in.Version != r.Version {
			return domain.Stale("registration." + name)
		}
		if out, err = s.move(ctx, tx, actor, r, name, in.Reason); err != nil {
			return err
		}
		tx.Outcome("registration", out.PersonID, out.Version)
		return nil
	})
	return out, err
}

// move makes one transition of a locked registration and keeps the step.
func (s *Registrations) move(ctx context.Context, tx domain.Tx, actor domain.Actor, r Registration, name, reason string) (Registration, error) {
	step, err := s.d.step(&r, actor, name, reason)
	if err != nil {
		return Registration{}, err
	}
	if err := s.d.Registrations.SaveRegistration(ctx, tx, r); err != nil {
		return Registration{}, err
	}
	r.Version++
	if step.From == Quarantine && step.To != Closed { // the message it did not get then
		p, err := s.d.People.Get(ctx, tx, r.PersonID)
		if err == nil {
			err = s.d.sendReceipt(ctx, tx, p)
		}
		if err != nil {
			return Registration{}, err
		}
	}
	return r, s.d.History.Append(ctx, tx, step)
}

// step applies a transition an actor makes now.
func (d Deps) step(r *Registration, actor domain.Actor, name, reason string) (domain.Step, error) {
	step := domain.StepBy(actor, d.IDs.New(), r.ID, d.Clock.Now())
	step.Transition, step.Reason = name, reason
	return step, d.apply(r, &step)
}

// apply makes a step's transition at the step's time: state, renewal date,
// reason. It fills in what the step leaves and reaches.
func (d Deps) apply(r *Registration, step *domain.Step) error {
	to, err := RegistrationStates().Next(r.State, step.Transition, step.ActorRole, map[string]string{domain.NeedReason: step.Reason})
	if err != nil {
		return err
	}
	if step.Transition == Close && !slices.Contains(CloseReasons(), step.Reason) {
		return domain.Invalid("registration.close", domain.Field("reason", "error.choice"))
	}
	step.From, step.To = r.State, to
	r.State, r.ClosedReason = to, ""
	if to == Active {
		r.RenewBy = domain.DateOf(step.At.In(d.Rules.Zone)).AddMonths(d.Rules.RenewMonths)
	}
	if to == Closed {
		r.ClosedReason = step.Reason
	}
	return nil
}
