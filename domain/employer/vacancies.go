package employer

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Vacancies are the use-cases on vacancies.
type Vacancies struct{ d Deps }

// NewVacancies wires the use-cases.
func NewVacancies(d Deps) *Vacancies { return &Vacancies{d: d} }

// VacancyAct names a vacancy and the version the actor saw. Version 0 asks for
// no comparison.
type VacancyAct struct {
	ID      domain.ID
	Version int
	Reason  string // words for the history; required where the act says so
}

// work is one act on a loaded, locked vacancy: the rule changes V and notes
// the steps it took.
type work struct {
	ctx   context.Context
	tx    domain.Tx
	actor domain.Actor
	v     *Vacancy
	steps []domain.Step
}

// move takes one transition of the machine on behalf of a role: the actor's
// own, or Baara's where it decides by itself.
func (s *Vacancies) move(w *work, by domain.Actor, name, reason string) error {
	from := w.v.State
	to, err := Machine().Next(from, name, by.Role, map[string]string{domain.NeedReason: reason})
	if err != nil {
		return err
	}
	if to == "" {
		to = w.v.SuspendedFrom
	}
	w.v.State = to
	s.note(w, by, name, from, reason)
	return nil
}

// note adds the step from a state to the vacancy's present one.
func (s *Vacancies) note(w *work, by domain.Actor, name string, from domain.State, reason string) {
	step := domain.StepBy(by, s.d.IDs.New(), w.v.ID, s.d.Clock.Now())
	step.Transition, step.From, step.To, step.Reason = name, from, w.v.State, reason
	w.steps = append(w.steps, step)
}

// change is the frame of every act on a stored vacancy.
func (s *Vacancies) change(ctx context.Context, actor domain.Actor, in VacancyAct, action access.Action, rule func(*work) error) (Vacancy, error) {
	var out Vacancy
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		v, err := s.d.Vacancies.VacancyForUpdate(ctx, tx, in.ID)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, action, v.Facts()); err != nil {
			return err
		}
		if in.Version != 0 && in.Version != v.Version {
			return domain.Stale("employer." + string(action))
		}
		w := &work{ctx: ctx, tx: tx, actor: actor, v: &v}
		if err := rule(w); err != nil {
			return err
		}
		if v.AgencyID.IsZero() {
			v.AgencyID = actor.AgencyID // who first deals with a vacancy of no agency keeps it
		}
		v.UpdatedAt = s.d.Clock.Now()
		if err := s.d.Vacancies.SaveVacancy(ctx, tx, v); err != nil {
			return err
		}
		v.Version++
		for _, step := range w.steps {
			if err := s.d.History.Append(ctx, tx, step); err != nil {
				return err
			}
		}
		tx.Outcome("vacancy", v.ID, v.Version)
		out = v
		return nil
	})
	if err != nil {
		return Vacancy{}, err
	}
	return out, nil
}

// Get reads one vacancy.
func (s *Vacancies) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Vacancy, error) {
	var out Vacancy
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		out, err = s.read(ctx, tx, actor, id)
		return err
	})
	return out, err
}

func (s *Vacancies) read(ctx context.Context, tx domain.Tx, actor domain.Actor, id domain.ID) (Vacancy, error) {
	v, err := s.d.Vacancies.Vacancy(ctx, tx, id)
	if err == nil {
		err = s.d.Policy.Authorise(tx, actor, access.VacancyRead, v.Facts())
	}
	if err != nil {
		return Vacancy{}, err
	}
	return v, nil
}

// History gives the steps of a vacancy, oldest first, to who may change it or
// decide about it.
func (s *Vacancies) History(ctx context.Context, actor domain.Actor, id domain.ID) ([]domain.Step, error) {
	var out []domain.Step
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		v, err := s.d.Vacancies.Vacancy(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.VacancyHistory, v.Facts()); err != nil {
			return err
		}
		out, err = s.d.History.Of(ctx, tx, id)
		return err
	})
	return out, err
}
