package placement

import "github.com/baara-platform/baara/domain"

// The states of an application.
const (
	Proposed   domain.State = "proposed"
	Consented  domain.State = "consented"
	Declined   domain.State = "declined"
	Expired    domain.State = "expired"
	Applied    domain.State = "applied"
	Sent       domain.State = "sent"
	Seen       domain.State = "seen"
	Interview  domain.State = "interview"
	Offer      domain.State = "offer"
	Hired      domain.State = "hired"
	Refused    domain.State = "refused"
	Withdrawn  domain.State = "withdrawn"
	Unanswered domain.State = "unanswered"
	Obsolete   domain.State = "obsolete"
)

// LiveStates are those in which something may still come of an application.
func LiveStates() []domain.State {
	return []domain.State{Proposed, Consented, Applied, Sent, Seen, Interview, Offer}
}

// WithEmployer are the states in which the employer has to answer.
func WithEmployer() []domain.State { return []domain.State{Sent, Seen, Interview} }

// ApplicationStates is the life of an application. "propose" and "apply" make
// it; they stand in the history, not here.
func ApplicationStates() domain.Machine {
	var (
		desk     = []domain.Role{domain.RoleCounsellor, domain.RoleLead}
		persons  = []domain.Role{domain.RoleJobseeker, domain.RoleCounsellor, domain.RoleLead}
		employer = []domain.Role{domain.RoleEmployer, domain.RoleCounsellor, domain.RoleLead}
		system   = []domain.Role{domain.RoleSystem}
		reason   = []string{domain.NeedReason}
	)
	from := func(states ...domain.State) []domain.State { return states }
	return domain.Machine{
		Noun:    "application",
		Initial: Proposed,
		States: from(Proposed, Consented, Declined, Expired, Applied, Sent, Seen, Interview, Offer, Hired, Refused,
			Withdrawn, Unanswered, Obsolete),
		Final: from(Declined, Expired, Hired, Refused, Withdrawn, Unanswered, Obsolete),
		Transitions: []domain.Transition{
			{Name: "consent", From: from(Proposed), To: Consented, Who: persons},
			{Name: "decline", From: from(Proposed, Offer), To: Declined, Who: persons},
			{Name: "expire", From: from(Proposed), To: Expired, Who: system},
			{Name: "send", From: from(Consented, Applied), To: Sent, Who: desk},
			{Name: "see", From: from(Sent), To: Seen, Who: employer},
			{Name: "interview", From: from(Sent, Seen), To: Interview, Who: employer},
			{Name: "offer", From: from(Sent, Seen, Interview), To: Offer, Who: employer},
			{Name: "hire", From: from(Sent, Seen, Interview, Offer), To: Hired, Who: employer},
			{Name: "refuse", From: from(Sent, Seen, Interview, Offer), To: Refused, Who: employer, Needs: reason},
			{Name: "withdraw", From: from(Consented, Applied, Sent, Seen, Interview, Offer), To: Withdrawn, Who: persons},
			{Name: "give_up", From: WithEmployer(), To: Unanswered, Who: system},
			{Name: "close", From: LiveStates(), To: Obsolete, Who: employer},
		},
	}
}
