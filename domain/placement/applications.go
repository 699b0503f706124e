package placement

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
)

// Applications are the use-cases on applications.
type Applications struct{ d Deps }

// NewApplications wires the use-cases.
func NewApplications(d Deps) *Applications { return &Applications{d: d} }

// Act names an application and the version the actor saw. Version 0 asks for
// no comparison.
type Act struct {
	ID      domain.ID
	Version int
	Reason  string // words for the history
}

// move takes one transition and dates it. The caller saves.
func (d Deps) move(a *Application, role domain.Role, name, reason string) error {
	to, err := ApplicationStates().Next(a.State, name, role, map[string]string{domain.NeedReason: reason})
	if err != nil {
		return err
	}
	a.State, a.StateSince, a.Reason = to, d.Clock.Now(), reason
	return nil
}

// save writes an application that moved from a state, with its step, and
// brings it to the stored version.
func (d Deps) save(ctx context.Context, tx domain.Tx, actor domain.Actor, a *Application, name string, from domain.State) error {
	if err := d.Applications.SaveApplication(ctx, tx, *a); err != nil {
		return err
	}
	a.Version++
	step := domain.StepBy(actor, d.IDs.New(), a.ID, d.Clock.Now())
	step.Transition, step.From, step.To, step.Reason = name, from, a.State, a.Reason
	return d.Histories.Application.Append(ctx, tx, step)
}

// change is the frame of every act on a stored application but hiring.
func (s *Applications) change(ctx context.Context, actor domain.Actor, in Act, action access.Action, name string,
	rule func(tx domain.Tx, a *Application) error) (Application, error) {
	var out Application
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if name == "withdraw" || name == "decline" {
			if err := s.quiet(ctx, tx, actor, action, in.ID); err != nil {
				return err
			}
		}
		a, err := s.d.Applications.ApplicationForUpdate(ctx, tx, in.ID)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, action, in.ID, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, action, a.Facts()); err != nil {
			return err
		}
		if in.Version != 0 && in.Version != a.Version {
			return domain.Stale("placement." + name)
		}
		from := a.State
		if err := s.d.move(&a, actor.Role, name, in.Reason); err != nil {
			return err
		}
		if rule != nil {
			if err := rule(tx, &a); err != nil {
				return err
			}
		}
		if err := s.d.save(ctx, tx, actor, &a, name, from); err != nil {
			return err
		}
		tx.Outcome("application", a.ID, a.Version)
		out = a
		return nil
	})
	if err != nil {
		return Application{}, err
	}
	return out, nil
}

// quiet waits, before the application is locked, until nothing that names its
// person is on its way.
func (s *Applications) quiet(ctx context.Context, tx domain.Tx, actor domain.Actor, action access.Action, id domain.ID) error {
	a, err := s.d.Applications.Application(ctx, tx, id)
	if err != nil {
		return s.d.Policy.Unseen(tx, actor, action, id, err)
	}
	if err := s.d.Policy.Authorise(tx, actor, action, a.Facts()); err != nil {
		return err
	}
	return s.d.Consents.WithdrawingIn(ctx, tx, a.PersonID)
}

// Get reads one application.
func (s *Applications) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Application, error) {
	var out Application
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		out, err = s.read(ctx, tx, actor, id)
		return err
	})
	return out, err
}

// History gives an application's steps, oldest first, to the person and the
// people of the service.
func (s *Applications) History(ctx context.Context, actor domain.Actor, id domain.ID) ([]domain.Step, error) {
	var out []domain.Step
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		a, err := s.d.Applications.Application(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.ApplicationList, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.ApplicationList, a.Facts()); err != nil {
			return err
		}
		out, err = s.d.Histories.Application.Of(ctx, tx, id)
		return err
	})
	return out, err
}

func (s *Applications) read(ctx context.Context, tx domain.Tx, actor domain.Actor, id domain.ID) (Application, error) {
	a, err := s.d.Applications.Application(ctx, tx, id)
	if err != nil {
		return Application{}, s.d.Policy.Unseen(tx, actor, access.ApplicationRead, id, err)
	}
	if err := s.d.Policy.Authorise(tx, actor, access.ApplicationRead, a.Facts()); err != nil {
		return Application{}, err
	}
	return a, nil
}

// open gives the vacancy, which must still take people.
func (s *Applications) open(ctx context.Context, tx domain.Tx, op string, vacancy domain.ID) (employer.Vacancy, error) {
	v, err := s.d.Vacancies.Vacancy(ctx, tx, vacancy)
	if err == nil && !v.Open(domain.DateOf(s.d.Clock.Now())) {
		err = domain.Conflict(op, "error.vacancy.not_open")
	}
	return v, err
}
