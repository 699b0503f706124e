package rights

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Kind is what somebody asks for.
type Kind string

// The kinds of request.
const (
	Access        Kind = "access"        // what is kept beyond the copy everybody can take
	Rectification Kind = "rectification" // that something wrong is corrected
	Objection     Kind = "objection"     // that data is not used for a purpose
	Erasure       Kind = "erasure"       // that the record is removed
)

// Kinds lists them in the order forms show them.
func Kinds() []Kind { return []Kind{Access, Rectification, Objection, Erasure} }

// Statistics is the purpose that rests on no consent, and that one objects to.
const Statistics = "statistics"

// Purposes lists what can be objected to: statistics, and what needs a consent,
// for which objecting is withdrawing it.
func Purposes() []string { return []string{Statistics, "matching", "sharing", "follow_up", "messages"} }

// Mode says how a request came.
type Mode string

// The modes.
const (
	BySelf    Mode = "self"    // from the person's own account
	ByCounter Mode = "counter" // written down by staff, for somebody who came
)

// Bounds of what is written, in runes.
const (
	MaxWords  = 2000
	MaxReason = 1000
)

// Request is what somebody asked for, and what came of it.
type Request struct {
	ID         domain.ID
	Reference  string // DR-2026-00012
	Kind       Kind
	Purpose    string // of an objection
	Words      string
	PersonID   domain.ID // "" once erased
	AgencyID   domain.ID // that answers
	Mode       Mode
	MadeBy     domain.ID
	State      domain.State
	Reason     string // the answer's own words: what was done, or why not
	DueOn      domain.Date
	WaitsUntil time.Time // of an erasure asked for from an account: nothing is removed before
	DecidedBy  domain.ID
	DecidedAt  time.Time
	CreatedAt  time.Time
	UpdatedAt  time.Time
	Version    int
}

// Facts tells the policy what the request relates to.
func (r Request) Facts() access.Facts {
	return access.Facts{RecordID: r.ID, PersonID: r.PersonID, AgencyID: r.AgencyID, AuthorID: r.MadeBy}
}

// Open reports whether somebody still waits for an answer.
func (r Request) Open() bool {
	return r.State == Received || r.State == InProgress || r.State == Confirmed
}

// Overdue reports whether the answer is late on that day.
func (r Request) Overdue(today domain.Date) bool { return r.Open() && r.DueOn.Before(today) }

// Row is a request as a list shows it. Names are there where the reader may
// know them; the officer learns a reference.
type Row struct {
	Request       Request
	Person        string // reference, "" once erased
	Given, Family string
	Agency        string // name
}

// The states of a request.
const (
	Received   domain.State = "received"
	InProgress domain.State = "in_progress"
	Confirmed  domain.State = "confirmed" // an erasure that is about to be carried out
	Done       domain.State = "done"
	Refused    domain.State = "refused"
	Withdrawn  domain.State = "withdrawn"
)

// The transitions of a request.
const (
	Make     = "make"
	Take     = "take"
	Finish   = "finish"
	Refuse   = "refuse"
	Withdraw = "withdraw"
	Confirm  = "confirm" // remove the record: erasures alone
	Remove   = "remove"  // Baara's own: it is removed
	Return   = "return"  // Baara's own: something began to hold it meanwhile
)

// States is the life of a request. An erasure is never simply finished: it is
// confirmed, and done when the record is gone.
func States(kind Kind) domain.Machine {
	desk := []domain.Role{domain.RoleCounsellor, domain.RoleLead, domain.RoleDataProtection}
	heads := []domain.Role{domain.RoleLead, domain.RoleDataProtection}
	open := []domain.State{Received, InProgress}
	m := domain.Machine{
		Noun: "rights_request", Initial: Received, States: []domain.State{Received, InProgress, Confirmed, Done, Refused, Withdrawn},
		Final: []domain.State{Done, Refused, Withdrawn},
		Transitions: []domain.Transition{
			{Name: Take, From: []domain.State{Received}, To: InProgress, Who: desk},
			{Name: Refuse, From: open, To: Refused, Who: desk, Needs: []string{domain.NeedReason}},
			{Name: Withdraw, From: open, To: Withdrawn, Who: []domain.Role{domain.RoleJobseeker, domain.RoleCounsellor, domain.RoleLead}},
		},
	}
	if kind == Erasure {
		system := []domain.Role{domain.RoleSystem}
		m.Transitions = append(m.Transitions,
			domain.Transition{Name: Confirm, From: open, To: Confirmed, Who: heads},
			domain.Transition{Name: Remove, From: []domain.State{Confirmed}, To: Done, Who: system},
			domain.Transition{Name: Return, From: []domain.State{Confirmed}, To: InProgress, Who: system, Needs: []string{domain.NeedReason}},
		)
	} else {
		m.Transitions = append(m.Transitions,
			domain.Transition{Name: Finish, From: open, To: Done, Who: desk, Needs: []string{domain.NeedReason}})
	}
	return m
}
