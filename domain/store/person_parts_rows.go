package store

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// The lists of a record. Their rows are written and read as JSON: see
// insertMany and loadPeople. Dates inside them are ISO texts.

const (
	aliasColumn      = "person_aliases.sealed"
	numberColumn     = "person_phones.sealed_number"
	helperColumn     = "person_phones.sealed_helper"
	diplomaColumn    = "educations.sealed"
	experienceColumn = "experiences.sealed"
)

// sealedWork is what an experience says in words.
type sealedWork struct {
	Title    string `json:"t,omitempty"`
	Employer string `json:"e,omitempty"`
}

type aliasRow struct {
	PersonID string `json:"person_id"`
	Position int    `json:"position"`
	Kind     string `json:"kind"`
	Sealed   sealed `json:"sealed"`
}

func (r aliasRow) toDomain(id domain.ID, o *opening) person.Alias {
	return person.Alias{Kind: person.AliasKind(r.Kind), Name: o.text(id, aliasColumn, r.Sealed)}
}

type phoneRow struct {
	PersonID   string     `json:"person_id"`
	Position   int        `json:"position"`
	Sealed     sealed     `json:"sealed_number" gorm:"column:sealed_number"`
	Hash       string     `json:"number_hash"`
	Owner      string     `json:"owner"`
	Helper     sealed     `json:"sealed_helper"`
	NeverSMS   bool       `json:"never_sms"`
	SafeFrom   *string    `json:"safe_from"`
	SafeUntil  *string    `json:"safe_until"`
	VerifiedAt *time.Time `json:"verified_at"`
}

func (r phoneRow) toDomain(id domain.ID, o *opening) person.Phone {
	minutes := func(s *string) string { return textOf(s)[:min(5, len(textOf(s)))] } // 08:00:00
	return person.Phone{
		Number: o.text(id, numberColumn, r.Sealed), Owner: person.PhoneOwner(r.Owner), HelperName: o.text(id, helperColumn, r.Helper), NeverSMS: r.NeverSMS,
		SafeFrom: minutes(r.SafeFrom), SafeUntil: minutes(r.SafeUntil), VerifiedAt: timeOf(r.VerifiedAt),
	}
}

type educationRow struct {
	PersonID    string  `json:"person_id"`
	Position    int     `json:"position"`
	Kind        string  `json:"kind"`
	ISCEDLevel  *int    `json:"isced_level"`
	ISCEDField  *string `json:"isced_field"`
	Sealed      sealed  `json:"sealed"`
	Year        *int    `json:"year"`
	Country     *string `json:"country"`
	Recognition string  `json:"recognition"`
}

func (r educationRow) toDomain(id domain.ID, o *opening) person.Education {
	return person.Education{
		Kind: person.EducationKind(r.Kind), ISCED: r.ISCEDLevel, Field: textOf(r.ISCEDField), Diploma: o.text(id, diplomaColumn, r.Sealed),
		Year: intOf(r.Year), Country: textOf(r.Country), Recognition: person.Recognition(r.Recognition),
	}
}

type experienceRow struct {
	PersonID     string  `json:"person_id"`
	Position     int     `json:"position"`
	Sealed       sealed  `json:"sealed"`
	OccupationID *string `json:"occupation_id"`
	LinkScore    int     `json:"link_score"`
	ISCO         *string `json:"isco"`
	ISIC         *string `json:"isic"`
	Country      *string `json:"country"`
	Kind         string  `json:"kind"`
	FromYear     *int    `json:"from_year"`
	UntilYear    *int    `json:"until_year"`
	Ongoing      bool    `json:"ongoing"`
	Months       int     `json:"months"`
}

func (r experienceRow) toDomain(id domain.ID, o *opening) person.Experience {
	var words sealedWork
	o.open(id, experienceColumn, r.Sealed, &words)
	return person.Experience{
		Title: words.Title, OccupationID: idOf(r.OccupationID), LinkScore: r.LinkScore, ISCO: textOf(r.ISCO), ISIC: textOf(r.ISIC),
		Employer: words.Employer, Country: textOf(r.Country), Kind: person.WorkKind(r.Kind), FromYear: intOf(r.FromYear),
		UntilYear: intOf(r.UntilYear), Ongoing: r.Ongoing, Months: r.Months,
	}
}

type skillRow struct {
	PersonID  string  `json:"person_id"`
	Position  int     `json:"position"`
	Words     string  `json:"words"`
	Folded    string  `json:"folded"`
	ConceptID *string `json:"concept_id"`
	LinkScore int     `json:"link_score"`
	Evidence  string  `json:"evidence"`
	Acquired  string  `json:"acquired"`
}

func (r skillRow) toDomain() person.Skill {
	return person.Skill{
		Words: r.Words, Folded: r.Folded, ConceptID: idOf(r.ConceptID), LinkScore: r.LinkScore,
		Evidence: person.Evidence(r.Evidence), Acquired: person.Acquired(r.Acquired),
	}
}

type languageRow struct {
	PersonID string `json:"person_id"`
	Lang     string `json:"lang"`
	Speaking string `json:"speaking"`
	Reads    bool   `json:"reads"`
}

func (r languageRow) toDomain() person.Language {
	return person.Language{Code: r.Lang, Speaking: person.Speaking(r.Speaking), Reads: r.Reads}
}

type licenceRow struct {
	PersonID string  `json:"person_id"`
	Category string  `json:"category"`
	Country  *string `json:"country"`
	Until    *string `json:"until"`
}

func (r licenceRow) toDomain() person.Licence {
	return person.Licence{Category: r.Category, Country: textOf(r.Country), Until: isoDate(r.Until)}
}

type mobilityRow struct {
	PersonID  string `json:"person_id"`
	PlaceCode string `json:"place_code"`
}

func (r mobilityRow) toDomain() string { return r.PlaceCode }

type wishRow struct {
	PersonID     string  `json:"person_id"`
	Position     int     `json:"position"`
	Words        string  `json:"words"`
	OccupationID *string `json:"occupation_id"`
	LinkScore    int     `json:"link_score"`
}

func (r wishRow) toDomain() person.Wish {
	return person.Wish{Words: r.Words, OccupationID: idOf(r.OccupationID), LinkScore: r.LinkScore}
}

type nameKeyRow struct {
	PersonID string `json:"person_id"`
	Key      string `json:"key"`
	Telling  bool   `json:"telling"` // of one person, most likely
}

func nameKey(id string, keyer person.NameKeyer, k person.Key) nameKeyRow {
	return nameKeyRow{id, keyer.StoredKey(k), k.Kind == person.KeyPhone || k.Kind == person.KeyNINA}
}

func nullISO(d domain.Date) *string { return nullText(d.String()) }

// isoDate reads a date the database wrote; it cannot be malformed.
func isoDate(s *string) domain.Date {
	d, err := domain.ParseDate(textOf(s))
	if err != nil {
		return domain.Date{}
	}
	return d
}
