package watch

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
)

// Complaints are the use-cases on complaints.
type Complaints struct{ d Deps }

// NewComplaints wires the use-cases.
func NewComplaints(d Deps) *Complaints { return &Complaints{d: d} }

// Complain is what somebody says. Staff may name the person they speak for.
type Complain struct {
	VacancyID domain.ID
	PersonID  domain.ID // for staff; jobseekers speak for themselves
	Kind      Kind
	Words     string
	Call      bool
}

// Make records a complaint and, in the same transaction, hides the vacancy and
// holds its employer back from people, until staff decide. A jobseeker may
// complain about a vacancy she can read or has an application for; others do
// not exist for her. What one person says again about one vacancy is added to
// the first complaint. One that was found unfounded is open again then, but
// hides nothing a second time.
func (s *Complaints) Make(ctx context.Context, actor domain.Actor, in Complain) (Complaint, error) {
	const op = "watch.Complain"
	in.Words = strings.TrimSpace(in.Words)
	if actor.Role == domain.RoleJobseeker {
		in.PersonID = actor.PersonID
	}
	var out Complaint
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		v, err := s.d.Vacancies.VacancyForUpdate(ctx, tx, in.VacancyID)
		if err != nil {
			return err
		}
		if err := s.mayComplain(ctx, tx, actor, v, in.PersonID); err != nil {
			return err
		}
		if err := s.check(ctx, tx, op, actor, in); err != nil {
			return err
		}
		before, err := s.d.Complaints.Of(ctx, tx, v.ID, in.PersonID)
		if domain.KindOf(err) == domain.KindNotFound {
			out, err = s.first(ctx, tx, actor, in, v)
		} else if err == nil {
			out, err = s.again(ctx, tx, actor, in, before)
		}
		if err != nil {
			return err
		}
		if out.Stops {
			if _, err := s.d.Stops.StopIn(ctx, tx, v); err != nil {
				return err
			}
		}
		tx.Outcome("complaint", out.ID, out.Version)
		return nil
	})
	if err != nil {
		return Complaint{}, err
	}
	return out, nil
}

// mayComplain hides vacancies the person has nothing to do with.
func (s *Complaints) mayComplain(ctx context.Context, tx domain.Tx, actor domain.Actor, v employer.Vacancy, person domain.ID) error {
	facts := access.Facts{RecordID: v.ID, PersonID: person}
	if actor.Role == domain.RoleJobseeker && !s.d.Policy.Allows(actor, access.VacancyRead, v.Facts()) {
		known, err := s.d.Complaints.Concerned(ctx, tx, v.ID, person)
		if err != nil {
			return err
		}
		if !known {
			return domain.NotFound("watch.Complain")
		}
	}
	return s.d.Policy.Authorise(tx, actor, access.ComplaintMake, facts)
}

func (s *Complaints) check(ctx context.Context, tx domain.Tx, op string, actor domain.Actor, in Complain) error {
	var bad domain.Fields
	bad.Check(slices.Contains(Kinds(), in.Kind), "kind", "error.choice")
	bad.Check(in.Kind != Other || in.Words != "", "words", "error.required")
	bad.Check(len([]rune(in.Words)) <= MaxWords, "words", "error.too_long", "Max", MaxWords)
	if err := bad.Err(op); err != nil || actor.Role != domain.RoleJobseeker {
		return err
	}
	now := s.d.Clock.Now().In(s.d.Limits.Zone)
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, s.d.Limits.Zone)
	made, err := s.d.Complaints.MadeSince(ctx, tx, actor.UserID, day)
	if err != nil || made < PerDay {
		return err
	}
	many := domain.TooMany(op, "error.complaint.per_day")
	many.After = day.AddDate(0, 0, 1).Sub(now)
	return many
}

// first writes a new complaint. The agency of the vacancy decides; of one that
// no agency looks after, the person's or the counsellor's own.
func (s *Complaints) first(ctx context.Context, tx domain.Tx, actor domain.Actor, in Complain, v employer.Vacancy) (Complaint, error) {
	agency := v.AgencyID
	if agency.IsZero() {
		agency = actor.AgencyID
	}
	if agency.IsZero() {
		r, err := s.d.Registrations.Registration(ctx, tx, in.PersonID)
		if err != nil {
			return Complaint{}, err
		}
		agency = r.AgencyID
	}
	now := s.d.Clock.Now()
	c := Complaint{
		ID: s.d.IDs.New(), VacancyID: v.ID, OrganisationID: v.OrganisationID, AgencyID: agency, PersonID: in.PersonID, MadeBy: actor.UserID,
		Kind: in.Kind, Words: in.Words, Call: in.Call, State: States().Initial, Stops: true, CreatedAt: now, UpdatedAt: now, Version: 1,
	}
	if err := s.d.Complaints.Insert(ctx, tx, c); err != nil {
		return Complaint{}, err
	}
	step := domain.StepBy(actor, s.d.IDs.New(), c.ID, now)
	step.Transition, step.To = "make", c.State
	return c, s.d.History.Append(ctx, tx, step)
}

// again adds what the same person says about the same vacancy.
func (s *Complaints) again(ctx context.Context, tx domain.Tx, actor domain.Actor, in Complain, c Complaint) (Complaint, error) {
	if c.State == Unfounded {
		c.Stops = false
	}
	if in.Words != "" {
		c.Words = strings.TrimPrefix(c.Words+"\n\n"+in.Words, "\n\n")
	}
	c.Kind, c.Call = in.Kind, c.Call || in.Call
	return s.move(ctx, tx, actor, c, Repeat, "")
}

// move takes one transition, writes the complaint and its step.
func (s *Complaints) move(ctx context.Context, tx domain.Tx, actor domain.Actor, c Complaint, name, reason string) (Complaint, error) {
	to, err := States().Next(c.State, name, actor.Role, map[string]string{domain.NeedReason: reason})
	if err != nil {
		return Complaint{}, err
	}
	now := s.d.Clock.Now()
	step := domain.StepBy(actor, s.d.IDs.New(), c.ID, now)
	step.Transition, step.From, step.To, step.Reason = name, c.State, to, reason
	c.State, c.UpdatedAt = to, now
	if err := s.d.Complaints.Save(ctx, tx, c); err != nil {
		return Complaint{}, err
	}
	c.Version++
	return c, s.d.History.Append(ctx, tx, step)
}
