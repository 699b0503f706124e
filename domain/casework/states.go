package casework

import "github.com/baara-platform/baara/domain"

// The stages of a case file.
const (
	Assessment domain.State = "assessment"
	Planning   domain.State = "plan"
	Active     domain.State = "active"
	Placed     domain.State = "placed"
	FollowUp   domain.State = "follow_up"
	Suspended  domain.State = "suspended"
	Closed     domain.State = "closed"
)

// The transitions of a case file. Resume goes back to the stage the file was
// suspended from.
const (
	Plan     = "plan"
	Activate = "activate"
	Place    = "place"
	Follow   = "follow"
	Suspend  = "suspend"
	Resume   = "resume"
	Close    = "close"
	Reopen   = "reopen"
)

// Stages is the life of a case file.
func Stages() domain.Machine {
	desk := []domain.Role{domain.RoleCounsellor, domain.RoleLead}
	// Hiring moves the file whoever confirms the hire.
	hire := append([]domain.Role{domain.RoleEmployer, domain.RoleSystem}, desk...)
	from := func(states ...domain.State) []domain.State { return states }
	return domain.Machine{
		Noun: "case", Initial: Assessment,
		States: from(Assessment, Planning, Active, Placed, FollowUp, Suspended, Closed),
		Final:  from(Closed),
		Transitions: []domain.Transition{
			{Name: Plan, From: from(Assessment), To: Planning, Who: desk},
			{Name: Activate, From: from(Planning, Placed, FollowUp), To: Active, Who: desk},
			{Name: Place, From: from(Assessment, Planning, Active, Suspended), To: Placed, Who: hire},
			{Name: Follow, From: from(Placed), To: FollowUp, Who: desk},
			{Name: Suspend, From: from(Assessment, Planning, Active, Placed, FollowUp), To: Suspended, Who: desk, Needs: []string{domain.NeedUntil}},
			{Name: Resume, From: from(Suspended), To: "", Who: desk},
			{Name: Close, To: Closed, Who: desk, Needs: []string{domain.NeedReason}},
			{Name: Reopen, From: from(Closed), To: Active, Who: desk, Needs: []string{domain.NeedReason}},
		},
	}
}
