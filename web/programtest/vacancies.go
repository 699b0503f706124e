package programtest

import (
	"context"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
)

// Publish makes a vacancy that everybody can read, with one indispensable and one welcome skill.
func (p *Program) Publish(t *testing.T, title, place, essential, optional string) employer.Vacancy {
	t.Helper()
	v, err := p.Vacancies.Record(t.Context(), p.Counsellor(t).Actor(), employer.RecordVacancy{
		Source: employer.SourcePhone,
		Fields: employer.VacancyFields{
			ClientName: "BTP Sahel", Title: title, Description: "Pour une école.\n\nTravail du lundi au samedi.", Lang: "fr", Posts: 3,
			Contract: employer.ContractFixedTerm, WageMin: 90000, WageMax: 120000, WagePeriod: employer.PerMonth, PlaceCode: place,
			ExperienceMonths: 12, FeeFree: true, Languages: []string{"bm"},
			Skills: []employer.SkillField{{Words: essential, Importance: employer.Essential}, {Words: optional, Importance: employer.Optional}},
		},
	})
	must(t, err)
	return v
}

// Searchable waits until the index holds so many vacancies.
func (p *Program) Searchable(t *testing.T, vacancies int) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		found, err := p.Matches.SearchVacancies(ctx, domain.Anonymous(), matching.WordSearch{Page: matching.Page{Size: 1}})
		if err == nil && found.Total >= vacancies {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%d vacancies searchable, want %d: %v", found.Total, vacancies, err)
		case <-tick.C:
		}
	}
}
