package store

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// The lists of a record. Their rows are written and read as JSON: see
// insertMany and loadPeople. Dates inside them are ISO texts.

type aliasRow struct {
	PersonID string `json:"person_id"`
	Position int    `json:"position"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`
}

func (r aliasRow) toDomain() person.Alias {
	return person.Alias{Kind: person.AliasKind(r.Kind), Name: r.Name}
}

type phoneRow struct {
	PersonID   string     `json:"person_id"`
	Position   int        `json:"position"`
	Number     string     `json:"number"`
	Owner      string     `json:"owner"`
	HelperName string     `json:"helper_name"`
	NeverSMS   bool       `json:"never_sms"`
	SafeFrom   *string    `json:"safe_from"`
	SafeUntil  *string    `json:"safe_until"`
	VerifiedAt *time.Time `json:"verified_at"`
}

func (r phoneRow) toDomain() person.Phone {
	minutes := func(s *string) string { return textOf(s)[:min(5, len(textOf(s)))] } // 08:00:00
	return person.Phone{
		Number: r.Number, Owner: person.PhoneOwner(r.Owner), HelperName: r.HelperName, NeverSMS: r.NeverSMS,
		SafeFrom: minutes(r.SafeFrom), SafeUntil: minutes(r.SafeUntil), VerifiedAt: timeOf(r.VerifiedAt),
	}
}

type educationRow struct {
	PersonID    string  `json:"person_id"`
	Position    int     `json:"position"`
	Kind        string  `json:"kind"`
	ISCEDLevel  *int    `json:"isced_level"`
	ISCEDField  *string `json:"isced_field"`
	Diploma     string  `json:"diploma"`
	Year        *int    `json:"year"`
	Country     *string `json:"country"`
	Recognition string  `json:"recognition"`
}

func (r educationRow) toDomain() person.Education {
	return person.Education{
		Kind: person.EducationKind(r.Kind), ISCED: r.ISCEDLevel, Field: textOf(r.ISCEDField), Diploma: r.Diploma,
		Year: intOf(r.Year), Country: textOf(r.Country), Recognition: person.Recognition(r.Recognition),
	}
}

type experienceRow struct {
	PersonID     string  `json:"person_id"`
	Position     int     `json:"position"`
	Title        string  `json:"title"`
	OccupationID *string `json:"occupation_id"`
	LinkScore    int     `json:"link_score"`
	ISCO         *string `json:"isco"`
	ISIC         *string `json:"isic"`
	Employer     string  `json:"employer"`
	Country      *string `json:"country"`
	Kind         string  `json:"kind"`
	FromYear     *int    `json:"from_year"`
	UntilYear    *int    `json:"until_year"`
	Ongoing      bool    `json:"ongoing"`
	Months       int     `json:"months"`
}

func (r experienceRow) toDomain() person.Experience {
	return person.Experience{
		Title: r.Title, OccupationID: idOf(r.OccupationID), LinkScore: r.LinkScore, ISCO: textOf(r.ISCO), ISIC: textOf(r.ISIC),
		Employer: r.Employer, Country: textOf(r.Country), Kind: person.WorkKind(r.Kind), FromYear: intOf(r.FromYear),
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
