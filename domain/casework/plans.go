package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Plan reads a file's goals and actions.
func (s *Files) Plan(ctx context.Context, actor domain.Actor, id domain.ID) (PlanOf, error) {
	var out PlanOf
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if _, err := s.readable(ctx, tx, actor, id); err != nil {
			return err
		}
		var err error
		out, err = s.d.Plans.Plan(ctx, tx, id)
		return err
	})
	return out, err
}

// AddGoal is a goal with, optionally, its first action: one form on the page.
type AddGoal struct {
	CaseID       domain.ID
	Words        string
	OccupationID domain.ID
	DueOn        domain.Date
	First        AddAction // Words "" means none
}

// AddAction is one action; GoalID may be missing.
type AddAction struct {
	CaseID domain.ID
	GoalID domain.ID
	Words  string
	Doer   string
	DueOn  domain.Date
}

// maxPlanWords bounds the words of goals and actions, in runes.
const maxPlanWords = 500

func (a AddAction) check(f *domain.Fields, prefix string) {
	f.Check(strings.TrimSpace(a.Words) != "", prefix+"words", "error.required")
	f.Check(len([]rune(a.Words)) <= maxPlanWords, prefix+"words", "error.too_long", "Max", maxPlanWords)
	f.Check(slices.Contains([]string{ByJobseeker, ByCounsellor, ByPartner}, a.Doer), prefix+"doer", "error.choice")
}

// AddGoal writes a goal, and its first action if given.
func (s *Files) AddGoal(ctx context.Context, actor domain.Actor, in AddGoal) (Goal, error) {
	var f domain.Fields
	f.Check(strings.TrimSpace(in.Words) != "", "words", "error.required")
	f.Check(len([]rune(in.Words)) <= maxPlanWords, "words", "error.too_long", "Max", maxPlanWords)
	if in.First.Words != "" {
		in.First.check(&f, "first.")
	}
	if err := f.Err("casework.AddGoal"); err != nil {
		return Goal{}, err
	}
	goal := Goal{
		ID: s.d.IDs.New(), CaseID: in.CaseID, Words: strings.TrimSpace(in.Words), OccupationID: in.OccupationID,
		DueOn: in.DueOn, State: Open, CreatedBy: actor.UserID, CreatedAt: s.d.Clock.Now(), Version: 1,
	}
	err := s.plan(ctx, actor, in.CaseID, func(tx domain.Tx) error {
		if err := s.d.Plans.InsertGoal(ctx, tx, goal); err != nil {
			return err
		}
		if in.First.Words != "" {
			in.First.GoalID = goal.ID
			return s.d.Plans.InsertAction(ctx, tx, s.newAction(actor, in.CaseID, in.First))
		}
		return nil
	})
	if err != nil {
		return Goal{}, err
	}
	return goal, nil
}

// AddAction writes an action.
func (s *Files) AddAction(ctx context.Context, actor domain.Actor, in AddAction) (Action, error) {
	const op = "casework.AddAction"
	var f domain.Fields
	in.check(&f, "")
	if err := f.Err(op); err != nil {
		return Action{}, err
	}
	action := s.newAction(actor, in.CaseID, in)
	err := s.plan(ctx, actor, in.CaseID, func(tx domain.Tx) error {
		if !in.GoalID.IsZero() {
			goal, err := s.d.Plans.Goal(ctx, tx, in.GoalID)
			if err != nil {
				return err
			}
			if goal.CaseID != in.CaseID {
				return domain.NotFound(op)
			}
		}
		return s.d.Plans.InsertAction(ctx, tx, action)
	})
	if err != nil {
		return Action{}, err
	}
	return action, nil
}

func (s *Files) newAction(actor domain.Actor, caseID domain.ID, in AddAction) Action {
	return Action{
		ID: s.d.IDs.New(), CaseID: caseID, GoalID: in.GoalID, Words: strings.TrimSpace(in.Words), Doer: in.Doer,
		DueOn: in.DueOn, State: Open, CreatedBy: actor.UserID, CreatedAt: s.d.Clock.Now(), Version: 1,
	}
}

// plan is the frame of additions to a plan: the file is locked and its owner asked for.
func (s *Files) plan(ctx context.Context, actor domain.Actor, id domain.ID, write func(domain.Tx) error) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		c, err := s.d.Cases.CaseForUpdate(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.CasePlan, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.CasePlan, c.Facts()); err != nil {
			return err
		}
		if !c.Live() {
			return domain.Conflict("casework.plan", "error.case.closed")
		}
		if err := write(tx); err != nil {
			return err
		}
		tx.Outcome("case", c.ID, c.Version)
		return nil
	})
}

// SettleAction says how an action ended, or opens it again.
type SettleAction struct {
	ID      domain.ID
	Version int
	State   string // open, done or dropped
}

// Settle changes an action's state.
func (s *Files) Settle(ctx context.Context, actor domain.Actor, in SettleAction) (Action, error) {
	const op = "casework.Settle"
	if !slices.Contains([]string{Open, Done, Dropped}, in.State) {
		return Action{}, domain.Invalid(op, domain.Field("state", "error.choice"))
	}
	var out Action
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		a, err := s.d.Plans.Action(ctx, tx, in.ID)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.CasePlan, in.ID, err)
		}
		if err := s.mayPlan(ctx, tx, actor, a.CaseID); err != nil {
			return err
		}
		if a.Version != in.Version {
			return domain.Stale(op)
		}
		a.State, a.DoneAt = in.State, time.Time{}
		if in.State == Done {
			a.DoneAt = s.d.Clock.Now()
		}
		if err := s.d.Plans.SaveAction(ctx, tx, a); err != nil {
			return err
		}
		a.Version++
		tx.Outcome("action", a.ID, a.Version)
		out = a
		return nil
	})
	return out, err
}

// SettleGoal says how a goal ended, or opens it again.
type SettleGoal struct {
	ID      domain.ID
	Version int
	State   string // open, reached or dropped
}

// SettleGoal changes a goal's state.
func (s *Files) SettleGoal(ctx context.Context, actor domain.Actor, in SettleGoal) (Goal, error) {
	const op = "casework.SettleGoal"
	if !slices.Contains([]string{Open, Reached, Dropped}, in.State) {
		return Goal{}, domain.Invalid(op, domain.Field("state", "error.choice"))
	}
	var out Goal
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		g, err := s.d.Plans.Goal(ctx, tx, in.ID)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.CasePlan, in.ID, err)
		}
		if err := s.mayPlan(ctx, tx, actor, g.CaseID); err != nil {
			return err
		}
		if g.Version != in.Version {
			return domain.Stale(op)
		}
		g.State = in.State
		if err := s.d.Plans.SaveGoal(ctx, tx, g); err != nil {
			return err
		}
		g.Version++
		tx.Outcome("goal", g.ID, g.Version)
		out = g
		return nil
	})
	return out, err
}

func (s *Files) mayPlan(ctx context.Context, tx domain.Tx, actor domain.Actor, id domain.ID) error {
	c, err := s.d.Cases.CaseForUpdate(ctx, tx, id)
	if err != nil {
		return s.d.Policy.Unseen(tx, actor, access.CasePlan, id, err)
	}
	return s.d.Policy.Authorise(tx, actor, access.CasePlan, c.Facts())
}
