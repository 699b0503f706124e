package placement

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
)

// Channel is how a post was filled.
type Channel string

// The channels of a filling through Baara. A post filled by somebody Baara
// does not know is only counted on the vacancy (employer.FillElsewhere).
const (
	ChannelService Channel = "service" // a counsellor proposed the person
	ChannelDirect  Channel = "direct"  // the person applied
)

// Placement is work somebody got.
type Placement struct {
	ID             domain.ID
	ApplicationID  domain.ID // "" for the successor of a conversion
	PreviousID     domain.ID // the placement this one was converted from
	PersonID       domain.ID
	VacancyID      domain.ID
	OrganisationID domain.ID
	AgencyID       domain.ID
	Kind           employer.ContractKind
	Channel        Channel
	State          domain.State
	StartsOn       domain.Date
	EndsOn         domain.Date // planned end, zero for a permanent contract
	EndedOn        domain.Date
	EndReason      string
	Wage           int64 // whole XOF for the period, 0 when not said
	WagePeriod     employer.WagePeriod
	CreatedAt      time.Time
	Demo           bool
	Version        int

	Standing Standing
}

// Facts tells the policy what the placement relates to.
func (p Placement) Facts() access.Facts {
	return access.Facts{
		RecordID: p.ID, PersonID: p.PersonID, OwnerID: p.Standing.OwnerID, AgencyID: p.AgencyID, OrganisationID: p.Standing.OrganisationID,
	}
}

// The states of a placement.
const (
	Planned   domain.State = "planned"
	Started   domain.State = "started"
	NoStart   domain.State = "no_start"
	Ended     domain.State = "ended"
	Converted domain.State = "converted"
)

// PlacementStates is the life of a placement. Hiring makes it.
func PlacementStates() domain.Machine {
	desk := []domain.Role{domain.RoleCounsellor, domain.RoleLead}
	reason := []string{domain.NeedReason}
	from := func(states ...domain.State) []domain.State { return states }
	return domain.Machine{
		Noun:    "placement",
		Initial: Planned,
		States:  from(Planned, Started, NoStart, Ended, Converted),
		Final:   from(NoStart, Ended, Converted),
		Transitions: []domain.Transition{
			{Name: "start", From: from(Planned), To: Started, Who: desk},
			{Name: "no_start", From: from(Planned), To: NoStart, Who: desk, Needs: reason},
			{Name: "end", From: from(Started), To: Ended, Who: desk, Needs: reason},
			{Name: "convert", From: from(Started), To: Converted, Who: desk},
		},
	}
}
