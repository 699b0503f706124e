package person

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Registration makes a person a jobseeker of one agency.
type Registration struct {
	ID           domain.ID
	PersonID     domain.ID
	AgencyID     domain.ID
	State        domain.State
	RegisteredOn domain.Date
	RenewBy      domain.Date // zero while in the intake queue
	ClosedReason string      // one of CloseReasons when closed
	Version      int
}

// Facts tells the policy what the registration relates to. The owner of a
// case file is not known here: see Directory.Facts.
func (r Registration) Facts() access.Facts {
	return access.Facts{RecordID: r.ID, PersonID: r.PersonID, AgencyID: r.AgencyID}
}

// QuarantineDelay is how long a registration without proof of work waits at
// least before it leaves quarantine by itself, once its phone was proven.
const QuarantineDelay = 24 * time.Hour

// The states of a registration.
const (
	Draft  domain.State = "draft"
	Intake domain.State = "intake"
	// Quarantine is before the intake queue: it came without proof of work, and
	// may be one of thousands a program sent.
	Quarantine domain.State = "quarantine"
	Active     domain.State = "active"
	Lapsed     domain.State = "lapsed"
	Closed     domain.State = "closed"
)

// CloseReasons lists why a registration ends.
func CloseReasons() []string {
	return []string{"job", "training", "left", "duplicate", "deceased", "request", "other"}
}

// The transitions of a registration.
const (
	Submit = "submit"
	Part   = "part"  // sent without proof of work
	Clear  = "clear" // somebody looked at it, or the phone was proven and a day has passed
	Import = "import"
	Accept = "accept"
	Renew  = "renew"
	Lapse  = "lapse"
	Close  = "close"
	Reopen = "reopen"
)

// RegistrationStates is the life of a registration. What it leaves out on
// purpose: nothing leads back to the intake queue, so that stocks and flows
// balance with one entry a person.
func RegistrationStates() domain.Machine {
	desk := []domain.Role{domain.RoleCounsellor, domain.RoleLead}
	return domain.Machine{
		Noun: "registration", Initial: Draft,
		States: []domain.State{Draft, Quarantine, Intake, Active, Lapsed, Closed},
		Final:  []domain.State{Closed},
		Transitions: []domain.Transition{
			{Name: Submit, From: []domain.State{Draft}, To: Intake, Who: append([]domain.Role{domain.RoleAnonymous}, desk...)},
			{Name: Part, From: []domain.State{Draft}, To: Quarantine, Who: []domain.Role{domain.RoleAnonymous}},
			{Name: Clear, From: []domain.State{Quarantine}, To: Intake, Who: append([]domain.Role{domain.RoleSystem}, desk...)},
			{Name: Import, From: []domain.State{Draft}, To: Active, Who: []domain.Role{domain.RoleSystem}},
			{Name: Accept, From: []domain.State{Quarantine, Intake}, To: Active, Who: desk},
			{Name: Renew, From: []domain.State{Active, Lapsed}, To: Active, Who: append([]domain.Role{domain.RoleJobseeker}, desk...)},
			{Name: Lapse, From: []domain.State{Active}, To: Lapsed, Who: []domain.Role{domain.RoleSystem}},
			{Name: Close, From: []domain.State{Quarantine, Intake, Active, Lapsed}, To: Closed,
				Who: append([]domain.Role{domain.RoleSystem}, desk...), Needs: []string{domain.NeedReason}},
			{Name: Reopen, From: []domain.State{Closed}, To: Active, Who: desk, Needs: []string{domain.NeedReason}},
		},
	}
}
