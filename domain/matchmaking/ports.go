package matchmaking

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/person"
)

// Engine ranks and searches, over a disposable copy of the records.
type Engine interface {
	Candidates(ctx context.Context, o matching.Opening, day domain.Date, page matching.Page) (matching.Hits, error)
	Openings(ctx context.Context, p matching.Profile, day domain.Date, page matching.Page) (matching.Hits, error)
	// NearCandidates and NearOpenings rank what misses one hard condition, at most size for each.
	NearCandidates(ctx context.Context, o matching.Opening, day domain.Date, size int) ([]matching.Hit, error)
	NearOpenings(ctx context.Context, p matching.Profile, day domain.Date, size int) ([]matching.Hit, error)
	Vacancies(ctx context.Context, s matching.WordSearch) (matching.Found, error)
	People(ctx context.Context, s matching.WordSearch) (matching.Found, error)
	Weights() matching.Weights
}

// Records gives what matching knows of people and vacancies, as the database
// has it now. Whoever may not be matched is missing from the answer.
type Records interface {
	// Profiles reads people of any agency, outside the transaction.
	Profiles(ctx context.Context, ids []domain.ID) (map[domain.ID]matching.Profile, error)
	Openings(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]matching.Opening, error)
	// Prospects gives every occupation to which one of the skills is essential.
	Prospects(ctx context.Context, tx domain.Tx, skills []domain.ID) ([]matching.Prospect, error)
}

// People is what matches show of people.
type People interface {
	// Many gives the records the actor may read.
	Many(ctx context.Context, tx domain.Tx, ids []domain.ID) ([]person.Person, error)
	// ForCards gives what cards need of people of any agency, outside the transaction.
	ForCards(ctx context.Context, ids []domain.ID) ([]person.Person, error)
	Facts(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]access.Facts, error)
}

// Vacancies is what matches show of vacancies.
type Vacancies interface {
	Vacancy(ctx context.Context, tx domain.Tx, id domain.ID) (employer.Vacancy, error)
	VacanciesByID(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]employer.Vacancy, error)
	// EmployerNames gives names and verification of employers, in one query.
	EmployerNames(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]employer.Organisation, error)
}

// Views counts people whom an employer is about to be shown. TooMany means that
// none of them may be shown; for other readers it does nothing.
type Views interface {
	Show(ctx context.Context, actor domain.Actor, people []domain.ID) error
}

// Deps is what the use-cases are wired with.
type Deps struct {
	Tx        domain.Transactor
	Engine    Engine
	Records   Records
	People    People
	Vacancies Vacancies
	Views     Views
	Holds     domain.Holds // nil holds nobody
	Policy    access.Policy
	Clock     domain.Clock
}
