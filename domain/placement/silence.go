package placement

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
)

// After how many days without an answer something happens.
const (
	ProposalDays = 15 // a proposal the person did not answer expires
	ChaseDays    = 15 // the employer is reminded
	GiveUpDays   = 60 // the application is closed as unanswered, and the person told
)

// Silence counts what a round of EndSilence did.
type Silence struct{ Expired, Chased, Closed int }

// EndSilence is Baara's own act, one round at a time: it lets old proposals
// expire, reminds employers and closes what they never answered, at most batch
// of each.
func (s *Applications) EndSilence(ctx context.Context, batch int) (Silence, error) {
	var done Silence
	var err error
	if done.Expired, err = s.each(ctx, []domain.State{Proposed}, ProposalDays, false, batch, s.expire); err != nil {
		return done, err
	}
	if done.Closed, err = s.each(ctx, WithEmployer(), GiveUpDays, false, batch, s.giveUp); err != nil {
		return done, err
	}
	done.Chased, err = s.each(ctx, WithEmployer(), ChaseDays, true, batch, s.chase)
	return done, err
}

// each does an act to the applications that waited so long in one of the
// states. The act looks again under the lock; what was answered meanwhile is
// Conflict and passed over.
func (s *Applications) each(ctx context.Context, states []domain.State, days int, unchased bool, batch int,
	act func(context.Context, domain.ID, time.Time) error) (int, error) {
	since := s.d.Clock.Now().Add(-time.Duration(days) * 24 * time.Hour)
	var due []domain.ID
	err := s.d.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		var err error
		due, err = s.d.Applications.Waiting(ctx, tx, states, since, unchased, batch)
		return err
	})
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range due {
		err := act(ctx, id, since)
		if domain.KindOf(err) == domain.KindConflict {
			continue
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// stillWaiting refuses what moved after the list of due ones was read.
func stillWaiting(a Application, since time.Time) error {
	if a.StateSince.After(since) {
		return domain.Conflict("placement.EndSilence", "error.state")
	}
	return nil
}

// end takes one application out of a state it waited in too long.
func (s *Applications) end(ctx context.Context, id domain.ID, since time.Time, name string, rule func(domain.Tx, Application) error) error {
	actor := domain.System()
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		a, err := s.d.Applications.ApplicationForUpdate(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := stillWaiting(a, since); err != nil {
			return err
		}
		from := a.State
		if err := s.d.move(&a, actor.Role, name, ""); err != nil {
			return err
		}
		if err := rule(tx, a); err != nil {
			return err
		}
		return s.d.save(ctx, tx, actor, &a, name, from)
	})
}

func (s *Applications) expire(ctx context.Context, id domain.ID, since time.Time) error {
	return s.end(ctx, id, since, "expire", func(domain.Tx, Application) error { return nil })
}

func (s *Applications) giveUp(ctx context.Context, id domain.ID, since time.Time) error {
	return s.end(ctx, id, since, "give_up", func(tx domain.Tx, a Application) error {
		v, err := s.d.Vacancies.Vacancy(ctx, tx, a.VacancyID)
		if err != nil {
			return err
		}
		return s.tell(ctx, tx, a.PersonID, "sms.unanswered", v)
	})
}

// chase reminds the employer once for each state it lets wait. An employer
// without an account is reminded by its counsellor, who sees the date.
func (s *Applications) chase(ctx context.Context, id domain.ID, since time.Time) error {
	return s.d.Tx.InTx(ctx, domain.System(), func(tx domain.Tx) error {
		a, err := s.d.Applications.ApplicationForUpdate(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := stillWaiting(a, since); err != nil {
			return err
		}
		v, err := s.d.Vacancies.Vacancy(ctx, tx, a.VacancyID)
		if err != nil {
			return err
		}
		if !a.Standing.OrganisationID.IsZero() {
			o, err := s.d.Organisations.Organisation(ctx, tx, a.Standing.OrganisationID)
			if err != nil {
				return err
			}
			if err := s.remind(ctx, tx, o, v); err != nil {
				return err
			}
		}
		a.ChasedAt = s.d.Clock.Now()
		return s.d.Applications.SaveApplication(ctx, tx, a)
	})
}

// remind queues a message to an employer: by e-mail where it has an address,
// else by SMS. It names the vacancy, never a person.
func (s *Applications) remind(ctx context.Context, tx domain.Tx, o employer.Organisation, v employer.Vacancy) error {
	m := person.Message{
		Channel: person.ByEmail, Recipient: o.Email, Language: v.Lang, Template: "sms.chase",
		Params: map[string]string{"Title": v.Title, "Reference": v.Reference},
	}
	if m.Recipient == "" {
		m.Channel, m.Recipient = person.BySMS, o.Phone
	}
	if m.Recipient == "" {
		return nil
	}
	return s.d.Outbox.Tell(ctx, tx, m)
}
