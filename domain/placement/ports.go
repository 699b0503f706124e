package placement

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
)

// ApplicationStore keeps applications. Every reading fills Standing.
type ApplicationStore interface {
	// InsertApplication writes a new one; a second live one of the same person
	// and vacancy is Conflict.
	InsertApplication(ctx context.Context, tx domain.Tx, a Application) error
	// SaveApplication writes a changed one and raises its version; Stale when it
	// is not at a.Version any more.
	SaveApplication(ctx context.Context, tx domain.Tx, a Application) error
	Application(ctx context.Context, tx domain.Tx, id domain.ID) (Application, error)
	ApplicationForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (Application, error)
	Applications(ctx context.Context, tx domain.Tx, q ApplicationQuery) (domain.Listing[ApplicationRow], error)
	// CandidatesOf gives a page of a vacancy's applications the person agreed to.
	CandidatesOf(ctx context.Context, tx domain.Tx, vacancy domain.ID, cursor domain.Cursor) (domain.Listing[Application], error)
	// ApplicationsByID gives those of the ids the actor may read, as they are now.
	ApplicationsByID(ctx context.Context, tx domain.Tx, ids []domain.ID) ([]Application, error)
	// EssentialMet counts a vacancy's essential skills and those the person has.
	EssentialMet(ctx context.Context, tx domain.Tx, person, vacancy domain.ID) (met, of int, err error)
	// Waiting gives applications in one of the states since before a time, not
	// yet chased where unchased is asked for.
	Waiting(ctx context.Context, tx domain.Tx, states []domain.State, since time.Time, unchased bool, limit int) ([]domain.ID, error)
}

// Store keeps placements. Every reading fills Standing.
type Store interface {
	InsertPlacement(ctx context.Context, tx domain.Tx, p Placement) error
	// SavePlacement writes a changed one and raises its version; Stale when it
	// is not at p.Version any more.
	SavePlacement(ctx context.Context, tx domain.Tx, p Placement) error
	Placement(ctx context.Context, tx domain.Tx, id domain.ID) (Placement, error)
	PlacementForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (Placement, error)
	Placements(ctx context.Context, tx domain.Tx, q PlacementQuery) (domain.Listing[PlacementRow], error)
}

// ApplicationQuery asks for a page of applications, the newest first.
type ApplicationQuery struct {
	Actor     domain.Actor
	Relations []access.Relation
	ApplicationFilter
	Cursor domain.Cursor
}

// PlacementQuery asks for a page of placements, the newest first.
type PlacementQuery struct {
	Actor     domain.Actor
	Relations []access.Relation
	PlacementFilter
	Cursor domain.Cursor
}

// Vacancies is what placing needs of the employer context.
type Vacancies interface {
	Vacancy(ctx context.Context, tx domain.Tx, id domain.ID) (employer.Vacancy, error)
	VacancyForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (employer.Vacancy, error)
	SaveVacancy(ctx context.Context, tx domain.Tx, v employer.Vacancy) error
}

// Organisations gives the employer of a vacancy.
type Organisations interface {
	Organisation(ctx context.Context, tx domain.Tx, id domain.ID) (employer.Organisation, error)
	// EmployerNames gives what everybody may know of employers.
	EmployerNames(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]employer.Organisation, error)
}

// Consents records that somebody agrees to be named to one employer, and that
// she does no more.
type Consents interface {
	AgreeIn(ctx context.Context, tx domain.Tx, actor domain.Actor, in person.AgreeToContact) (person.ConsentMode, error)
	EndIn(ctx context.Context, tx domain.Tx, actor domain.Actor, person, application domain.ID) error
	// WithdrawingIn waits for what is on its way about the person, before rows are locked.
	WithdrawingIn(ctx context.Context, tx domain.Tx, person domain.ID) error
}

// People is what placing needs of the person context.
type People interface {
	Get(ctx context.Context, tx domain.Tx, id domain.ID) (person.Person, error)
	// Introduced gives name, e-mail and phones of those whose name the actor may know.
	Introduced(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]person.Person, error)
	Facts(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]access.Facts, error)
	Matchable(ctx context.Context, ids []domain.ID, at time.Time) (map[domain.ID]bool, error)
}

// Cases is what placing needs of the casework context.
type Cases interface {
	// LiveCaseOf gives a person's open file, locked; NotFound without one.
	LiveCaseOf(ctx context.Context, tx domain.Tx, person domain.ID) (casework.CaseFile, error)
	SaveCase(ctx context.Context, tx domain.Tx, c casework.CaseFile) error
}

// Outbox queues a message: to somebody as the person wants to be reached, or to
// an employer.
type Outbox interface {
	Notify(ctx context.Context, tx domain.Tx, p person.Person, template string, params map[string]string) error
	Tell(ctx context.Context, tx domain.Tx, m person.Message) error
}

// Views counts people whom an employer is about to be shown by pseudonym.
// TooMany means that none of them may be shown; for other readers it does nothing.
type Views interface {
	Show(ctx context.Context, actor domain.Actor, people []domain.ID) error
}

// Deps is what the use-cases are wired with.
type Deps struct {
	Tx            domain.Transactor
	Applications  ApplicationStore
	Placements    Store
	Vacancies     Vacancies
	Organisations Organisations
	People        People
	Consents      Consents
	Holds         domain.Holds // nil holds nobody
	Cases         Cases
	Outbox        Outbox
	Views         Views
	Histories     Histories
	Policy        access.Policy
	IDs           domain.IDs
	Clock         domain.Clock
}

// Histories are those of the nouns a hire changes.
type Histories struct{ Application, Placement, Vacancy, Case domain.History }
