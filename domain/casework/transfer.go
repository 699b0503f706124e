package casework

import (
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Transfer is the way of somebody's registration and files from one agency to
// another: asked for by the other agency, or offered to it. Nothing moves, and
// nothing of the file shows, before who answers has accepted.
type Transfer struct {
	ID           domain.ID
	PersonID     domain.ID // "" for who may not know: see Transfers
	FromAgencyID domain.ID
	ToAgencyID   domain.ID
	Offered      bool // by the agency that has the file; else asked by the other
	State        domain.State
	Reason       string // in the words of who asked or offered
	OpenedBy     domain.ID
	OpenedAt     time.Time
	LapsesAt     time.Time
	DecidedBy    domain.ID
	DecidedAt    time.Time
	Answer       string    // why it was declined or taken back
	OwnerID      domain.ID // the referent of the open file as far as the reader may know; never stored
	Version      int
}

// The states of a transfer.
const (
	Asked     domain.State = "asked"
	Offered   domain.State = "offered"
	Accepted  domain.State = "accepted"
	Declined  domain.State = "declined"
	Withdrawn domain.State = "withdrawn"
	TimedOut  domain.State = "lapsed"
)

// The transitions of a transfer. Overtake ends what others asked for somebody
// whose file has moved.
const (
	Accept   = "accept"
	Decline  = "decline"
	Withdraw = "withdraw"
	Lapse    = "lapse"
	Overtake = "overtake"
)

// TransferDays is how long a transfer waits for its answer.
const TransferDays = 14

// MaxReason bounds the words of a reason, in runes.
const MaxReason = 500

// TransferStates is the life of a transfer. Which side may make a transition
// is the policy's.
func TransferStates() domain.Machine {
	desk := []domain.Role{domain.RoleCounsellor, domain.RoleLead}
	live := []domain.State{Asked, Offered}
	return domain.Machine{
		Noun: "transfer", Initial: Asked,
		States: []domain.State{Asked, Offered, Accepted, Declined, Withdrawn, TimedOut},
		Final:  []domain.State{Accepted, Declined, Withdrawn, TimedOut},
		Transitions: []domain.Transition{
			{Name: Accept, From: live, To: Accepted, Who: desk},
			{Name: Decline, From: live, To: Declined, Who: desk, Needs: []string{domain.NeedReason}},
			{Name: Withdraw, From: live, To: Withdrawn, Who: desk},
			{Name: Lapse, From: live, To: TimedOut, Who: []domain.Role{domain.RoleSystem}},
			{Name: Overtake, From: live, To: TimedOut, Who: desk},
		},
	}
}

// Live reports whether the transfer waits for an answer.
func (t Transfer) Live() bool { return slices.Contains([]domain.State{Asked, Offered}, t.State) }

// giver and taker are the facts of either side: the agency that has the file,
// with its referent, and the other.
func (t Transfer) giver() access.Facts {
	return access.Facts{RecordID: t.ID, PersonID: t.PersonID, OwnerID: t.OwnerID, AgencyID: t.FromAgencyID}
}

func (t Transfer) taker() access.Facts {
	return access.Facts{RecordID: t.ID, PersonID: t.PersonID, AgencyID: t.ToAgencyID}
}

// answering is what the policy is asked of who answers: the act and the facts
// of the side that did not begin.
func (t Transfer) answering() (access.Action, access.Facts) {
	if t.Offered {
		return access.TransferTake, t.taker()
	}
	return access.TransferGive, t.giver()
}

// beginning gives the facts of the side that began, with who did.
func (t Transfer) beginning() access.Facts {
	side := t.taker()
	if t.Offered {
		side = t.giver()
	}
	side.AuthorID, side.OwnerID = t.OpenedBy, ""
	return side
}

// TransferRow is a transfer as a list shows it: the name of somebody the
// reader may read, and nothing of anybody else.
type TransferRow struct {
	Transfer  Transfer
	Reference string
	Given     string
	Family    string
}
