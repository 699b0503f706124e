package domaintest

import (
	"context"
	"fmt"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
)

// AnOrganisation is a verified building firm of Bamako, looked after by an
// agency. Change its fields for what the test is about; verified ones need
// First and Second.
func AnOrganisation(ids domain.IDs, agency domain.ID, first, second domain.ID) employer.Organisation {
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	id := ids.New()
	return employer.Organisation{
		ID: id, Reference: fmt.Sprintf("EN-2026-T%s", id), Kind: employer.KindCompany, LegalName: "BTP Sahel SARL", Size: "10-49",
		PlaceCode: "BKO", Phone: "+22370000001", Email: "btp@example.org", AgencyID: agency,
		Verification: employer.VerificationDone, FirstBy: first, FirstAt: at, SecondBy: second, SecondAt: at,
		CreatedAt: at, UpdatedAt: at, Version: 1,
	}
}

// Uncounted shows employers whoever they ask for: for tests that are not about
// how many.
type Uncounted struct{}

// Show counts nobody.
func (Uncounted) Show(context.Context, domain.Actor, []domain.ID) error { return nil }

// Unverified takes the verification of an organisation back.
func Unverified(o employer.Organisation) employer.Organisation {
	o.Verification, o.FirstBy, o.SecondBy = employer.VerificationPending, "", ""
	o.FirstAt, o.SecondAt = time.Time{}, time.Time{}
	return o
}

// VacancyBuilder makes a vacancy for a test: valid as it starts, changed by
// what the test is about.
type VacancyBuilder struct{ v employer.Vacancy }

// AVacancy is one published post of a mason in Bamako.
func AVacancy(ids domain.IDs, organisation employer.Organisation) *VacancyBuilder {
	at := time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)
	id := ids.New()
	return &VacancyBuilder{employer.Vacancy{
		ID: id, Reference: fmt.Sprintf("OF-2026-T%s", id), OrganisationID: organisation.ID, AgencyID: organisation.AgencyID,
		Source: employer.SourceOnline, Title: "Maçon coffreur", Description: "Chantier de six mois.", Lang: "fr", Posts: 1,
		Contract: employer.ContractFixedTerm, WagePeriod: employer.PerMonth, PlaceCode: "BKO", FeeFree: true,
		State: employer.Published, PublishedAt: at, ConfirmedAt: at, CreatedAt: at, UpdatedAt: at, Version: 1,
	}}
}

// Posts sets how many posts it has.
func (b *VacancyBuilder) Posts(n int) *VacancyBuilder {
	b.v.Posts = n
	return b
}

// Filled sets how many posts are filled, and the state that goes with it.
func (b *VacancyBuilder) Filled(n int) *VacancyBuilder {
	b.v.PostsFilled = n
	switch n {
	case 0:
		b.v.State = employer.Published
	case b.v.Posts:
		b.v.State = employer.Filled
	default:
		b.v.State = employer.PartlyFilled
	}
	return b
}

// In puts it into a state that says nothing about its posts.
func (b *VacancyBuilder) In(state domain.State) *VacancyBuilder {
	b.v.State = state
	if state == employer.Suspended {
		b.v.SuspendedFrom = employer.Published
	}
	return b
}

// Titled sets the title.
func (b *VacancyBuilder) Titled(title string) *VacancyBuilder {
	b.v.Title = title
	return b
}

// Asks adds an essential skill, linked to a concept unless that is "".
func (b *VacancyBuilder) Asks(words string, concept domain.ID) *VacancyBuilder {
	b.v.Skills = append(b.v.Skills, employer.RequiredSkill{Words: words, ConceptID: concept, Importance: employer.Essential})
	return b
}

// Vacancy gives the record.
func (b *VacancyBuilder) Vacancy() employer.Vacancy { return b.v }
