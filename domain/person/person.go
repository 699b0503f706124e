package person

import (
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
)

// Person is a jobseeker's whole record but the journey (see Journey). Its
// parts are what one page or one API call changes at a time.
type Person struct {
	ID        domain.ID
	Reference string // ML-2026-00317
	Identity
	Contact
	Population
	Schooling
	Experience []Experience
	Skills     []Skill
	Languages  []Language
	Licences   []Licence
	Mobility   Mobility
	Wishes     []Wish // occupations looked for, the dearest first
	Entry      Entry
	Demo       bool // invented, for a demonstration
	CreatedAt  time.Time
	UpdatedAt  time.Time
	Version    int
}

// Identity is who somebody is. Either name alone is enough.
type Identity struct {
	Given         string
	Family        string
	Aliases       []Alias
	Father        string // parents' names help to tell namesakes and twins apart
	Mother        string
	Sex           Sex
	Birth         Birth
	Nationalities []string // alpha-3
	BirthCountry  string   // alpha-3
	NINA          string   // national identity number; odd ones are kept, see Warnings
	Guardian      string   // name of the guardian of somebody under 18
	GuardianPhone string   // E.164
}

// FullName is the names in the order they are said in Mali, without aliases.
func (i Identity) FullName() string { return strings.TrimSpace(i.Given + " " + i.Family) }

// Sex as recorded.
type Sex string

// The sexes statistics know.
const (
	Female     Sex = "female"
	Male       Sex = "male"
	SexUnknown Sex = "unknown"
)

// Alias is another name somebody goes by.
type Alias struct {
	Kind AliasKind
	Name string
}

// AliasKind says what kind of other name it is.
type AliasKind string

// The kinds: "dit Vieux", the name before marriage, any other.
const (
	AliasDit    AliasKind = "dit"
	AliasMaiden AliasKind = "maiden"
	AliasOther  AliasKind = "other"
)

// Birth is when somebody was born, as precisely as is known. Year is set
// whenever anything is; Date only with precision day. 1 January is usually a
// year somebody had to turn into a date, so it is kept as a year.
type Birth struct {
	Precision Precision
	Year      int
	Date      domain.Date
}

// Precision says how well a birth date is known.
type Precision string

// The precisions, best first.
const (
	BirthDay     Precision = "day"
	BirthYear    Precision = "year"
	BirthAbout   Precision = "about"
	BirthUnknown Precision = "unknown"
)

// BornOn makes a birth of a full date; 1 January gives the year alone.
func BornOn(d domain.Date) Birth {
	if d.IsZero() {
		return Birth{Precision: BirthUnknown}
	}
	if d.Month == time.January && d.Day == 1 {
		return Birth{Precision: BirthYear, Year: d.Year}
	}
	return Birth{Precision: BirthDay, Year: d.Year, Date: d}
}

// BornIn makes a birth of a year, about which somebody may be unsure.
func BornIn(year int, about bool) Birth {
	switch {
	case year == 0:
		return Birth{Precision: BirthUnknown}
	case about:
		return Birth{Precision: BirthAbout, Year: year}
	}
	return Birth{Precision: BirthYear, Year: year}
}

// Age gives the full years on a day, false when the birth is unknown. With
// the year alone it is the age reached that year at the latest: somebody who
// may still be a minor is treated as one.
func (b Birth) Age(on domain.Date) (int, bool) {
	switch b.Precision {
	case BirthDay:
		return b.Date.YearsUntil(on), true
	case BirthYear, BirthAbout:
		return domain.Date{Year: b.Year, Month: time.December, Day: 31}.YearsUntil(on), true
	}
	return 0, false
}

// Minor reports whether the person is, or may be, under 18 on that day.
func (b Birth) Minor(on domain.Date) bool {
	age, known := b.Age(on)
	return known && age < adultAge
}

// AdultOn is the first day on which the person surely is 18, rounded up to the
// next month where the day is known: that is as much of a birth date as matching
// may learn. Zero where the birth is not known.
func (b Birth) AdultOn() domain.Date {
	switch b.Precision {
	case BirthDay:
		first := domain.Date{Year: b.Date.Year + adultAge, Month: b.Date.Month, Day: 1}
		if b.Date.Day == 1 {
			return first
		}
		return first.AddMonths(1)
	case BirthYear, BirthAbout:
		return domain.Date{Year: b.Year + adultAge, Month: time.December, Day: 31}
	}
	return domain.Date{}
}

