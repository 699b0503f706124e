package placement

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/person"
)

// Begin names the person and the vacancy of a new application.
type Begin struct {
	PersonID  domain.ID // for Apply "" means the actor
	VacancyID domain.ID
	Language  string // of the consent text the person read, for Apply; "" means hers
}

// Propose suggests a vacancy to somebody who agreed to be matched, and tells
// them. A vacancy that is not open, a person who may not be matched, and a
// live application of the two are Conflict.
func (s *Applications) Propose(ctx context.Context, actor domain.Actor, in Begin) (Application, error) {
	const op = "placement.Propose"
	return s.begin(ctx, actor, access.ApplicationPropose, "propose", in, func(tx domain.Tx, a *Application, v employer.Vacancy) error {
		matchable, err := s.d.People.Matchable(ctx, []domain.ID{a.PersonID}, s.d.Clock.Now())
		if err != nil {
			return err
		}
		if !matchable[a.PersonID] {
			return domain.Conflict(op, "error.application.not_matchable")
		}
		a.Origin, a.State, a.ProposedBy = OriginProposed, Proposed, actor.UserID
		return s.tell(ctx, tx, a.PersonID, "sms.proposal", v)
	}, nil)
}

// Apply is the person's own application: consent to this contact. It needs no
// consent to being matched.
func (s *Applications) Apply(ctx context.Context, actor domain.Actor, in Begin) (Application, error) {
	if in.PersonID.IsZero() {
		in.PersonID = actor.PersonID
	}
	return s.begin(ctx, actor, access.ApplicationApply, "apply", in, func(_ domain.Tx, a *Application, _ employer.Vacancy) error {
		a.Origin, a.State, a.Consent = OriginApplied, Applied, person.ByClick
		return nil
	}, func(tx domain.Tx, a *Application, v employer.Vacancy) error {
		return s.agree(ctx, tx, actor, a, v, Answer{Language: in.Language})
	})
}

func (s *Applications) begin(ctx context.Context, actor domain.Actor, action access.Action, name string, in Begin,
	rule, then func(domain.Tx, *Application, employer.Vacancy) error) (Application, error) {
	var out Application
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.about(ctx, tx, in.PersonID)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, action, facts); err != nil {
			return err
		}
		v, err := s.d.Vacancies.Vacancy(ctx, tx, in.VacancyID)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.VacancyRead, v.Facts()); err != nil {
			return err
		}
		now := s.d.Clock.Now()
		if !v.Open(domain.DateOf(now)) {
			return domain.Conflict("placement."+name, "error.vacancy.not_open")
		}
		a := Application{
			ID: s.d.IDs.New(), PersonID: in.PersonID, VacancyID: v.ID, AgencyID: facts.AgencyID,
			CreatedAt: now, StateSince: now, Demo: v.Demo, Version: 1,
			Standing: Standing{OwnerID: facts.OwnerID},
		}
		if a.MetEssential, a.OfEssential, err = s.d.Applications.EssentialMet(ctx, tx, a.PersonID, v.ID); err != nil {
			return err
		}
		if err := s.lawful(ctx, tx, "placement."+name, a.PersonID, v); err != nil {
			return err
		}
		if err := rule(tx, &a, v); err != nil {
			return err
		}
		if err := s.d.Applications.InsertApplication(ctx, tx, a); err != nil {
			return err
		}
		if then != nil {
			if err := then(tx, &a, v); err != nil {
				return err
			}
		}
		step := domain.StepBy(actor, s.d.IDs.New(), a.ID, now)
		step.Transition, step.To = name, a.State
		if err := s.d.Histories.Application.Append(ctx, tx, step); err != nil {
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

// lawful refuses hazardous work for who is, or may be, under 18.
func (s *Applications) lawful(ctx context.Context, tx domain.Tx, op string, who domain.ID, v employer.Vacancy) error {
	if !matching.Hazardous(v.ISCO) {
		return nil
	}
	p, err := s.d.People.Get(ctx, tx, who)
	if err == nil && p.Birth.Minor(domain.DateOf(s.d.Clock.Now())) {
		err = domain.Conflict(op, "error.application.hazardous")
	}
	return err
}

// about is how somebody stands to agencies and staff; of nobody, and of somebody
// unknown, it relates to nobody.
func (s *Applications) about(ctx context.Context, tx domain.Tx, person domain.ID) (access.Facts, error) {
	if person.IsZero() {
		return access.Facts{}, nil
	}
	known, err := s.d.People.Facts(ctx, tx, []domain.ID{person})
	return known[person], err
}

// tell queues a message about a vacancy to somebody.
func (s *Applications) tell(ctx context.Context, tx domain.Tx, to domain.ID, template string, v employer.Vacancy) error {
	p, err := s.d.People.Get(ctx, tx, to)
	if err != nil {
		return err
	}
	return s.d.Outbox.Notify(ctx, tx, p, template, map[string]string{"Title": v.Title, "Reference": v.Reference})
}
