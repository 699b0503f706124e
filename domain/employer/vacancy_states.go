package employer

import "github.com/baara-platform/baara/domain"

// The states of a vacancy.
const (
	Draft        domain.State = "draft"
	Submitted    domain.State = "submitted"
	Published    domain.State = "published"
	Returned     domain.State = "returned"
	Held         domain.State = "held"
	Suspended    domain.State = "suspended"
	PartlyFilled domain.State = "partly_filled"
	Filled       domain.State = "filled"
	Expired      domain.State = "expired"
	Withdrawn    domain.State = "withdrawn"
)

// Why Baara itself holds or hides a vacancy: codes in Vacancy.Reason.
const (
	HeldFee        = "fee"        // the text mentions a fee
	HeldUnverified = "unverified" // the employer is not verified yet
	HeldComplaint  = "complaint"  // somebody complained, and staff have not decided or were not satisfied
)

// Machine is the life of a vacancy. Filling and reopening are asked for by
// placements; expiring by the clock.
func Machine() domain.Machine {
	var (
		desk   = []domain.Role{domain.RoleCounsellor, domain.RoleLead}
		theirs = []domain.Role{domain.RoleEmployer, domain.RoleCounsellor, domain.RoleLead}
		submit = append([]domain.Role{domain.RoleAPIClient}, theirs...)
		review = []domain.Role{domain.RoleCounsellor, domain.RoleLead, domain.RoleSystem}
		system = []domain.Role{domain.RoleSystem}
		reason = []string{domain.NeedReason}
	)
	from := func(states ...domain.State) []domain.State { return states }
	return domain.Machine{
		Noun:    "vacancy",
		Initial: Draft,
		States:  from(Draft, Submitted, Published, Returned, Held, Suspended, PartlyFilled, Filled, Expired, Withdrawn),
		Final:   from(Withdrawn),
		Transitions: []domain.Transition{
			{Name: "submit", From: from(Draft, Returned), To: Submitted, Who: submit},
			{Name: "publish", From: from(Draft, Held), To: Published, Who: desk},
			{Name: "publish", From: from(Submitted), To: Published, Who: review},
			{Name: "return", From: from(Submitted, Held), To: Returned, Who: desk, Needs: reason},
			{Name: "hold", From: from(Submitted), To: Held, Who: review, Needs: reason},
			{Name: "suspend", From: from(Published, PartlyFilled), To: Suspended, Who: theirs},
			{Name: "stop", From: from(Published, PartlyFilled), To: Suspended, Who: system, Needs: reason},
			{Name: "resume", From: from(Suspended), To: "", Who: theirs},
			{Name: "fill_some", From: from(Published, PartlyFilled), To: PartlyFilled, Who: theirs},
			{Name: "fill", From: from(Published, PartlyFilled), To: Filled, Who: theirs},
			{Name: "reopen_some", From: from(PartlyFilled, Filled), To: PartlyFilled, Who: theirs},
			{Name: "reopen", From: from(PartlyFilled, Filled), To: Published, Who: theirs},
			{Name: "raise", From: from(Filled), To: PartlyFilled, Who: theirs},
			{Name: "expire", From: from(Published, PartlyFilled, Suspended), To: Expired, Who: system},
			{Name: "renew", From: from(Expired), To: Published, Who: theirs},
			{Name: "renew_some", From: from(Expired), To: PartlyFilled, Who: theirs},
			{Name: "withdraw", From: from(Draft, Submitted, Published, Returned, Held, Suspended, PartlyFilled, Expired),
				To: Withdrawn, Who: theirs},
		},
	}
}
