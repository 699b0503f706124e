package collection

import (
	"context"
	"sync"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Deps is what importing is wired with.
type Deps struct {
	Jobseekers *person.Jobseekers
	Vacancies  *employer.Vacancies
	Linker     taxonomy.Linker
	Places     *place.Gazetteer
	Concepts   Concepts
	Country    string // the installation's, alpha-3
	// AgencyFor gives the agency that serves a place.
	AgencyFor func(ctx context.Context, place string) (domain.ID, error)
}

func (d Deps) codes() codes { return codes{places: d.Places, concepts: d.Concepts, home: d.Country} }

// agencies asks for the agency of each place once.
type agencies struct {
	ask   func(ctx context.Context, place string) (domain.ID, error)
	mu    sync.Mutex
	known map[string]domain.ID
}

// AskOnce remembers the agency of each place, which it asks for once.
func AskOnce(ask func(ctx context.Context, place string) (domain.ID, error)) func(ctx context.Context, place string) (domain.ID, error) {
	return (&agencies{ask: ask}).of
}

func (a *agencies) of(ctx context.Context, place string) (domain.ID, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id, ok := a.known[place]; ok {
		return id, nil
	}
	id, err := a.ask(ctx, place)
	if err != nil {
		return "", err
	}
	if a.known == nil {
		a.known = map[string]domain.ID{}
	}
	a.known[place] = id
	return id, nil
}

// People makes jobseekers of records. Consents stand for every person of the
// file, given at the time of the import.
type People struct {
	Ledger
	codes    codes
	people   *person.Jobseekers
	agencies *agencies
	consents []person.Consent
}

// NewPeople wires the target of candidates.
func NewPeople(d Deps, ledger Ledger, consents []person.Consent) *People {
	return &People{Ledger: ledger, codes: d.codes(), people: d.Jobseekers, agencies: &agencies{ask: d.AgencyFor}, consents: consents}
}

// Prepare implements Target.
func (t *People) Prepare(ctx context.Context, body []byte) (person.Imported, []Problem, error) {
	in, problems := t.codes.candidate(body)
	if refused(problems) {
		return in, problems, nil
	}
	checked, err := t.people.CheckImported(ctx, in)
	if bad := problemsOf(err); bad != nil {
		return in, append(problems, bad...), nil
	}
	if err != nil {
		return in, nil, err
	}
	checked.Consents = t.consents
	checked.AgencyID, err = t.agencies.of(ctx, checked.Person.Residence.Place)
	return checked, problems, err
}

// Write implements Target.
func (t *People) Write(ctx context.Context, source string, rows []person.Imported) (Counts, error) {
	report, err := t.people.Import(ctx, domain.System(), source, rows)
	return Counts(report), err
}

// Vacancies makes vacancies of records.
type Vacancies struct {
	Ledger
	codes     codes
	vacancies *employer.Vacancies
	linker    taxonomy.Linker
	agencies  *agencies
	basis     string
}

// NewVacancies wires the target of vacancies. Basis says where the employers
// declared that workers pay nothing; it is kept with each vacancy.
func NewVacancies(d Deps, ledger Ledger, basis string) *Vacancies {
	return &Vacancies{
		Ledger: ledger, codes: d.codes(), vacancies: d.Vacancies, linker: d.Linker, agencies: &agencies{ask: d.AgencyFor}, basis: basis,
	}
}

// Prepare implements Target.
func (t *Vacancies) Prepare(ctx context.Context, body []byte) (employer.Imported, []Problem, error) {
	in, problems, err := t.codes.vacancy(ctx, body, t.linker)
	if err != nil || refused(problems) {
		return in, problems, err
	}
	if bad := problemsOf(t.vacancies.CheckImported(in)); bad != nil {
		return in, append(problems, bad...), nil
	}
	in.SourceDetail = t.basis
	in.AgencyID, err = t.agencies.of(ctx, in.Fields.PlaceCode)
	return in, problems, err
}

// Write implements Target.
func (t *Vacancies) Write(ctx context.Context, source string, rows []employer.Imported) (Counts, error) {
	report, err := t.vacancies.Import(ctx, domain.System(), source, rows)
	return Counts(report), err
}
