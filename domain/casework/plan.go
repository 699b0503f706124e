package casework

import (
	"time"

	"github.com/baara-platform/baara/domain"
)

// Goal is what the person and the counsellor work towards.
type Goal struct {
	ID           domain.ID
	CaseID       domain.ID
	Words        string
	OccupationID domain.ID
	DueOn        domain.Date
	State        string // open, reached or dropped
	CreatedBy    domain.ID
	CreatedAt    time.Time
	Version      int
}

// Action is one thing somebody does by a day.
type Action struct {
	ID        domain.ID
	CaseID    domain.ID
	GoalID    domain.ID
	Words     string
	Doer      string // jobseeker, counsellor or partner
	DueOn     domain.Date
	State     string // open, done or dropped
	DoneAt    time.Time
	CreatedBy domain.ID
	CreatedAt time.Time
	Version   int
}

// States of goals and actions, and who does an action.
const (
	Open    = "open"
	Reached = "reached"
	Done    = "done"
	Dropped = "dropped"

	ByJobseeker  = "jobseeker"
	ByCounsellor = "counsellor"
	ByPartner    = "partner"
)

// PlanOf is a file's goals with their actions, the open and soonest first.
type PlanOf struct {
	Goals   []Goal
	Actions []Action
}

// Next is the open action that is due first; ok is false when nothing is open.
func (p PlanOf) Next() (next Action, ok bool) {
	for _, a := range p.Actions {
		if a.State != Open {
			continue
		}
		sooner := !a.DueOn.IsZero() && (next.DueOn.IsZero() || a.DueOn.Before(next.DueOn))
		if !ok || sooner {
			next, ok = a, true
		}
	}
	return next, ok
}
