package casework

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// CaseFile is the accompaniment of one person.
type CaseFile struct {
	ID             domain.ID
	PersonID       domain.ID
	OwnerID        domain.ID // the referent
	AgencyID       domain.ID
	Stage          domain.State
	SuspendedFrom  domain.State
	SuspendedUntil domain.Date
	CloseReason    string
	OpenedAt       time.Time
	ClosedAt       time.Time
	LastContactAt  time.Time
	Barriers       []Barrier
	MovedAt        time.Time   // when it came from another agency, zero when it never did
	SharedWith     []domain.ID // users and agencies with a live share
	OpenedBy       []domain.ID // users with a live opening in an emergency, as far as the reader sees them
	Demo           bool
	Version        int
}

// Facts tells the policy what the file relates to.
func (c CaseFile) Facts() access.Facts {
	return access.Facts{
		RecordID: c.ID, PersonID: c.PersonID, OwnerID: c.OwnerID, AgencyID: c.AgencyID, SharedWith: c.SharedWith, OpenedBy: c.OpenedBy,
	}
}

// Live reports whether the file is open.
func (c CaseFile) Live() bool { return c.Stage != Closed }

// Barrier is a need that stands in the way of work: a need, never a diagnosis.
type Barrier struct {
	Kind   string // one of BarrierKinds
	Detail string
}

// BarrierKinds lists the needs a file may name.
func BarrierKinds() []string {
	return []string{"housing", "money", "papers", "mobility", "care_visit", "childcare", "language", "digital", "other"}
}

// CloseReasons lists why a file is closed.
func CloseReasons() []string {
	return []string{"placed_stable", "self_employed", "training", "left", "re_emigrated", "deceased", "lost", "request", "other"}
}

// Share lets a colleague or an agency into a file until a time.
type Share struct {
	ID       domain.ID
	CaseID   domain.ID
	UserID   domain.ID // either a colleague
	AgencyID domain.ID // or a whole agency
	Reason   string
	Since    time.Time
	Until    time.Time
	SharedBy domain.ID
}
