package employer

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// OrganisationKind is what sort of employer somebody is. A bureau places
// people with clients it names.
type OrganisationKind string

// The kinds of employer.
const (
	KindCompany   OrganisationKind = "company"
	KindWorkshop  OrganisationKind = "workshop"
	KindBureau    OrganisationKind = "bureau"
	KindPublic    OrganisationKind = "public"
	KindNGO       OrganisationKind = "ngo"
	KindHousehold OrganisationKind = "household"
)

// OrganisationKinds lists the kinds in the order forms show them.
func OrganisationKinds() []OrganisationKind {
	return []OrganisationKind{KindCompany, KindWorkshop, KindBureau, KindPublic, KindNGO, KindHousehold}
}

// Sizes lists the size classes by number of workers, "unknown" last.
func Sizes() []string { return []string{"1", "2-9", "10-49", "50-249", "250+", SizeUnknown} }

// SizeUnknown is the size class nobody was asked for.
const SizeUnknown = "unknown"

// Verification is how far staff have checked that an employer is real.
type Verification string

// Two different members of staff verify; either may refuse.
const (
	VerificationPending Verification = "pending"
	VerificationFirst   Verification = "first" // one of two has verified
	VerificationDone    Verification = "verified"
	VerificationRefused Verification = "refused"
	// VerificationStopped is how a verified employer stands while a complaint is
	// open: where only names are read, and never stored.
	VerificationStopped Verification = "stopped"
)

// Organisation is an employer.
type Organisation struct {
	ID        domain.ID
	Reference string // EN-2026-00012
	Kind      OrganisationKind
	LegalName string
	TradeName string
	RCCM      string // trade register number; workshops may have none
	NIF       string // tax number; likewise
	ISIC      string // section letter or two-digit division, Rev.4
	Size      string // one of Sizes
	PlaceCode string
	Address   string

	ContactName string
	Phone       string // E.164
	Email       string

	Verification Verification
	FirstBy      domain.ID
	FirstAt      time.Time
	SecondBy     domain.ID
	SecondAt     time.Time
	Refusal      string // why verification was refused: words, or HeldComplaint
	Unproven     bool   // it signed up without proof of work: it waits a while before it can be verified
	Stopped      bool   // an open complaint holds it back from people; derived, never written

	AgencyID       domain.ID // the agency that looks after it
	ExternalSource string
	ExternalID     string
	Demo           bool
	CreatedAt      time.Time
	UpdatedAt      time.Time
	Version        int
}

// Facts tells the policy what the organisation relates to.
func (o Organisation) Facts() access.Facts {
	return access.Facts{RecordID: o.ID, OrganisationID: o.ID, AgencyID: o.AgencyID}
}

// Verified reports whether two members of staff have verified the employer.
// Until then a counsellor stands between it and jobseekers.
func (o Organisation) Verified() bool { return o.Verification == VerificationDone }

// SeesPeople reports whether it may know jobseekers now.
func (o Organisation) SeesPeople() bool { return o.Verified() && !o.Stopped }

// Name is what the public calls it: the trade name where it has one.
func (o Organisation) Name() string {
	if o.TradeName != "" {
		return o.TradeName
	}
	return o.LegalName
}

// Fields gives what may be edited, to change some of it and save it again.
func (o Organisation) Fields() OrganisationFields {
	return OrganisationFields{
		Kind: o.Kind, LegalName: o.LegalName, TradeName: o.TradeName, RCCM: o.RCCM, NIF: o.NIF, ISIC: o.ISIC,
		Size: o.Size, PlaceCode: o.PlaceCode, Address: o.Address, ContactName: o.ContactName, Phone: o.Phone, Email: o.Email,
	}
}

// OrganisationFields is what an employer or a counsellor says about an organisation.
type OrganisationFields struct {
	Kind        OrganisationKind
	LegalName   string
	TradeName   string
	RCCM        string
	NIF         string
	ISIC        string
	Size        string
	PlaceCode   string
	Address     string
	ContactName string
	Phone       string // E.164
	Email       string
}

func (o *Organisation) apply(in OrganisationFields) {
	o.Kind, o.LegalName, o.TradeName, o.RCCM, o.NIF = in.Kind, in.LegalName, in.TradeName, in.RCCM, in.NIF
	o.ISIC, o.Size, o.PlaceCode, o.Address = in.ISIC, in.Size, in.PlaceCode, in.Address
	o.ContactName, o.Phone, o.Email = in.ContactName, in.Phone, in.Email
}
