package v1

import (
	"time"

	"github.com/baara-platform/baara/domain/person"
)

// Profile is a jobseeker's record but the journey: what the person and the
// staff of the agency read and write, part by part.
type Profile struct {
	Identity
	Contact
	Population
	Education
	Experience []Experience `json:"experience,omitempty" maxItems:"60"`
	Skills     []Skill      `json:"skills,omitempty" maxItems:"60"`
	Languages  []Spoken     `json:"languages,omitempty" maxItems:"60"`
	Licences   []Licence    `json:"licences,omitempty" maxItems:"60"`
	Mobility   *Mobility    `json:"mobility,omitempty"`
	Wishes     []Wish       `json:"wishes,omitempty" maxItems:"10" doc:"Occupations looked for, the dearest first"`
}

// Identity is who somebody is. Either name alone is enough.
type Identity struct {
	Given         string   `json:"given,omitempty" maxLength:"120"`
	Family        string   `json:"family,omitempty" maxLength:"120"`
	Aliases       []Alias  `json:"aliases,omitempty" maxItems:"60"`
	Father        string   `json:"father,omitempty" maxLength:"120"`
	Mother        string   `json:"mother,omitempty" maxLength:"120"`
	Sex           string   `json:"sex,omitempty" enum:"female,male,unknown"`
	Birth         *Birth   `json:"birth,omitempty"`
	Nationalities []string `json:"nationalities,omitempty" maxItems:"5" doc:"ISO 3166-1 alpha-3"`
	BirthCountry  string   `json:"birth_country,omitempty" maxLength:"3"`
	NINA          string   `json:"nina,omitempty" maxLength:"40" doc:"National identity number; odd ones are kept"`
	Guardian      string   `json:"guardian,omitempty" maxLength:"120" doc:"Of somebody under 18"`
	GuardianPhone string   `json:"guardian_phone,omitempty" maxLength:"40"`
}

// Alias is another name somebody goes by.
type Alias struct {
	Kind string `json:"kind" enum:"dit,maiden,other"`
	Name string `json:"name" minLength:"1" maxLength:"120"`
}

// Birth is when somebody was born, as precisely as is known.
type Birth struct {
	Precision string `json:"precision" enum:"day,year,about,unknown"`
	Year      int    `json:"year,omitempty" minimum:"1900" maximum:"2100"`
	Date      string `json:"date,omitempty" format:"date"`
}

// Contact is where and how somebody is reached.
type Contact struct {
	Residence     *Residence `json:"residence,omitempty"`
	Phones        []Phone    `json:"phones,omitempty" maxItems:"5"`
	Email         string     `json:"email,omitempty" maxLength:"254"`
	Language      string     `json:"language,omitempty" maxLength:"35" doc:"BCP 47, of messages and pages"`
	Channel       string     `json:"channel,omitempty" enum:"sms,voice,email,visit"`
	Reading       string     `json:"reading,omitempty" enum:"alone,help,voice,unknown"`
	Accommodation string     `json:"accommodation,omitempty" maxLength:"500" doc:"Only what the person offers, only what helps"`
}

// Residence is where somebody lives.
type Residence struct {
	Kind    string `json:"kind,omitempty" enum:"place,site,nomadic,nowhere"`
	Country string `json:"country,omitempty" maxLength:"3"`
	Place   string `json:"place,omitempty" maxLength:"40" doc:"Code of a place of any level"`
	Region  string `json:"region,omitempty" readOnly:"true" doc:"Follows from the place"`
	Detail  string `json:"detail,omitempty" maxLength:"500" doc:"Village, quarter or camp, as said"`
}

// Phone is a number and how it may be used.
type Phone struct {
	Number     string     `json:"number" minLength:"1" maxLength:"40" doc:"As written; comes back in E.164"`
	Owner      string     `json:"owner,omitempty" enum:"own,shared,helper"`
	HelperName string     `json:"helper_name,omitempty" maxLength:"120"`
	NeverSMS   bool       `json:"never_sms,omitempty" doc:"Somebody else reads the messages, or it is a landline"`
	SafeFrom   string     `json:"safe_from,omitempty" maxLength:"5" doc:"Outside these hours nothing rings: 08:00"`
	SafeUntil  string     `json:"safe_until,omitempty" maxLength:"5"`
	VerifiedAt *time.Time `json:"verified_at,omitempty" readOnly:"true"`
}

// Population is which of the groups the service counts somebody belongs to.
type Population struct {
	Groups       []string `json:"groups,omitempty" maxItems:"9" enum:"young_graduate,return_migrant,international_migrant,refugee,internally_displaced,returned_displaced,repatriated,stranded_in_transit,other"`
	WorkedAbroad string   `json:"worked_abroad,omitempty" enum:"yes,no,not_said"`
}

// Education is what somebody learnt, and the highest level of it.
type Education struct {
	ISCED      *int      `json:"isced,omitempty" minimum:"0" maximum:"8" doc:"Highest ISCED 2011 level"`
	Educations []Learned `json:"educations,omitempty" maxItems:"60"`
}

