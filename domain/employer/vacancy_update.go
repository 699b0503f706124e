package employer

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// UpdateVacancy replaces what may be edited. Start from Vacancy.Fields to
// change some of it.
type UpdateVacancy struct {
	ID      domain.ID
	Version int
	Fields  VacancyFields
}

// Update changes a vacancy that is not filled, expired or withdrawn (else
// Conflict). A vacancy that people can read stays complete, and its employer
// may not slip past the review: an unverified one changes no public text, and
// nobody but a counsellor makes a public text mention a fee.
func (s *Vacancies) Update(ctx context.Context, actor domain.Actor, in UpdateVacancy) (Vacancy, error) {
	const op = "employer.UpdateVacancy"
	in.Fields = in.Fields.tidied()
	g, err := s.guess(ctx, in.Fields)
	if err != nil {
		return Vacancy{}, err
	}
	return s.change(ctx, actor, VacancyAct{ID: in.ID, Version: in.Version}, access.VacancyUpdate, func(w *work) error {
		editable := []domain.State{Draft, Submitted, Returned, Held, Published, PartlyFilled, Suspended}
		if !slices.Contains(editable, w.v.State) {
			return domain.Conflict(op, "error.vacancy.not_editable")
		}
		var bad domain.Fields
		in.Fields.check(&bad, s.d.Places)
		chosen, err := s.chosen(ctx, w.tx, in.Fields, &bad)
		if err != nil {
			return err
		}
		bad.Check(in.Fields.Posts >= w.v.PostsFilled, "posts", "error.vacancy.posts_filled", "Filled", w.v.PostsFilled)
		before := *w.v
		w.v.apply(in.Fields, g, chosen)
		w.v.named(&bad)
		if slices.Contains([]domain.State{Published, PartlyFilled, Suspended}, w.v.State) {
			w.v.ready(&bad, s.today())
			bad.Check(in.Fields.Posts > w.v.PostsFilled, "posts", "error.vacancy.posts_filled", "Filled", w.v.PostsFilled)
			if err := s.keepReviewed(w, before, &bad); err != nil {
				return err
			}
		}
		return bad.Err(op)
	})
}

// keepReviewed refuses an employer's edit that would need a review first.
func (s *Vacancies) keepReviewed(w *work, before Vacancy, bad *domain.Fields) error {
	sameText := w.v.Title == before.Title && w.v.Description == before.Description && slices.Equal(w.v.FeeWords(), before.FeeWords())
	if !w.actor.ForEmployer() || sameText {
		return nil
	}
	bad.Check(!w.v.mentionsFee(), "description", "error.vacancy.fee")
	o, err := s.organisation(w)
	if err == nil && (!o.Verified() || o.Stopped) {
		err = domain.Conflict("employer.UpdateVacancy", "error.vacancy.unverified")
	}
	return err
}

// organisation gives the vacancy's employer; one without an account is the zero value.
func (s *Vacancies) organisation(w *work) (Organisation, error) {
	if w.v.OrganisationID.IsZero() {
		return Organisation{}, nil
	}
	return s.d.Organisations.Organisation(w.ctx, w.tx, w.v.OrganisationID)
}
