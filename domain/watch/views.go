package watch

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Limits are how many different people one organisation may be shown by
// pseudonym on a day of the service's zone.
type Limits struct {
	Alert int // from this number on its agency is told
	Stop  int // beyond this number nobody new is shown before the next day
	Zone  *time.Location
}

// DefaultLimits let an employer read three pages of candidates for each of two
// vacancies, and tell its agency on the way.
func DefaultLimits() Limits { return Limits{Alert: 60, Stop: 120, Zone: time.UTC} }

// ErrStopped is the message of a day on which nobody new is shown any more.
const ErrStopped = "error.views.stopped"

// Day is what one organisation was shown on one day.
type Day struct {
	ID             domain.ID
	OrganisationID domain.ID
	Day            domain.Date
	Shown          int       // different people
	AlertedAt      time.Time // when the soft limit was reached, else zero
	StoppedAt      time.Time // when somebody new was refused first, else zero
	NotedBy        domain.ID // who of the staff looked at the alert
	NotedAt        time.Time
}

// Views are the use-cases on whom employers are shown.
type Views struct{ d Deps }

// NewViews wires the use-cases.
func NewViews(d Deps) *Views { return &Views{d: d} }

// Show counts people an employer is about to be shown by pseudonym, and is
// TooMany when that would pass the day's limit: then none of them may be shown,
// nor anybody else new before the next day. Who was shown already that day
// counts no more. For other readers it does
// nothing. It commits before it returns, under Baara's own role: no act of an
// employer reaches the counts.
func (s *Views) Show(ctx context.Context, actor domain.Actor, people []domain.ID) error {
	if actor.Role != domain.RoleEmployer || len(people) == 0 {
		return nil
	}
	own := actor.ByBaara()
	own.Once = domain.Once{} // looking is no act that a key repeats
	now := s.d.Clock.Now()
	stop := false
	err := s.d.Tx.InTx(ctx, own, func(tx domain.Tx) error {
		stop = false
		day, err := s.d.Views.DayForUpdate(ctx, tx, s.d.IDs.New(), actor.OrganisationID, s.today())
		if err != nil {
			return err
		}
		fresh, err := s.d.Views.NotShown(ctx, tx, day, people)
		if err != nil || len(fresh) == 0 {
			return err
		}
		limits, raised, err := s.limits(ctx, tx, actor.OrganisationID)
		if err != nil {
			return err
		}
		stopped := !day.StoppedAt.IsZero() && !raised.After(day.StoppedAt)
		if stop = stopped || day.Shown+len(fresh) > limits.Stop; stop {
			if stopped {
				return nil
			}
			day.StoppedAt = now
		} else {
			if err := s.d.Views.Shown(ctx, tx, day, fresh, now); err != nil {
				return err
			}
			day.Shown += len(fresh)
		}
		if day.AlertedAt.IsZero() && (stop || day.Shown >= limits.Alert) {
			day.AlertedAt = now
			tx.Decided(domain.Decision{Action: alerted, Allowed: true, Kind: "organisation", RecordID: day.OrganisationID})
		}
		return s.d.Views.SaveDay(ctx, tx, day)
	})
	if err != nil || !stop {
		return err
	}
	return s.refuse(ctx, actor, now)
}

// alerted names the alert in the audit trail. No row permits it: numbers do.
const alerted = "organisation.alert"

// refuse notes in the audit trail who asked for more, and says when to come back.
func (s *Views) refuse(ctx context.Context, actor domain.Actor, now time.Time) error {
	stopped := domain.TooMany("watch.Show", ErrStopped)
	stopped.After = s.tomorrow().Sub(now)
	actor.Once = domain.Once{}
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		tx.Decided(domain.Decision{Action: string(access.VacancyMatch), Kind: "organisation", RecordID: actor.OrganisationID})
		return stopped
	})
}

// limits are the organisation's own today, and when somebody last raised them.
func (s *Views) limits(ctx context.Context, tx domain.Tx, organisation domain.ID) (out Limits, raised time.Time, err error) {
	out = s.d.Limits
	allowed, err := s.d.Views.Allowances(ctx, tx, organisation, s.today())
	if err != nil {
		return out, raised, err
	}
	for _, a := range allowed {
		if a.GivenAt.After(raised) {
			raised = a.GivenAt
		}
		if a.Daily > out.Stop {
			out.Alert, out.Stop = s.d.Limits.Alert*a.Daily/s.d.Limits.Stop, a.Daily
		}
	}
	return out, raised, nil
}

func (s *Views) today() domain.Date { return domain.DateOf(s.d.Clock.Now().In(s.d.Limits.Zone)) }

// tomorrow is when the next day begins.
func (s *Views) tomorrow() time.Time {
	now := s.d.Clock.Now().In(s.d.Limits.Zone)
	return time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, s.d.Limits.Zone)
}
