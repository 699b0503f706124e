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
	Sex               string     `json:"sex"`
	BirthYear         *int       `json:"birth_year"`
	BirthPrecision    string     `json:"birth_precision"`
	Nationalities     textArray  `json:"nationalities"`
	BirthCountry      *string    `json:"birth_country"`
	ResidenceCountry  *string    `json:"residence_country"`
	ResidencePlace    *string    `json:"residence_place"`
	ResidenceRegion   *string    `json:"residence_region"`
	ResidenceKind     string     `json:"residence_kind"`
	PreferredLanguage string     `json:"preferred_language"`
	PreferredChannel  string     `json:"preferred_channel"`
	Reading           string     `json:"reading"`
	PopulationGroups  textArray  `json:"population_groups"`
	WorkedAbroad      string     `json:"worked_abroad"`
	ISCEDLevel        *int       `json:"isced_level" gorm:"column:isced_level"`
	MobilityAnywhere  bool       `json:"mobility_anywhere"`
	AvailableFrom     *time.Time `json:"available_from"`
	AbsentUntil       *time.Time `json:"absent_until"`
	EnteredMode       string     `json:"entered_mode"`
	EnteredBy         *string    `json:"entered_by"`
	ExternalSource    *string    `json:"external_source"`
	Demo              bool       `json:"demo"`
	CreatedAt         time.Time  `json:"created_at"`
	UpdatedAt         time.Time  `json:"updated_at" gorm:"autoUpdateTime:false"`
	Version           int        `json:"version"`
	AdultOn           *time.Time `json:"adult_on"`
	SealedNames       sealed     `json:"sealed_names"`
	SealedIdentity    sealed     `json:"sealed_identity"`
	SealedContact     sealed     `json:"sealed_contact"`
	SealedRest        sealed     `json:"sealed_rest"`
	SealedEntry       sealed     `json:"sealed_entry"`
	ExternalHash      *string    `json:"external_hash"`
}

// What the sealed columns hold: one for each circle of readers, see 0030_sealed.sql.
type (
	sealedNames struct {
		Given  string `json:"g,omitempty"`
		Family string `json:"f,omitempty"`
	}
	sealedIdentity struct {
		Father string `json:"f,omitempty"`
		Mother string `json:"m,omitempty"`
		Birth  string `json:"b,omitempty"` // ISO
		NINA   string `json:"n,omitempty"`
		Detail string `json:"d,omitempty"` // of the residence
	}
	sealedContact struct {
		Email string `json:"e,omitempty"`
	}
	sealedRest struct {
		Accommodation string `json:"a,omitempty"`
		Guardian      string `json:"g,omitempty"`
		GuardianPhone string `json:"p,omitempty"`
	}
	sealedEntry struct {
		Helper     string `json:"h,omitempty"`
		ExternalID string `json:"x,omitempty"`
	}
)

const (
	namesColumn    = "persons.sealed_names"
	identityColumn = "persons.sealed_identity"
	contactColumn  = "persons.sealed_contact"
	restColumn     = "persons.sealed_rest"
	entryColumn    = "persons.sealed_entry"
)

func (personRow) TableName() string { return "persons" }

func personToRow(p person.Person, s *sealing, hash func(kind, value string) string) personRow {
	return personRow{
		ID: string(p.ID), Reference: p.Reference, Sex: string(p.Sex), BirthYear: nullInt(p.Birth.Year), BirthPrecision: string(p.Birth.Precision),
		Nationalities: texts(p.Nationalities), BirthCountry: nullText(p.BirthCountry),
		ResidenceCountry: nullText(p.Residence.Country), ResidencePlace: nullText(p.Residence.Place),
		ResidenceRegion: nullText(p.Residence.Region), ResidenceKind: string(p.Residence.Kind),
		PreferredLanguage: p.Contact.Language, PreferredChannel: string(p.Channel), Reading: string(p.Reading),
		PopulationGroups: texts(p.Groups), WorkedAbroad: string(p.WorkedAbroad), ISCEDLevel: p.ISCED,
		MobilityAnywhere: p.Mobility.Anywhere, AvailableFrom: nullDate(p.Mobility.AvailableFrom), AbsentUntil: nullDate(p.Mobility.AbsentUntil),
		EnteredMode: string(p.Entry.Mode), EnteredBy: nullID(p.Entry.By), ExternalSource: nullText(p.Entry.ExternalSource),
		Demo: p.Demo, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt, Version: p.Version, AdultOn: adultOn(p),

		SealedNames:    s.seal(p.ID, namesColumn, sealedNames{p.Given, p.Family}),
		SealedIdentity: s.seal(p.ID, identityColumn, sealedIdentity{p.Father, p.Mother, p.Birth.Date.String(), p.NINA, p.Residence.Detail}),
		SealedContact:  s.seal(p.ID, contactColumn, sealedContact{p.Email}),
		SealedRest:     s.seal(p.ID, restColumn, sealedRest{p.Accommodation, p.Guardian, p.GuardianPhone}),
		SealedEntry:    s.seal(p.ID, entryColumn, sealedEntry{p.Entry.HelperName, p.Entry.ExternalID}),
		ExternalHash:   nullText(hash(externalKind, p.Entry.ExternalID)),
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

func (r personRow) toDomain(o *opening) person.Person {
	id := domain.ID(r.ID)
	var names sealedNames
	var who sealedIdentity
	var contact sealedContact
	var rest sealedRest
	var entry sealedEntry
	o.open(id, namesColumn, r.SealedNames, &names)
	o.open(id, identityColumn, r.SealedIdentity, &who)
	o.open(id, contactColumn, r.SealedContact, &contact)
	o.open(id, restColumn, r.SealedRest, &rest)
	o.open(id, entryColumn, r.SealedEntry, &entry)
	return person.Person{
		ID: id, Reference: r.Reference,
		Identity: person.Identity{
			Given: names.Given, Family: names.Family, Father: who.Father, Mother: who.Mother, Sex: person.Sex(r.Sex),
			Birth:         person.Birth{Precision: person.Precision(r.BirthPrecision), Year: intOf(r.BirthYear), Date: isoDate(nullText(who.Birth))},
			Nationalities: textList[string](r.Nationalities), BirthCountry: textOf(r.BirthCountry), NINA: who.NINA,
			Guardian: rest.Guardian, GuardianPhone: rest.GuardianPhone,
		},
		Contact: person.Contact{
			Residence: person.Residence{
				Kind: person.ResidenceKind(r.ResidenceKind), Country: textOf(r.ResidenceCountry), Place: textOf(r.ResidencePlace),
				Region: textOf(r.ResidenceRegion), Detail: who.Detail,
			},
			Email: contact.Email, Language: r.PreferredLanguage, Channel: person.Channel(r.PreferredChannel),
			Reading: person.Reading(r.Reading), Accommodation: rest.Accommodation,
		},
		Population: person.Population{Groups: textList[person.Group](r.PopulationGroups), WorkedAbroad: person.Answer(r.WorkedAbroad)},
		Schooling:  person.Schooling{ISCED: r.ISCEDLevel},
		Mobility: person.Mobility{
			Anywhere: r.MobilityAnywhere, AvailableFrom: dateOf(r.AvailableFrom), AbsentUntil: dateOf(r.AbsentUntil),
		},
		Entry: person.Entry{
			Mode: person.EntryMode(r.EnteredMode), By: idOf(r.EnteredBy), HelperName: entry.Helper,
			ExternalSource: textOf(r.ExternalSource), ExternalID: entry.ExternalID,
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
