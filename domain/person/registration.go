package person

import (
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

// The states of a registration.
const (
	Draft  domain.State = "draft"
	Intake domain.State = "intake"
	Active domain.State = "active"
	Lapsed domain.State = "lapsed"
	Closed domain.State = "closed"
)

// CloseReasons lists why a registration ends.
func CloseReasons() []string {
	return []string{"job", "training", "left", "duplicate", "deceased", "request", "other"}
}

// The transitions of a registration.
const (
	Submit = "submit"
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
		States: []domain.State{Draft, Intake, Active, Lapsed, Closed},
		Final:  []domain.State{Closed},
		Transitions: []domain.Transition{
			{Name: Submit, From: []domain.State{Draft}, To: Intake, Who: append([]domain.Role{domain.RoleAnonymous}, desk...)},
			{Name: Import, From: []domain.State{Draft}, To: Active, Who: []domain.Role{domain.RoleSystem}},
			{Name: Accept, From: []domain.State{Intake}, To: Active, Who: desk},
			{Name: Renew, From: []domain.State{Active, Lapsed}, To: Active, Who: append([]domain.Role{domain.RoleJobseeker}, desk...)},
			{Name: Lapse, From: []domain.State{Active}, To: Lapsed, Who: []domain.Role{domain.RoleSystem}},
			{Name: Close, From: []domain.State{Intake, Active, Lapsed}, To: Closed,
				Who: append([]domain.Role{domain.RoleSystem}, desk...), Needs: []string{domain.NeedReason}},
			{Name: Reopen, From: []domain.State{Closed}, To: Active, Who: desk, Needs: []string{domain.NeedReason}},
		},
	}
}
