package person

import "github.com/baara-platform/baara/domain"

// Schooling is what somebody learnt, and the highest level of it.
type Schooling struct {
	ISCED      *int // highest ISCED 2011 level 0–8; nil: not said. 0 is a level
	Educations []Education
}

// Education is one school, course or diploma. Learning outside the state's
// schools is named, not "none".
type Education struct {
	Kind        EducationKind
	ISCED       *int   // ISCED 2011 level 0–8; nil: not said
	Field       string // ISCED-F, 2 to 4 digits
	Diploma     string
	Year        int
	Country     string // alpha-3
	Recognition Recognition
}

// EducationKind says where it was learnt.
type EducationKind string

// The kinds of education.
const (
	Formal     EducationKind = "formal"
	Medersa    EducationKind = "medersa"
	Koranic    EducationKind = "koranic"
	NKo        EducationKind = "nko"
	Literacy   EducationKind = "literacy"
	Vocational EducationKind = "vocational"
)

// Recognition is the standing of a foreign or informal diploma.
type Recognition string

// The stages of recognition.
const (
	RecognitionNone    Recognition = "none"
	RecognitionApplied Recognition = "applied"
	Recognised         Recognition = "recognised"
	RecognitionRefused Recognition = "refused"
)

// Experience is one occupation somebody held. Words stay as said; the link to
// the taxonomy stands beside them when it is sure enough.
type Experience struct {
	Title        string
	OccupationID domain.ID // "" where no link was sure enough
	LinkScore    int       // 0–100
	ISCO         string    // of the linked occupation
	ISIC         string    // section letter or division
	Employer     string
	Country      string // alpha-3
	Kind         WorkKind
	FromYear     int
	UntilYear    int
	Ongoing      bool
	Months       int // as said; counted from the years when saved with 0
}

// WorkKind is the kind of work, so that unseen work counts too.
type WorkKind string

// The kinds of work.
const (
	Waged        WorkKind = "waged"
	SelfEmployed WorkKind = "self_employed"
	FamilyWorker WorkKind = "family" // unpaid in the family's trade
	Trainee      WorkKind = "trainee"
	UnseenWork   WorkKind = "unseen" // care, household
)

// Length gives the months worked, counted from the years where no months were
// said, and where the work goes on. Years alone count from mid-year to
// mid-year, at least six months.
func (e Experience) Length(today domain.Date) int {
	if e.FromYear == 0 || e.Months > 0 && !e.Ongoing {
		return e.Months
	}
	until := e.UntilYear
	if until == 0 && e.Ongoing {
		until = today.Year
	}
	if until < e.FromYear {
		return 0
	}
	return max(6, 12*(until-e.FromYear))
}

// Skill is something somebody can do.
type Skill struct {
	Words     string
	Folded    string    // Words without case, accents and gender: what ranking may use
	ConceptID domain.ID // "" where no link was sure enough
	LinkScore int       // 0–100
	Evidence  Evidence
	Acquired  Acquired
}

// Evidence says how a skill is known.
type Evidence string

// The levels of evidence, weakest first. All but declared are staff's to give.
const (
	Declared   Evidence = "declared"
	Documented Evidence = "documented"
	Assessed   Evidence = "assessed"
	Certified  Evidence = "certified"
)

// Acquired says where a skill was learnt.
type Acquired string

// Where skills are learnt.
const (
	AtSchool        Acquired = "school"
	AtWork          Acquired = "work"
	Abroad          Acquired = "abroad"
	InFamily        Acquired = "family"
	InAssociation   Acquired = "association"
	AcquiredUnknown Acquired = "unknown"
)

// Language is one somebody speaks.
type Language struct {
	Code     string // ISO 639
	Speaking Speaking
	Reads    bool
}

// Speaking is how well.
type Speaking string

// How well a language is spoken.
const (
	SpeaksSome   Speaking = "some"
	SpeaksWell   Speaking = "good"
	SpeaksNative Speaking = "native"
)

// Licence is a driving licence.
type Licence struct {
	Category string
	Country  string // alpha-3
	Until    domain.Date
}

// Mobility is where and when somebody can work.
type Mobility struct {
	Anywhere      bool
	Places        []string    // area codes; where the person lives always counts
	AvailableFrom domain.Date // zero: now
	AbsentUntil   domain.Date // rainy season, gold sites: no proposals before, and matches only with work that begins later
}

// Absent reports whether somebody is away on that day.
func (m Mobility) Absent(on domain.Date) bool {
	return !m.AbsentUntil.IsZero() && on.Before(m.AbsentUntil)
}

// Wish is an occupation looked for.
type Wish struct {
	Words        string
	OccupationID domain.ID
	LinkScore    int
}
