package employer

import (
	"context"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Complaints tells whether a complaint keeps a vacancy from being public. It
// says nothing about who complained.
type Complaints interface {
	Complained(ctx context.Context, tx domain.Tx, vacancy domain.ID) (bool, error)
}

// StopIn hides a locked vacancy inside the transaction of a complaint: Baara's
// own act, so that its history names nobody. One that is not public keeps its
// state, and the code of the complaint where it could become public again.
func (s *Vacancies) StopIn(ctx context.Context, tx domain.Tx, v Vacancy) (Vacancy, error) {
	return s.stopIn(ctx, tx, v, HeldComplaint)
}

func (s *Vacancies) stopIn(ctx context.Context, tx domain.Tx, v Vacancy, code string) (Vacancy, error) {
	w := &work{ctx: ctx, tx: tx, actor: domain.System(), v: &v}
	switch {
	case v.Public():
		from := v.State
		if err := s.move(w, domain.System(), "stop", code); err != nil {
			return Vacancy{}, err
		}
		v.SuspendedFrom = from
	case v.State != Filled || v.Reason == code:
		return v, nil // resuming and renewing ask Complaints
	}
	v.Reason = code
	return v, s.saveIn(w)
}

// GoOnIn shows a locked vacancy again that a complaint hid, unless another
// complaint still holds it.
func (s *Vacancies) GoOnIn(ctx context.Context, tx domain.Tx, actor domain.Actor, v Vacancy) error {
	held, err := s.d.Complaints.Complained(ctx, tx, v.ID)
	if err != nil || held || v.Reason != HeldComplaint {
		return err
	}
	w := &work{ctx: ctx, tx: tx, actor: actor, v: &v}
	if v.State == Suspended {
		if err := s.move(w, actor, "resume", HeldComplaint); err != nil {
			return err
		}
		v.SuspendedFrom = ""
	}
	v.Reason = ""
	return s.saveIn(w)
}

// EndIn withdraws a locked vacancy a complaint was right about. One whose life
// is over, or whose posts are all filled, stays as it is.
func (s *Vacancies) EndIn(ctx context.Context, tx domain.Tx, actor domain.Actor, v Vacancy) error {
	if _, possible := Machine().Find(v.State, "withdraw"); !possible {
		return nil
	}
	w := &work{ctx: ctx, tx: tx, actor: actor, v: &v}
	if err := s.move(w, actor, "withdraw", HeldComplaint); err != nil {
		return err
	}
	v.SuspendedFrom, v.Reason = "", HeldComplaint
	return s.saveIn(w)
}

// saveIn writes a vacancy and its steps.
func (s *Vacancies) saveIn(w *work) error {
	w.v.UpdatedAt = s.d.Clock.Now()
	if err := s.d.Vacancies.SaveVacancy(w.ctx, w.tx, *w.v); err != nil {
		return err
	}
	w.v.Version++
	for _, step := range w.steps {
		if err := s.d.History.Append(w.ctx, w.tx, step); err != nil {
			return err
		}
	}
	return nil
}

// unlessComplained refuses to make a vacancy public again while a complaint
// holds it, and to its employer whatever staff must look at first: a fee its
// text mentions, a complaint about another vacancy.
func (s *Vacancies) unlessComplained(w *work) error {
	held, err := s.d.Complaints.Complained(w.ctx, w.tx, w.v.ID)
	if err != nil {
		return err
	}
	if held || w.actor.Role == domain.RoleEmployer && (w.v.Reason == HeldComplaint || w.v.Reason == HeldFee) {
		return domain.Conflict("employer.unlessComplained", "error.vacancy.complaint")
	}
	return nil
}

// DoubtIn takes an employer's verification back after a complaint that was
// right, and hides what else it shows to the public.
func (s *Organisations) DoubtIn(ctx context.Context, tx domain.Tx, id domain.ID) error {
	o, err := s.d.Organisations.OrganisationForUpdate(ctx, tx, id)
	if err != nil {
		return err
	}
	o.unverify()
	o.Verification, o.Refusal, o.UpdatedAt = VerificationRefused, HeldComplaint, s.d.Clock.Now()
	if err := s.d.Organisations.SaveOrganisation(ctx, tx, o); err != nil {
		return err
	}
	vacancies := NewVacancies(s.d)
	cursor := domain.Cursor{Limit: domain.MaxLimit}
	for {
		shown, err := s.d.Vacancies.Vacancies(ctx, tx, VacancyQuery{
			Relations: []access.Relation{access.Anyone}, Cursor: cursor,
			VacancyFilter: VacancyFilter{OrganisationID: id, States: []domain.State{Published, PartlyFilled}},
		})
		if err != nil {
			return err
		}
		slices.SortFunc(shown.Items, func(a, b Vacancy) int { return strings.Compare(string(a.ID), string(b.ID)) }) // locks in one order
		for _, one := range shown.Items {
			v, err := s.d.Vacancies.VacancyForUpdate(ctx, tx, one.ID)
			if err == nil {
				_, err = vacancies.StopIn(ctx, tx, v)
			}
			if err != nil {
				return err
			}
		}
		if shown.Next == "" {
			return nil
		}
		cursor.After = shown.Next
	}
}
