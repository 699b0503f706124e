package placement

import (
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
)

// Origin is who began an application.
type Origin string

// The origins. Whoever applies has consented to the contact.
const (
	OriginProposed Origin = "proposed" // by a counsellor
	OriginApplied  Origin = "applied"  // by the person
)

// Refusal is why an employer refused, in the words statistics count.
type Refusal string

// Refusals lists the reasons in the order forms show them.
func Refusals() []Refusal {
	return []Refusal{
		"skills", "experience", "education", "language", "licence", "location", "wage", "availability",
		"post_filled", "no_show", "other",
	}
}

// Application is one person for one vacancy.
type Application struct {
	ID           domain.ID
	PersonID     domain.ID
	VacancyID    domain.ID
	AgencyID     domain.ID // the person's agency when it began
	Origin       Origin
	State        domain.State
	ProposedBy   domain.ID
	Consent      person.ConsentMode // how the person agreed to this contact; "" before
	Refusal      Refusal
	Reason       string // words beside the last change
	MetEssential int    // essential skills the person had when it began
	OfEssential  int    // of so many the vacancy asked for
	CreatedAt    time.Time
	StateSince   time.Time
	SentAt       time.Time
	ChasedAt     time.Time // when the employer was reminded
	Demo         bool
	Version      int

	Standing Standing
}

// Standing is how the application relates to people, as it is now: read with
// it, never written.
type Standing struct {
	OwnerID        domain.ID // the referent of the person's open case file
	OrganisationID domain.ID // the vacancy's employer, "" while it is not verified
	ContactEnded   bool      // the person took the consent to this contact back
}

// Facts tells the policy what the application relates to. An employer has a
// relation to it only once it was sent.
func (a Application) Facts() access.Facts {
	f := access.Facts{RecordID: a.ID, PersonID: a.PersonID, OwnerID: a.Standing.OwnerID, AgencyID: a.AgencyID}
	if !a.SentAt.IsZero() {
		f.OrganisationID = a.Standing.OrganisationID
	}
	return f
}

// Live reports whether something may still come of it.
func (a Application) Live() bool { return slices.Contains(LiveStates(), a.State) }
