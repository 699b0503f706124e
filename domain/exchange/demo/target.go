package demo

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/collection"
	"github.com/baara-platform/baara/domain/person"
)

// numbered is a source of so many records, whose body is their number.
type numbered struct {
	g    *Generator
	kind string
	next int
	of   int
}

// PeopleSource gives the people to be invented.
func (g *Generator) PeopleSource() collection.Source { return &numbered{g: g, kind: "p", of: g.People} }

// VacanciesSource gives the vacancies to be invented.
func (g *Generator) VacanciesSource() collection.Source {
	return &numbered{g: g, kind: "v", of: g.Vacancies}
}

// Next implements collection.Source.
func (s *numbered) Next() (collection.Record, error) {
	if s.next == s.of {
		return collection.Record{}, io.EOF
	}
	n := s.next
	s.next++
	return collection.Record{Line: n + 1, ID: s.g.externalID(s.kind, n), Body: strconv.AppendInt(nil, int64(n), 10)}, nil
}

// AgencyFor gives the agency that serves a place.
type AgencyFor func(ctx context.Context, place string) (domain.ID, error)

// People writes invented people. It implements collection.Target.
type People struct {
	collection.Ledger
	Generator  *Generator
	Jobseekers *person.Jobseekers
	AgencyFor  AgencyFor
}

// Prepare invents the person of a number and checks it as any other.
func (t People) Prepare(ctx context.Context, body []byte) (person.Imported, []collection.Problem, error) {
	n, err := strconv.Atoi(string(body))
	if err != nil {
		return person.Imported{}, nil, fmt.Errorf("demo: %w", err)
	}
	row, err := t.Jobseekers.CheckImported(ctx, t.Generator.Person(n))
	if err != nil {
		return row, nil, fmt.Errorf("demo: person %d: %w", n, err)
	}
	row.AgencyID, err = t.AgencyFor(ctx, row.Person.Residence.Place)
	return row, nil, err
}

// Write implements collection.Target.
func (t People) Write(ctx context.Context, source string, rows []person.Imported) (collection.Counts, error) {
	report, err := t.Jobseekers.Import(ctx, domain.System(), source, rows)
	return collection.Counts(report), err
}

// Vacancies writes invented vacancies. Employers are the ids of the invented
// organisations by number; without them a vacancy names its employer in words.
type Vacancies struct {
	collection.Ledger
	Generator *Generator
	Vacancies *employer.Vacancies
	Employers []domain.ID
	AgencyFor AgencyFor
}

// Prepare invents the vacancy of a number and checks it as any other.
func (t Vacancies) Prepare(ctx context.Context, body []byte) (employer.Imported, []collection.Problem, error) {
	n, err := strconv.Atoi(string(body))
	if err != nil {
		return employer.Imported{}, nil, fmt.Errorf("demo: %w", err)
	}
	row, organisation := t.Generator.Vacancy(n)
	if organisation < len(t.Employers) {
		row.Employer = t.Employers[organisation]
	} else {
		row.Fields.ClientName = t.Generator.Organisation(organisation).Fields.LegalName
	}
	if err := t.Vacancies.CheckImported(row); err != nil {
		return row, nil, fmt.Errorf("demo: vacancy %d: %w", n, err)
	}
	row.AgencyID, err = t.AgencyFor(ctx, row.Fields.PlaceCode)
	return row, nil, err
}

// Write implements collection.Target.
func (t Vacancies) Write(ctx context.Context, source string, rows []employer.Imported) (collection.Counts, error) {
	report, err := t.Vacancies.Import(ctx, domain.System(), source, rows)
	return collection.Counts(report), err
}
