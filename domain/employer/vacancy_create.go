package employer

import (
	"context"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Create makes a draft: of the actor's own organisation for an employer, of a
// named one for a counsellor of the agency that looks after it.
func (s *Vacancies) Create(ctx context.Context, actor domain.Actor, organisation domain.ID, in VacancyFields) (Vacancy, error) {
	if organisation.IsZero() {
		organisation = actor.OrganisationID
	}
	return s.create(ctx, actor, in, func(w *work) error {
		if organisation.IsZero() {
			return domain.Invalid("employer.CreateVacancy", domain.Field("organisation", "error.required"))
		}
		o, err := s.d.Organisations.Organisation(w.ctx, w.tx, organisation)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(w.tx, actor, access.VacancyCreate, o.Facts()); err != nil {
			if !s.d.Policy.Allows(actor, access.OrganisationRead, o.Facts()) { // an agency's program knows vacancies, and no employers
				return domain.NotFound("employer.CreateVacancy")
			}
			return err
		}
		w.v.OrganisationID, w.v.AgencyID, w.v.Source, w.v.Demo = o.ID, o.AgencyID, SourceOnline, o.Demo
		return nil
	}, nil)
}

// RecordVacancy is a vacancy a counsellor heard of.
type RecordVacancy struct {
	Source         Source // one of RecordedSources
	SourceDetail   string // which newspaper, which broadcast, who called
	OrganisationID domain.ID
	Draft          bool // more has to be asked first: keep it; title and employer are enough
	Fields         VacancyFields
}

// Record makes a vacancy without an employer account and publishes it at once;
// one whose text mentions a fee is held instead, a draft waits for Publish. The
// source stays with it.
func (s *Vacancies) Record(ctx context.Context, actor domain.Actor, in RecordVacancy) (Vacancy, error) {
	return s.create(ctx, actor, in.Fields, func(w *work) error {
		if err := s.d.Policy.Authorise(w.tx, actor, access.VacancyRecord, access.Facts{AgencyID: actor.AgencyID}); err != nil {
			return err
		}
		if in.OrganisationID != "" {
			if _, err := s.d.Organisations.Organisation(w.ctx, w.tx, in.OrganisationID); err != nil {
				return domain.Invalid("employer.Record", domain.Field("organisation", "error.choice"))
			}
		}
		w.v.OrganisationID, w.v.AgencyID, w.v.RecordedBy = in.OrganisationID, actor.AgencyID, actor.UserID
		w.v.Source, w.v.SourceDetail = in.Source, strings.TrimSpace(in.SourceDetail)
		return nil
	}, func(w *work, bad *domain.Fields) error {
		bad.Check(slices.Contains(RecordedSources(), in.Source), "source", "error.choice")
		if in.Draft {
			w.v.named(bad)
		} else {
			w.v.ready(bad, s.today())
		}
		if err := bad.Err("employer.Record"); err != nil || in.Draft {
			return err
		}
		return s.publishUnlessFee(w, actor, "")
	})
}

// create is the frame of both acts that make a vacancy: owner authorises and
// says whose it is, then may follow with more checks and steps.
func (s *Vacancies) create(ctx context.Context, actor domain.Actor, in VacancyFields, owner func(*work) error, then func(*work, *domain.Fields) error) (Vacancy, error) {
	const op = "employer.CreateVacancy"
	in = in.tidied()
	g, err := s.guess(ctx, in)
	if err != nil {
		return Vacancy{}, err
	}
	var out Vacancy
	err = s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		now := s.d.Clock.Now()
		v := Vacancy{ID: s.d.IDs.New(), State: Machine().Initial, CreatedAt: now, UpdatedAt: now, Version: 1}
		w := &work{ctx: ctx, tx: tx, actor: actor, v: &v}
		if err := owner(w); err != nil {
			return err
		}
		var bad domain.Fields
		in.check(&bad, s.d.Places)
		chosen, err := s.chosen(ctx, tx, in, &bad)
		if err != nil {
			return err
		}
		v.apply(in, g, chosen)
		s.note(w, actor, "create", "", "")
		if then != nil {
			err = then(w, &bad)
		} else {
			err = bad.Err(op)
		}
		if err != nil {
			return err
		}
		numbers, err := s.d.Vacancies.VacancyNumbers(ctx, tx, 1)
		if err != nil {
			return err
		}
		v.Reference = vacancyReference(now, numbers[0])
		if err := s.d.Vacancies.InsertVacancy(ctx, tx, v); err != nil {
			return err
		}
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
