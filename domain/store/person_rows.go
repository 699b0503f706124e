package store

import (
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// personRow is a row of persons. Its json tags name the columns for insertMany.
type personRow struct {
	ID                string     `json:"id"`
	Reference         string     `json:"reference"`
	GivenNames        string     `json:"given_names"`
	FamilyName        string     `json:"family_name"`
	FatherName        string     `json:"father_name"`
	MotherName        string     `json:"mother_name"`
	Sex               string     `json:"sex"`
	BirthYear         *int       `json:"birth_year"`
	BirthDate         *time.Time `json:"birth_date"`
	BirthPrecision    string     `json:"birth_precision"`
	Nationalities     textArray  `json:"nationalities"`
	BirthCountry      *string    `json:"birth_country"`
	ResidenceCountry  *string    `json:"residence_country"`
	ResidencePlace    *string    `json:"residence_place"`
	ResidenceRegion   *string    `json:"residence_region"`
	ResidenceKind     string     `json:"residence_kind"`
	ResidenceDetail   string     `json:"residence_detail"`
	Email             *string    `json:"email"`
	NINA              *string    `json:"nina" gorm:"column:nina"`
	PreferredLanguage string     `json:"preferred_language"`
	PreferredChannel  string     `json:"preferred_channel"`
	Reading           string     `json:"reading"`
	Accommodation     string     `json:"accommodation"`
	PopulationGroups  textArray  `json:"population_groups"`
	WorkedAbroad      string     `json:"worked_abroad"`
	ISCEDLevel        *int       `json:"isced_level" gorm:"column:isced_level"`
	MobilityAnywhere  bool       `json:"mobility_anywhere"`
	AvailableFrom     *time.Time `json:"available_from"`
	AbsentUntil       *time.Time `json:"absent_until"`
	GuardianName      string     `json:"guardian_name"`
	GuardianPhone     *string    `json:"guardian_phone"`
	EnteredMode       string     `json:"entered_mode"`
	EnteredBy         *string    `json:"entered_by"`
	HelperName        string     `json:"helper_name"`
	ExternalSource    *string    `json:"external_source"`
	ExternalID        *string    `json:"external_id"`
	Demo              bool       `json:"demo"`
	CreatedAt         time.Time  `json:"created_at"`
	UpdatedAt         time.Time  `json:"updated_at" gorm:"autoUpdateTime:false"`
	Version           int        `json:"version"`
	AdultOn           *time.Time `json:"adult_on"`
}

func (personRow) TableName() string { return "persons" }

func personToRow(p person.Person) personRow {
	return personRow{
		ID: string(p.ID), Reference: p.Reference,
		GivenNames: p.Given, FamilyName: p.Family, FatherName: p.Father, MotherName: p.Mother, Sex: string(p.Sex),
		BirthYear: nullInt(p.Birth.Year), BirthDate: nullDate(p.Birth.Date), BirthPrecision: string(p.Birth.Precision),
		Nationalities: texts(p.Nationalities), BirthCountry: nullText(p.BirthCountry),
		ResidenceCountry: nullText(p.Residence.Country), ResidencePlace: nullText(p.Residence.Place),
		ResidenceRegion: nullText(p.Residence.Region), ResidenceKind: string(p.Residence.Kind), ResidenceDetail: p.Residence.Detail,
		Email: nullText(p.Email), NINA: nullText(p.NINA), PreferredLanguage: p.Contact.Language,
		PreferredChannel: string(p.Channel), Reading: string(p.Reading), Accommodation: p.Accommodation,
		PopulationGroups: texts(p.Groups), WorkedAbroad: string(p.WorkedAbroad), ISCEDLevel: p.ISCED,
		MobilityAnywhere: p.Mobility.Anywhere, AvailableFrom: nullDate(p.Mobility.AvailableFrom), AbsentUntil: nullDate(p.Mobility.AbsentUntil),
		GuardianName: p.Guardian, GuardianPhone: nullText(p.GuardianPhone),
		EnteredMode: string(p.Entry.Mode), EnteredBy: nullID(p.Entry.By), HelperName: p.Entry.HelperName,
		ExternalSource: nullText(p.Entry.ExternalSource), ExternalID: nullText(p.Entry.ExternalID),
		Demo: p.Demo, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt, Version: p.Version, AdultOn: adultOn(p),
	}
}

// adultOn is the day from which matching may propose hazardous work: none for
// who was of age when the record was written. See person.Birth.AdultOn.
func adultOn(p person.Person) *time.Time {
	on := p.Birth.AdultOn()
	if on.IsZero() || !p.UpdatedAt.IsZero() && !domain.DateOf(p.UpdatedAt).Before(on) {
		return nil
	}
	return nullDate(on)
}

func (r personRow) toDomain() person.Person {
	return person.Person{
		ID: domain.ID(r.ID), Reference: r.Reference,
		Identity: person.Identity{
			Given: r.GivenNames, Family: r.FamilyName, Father: r.FatherName, Mother: r.MotherName, Sex: person.Sex(r.Sex),
			Birth:         person.Birth{Precision: person.Precision(r.BirthPrecision), Year: intOf(r.BirthYear), Date: dateOf(r.BirthDate)},
			Nationalities: textList[string](r.Nationalities), BirthCountry: textOf(r.BirthCountry), NINA: textOf(r.NINA),
			Guardian: r.GuardianName, GuardianPhone: textOf(r.GuardianPhone),
		},
		Contact: person.Contact{
			Residence: person.Residence{
				Kind: person.ResidenceKind(r.ResidenceKind), Country: textOf(r.ResidenceCountry), Place: textOf(r.ResidencePlace),
				Region: textOf(r.ResidenceRegion), Detail: r.ResidenceDetail,
			},
			Email: textOf(r.Email), Language: r.PreferredLanguage, Channel: person.Channel(r.PreferredChannel),
			Reading: person.Reading(r.Reading), Accommodation: r.Accommodation,
		},
		Population: person.Population{Groups: textList[person.Group](r.PopulationGroups), WorkedAbroad: person.Answer(r.WorkedAbroad)},
		Schooling:  person.Schooling{ISCED: r.ISCEDLevel},
		Mobility: person.Mobility{
			Anywhere: r.MobilityAnywhere, AvailableFrom: dateOf(r.AvailableFrom), AbsentUntil: dateOf(r.AbsentUntil),
		},
		Entry: person.Entry{
			Mode: person.EntryMode(r.EnteredMode), By: idOf(r.EnteredBy), HelperName: r.HelperName,
			ExternalSource: textOf(r.ExternalSource), ExternalID: textOf(r.ExternalID),
		},
		Demo: r.Demo, CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(), Version: r.Version,
	}
}

// texts makes a column of a list of codes; never NULL.
func texts[T ~string](list []T) textArray {
	out := make(textArray, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// textList is the way back; an empty column is a nil list.
func textList[T ~string](column textArray) []T {
	var out []T
	for _, v := range column {
		out = append(out, T(v))
	}
	return out
}
