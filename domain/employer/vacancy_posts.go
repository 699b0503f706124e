package employer

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// ErrFull is the message of a hire that came too late.
const ErrFull = "error.vacancy.full"

// FillPost takes one post for somebody hired and moves the vacancy. The caller
// holds the vacancy's lock. A vacancy without a post left, or no longer open,
// is Conflict.
func (v *Vacancy) FillPost(role domain.Role) (transition string, err error) {
	if v.PostsLeft() == 0 {
		return "", domain.Conflict("employer.FillPost", ErrFull)
	}
	transition = "fill_some"
	if v.PostsLeft() == 1 {
		transition = "fill"
	}
	to, err := Machine().Next(v.State, transition, role, nil)
	if err != nil {
		return "", err
	}
	v.PostsFilled++
	v.State = to
	return transition, nil
}

// FreePost gives a post back after somebody did not come. A vacancy that is
// shown or filled is open again; one that is suspended, expired or withdrawn
// only counts the post, and transition is "". One that a complaint holds is
// hidden instead.
func (v *Vacancy) FreePost(role domain.Role) (transition string, err error) {
	if v.PostsFilled == 0 {
		return "", domain.Conflict("employer.FreePost", "error.vacancy.nothing_filled")
	}
	left := v.PostsFilled - 1
	switch v.State {
	case PartlyFilled, Filled:
		transition = "reopen"
		if left > 0 {
			transition = "reopen_some"
		}
		to, err := Machine().Next(v.State, transition, role, nil)
		if err != nil {
			return "", err
		}
		if v.Reason == HeldComplaint { // it would be public again
			v.SuspendedFrom, to, transition = to, Suspended, "stop"
		}
		v.State = to
	case Suspended:
		v.SuspendedFrom = shownAs(left)
	}
	v.PostsFilled = left
	return transition, nil
}

// FilledElsewhere is the reason in the history of a post that went to somebody
// Baara does not know.
const FilledElsewhere = "elsewhere"

// FillElsewhere counts a post as filled by somebody the service did not bring.
func (s *Vacancies) FillElsewhere(ctx context.Context, actor domain.Actor, in VacancyAct) (Vacancy, error) {
	return s.change(ctx, actor, in, access.VacancySuspend, func(w *work) error {
		from := w.v.State
		name, err := w.v.FillPost(actor.Role)
		if err != nil {
			return err
		}
		s.note(w, actor, name, from, FilledElsewhere)
		return nil
	})
}

// shownAs is the state of a shown vacancy with so many posts filled.
func shownAs(filled int) domain.State {
	if filled > 0 {
		return PartlyFilled
	}
	return Published
}
