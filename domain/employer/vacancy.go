package employer

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// ContractKind is the kind of work relation offered; placements use the same.
type ContractKind string

// The kinds of contract.
const (
	ContractPermanent      ContractKind = "permanent"
	ContractFixedTerm      ContractKind = "fixed_term"
	ContractDaily          ContractKind = "daily"
	ContractSeasonal       ContractKind = "seasonal"
	ContractInternship     ContractKind = "internship"
	ContractApprenticeship ContractKind = "apprenticeship"
	ContractPublicWorks    ContractKind = "public_works"
	ContractSelfEmployment ContractKind = "self_employment"
	ContractAbroad         ContractKind = "abroad"
)

// ContractKinds lists the kinds in the order forms show them.
func ContractKinds() []ContractKind {
	return []ContractKind{
		ContractPermanent, ContractFixedTerm, ContractDaily, ContractSeasonal, ContractInternship,
		ContractApprenticeship, ContractPublicWorks, ContractSelfEmployment, ContractAbroad,
	}
}

// WagePeriod is the time a wage is paid for.
type WagePeriod string

// WagePeriods lists the periods in the order forms show them.
func WagePeriods() []WagePeriod { return []WagePeriod{"month", "day", "week", "hour", "year", "task"} }

// PerMonth is the usual wage period.
const PerMonth WagePeriod = "month"

// Source is how a vacancy became known.
type Source string

// The sources. All but online, import and seed are recorded by a counsellor.
const (
	SourceOnline    Source = "online"
	SourcePhone     Source = "phone"
	SourceNewspaper Source = "newspaper"
	SourceRadio     Source = "radio"
	SourceVisit     Source = "visit"
	SourceImport    Source = "import"
	SourceSeed      Source = "seed"
)

// RecordedSources lists the sources a counsellor chooses from.
func RecordedSources() []Source {
	return []Source{SourcePhone, SourceNewspaper, SourceRadio, SourceVisit}
}

// Importance tells a skill the work cannot be done without from a welcome one.
type Importance string

// Essential skills weigh most in matching.
const (
	Essential Importance = "essential"
	Optional  Importance = "optional"
)

// RequiredSkill is a skill a vacancy asks for: the words as typed and, where it
// is sure enough, the concept they mean.
type RequiredSkill struct {
	Words      string
	ConceptID  domain.ID
	LinkScore  int // 0–100; 100 when somebody chose the concept
	Importance Importance
}

// Vacancy is one or several equal posts somebody offers.
type Vacancy struct {
	ID             domain.ID
	Reference      string    // OF-2026-00481
	OrganisationID domain.ID // "" for a vacancy recorded without an employer account
	ClientName     string    // the employer's name where there is no organisation, or a bureau's client
	Source         Source
	SourceDetail   string // which newspaper, which broadcast, who called
	RecordedBy     domain.ID
	AgencyID       domain.ID

	Title            string
	Description      string
	Lang             string // of title and description
	OccupationID     domain.ID
	LinkScore        int
	ISCO             string // one to four digits
	Posts            int
	PostsFilled      int
	Contract         ContractKind // "" only while nobody has submitted it
	WageMin          int64        // whole XOF, 0 when not said
	WageMax          int64
	WagePeriod       WagePeriod
	PlaceCode        string
	AbroadCountry    string // alpha-3, for work abroad instead of a place
	ISCEDMin         int    // 0–8
	ExperienceMonths int
	StartsOn         domain.Date
	OpenUntil        domain.Date
	FeeFree          bool // the employer declared that workers are charged nothing
	Skills           []RequiredSkill
	Languages        []string
	Licences         []string
	State            domain.State
	SuspendedFrom    domain.State
	Reason           string // why it was returned, held or suspended: words, or one of the Held codes
	PublishedAt      time.Time
	ConfirmedAt      time.Time // the employer last said that it is still open
	ExternalSource   string
	ExternalID       string
	Demo             bool
	CreatedAt        time.Time
	UpdatedAt        time.Time
	Version          int
}

// Facts tells the policy what the vacancy relates to.
func (v Vacancy) Facts() access.Facts {
	return access.Facts{
		RecordID: v.ID, OrganisationID: v.OrganisationID, AgencyID: v.AgencyID, AuthorID: v.RecordedBy, Published: v.Public(),
	}
}

// Public reports whether everybody may read the vacancy now.
func (v Vacancy) Public() bool { return v.State == Published || v.State == PartlyFilled }

// Open reports whether somebody may still be proposed or apply on that day.
func (v Vacancy) Open(today domain.Date) bool {
	return v.Public() && v.PostsFilled < v.Posts && (v.OpenUntil.IsZero() || !v.OpenUntil.Before(today))
}

// PostsLeft is the number of posts nobody fills yet.
func (v Vacancy) PostsLeft() int { return v.Posts - v.PostsFilled }

// VacancyFields is what an employer or a counsellor says about a vacancy. A
// chosen concept goes with the words it was chosen for; without one, the words
// are linked where the link is sure enough.
type VacancyFields struct {
	ClientName       string
	Title            string
	Description      string
	Lang             string
	OccupationID     domain.ID
	ISCO             string // used only where no occupation is linked
	Posts            int
	Contract         ContractKind
	WageMin          int64
	WageMax          int64
	WagePeriod       WagePeriod
	PlaceCode        string
	AbroadCountry    string
	ISCEDMin         int
	ExperienceMonths int
	StartsOn         domain.Date
	OpenUntil        domain.Date
	FeeFree          bool
	Skills           []SkillField
	Languages        []string
	Licences         []string
}

// SkillField is one required skill as said.
type SkillField struct {
	Words      string
	ConceptID  domain.ID
	Importance Importance
}

// Fields gives what may be edited, to change some of it and save it again.
func (v Vacancy) Fields() VacancyFields {
	in := VacancyFields{
		ClientName: v.ClientName, Title: v.Title, Description: v.Description, Lang: v.Lang, OccupationID: v.OccupationID,
		ISCO: v.ISCO, Posts: v.Posts, Contract: v.Contract, WageMin: v.WageMin, WageMax: v.WageMax, WagePeriod: v.WagePeriod,
		PlaceCode: v.PlaceCode, AbroadCountry: v.AbroadCountry, ISCEDMin: v.ISCEDMin, ExperienceMonths: v.ExperienceMonths,
		StartsOn: v.StartsOn, OpenUntil: v.OpenUntil, FeeFree: v.FeeFree, Languages: v.Languages, Licences: v.Licences,
	}
	for _, s := range v.Skills {
		in.Skills = append(in.Skills, SkillField{Words: s.Words, ConceptID: s.ConceptID, Importance: s.Importance})
	}
	return in
}
