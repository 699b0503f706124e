package person

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Statistics rest on the service's legal mission, not on consent: whoever
// refuses to be matched is counted. But anybody may object to being counted,
// and the objection is kept with the person. Whatever counts people leaves out
// those whose StatisticsObjectedAt is set.

// StatisticsObjection says since when somebody objects to being counted in
// statistics; the zero time for who does not.
func (s *Consents) StatisticsObjection(ctx context.Context, actor domain.Actor, person domain.ID) (time.Time, error) {
	var out time.Time
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, person)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PersonRead, facts); err != nil {
			return err
		}
		out, err = s.d.People.StatisticsObjection(ctx, tx, person)
		return err
	})
	return out, err
}

// ObjectToStatistics keeps that somebody does not want to be counted, from now
// on. To object twice changes nothing.
func (s *Consents) ObjectToStatistics(ctx context.Context, actor domain.Actor, person domain.ID) error {
	return s.objection(ctx, actor, person, func(since time.Time) time.Time {
		if since.IsZero() {
			return s.d.Clock.Now()
		}
		return since
	})
}

// WithdrawStatisticsObjection lets somebody be counted again.
func (s *Consents) WithdrawStatisticsObjection(ctx context.Context, actor domain.Actor, person domain.ID) error {
	return s.objection(ctx, actor, person, func(time.Time) time.Time { return time.Time{} })
}

func (s *Consents) objection(ctx context.Context, actor domain.Actor, person domain.ID, change func(since time.Time) time.Time) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if _, err := s.person(ctx, tx, actor, person, nil); err != nil {
			return err
		}
		since, err := s.d.People.StatisticsObjection(ctx, tx, person)
		if err != nil {
			return err
		}
		tx.Outcome("person", person, 0)
		return s.d.People.SaveStatisticsObjection(ctx, tx, person, change(since))
	})
}
