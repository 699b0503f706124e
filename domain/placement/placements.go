package placement

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/employer"
)

// Placements are the use-cases on placements. Hiring makes them.
type Placements struct{ d Deps }

// NewPlacements wires the use-cases.
func NewPlacements(d Deps) *Placements { return &Placements{d: d} }

// Get reads one placement.
func (s *Placements) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Placement, error) {
	var out Placement
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		p, err := s.d.Placements.Placement(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.PlacementRead, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PlacementRead, p.Facts()); err != nil {
			return err
		}
		out = p
		return nil
	})
	return out, err
}

// PlacementFilter narrows a list; empty fields do not.
type PlacementFilter struct {
	PersonID  domain.ID
	VacancyID domain.ID
	States    []domain.State
}

// PlacementRow is a placement as a list shows it. Employers know the people
// they hired by name.
type PlacementRow struct {
	Placement        Placement
	VacancyTitle     string
	VacancyReference string
	EmployerName     string
	Given            string
	Family           string
}

// List gives the placements the actor may read.
func (s *Placements) List(ctx context.Context, actor domain.Actor, filter PlacementFilter, cursor domain.Cursor) (domain.Listing[PlacementRow], error) {
	var out domain.Listing[PlacementRow]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		relations := s.d.Policy.Relations(actor, access.PlacementRead)
		if len(relations) == 0 {
			return s.d.Policy.Authorise(tx, actor, access.PlacementRead, access.Facts{})
		}
		var err error
		out, err = s.d.Placements.Placements(ctx, tx, PlacementQuery{
			Actor: actor, Relations: relations, PlacementFilter: filter, Cursor: cursor,
		})
		return err
	})
	return out, err
}

// Start says that the person began, on the planned day or another one.
type Start struct {
	Act
	On domain.Date // zero: as planned
}

// Start begins a planned placement.
func (s *Placements) Start(ctx context.Context, actor domain.Actor, in Start) (Placement, error) {
	return s.change(ctx, actor, in.Act, "start", func(_ domain.Tx, p *Placement) error {
		if !in.On.IsZero() {
			p.StartsOn = in.On
		}
		var bad domain.Fields
		bad.Check(p.EndsOn.IsZero() || !p.EndsOn.Before(p.StartsOn), "on", "error.date.order")
		return bad.Err("placement.Start")
	})
}

// NoStart says, with a reason, that the person never began: the post is free
// again, and the person's file active again.
func (s *Placements) NoStart(ctx context.Context, actor domain.Actor, in Act) (Placement, error) {
	return s.changeWithVacancy(ctx, actor, in, "no_start", func(tx domain.Tx, p *Placement, v *employer.Vacancy) error {
		p.EndReason = in.Reason
		if v != nil {
			from := v.State
			name, err := v.FreePost(actor.Role)
			if err != nil {
				return err
			}
			if err := s.d.saveVacancy(ctx, tx, actor, v, name, from); err != nil {
				return err
			}
		}
		c, err := s.d.Cases.LiveCaseOf(ctx, tx, p.PersonID)
		if domain.KindOf(err) == domain.KindNotFound || err == nil && c.Stage != casework.Placed {
			return nil
		}
		if err != nil {
			return err
		}
		return s.d.shiftCase(ctx, tx, actor, c, casework.Activate)
	})
}

// End says when and why work ended.
type End struct {
	Act
	On domain.Date
}

// End ends a started placement. A day before the start is Invalid.
func (s *Placements) End(ctx context.Context, actor domain.Actor, in End) (Placement, error) {
	return s.change(ctx, actor, in.Act, "end", func(_ domain.Tx, p *Placement) error {
		p.EndedOn, p.EndReason = in.On, in.Reason
		return checkEnd("placement.End", *p)
	})
}

func checkEnd(op string, p Placement) error {
	var bad domain.Fields
	bad.Check(!p.EndedOn.IsZero(), "on", "error.required")
	bad.Check(p.EndedOn.IsZero() || !p.EndedOn.Before(p.StartsOn), "on", "error.date.order")
	return bad.Err(op)
}

// Convert says that work went on under another contract: an internship became
// a job.
type Convert struct {
	Act
	On     domain.Date
	Kind   employer.ContractKind
	EndsOn domain.Date
}

