package identity

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// User is an account. Jobseekers have one for their own record; their names
// stay with the person.
type User struct {
	ID             domain.ID
	Role           domain.Role
	Name           string
	Email          string
	Phone          string // E.164
	PasswordHash   string
	PasswordUntil  time.Time // of a password somebody else handed over: when it lapses unless replaced
	PersonID       domain.ID
	AgencyID       domain.ID // current membership
	OrganisationID domain.ID // current membership
	Language       string    // BCP 47
	CreatedAt      time.Time
	DisabledAt     time.Time
	Demo           bool
	Version        int
}

// Facts tells the policy what the account relates to.
func (u User) Facts() access.Facts {
	return access.Facts{RecordID: u.ID, AccountID: u.ID, AgencyID: u.AgencyID}
}

// MayAct reports whether the account may do anything at all now: it is not
// disabled, and who works for an agency or an employer still belongs to it.
func (u User) MayAct() bool {
	switch u.Role {
	case domain.RoleCounsellor, domain.RoleLead:
		return u.DisabledAt.IsZero() && u.AgencyID != ""
	case domain.RoleEmployer:
		return u.DisabledAt.IsZero() && u.OrganisationID != ""
	}
	if u.Role == domain.RoleAPIClient {
		return u.DisabledAt.IsZero() && (u.AgencyID != "" || u.OrganisationID != "")
	}
	return u.DisabledAt.IsZero()
}

// PasswordHanded reports whether somebody else made the account's password:
// its holder must choose another before anything else.
func (u User) PasswordHanded() bool { return !u.PasswordUntil.IsZero() }

// Actor is the account as somebody who acts.
func (u User) Actor() domain.Actor {
	return domain.Actor{
		UserID: u.ID, Role: u.Role, PersonID: u.PersonID,
		AgencyID: u.AgencyID, OrganisationID: u.OrganisationID,
	}
}

// Agency is an office of the employment service.
type Agency struct {
	ID        domain.ID
	Code      string
	Name      string
	PlaceCode string   // where it stands
	Serves    []string // codes of the places whose registrations it takes
	Phone     string
	CreatedAt time.Time
	ClosedAt  time.Time
	Demo      bool
	Version   int
}

// Session is a signed-in device. The token itself is never kept.
type Session struct {
	ID        domain.ID
	TokenHash string
	UserID    domain.ID
	Device    string
	Data      []byte
	CreatedAt time.Time
	LastSeen  time.Time
	ExpiresAt time.Time
	KilledAt  time.Time
}

// Token lets a program act for its owner within scopes: actions such as
// "vacancy.read", or all of a noun as "vacancy.*".
type Token struct {
	ID         domain.ID
	UserID     domain.ID
	Name       string
	Hash       string
	Scopes     []string
	Recipient  string    // who runs the program; "" of a token from before it was asked
	Agreement  domain.ID // under which it runs abroad, "" when it does not
	CreatedAt  time.Time
	ExpiresAt  time.Time
	LastUsedAt time.Time
	RevokedAt  time.Time
}
