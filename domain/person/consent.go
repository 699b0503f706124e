package person

import (
	"time"

	"github.com/baara-platform/baara/domain"
)

// Consent is one permission somebody gave, for one purpose, to a text of one
// version. Statistics need none: they rest on the service's legal mission.
type Consent struct {
	ID                  domain.ID
	PersonID            domain.ID
	Purpose             Purpose
	Recipient           // for ForSharing: the one employer it is for
	TextVersion         string
	Language            string // of the text that was read or heard
	Mode                ConsentMode
	Witness             string // who witnessed an oral or thumbprint consent
	Representative      string // who consented for the person: a guardian
	RepresentativePhone string // E.164
	Paper               string // where a signed or thumbprinted paper is kept
	Basis               string // for an import: where the consent was collected
	GivenAt             time.Time
	ExpiresAt           time.Time // zero: never
	WithdrawnAt         time.Time // zero: stands
	WithdrawnBy         domain.ID // who recorded the withdrawal
	WithdrawnMode       ConsentMode
	Replaced            bool // ended because a newer consent took its place
	RecordedBy          domain.ID
}

// Recipient is the one employer somebody agreed to be named to: an application
// is a contact. It is empty in consents to other purposes.
type Recipient struct {
	ApplicationID  domain.ID
	OrganisationID domain.ID // "" for an employer without an account
	Employer       string    // the name as the person was told, for ever
}

// Live reports whether the consent counts at that time.
func (c Consent) Live(at time.Time) bool {
	return c.WithdrawnAt.IsZero() && (c.ExpiresAt.IsZero() || at.Before(c.ExpiresAt))
}

// Purpose is what a consent is for.
type Purpose string

// The purposes.
const (
	ForMatching Purpose = "matching"  // be ranked for vacancies
	ForSharing  Purpose = "sharing"   // show the name to one employer
	ForFollowUp Purpose = "follow_up" // be asked at 3, 6 and 12 months
	ForMessages Purpose = "messages"  // get messages that were not asked for
)

// Purposes lists every purpose in the order lists show them.
func Purposes() []Purpose { return []Purpose{ForMatching, ForSharing, ForFollowUp, ForMessages} }

// ConsentMode is how a consent was expressed.
type ConsentMode string

// The modes. An imported consent names its basis.
const (
	ByClick          ConsentMode = "click"
	ByWriting        ConsentMode = "written"
	ByWord           ConsentMode = "oral"
	ByThumbprint     ConsentMode = "thumbprint"
	ByRepresentative ConsentMode = "representative"
	ByImport         ConsentMode = "import"
)

// ConsentEnd is how a consent ends.
type ConsentEnd struct {
	At       time.Time
	By       domain.ID
	Mode     ConsentMode // how it was said; "" where nobody noted it
	Replaced bool        // a newer one takes its place
}
