package domaintest

import (
	"strconv"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// PersonBuilder makes a jobseeker for a test: valid as it starts, changed by
// what the test is about.
//
//	domaintest.APerson(ids).Named("Awa", "Coulibaly").ReturnedFrom("LBY").At(agency)
type PersonBuilder struct {
	ids      domain.IDs
	person   person.Person
	journey  person.Journey
	consents []person.Purpose
	state    domain.State
	at       time.Time
}

// APerson is a woman of Bamako, born in 1995, without a phone, registered and
// active, who agreed to be matched.
func APerson(ids domain.IDs) *PersonBuilder {
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	id := ids.New()
	return &PersonBuilder{ids: ids, state: person.Active, consents: []person.Purpose{person.ForMatching}, at: at, person: person.Person{
		ID: id, Reference: domain.Reference("ML", 2026, tail(id)),
		Identity: person.Identity{
			Given: "Fatoumata", Family: "Diarra", Sex: person.Female, Birth: person.BornIn(1995, false), Nationalities: []string{"MLI"},
		},
		Contact: person.Contact{
			Residence: person.Residence{Kind: person.LivesInPlace, Country: "MLI", Place: "BKO", Region: "BKO"},
			Language:  "fr", Channel: person.BySMS, Reading: person.ReadsAlone,
		},
		Population: person.Population{WorkedAbroad: person.NotSaid},
		Entry:      person.Entry{Mode: person.EntryStaff},
		CreatedAt:  at, UpdatedAt: at, Version: 1,
	}}
}

// tail makes a number of the end of an identifier, which is all of it that is
// random.
func tail(id domain.ID) int64 {
	n, err := strconv.ParseInt(string(id[len(id)-12:]), 16, 64)
	if err != nil {
		panic("domaintest: not a UUID: " + id)
	}
	return n
}

// Named sets both names; "" for one of them is a one-name person.
func (b *PersonBuilder) Named(given, family string) *PersonBuilder {
	b.person.Given, b.person.Family = given, family
	return b
}

// Dit adds an alias.
func (b *PersonBuilder) Dit(name string) *PersonBuilder {
	b.person.Aliases = append(b.person.Aliases, person.Alias{Kind: person.AliasDit, Name: name})
	return b
}

// ChildOf sets the parents' names.
func (b *PersonBuilder) ChildOf(father, mother string) *PersonBuilder {
	b.person.Father, b.person.Mother = father, mother
	return b
}

// Born sets the year of birth.
func (b *PersonBuilder) Born(year int) *PersonBuilder {
	b.person.Birth = person.BornIn(year, false)
	return b
}

// In sets where the person lives: an area, the region it lies in, a village.
func (b *PersonBuilder) In(place, region, village string) *PersonBuilder {
	b.person.Residence.Place, b.person.Residence.Region, b.person.Residence.Detail = place, region, village
	return b
}

// Phoned adds the person's own phone, in E.164.
func (b *PersonBuilder) Phoned(number string) *PersonBuilder {
	b.person.Phones = append(b.person.Phones, person.Phone{Number: number, Owner: person.OwnPhone})
	return b
}

// Skilled adds a skill, linked to a concept unless that is "".
func (b *PersonBuilder) Skilled(words string, concept domain.ID) *PersonBuilder {
	score := 0
	if !concept.IsZero() {
		score = 100
	}
	b.person.Skills = append(b.person.Skills, person.Skill{
		Words: words, Folded: words, ConceptID: concept, LinkScore: score, Evidence: person.Declared, Acquired: person.AtWork,
	})
	return b
}

// Worked adds months in an occupation, linked to a concept unless that is "".
func (b *PersonBuilder) Worked(title string, occupation domain.ID, months int) *PersonBuilder {
	b.person.Experience = append(b.person.Experience, person.Experience{
		Title: title, OccupationID: occupation, Kind: person.Waged, Months: months,
	})
	return b
}

// ReturnedFrom makes the person a return migrant of a country.
func (b *PersonBuilder) ReturnedFrom(country string) *PersonBuilder {
	b.person.Groups = append(b.person.Groups, person.ReturnMigrant)
	b.person.WorkedAbroad = person.Yes
	b.journey.Episodes = append(b.journey.Episodes, person.Episode{
		ID: b.ids.New(), Country: country, Role: person.Destination, Reason: "work", Status: "not_said", ReturnMode: "voluntary", CreatedAt: b.at,
	})
	return b
}

// Waiting leaves the person in the intake queue.
func (b *PersonBuilder) Waiting() *PersonBuilder {
	b.state = person.Intake
	return b
}

// Unmatched takes the consent to matching away.
func (b *PersonBuilder) Unmatched() *PersonBuilder {
	b.consents = nil
	return b
}

// Person gives the record alone.
func (b *PersonBuilder) Person() person.Person { return b.person }

// At gives everything to be stored for the person at an agency.
func (b *PersonBuilder) At(agency domain.ID) person.Newcomer {
	r := person.Registration{
		ID: b.ids.New(), PersonID: b.person.ID, AgencyID: agency, State: b.state, RegisteredOn: domain.DateOf(b.at), Version: 1,
	}
	if b.state == person.Active {
		r.RenewBy = r.RegisteredOn.AddMonths(6)
	}
	n := person.Newcomer{Person: b.person, Registration: r, Journey: b.journey, Steps: []domain.Step{{
		ID: b.ids.New(), RecordID: r.ID, Transition: person.Submit, From: person.Draft, To: b.state, ActorRole: domain.RoleSystem, At: b.at,
	}}}
	for _, purpose := range b.consents {
		n.Consents = append(n.Consents, person.Consent{
			ID: b.ids.New(), PersonID: b.person.ID, Purpose: purpose, TextVersion: "1", Language: "fr", Mode: person.ByWriting, GivenAt: b.at,
		})
	}
	return n
}