// Convert closes a placement as converted and gives its successor, which has
// started that day.
func (s *Placements) Convert(ctx context.Context, actor domain.Actor, in Convert) (successor Placement, err error) {
	const op = "placement.Convert"
	_, err = s.change(ctx, actor, in.Act, "convert", func(tx domain.Tx, p *Placement) error {
		p.EndedOn, p.EndReason = in.On, string(in.Kind)
		if err := checkEnd(op, *p); err != nil {
			return err
		}
		next := *p
		next.ID, next.ApplicationID, next.PreviousID, next.Version = s.d.IDs.New(), "", p.ID, 1
		next.Kind, next.State, next.StartsOn, next.EndsOn = in.Kind, Started, in.On, in.EndsOn
		next.EndedOn, next.EndReason, next.CreatedAt = domain.Date{}, "", s.d.Clock.Now()
		var bad domain.Fields
		bad.Check(slices.Contains(employer.ContractKinds(), in.Kind) && in.Kind != p.Kind, "kind", "error.choice")
		bad.Check(in.EndsOn.IsZero() || !in.EndsOn.Before(in.On), "ends_on", "error.date.order")
		if err := bad.Err(op); err != nil {
			return err
		}
		successor = next
		return s.d.insert(ctx, tx, actor, next, "convert")
	})
	if err != nil {
		return Placement{}, err
	}
	return successor, nil
}

// History gives a placement's steps, oldest first, to who may change it.
func (s *Placements) History(ctx context.Context, actor domain.Actor, id domain.ID) ([]domain.Step, error) {
	var out []domain.Step
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		p, err := s.d.Placements.Placement(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.PlacementUpdate, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PlacementUpdate, p.Facts()); err != nil {
			return err
		}
		out, err = s.d.Histories.Placement.Of(ctx, tx, id)
		return err
	})
	return out, err
}

// change is the frame of acts that leave the vacancy alone.
func (s *Placements) change(ctx context.Context, actor domain.Actor, in Act, name string, rule func(domain.Tx, *Placement) error) (Placement, error) {
	return s.frame(ctx, actor, in, name, false, func(tx domain.Tx, p *Placement, _ *employer.Vacancy) error { return rule(tx, p) })
}

// changeWithVacancy is the frame of acts that also change the vacancy. A
// placement without one passes nil.
func (s *Placements) changeWithVacancy(ctx context.Context, actor domain.Actor, in Act, name string,
	rule func(domain.Tx, *Placement, *employer.Vacancy) error) (Placement, error) {
	return s.frame(ctx, actor, in, name, true, rule)
}

func (s *Placements) frame(ctx context.Context, actor domain.Actor, in Act, name string, withVacancy bool,
	rule func(domain.Tx, *Placement, *employer.Vacancy) error) (Placement, error) {
	var out Placement
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		var v *employer.Vacancy
		if withVacancy { // before the placement: see the package comment
			var err error
			if v, err = s.lockVacancy(ctx, tx, in.ID); err != nil {
				return s.d.Policy.Unseen(tx, actor, access.PlacementUpdate, in.ID, err)
			}
		}
		p, err := s.d.Placements.PlacementForUpdate(ctx, tx, in.ID)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.PlacementUpdate, in.ID, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PlacementUpdate, p.Facts()); err != nil {
			return err
		}
		if in.Version != 0 && in.Version != p.Version {
			return domain.Stale("placement." + name)
		}
		from := p.State
		if p.State, err = PlacementStates().Next(from, name, actor.Role, map[string]string{domain.NeedReason: in.Reason}); err != nil {
			return err
		}
		if err := rule(tx, &p, v); err != nil {
			return err
		}
		if err := s.d.Placements.SavePlacement(ctx, tx, p); err != nil {
			return err
		}
		p.Version++
		step := domain.StepBy(actor, s.d.IDs.New(), p.ID, s.d.Clock.Now())
		step.Transition, step.From, step.To, step.Reason = name, from, p.State, in.Reason
		if err := s.d.Histories.Placement.Append(ctx, tx, step); err != nil {
			return err
		}
		tx.Outcome("placement", p.ID, p.Version)
		out = p
		return nil
	})
	if err != nil {
		return Placement{}, err
	}
	return out, nil
}

func (s *Placements) lockVacancy(ctx context.Context, tx domain.Tx, id domain.ID) (*employer.Vacancy, error) {
	p, err := s.d.Placements.Placement(ctx, tx, id)
	if err != nil || p.VacancyID.IsZero() {
		return nil, err
	}
	v, err := s.d.Vacancies.VacancyForUpdate(ctx, tx, p.VacancyID)
	return &v, err
}
