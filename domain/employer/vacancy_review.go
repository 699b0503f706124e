package employer

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Submit asks for publication. The vacancy must be complete and declared free
// of fees. Baara then publishes it at once when its employer is verified and
// the text mentions no fee; otherwise it is held for a counsellor.
func (s *Vacancies) Submit(ctx context.Context, actor domain.Actor, in VacancyAct) (Vacancy, error) {
	return s.change(ctx, actor, in, access.VacancySubmit, func(w *work) error {
		if err := s.move(w, actor, "submit", ""); err != nil {
			return err
		}
		o, err := s.organisation(w)
		if err != nil {
			return err
		}
		var bad domain.Fields
		w.v.ready(&bad, s.today())
		bad.Check(o.Kind != KindBureau || w.v.ClientName != "", "client_name", "error.vacancy.client")
		if err := bad.Err("employer.Submit"); err != nil {
			return err
		}
		w.v.Reason = ""
		if w.v.mentionsFee() {
			return s.hold(w, domain.System(), HeldFee)
		}
		if o.Stopped {
			return s.hold(w, domain.System(), HeldComplaint)
		}
		if !o.Verified() {
			return s.hold(w, domain.System(), HeldUnverified)
		}
		return s.publish(w, domain.System(), "")
	})
}

// Publish makes a draft, submitted or held vacancy public: a counsellor read
// it. It must be complete. A draft whose text mentions a fee is held first, and
// held text that mentions a fee, whatever it was held for, is published only
// with a reason: why it asks workers for nothing.
func (s *Vacancies) Publish(ctx context.Context, actor domain.Actor, in VacancyAct) (Vacancy, error) {
	return s.change(ctx, actor, in, access.VacancyPublish, func(w *work) error {
		var bad domain.Fields
		w.v.ready(&bad, s.today())
		bad.Check(w.v.State != Held || w.v.Reason != HeldFee && !w.v.mentionsFee() || in.Reason != "", "reason", "error.required")
		if err := bad.Err("employer.Publish"); err != nil {
			return err
		}
		if w.v.State == Draft {
			return s.publishUnlessFee(w, actor, in.Reason)
		}
		return s.publish(w, actor, in.Reason)
	})
}

// publishUnlessFee publishes a draft, or holds one whose text mentions a fee.
func (s *Vacancies) publishUnlessFee(w *work, by domain.Actor, reason string) error {
	if !w.v.mentionsFee() {
		return s.publish(w, by, reason)
	}
	if err := s.move(w, by, "submit", ""); err != nil {
		return err
	}
	return s.hold(w, domain.System(), HeldFee)
}

// Return gives a submitted or held vacancy back to its employer with a reason.
func (s *Vacancies) Return(ctx context.Context, actor domain.Actor, in VacancyAct) (Vacancy, error) {
	return s.change(ctx, actor, in, access.VacancyPublish, func(w *work) error {
		w.v.Reason = in.Reason
		return s.move(w, actor, "return", in.Reason)
	})
}

// Hold keeps a submitted vacancy back, with a reason, until somebody decides.
func (s *Vacancies) Hold(ctx context.Context, actor domain.Actor, in VacancyAct) (Vacancy, error) {
	return s.change(ctx, actor, in, access.VacancyPublish, func(w *work) error { return s.hold(w, actor, in.Reason) })
}

func (s *Vacancies) hold(w *work, by domain.Actor, reason string) error {
	w.v.Reason = reason
	return s.move(w, by, "hold", reason)
}

func (s *Vacancies) publish(w *work, by domain.Actor, reason string) error {
	if err := s.move(w, by, "publish", reason); err != nil {
		return err
	}
	now := s.d.Clock.Now()
	w.v.Reason, w.v.ConfirmedAt = "", now
	if w.v.PublishedAt.IsZero() {
		w.v.PublishedAt = now
	}
	return nil
}

func (v Vacancy) mentionsFee() bool { return len(v.FeeWords()) > 0 }

func (s *Vacancies) today() domain.Date { return domain.DateOf(s.d.Clock.Now()) }

func vacancyReference(at time.Time, number int64) string {
	return domain.Reference("OF", at.Year(), number)
}
