package casework

import (
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Emergency lets one member of the desk read what another agency holds of one
// person, in an emergency: the record, where the person has been, the
// registration, the files with their plan, needs and notes for everybody on the
// file. It changes nothing, and ends by itself.
type Emergency struct {
	ID            domain.ID
	PersonID      domain.ID // "" for who may not know: see Emergencies
	UserID        domain.ID // who opened
	AgencyID      domain.ID // of who opened
	OwnerAgencyID domain.ID // of the person
	Kind          string    // one of EmergencyKinds
	Reason        string    // in words
	OpenedAt      time.Time
	Until         time.Time
	EndedAt       time.Time // before its time, zero otherwise
	EndedBy       domain.ID
	SeenBy        []domain.ID // leads
	Version       int
}

// EmergencyKinds lists what an emergency may be: somebody's safety or
// whereabouts, and nothing that a transfer or a share would do as well.
func EmergencyKinds() []string { return []string{"danger", "missing", "child"} }

// Bounds of openings.
const (
	EmergencyTime     = 2 * time.Hour
	EmergenciesPerDay = 5
	LeastReason       = 20 // runes
)

// Live reports whether the opening lets in at that time.
func (o Emergency) Live(at time.Time) bool {
	return o.EndedAt.IsZero() && !at.Before(o.OpenedAt) && at.Before(o.Until)
}

// sides are the facts of both agencies: the person's, and that of who opened.
func (o Emergency) sides() []access.Facts {
	facts := access.Facts{RecordID: o.ID, PersonID: o.PersonID, AuthorID: o.UserID, AgencyID: o.OwnerAgencyID}
	own := facts
	own.AgencyID = o.AgencyID
	return []access.Facts{facts, own}
}

// seen reports whether an account has marked the opening.
func (o Emergency) seen(by domain.ID) bool { return slices.Contains(o.SeenBy, by) }

// EmergencyRow is an opening as a list shows it, with the person's name where
// the reader may read the person.
type EmergencyRow struct {
	Emergency Emergency
	Reference string
	Given     string
	Family    string
}