// Learned is one school, course or diploma.
type Learned struct {
	Kind        string `json:"kind,omitempty" enum:"formal,medersa,koranic,nko,literacy,vocational"`
	ISCED       *int   `json:"isced,omitempty" minimum:"0" maximum:"8"`
	Field       string `json:"field,omitempty" maxLength:"4" doc:"ISCED-F, 2 to 4 digits"`
	Diploma     string `json:"diploma,omitempty" maxLength:"200"`
	Year        int    `json:"year,omitempty"`
	Country     string `json:"country,omitempty" maxLength:"3"`
	Recognition string `json:"recognition,omitempty" enum:"none,applied,recognised,refused"`
}

// Experience is one occupation held. Words stay as said; without a chosen
// occupation they are linked where the link is sure enough.
type Experience struct {
	Title          string `json:"title" minLength:"1" maxLength:"200"`
	Occupation     string `json:"occupation,omitempty" format:"uuid" doc:"A concept of the taxonomy"`
	OccupationName string `json:"occupation_name,omitempty" readOnly:"true"`
	ISCO           string `json:"isco,omitempty" maxLength:"4"`
	ISIC           string `json:"isic,omitempty" maxLength:"2" doc:"Section letter or division, Rev.4"`
	Employer       string `json:"employer,omitempty" maxLength:"200"`
	Country        string `json:"country,omitempty" maxLength:"3"`
	Kind           string `json:"kind,omitempty" enum:"waged,self_employed,family,trainee,unseen"`
	FromYear       int    `json:"from_year,omitempty"`
	UntilYear      int    `json:"until_year,omitempty"`
	Ongoing        bool   `json:"ongoing,omitempty"`
	Months         int    `json:"months,omitempty" minimum:"0" maximum:"840" doc:"Counted from the years where missing"`
}

// Skill is something somebody can do.
type Skill struct {
	Words       string `json:"words" minLength:"1" maxLength:"200"`
	Concept     string `json:"concept,omitempty" format:"uuid" doc:"A concept of the taxonomy"`
	ConceptName string `json:"concept_name,omitempty" readOnly:"true"`
	Evidence    string `json:"evidence,omitempty" enum:"declared,documented,assessed,certified" doc:"All but declared are staff's to give"`
	Acquired    string `json:"acquired,omitempty" enum:"school,work,abroad,family,association,unknown"`
}

// Spoken is a language somebody speaks.
type Spoken struct {
	Code     string `json:"code" maxLength:"3" doc:"ISO 639"`
	Speaking string `json:"speaking,omitempty" enum:"some,good,native"`
	Reads    bool   `json:"reads,omitempty"`
}

// Licence is a driving licence.
type Licence struct {
	Category string `json:"category" minLength:"1" maxLength:"10"`
	Country  string `json:"country,omitempty" maxLength:"3"`
	Until    string `json:"until,omitempty" format:"date"`
}

// Mobility is where and when somebody can work.
type Mobility struct {
	Anywhere      bool     `json:"anywhere,omitempty"`
	Places        []string `json:"places,omitempty" maxItems:"60" doc:"Codes of places; where the person lives always counts"`
	AvailableFrom string   `json:"available_from,omitempty" format:"date"`
	AbsentUntil   string   `json:"absent_until,omitempty" format:"date" doc:"Rainy season, gold sites: silences matching and alerts"`
}

// Wish is an occupation looked for.
type Wish struct {
	Words          string `json:"words" minLength:"1" maxLength:"200"`
	Occupation     string `json:"occupation,omitempty" format:"uuid"`
	OccupationName string `json:"occupation_name,omitempty" readOnly:"true"`
}

func (p Profile) toDomain() person.Person {
	out := person.Person{
		Identity: p.Identity.toDomain(), Contact: p.Contact.toDomain(), Population: p.Population.toDomain(), Schooling: p.Education.toDomain(),
		Experience: each(p.Experience, Experience.toDomain), Skills: each(p.Skills, Skill.toDomain),
		Languages: each(p.Languages, Spoken.toDomain), Licences: each(p.Licences, Licence.toDomain), Wishes: each(p.Wishes, Wish.toDomain),
	}
	if p.Mobility != nil {
		out.Mobility = p.Mobility.toDomain()
	}
	return out
}

func profileOut(p person.Person, n names) Profile {
	return Profile{
		Identity: identityOut(p.Identity), Contact: contactOut(p.Contact), Population: populationOut(p.Population),
		Education: educationOut(p.Schooling), Experience: each(p.Experience, n.experience), Skills: each(p.Skills, n.skill),
		Languages: each(p.Languages, spokenOut), Licences: each(p.Licences, licenceOut), Mobility: pointer(mobilityOut(p.Mobility)),
		Wishes: each(p.Wishes, n.wish),
	}
}