const adultAge = 18

// Contact is where and how somebody is reached.
type Contact struct {
	Residence     Residence
	Phones        []Phone
	Email         string
	Language      string // BCP 47, of messages and pages
	Channel       Channel
	Reading       Reading
	Accommodation string // only if offered by the person, only what helps
}

// Residence is where somebody lives. Region follows from Place when saved.
type Residence struct {
	Kind    ResidenceKind
	Country string // alpha-3
	Place   string // area code, any level; "" where unknown
	Region  string // region or district of Place
	Detail  string // village, quarter, camp: as said
}

// ResidenceKind tells settled people from others.
type ResidenceKind string

// The kinds of residence.
const (
	LivesInPlace ResidenceKind = "place"
	LivesInSite  ResidenceKind = "site"
	Nomadic      ResidenceKind = "nomadic"
	NowhereFixed ResidenceKind = "nowhere"
)

// Phone is a number and how it may be used.
type Phone struct {
	Number     string // E.164
	Owner      PhoneOwner
	HelperName string // whose phone it is, for a helper's
	NeverSMS   bool   // somebody else reads the messages, or it is a landline
	SafeFrom   string // "08:00"; both or none: outside these hours nothing rings
	SafeUntil  string // "18:30"; earlier than SafeFrom means over midnight
	VerifiedAt time.Time
}

// PhoneOwner says whose phone it is.
type PhoneOwner string

// The owners. Whoever owns a phone does not own what was answered.
const (
	OwnPhone    PhoneOwner = "own"
	SharedPhone PhoneOwner = "shared"
	HelperPhone PhoneOwner = "helper"
)

// Channel is how somebody wants to be reached.
type Channel string

// The channels.
const (
	BySMS   Channel = "sms"
	ByVoice Channel = "voice"
	ByEmail Channel = "email"
	ByVisit Channel = "visit" // comes by; gets no messages
)

// Reading says whether somebody reads alone.
type Reading string

// How somebody reads.
const (
	ReadsAlone    Reading = "alone"
	ReadsWithHelp Reading = "help"
	WantsVoice    Reading = "voice"
	ReadingNotSet Reading = "unknown"
)

// Population is which of the groups the service counts somebody belongs to.
// It is never shown outside the service and never used in ranking.
type Population struct {
	Groups       []Group // overlapping
	WorkedAbroad Answer  // all that the public form asks of a journey
}

// Group is a population group.
type Group string

// The groups.
const (
	YoungGraduate        Group = "young_graduate"
	ReturnMigrant        Group = "return_migrant"
	InternationalMigrant Group = "international_migrant"
	Refugee              Group = "refugee"
	InternallyDisplaced  Group = "internally_displaced"
	ReturnedDisplaced    Group = "returned_displaced"
	Repatriated          Group = "repatriated"
	StrandedInTransit    Group = "stranded_in_transit"
	OtherGroup           Group = "other"
)

// Groups lists the groups in the order forms show them.
func Groups() []Group {
	return []Group{YoungGraduate, ReturnMigrant, InternationalMigrant, Refugee, InternallyDisplaced,
		ReturnedDisplaced, Repatriated, StrandedInTransit, OtherGroup}
}

// Answer is yes, no, or not said: "prefer not to say" is always possible.
type Answer string

// The answers.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	NotSaid Answer = "not_said"
)

// Entry says who put the record in.
type Entry struct {
	Mode           EntryMode
	By             domain.ID // the staff account, for EntryStaff
	HelperName     string    // who helped with the public form
	ExternalSource string    // of an import; with ExternalID the key of repeating it
	ExternalID     string
}

// EntryMode is how a record came in.
type EntryMode string

// The modes.
const (
	EntrySelf   EntryMode = "self"
	EntryHelper EntryMode = "helper"
	EntryStaff  EntryMode = "staff"
	EntryImport EntryMode = "import"
	EntrySeed   EntryMode = "seed"
)
