package watch

import (
	"context"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Bounds of an allowance.
const (
	MaxDaily     = 10000
	MaxAllowance = 92 // days
	maxReason    = 500
)

// Allowance lets one organisation be shown more than the usual number of
// people a day, until a day.
type Allowance struct {
	ID             domain.ID
	OrganisationID domain.ID
	Daily          int
	Reason         string
	Until          domain.Date // the last day it counts
	GivenBy        domain.ID
	GivenAt        time.Time
}

// Standing is what staff see of an organisation's views.
type Standing struct {
	Today      Day    // zero ID on a day on which it was shown nobody
	Limits     Limits // the organisation's own today
	Alerts     []Day  // the latest days with an alert
	Allowances []Allowance
}

// Alert is a day nobody of the agency has looked at yet.
type Alert struct {
	Day          Day
	Organisation string // its name
}

// Of tells how many people an organisation was shown, to its agency's staff.
func (s *Views) Of(ctx context.Context, actor domain.Actor, organisation domain.ID) (Standing, error) {
	var out Standing
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.authorise(ctx, tx, actor, access.OrganisationViews, organisation); err != nil {
			return err
		}
		var err error
		if out.Limits, _, err = s.limits(ctx, tx, organisation); err != nil {
			return err
		}
		if out.Today, err = s.d.Views.Day(ctx, tx, organisation, s.today()); err != nil {
			return err
		}
		if out.Allowances, err = s.d.Views.Allowances(ctx, tx, organisation, s.today()); err != nil {
			return err
		}
		out.Alerts, err = s.d.Views.AlertsOf(ctx, tx, organisation)
		return err
	})
	return out, err
}

func (s *Views) authorise(ctx context.Context, tx domain.Tx, actor domain.Actor, action access.Action, organisation domain.ID) error {
	o, err := s.d.Organisations.Organisation(ctx, tx, organisation)
	if err != nil {
		return s.d.Policy.Unseen(tx, actor, action, organisation, err)
	}
	return s.d.Policy.Authorise(tx, actor, action, o.Facts())
}

// Alerts lists the days nobody of the actor's agency has looked at yet, the
// newest first.
func (s *Views) Alerts(ctx context.Context, actor domain.Actor) ([]Alert, error) {
	var out []Alert
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.OrganisationViews, access.Facts{AgencyID: actor.AgencyID}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Views.Alerts(ctx, tx, actor.AgencyID)
		return err
	})
	return out, err
}

// Note says that somebody looked at an organisation's alerts.
func (s *Views) Note(ctx context.Context, actor domain.Actor, organisation domain.ID) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.authorise(ctx, tx, actor, access.OrganisationViews, organisation); err != nil {
			return err
		}
		tx.Outcome("organisation", organisation, 1)
		return s.d.Views.Note(ctx, tx, organisation, actor.UserID, s.d.Clock.Now())
	})
}

// RaiseViews lets an organisation be shown more for a while.
type RaiseViews struct {
	OrganisationID domain.ID
	Daily          int
	Until          domain.Date // at most MaxAllowance days from now
	Reason         string      // required
}

// Raise is a lead's act. It counts from the next request on.
func (s *Views) Raise(ctx context.Context, actor domain.Actor, in RaiseViews) (Allowance, error) {
	a := Allowance{
		ID: s.d.IDs.New(), OrganisationID: in.OrganisationID, Daily: in.Daily, Reason: strings.TrimSpace(in.Reason), Until: in.Until,
		GivenBy: actor.UserID, GivenAt: s.d.Clock.Now(),
	}
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.authorise(ctx, tx, actor, access.OrganisationRaise, in.OrganisationID); err != nil {
			return err
		}
		var bad domain.Fields
		bad.Check(a.Daily > s.d.Limits.Stop && a.Daily <= MaxDaily, "daily", "error.range", "Min", s.d.Limits.Stop+1, "Max", MaxDaily)
		bad.Check(a.Reason != "", "reason", "error.required")
		bad.Check(len([]rune(a.Reason)) <= maxReason, "reason", "error.too_long", "Max", maxReason)
		bad.Check(!a.Until.IsZero(), "until", "error.required")
		bad.Check(a.Until.IsZero() || !a.Until.Before(s.today()), "until", "error.date.past")
		bad.Check(!s.today().AddDays(MaxAllowance).Before(a.Until), "until", "error.views.until", "Max", MaxAllowance)
		if err := bad.Err("watch.Raise"); err != nil {
			return err
		}
		tx.Outcome("organisation", a.OrganisationID, 1)
		return s.d.Views.InsertAllowance(ctx, tx, a)
	})
	if err != nil {
		return Allowance{}, err
	}
	return a, nil
}
