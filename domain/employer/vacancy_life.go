package employer

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// ConfirmWithin is how many days a vacancy stays public without its employer
// saying that it is still open.
const ConfirmWithin = 90

// Suspend hides a public vacancy for a while.
func (s *Vacancies) Suspend(ctx context.Context, actor domain.Actor, in VacancyAct) (Vacancy, error) {
	return s.change(ctx, actor, in, access.VacancySuspend, func(w *work) error {
		from := w.v.State
		if err := s.move(w, actor, "suspend", in.Reason); err != nil {
			return err
		}
		w.v.SuspendedFrom, w.v.Reason = from, in.Reason
		return nil
	})
}

// Resume shows a suspended vacancy again, as it was.
func (s *Vacancies) Resume(ctx context.Context, actor domain.Actor, in VacancyAct) (Vacancy, error) {
	return s.change(ctx, actor, in, access.VacancySuspend, func(w *work) error {
		if err := s.unlessComplained(w); err != nil {
			return err
		}
		if err := s.move(w, actor, "resume", in.Reason); err != nil {
			return err
		}
		w.v.SuspendedFrom, w.v.Reason = "", ""
		return nil
	})
}

// RenewVacancy confirms a vacancy, until a new date or with none.
type RenewVacancy struct {
	VacancyAct
	OpenUntil domain.Date
}

// Renew says that the vacancy is still open: an expired one is public again, a
// public one gets another 90 days.
func (s *Vacancies) Renew(ctx context.Context, actor domain.Actor, in RenewVacancy) (Vacancy, error) {
	return s.change(ctx, actor, in.VacancyAct, access.VacancySuspend, func(w *work) error {
		if err := s.unlessComplained(w); err != nil {
			return err
		}
		if !w.v.Public() {
			name := "renew"
			if w.v.PostsFilled > 0 {
				name = "renew_some"
			}
			if err := s.move(w, actor, name, in.Reason); err != nil {
				return err
			}
		}
		w.v.ConfirmedAt, w.v.OpenUntil = s.d.Clock.Now(), in.OpenUntil
		var bad domain.Fields
		w.v.ready(&bad, s.today())
		return bad.Err("employer.Renew")
	})
}

// Withdraw ends a vacancy that is not filled. Nobody can reopen it.
func (s *Vacancies) Withdraw(ctx context.Context, actor domain.Actor, in VacancyAct) (Vacancy, error) {
	return s.change(ctx, actor, in, access.VacancySuspend, func(w *work) error {
		if err := s.move(w, actor, "withdraw", in.Reason); err != nil {
			return err
		}
		w.v.SuspendedFrom, w.v.Reason = "", in.Reason
		return nil
	})
}

// RaisePosts offers more posts than before; a filled vacancy is open again.
type RaisePosts struct {
	VacancyAct
	Posts int // the new number, above the present one
}

// RaisePosts raises the number of posts of a public or filled vacancy.
func (s *Vacancies) RaisePosts(ctx context.Context, actor domain.Actor, in RaisePosts) (Vacancy, error) {
	const op = "employer.RaisePosts"
	return s.change(ctx, actor, in.VacancyAct, access.VacancySuspend, func(w *work) error {
		if in.Posts <= w.v.Posts || in.Posts > MaxPosts {
			return domain.Invalid(op, domain.Field("posts", "error.range", "Min", w.v.Posts+1, "Max", MaxPosts))
		}
		if err := s.unlessComplained(w); err != nil {
			return err
		}
		if !w.v.Public() {
			if err := s.move(w, actor, "raise", in.Reason); err != nil {
				return err
			}
		}
		w.v.Posts = in.Posts
		return nil
	})
}

// ExpireVacancies is Baara's own act: vacancies whose date has passed, or that
// nobody confirmed in time, are taken off, at most batch at a time. It says how
// many were.
func (s *Vacancies) ExpireVacancies(ctx context.Context, batch int) (int, error) {
	actor := domain.System()
	var due []domain.ID
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		due, err = s.d.Vacancies.VacanciesDue(ctx, tx, s.today(), s.confirmedSince(), batch)
		return err
	})
	if err != nil {
		return 0, err
	}
	expired := 0
	for _, id := range due {
		_, err := s.Expire(ctx, actor, VacancyAct{ID: id})
		switch domain.KindOf(err) {
		case domain.KindConflict: // renewed meanwhile
		case "":
			if err != nil {
				return expired, err
			}
			expired++
		default:
			return expired, err
		}
	}
	return expired, nil
}

// confirmedSince is the moment after which a confirmation still holds.
func (s *Vacancies) confirmedSince() time.Time {
	return s.d.Clock.Now().Add(-ConfirmWithin * 24 * time.Hour)
}

// Expire takes one public or suspended vacancy off: Baara's own act. One whose
// date has not passed and that was confirmed in time is Conflict.
func (s *Vacancies) Expire(ctx context.Context, actor domain.Actor, in VacancyAct) (Vacancy, error) {
	return s.change(ctx, actor, in, access.VacancyExpire, func(w *work) error {
		passed := !w.v.OpenUntil.IsZero() && w.v.OpenUntil.Before(s.today())
		if !passed && !w.v.ConfirmedAt.Before(s.confirmedSince()) {
			return domain.Conflict("employer.Expire", "error.vacancy.not_due")
		}
		w.v.SuspendedFrom = ""
		return s.move(w, actor, "expire", in.Reason)
	})
}
