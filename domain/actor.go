package domain

import "slices"

// Role is what somebody is to Baara. A user has exactly one; a person who is
// both jobseeker and counsellor has two accounts.
type Role string

// The roles. Anonymous and System have no account: a visitor of the public
// pages, and Baara itself (jobs, imports, the command line).
const (
	RoleAnonymous      Role = "anonymous"
	RoleJobseeker      Role = "jobseeker"
	RoleEmployer       Role = "employer"
	RoleCounsellor     Role = "counsellor"
	RoleLead           Role = "lead"
	RoleAnalyst        Role = "analyst"
	RoleAdministrator  Role = "administrator"
	RoleDataProtection Role = "data_protection"
	RoleAPIClient      Role = "api_client" // a program of an organisation's or an agency's: it holds tokens and signs in nowhere
	RoleSystem         Role = "system"
)

// AccountRoles lists the roles an account can have, in the order pages show them.
func AccountRoles() []Role {
	return []Role{
		RoleJobseeker, RoleEmployer, RoleCounsellor, RoleLead,
		RoleAnalyst, RoleAdministrator, RoleDataProtection, RoleAPIClient,
	}
}

// PeopleRoles lists the roles of accounts that people sign in to: all but
// programs.
func PeopleRoles() []Role {
	return slices.DeleteFunc(AccountRoles(), func(r Role) bool { return r == RoleAPIClient })
}

// AllRoles lists every role, for tests and policy tables.
func AllRoles() []Role {
	return append([]Role{RoleAnonymous, RoleSystem}, AccountRoles()...)
}

// Staff reports whether the role works for the employment service.
func (r Role) Staff() bool {
	switch r {
	case RoleCounsellor, RoleLead, RoleAnalyst, RoleAdministrator, RoleDataProtection:
		return true
	}
	return false
}

// Actor is who asks for something and through which request. Every use-case
// takes one.
type Actor struct {
	UserID         ID
	Role           Role
	PersonID       ID       // a jobseeker's own record
	AgencyID       ID       // a staff member's agency
	OrganisationID ID       // an employer member's organisation
	Scopes         []string // actions an API token is limited to; nil means all the role may do
	Confined       bool     // a program of which nobody knows that it may have data about people: it is given none
	RequestID      string
	Once           Once
}

// ForEmployer reports whether the actor stands for an employer: a member of an
// organisation, or its program. Whoever does sees people as employers may.
func (a Actor) ForEmployer() bool {
	return a.Role == RoleEmployer || a.Role == RoleAPIClient && a.OrganisationID != ""
}

// Once makes an unsafe request safe to repeat: the same key from the same
// scope does the act one time. The zero value asks for nothing.
type Once struct {
	Scope       string // user id, or an anonymous visitor's token, with the route
	Key         string // the Idempotency-Key header or the form's hidden token
	PayloadHash string // hex SHA-256 of what was sent
}

// Anonymous is a visitor without an account.
func Anonymous() Actor { return Actor{Role: RoleAnonymous} }

// System is Baara itself.
func System() Actor { return Actor{Role: RoleSystem} }

// ByBaara is Baara acting within the actor's request, before or beside what
// the actor may do: signing in is one such act.
func (a Actor) ByBaara() Actor {
	return Actor{Role: RoleSystem, RequestID: a.RequestID, Once: a.Once}
}
