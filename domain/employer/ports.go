package employer

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// OrganisationStore keeps organisations.
type OrganisationStore interface {
	// OrganisationNumber takes the next number of references.
	OrganisationNumber(ctx context.Context, tx domain.Tx) (int64, error)
	InsertOrganisation(ctx context.Context, tx domain.Tx, o Organisation) error
	// SaveOrganisation writes a changed organisation and raises its version;
	// Stale when it is not at o.Version any more.
	SaveOrganisation(ctx context.Context, tx domain.Tx, o Organisation) error
	Organisation(ctx context.Context, tx domain.Tx, id domain.ID) (Organisation, error)
	OrganisationForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (Organisation, error)
	// OrganisationsByID gives those of the ids that exist, in one query.
	OrganisationsByID(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]Organisation, error)
	Organisations(ctx context.Context, tx domain.Tx, q OrganisationQuery) (domain.Listing[Organisation], error)
	// OrganisationsByExternal tells which external ids of a source are known already.
	OrganisationsByExternal(ctx context.Context, tx domain.Tx, source string, ids []string) (map[string]domain.ID, error)
	// Members lists the live accounts that act for an organisation today.
	Members(ctx context.Context, tx domain.Tx, organisation domain.ID) ([]Member, error)
}

// VacancyStore keeps vacancies with their skills, languages and licences.
type VacancyStore interface {
	// VacancyNumbers takes n numbers of references.
	VacancyNumbers(ctx context.Context, tx domain.Tx, n int) ([]int64, error)
	InsertVacancy(ctx context.Context, tx domain.Tx, v Vacancy) error
	// InsertVacancies writes many new vacancies with few statements.
	InsertVacancies(ctx context.Context, tx domain.Tx, vs []Vacancy) error
	// SaveVacancy writes a changed vacancy and raises its version; Stale when
	// it is not at v.Version any more.
	SaveVacancy(ctx context.Context, tx domain.Tx, v Vacancy) error
	Vacancy(ctx context.Context, tx domain.Tx, id domain.ID) (Vacancy, error)
	VacancyForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (Vacancy, error)
	// VacanciesByID gives those of the ids that exist, with a fixed number of queries.
	VacanciesByID(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]Vacancy, error)
	// VacanciesByExternal locks and gives what an earlier import made, by external id.
	VacanciesByExternal(ctx context.Context, tx domain.Tx, source string, ids []string) (map[string]Vacancy, error)
	Vacancies(ctx context.Context, tx domain.Tx, q VacancyQuery) (domain.Listing[Vacancy], error)
	// VacanciesDue gives live vacancies whose date has passed, or that nobody
	// confirmed since that time.
	VacanciesDue(ctx context.Context, tx domain.Tx, today domain.Date, confirmed time.Time, limit int) ([]domain.ID, error)
}

// OrganisationQuery asks for a page of organisations, the newest first.
type OrganisationQuery struct {
	Actor     domain.Actor
	Relations []access.Relation
	OrganisationFilter
	Cursor domain.Cursor
}

// VacancyQuery asks for a page of vacancies, the last changed first.
type VacancyQuery struct {
	Actor     domain.Actor
	Relations []access.Relation
	VacancyFilter
	Today  domain.Date
	Cursor domain.Cursor
}

// Agencies tells which agency serves a place: the nearest level up to the
// country, else any open one. NotFound when there is no agency.
type Agencies interface {
	AgencyFor(ctx context.Context, tx domain.Tx, place, country string) (domain.ID, error)
}

// Places gives the present gazetteer.
type Places interface{ Present() *place.Gazetteer }

// Concepts reads occupations and skills that somebody chose.
type Concepts interface {
	Concepts(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]taxonomy.Concept, error)
}

// Accounts writes the account of an organisation's first member.
type Accounts interface {
	UserByEmail(ctx context.Context, tx domain.Tx, email string) (identity.User, error)
	InsertUser(ctx context.Context, tx domain.Tx, u identity.User) error
}

// SignUpNotes keeps who asked for an account that there is.
type SignUpNotes interface {
	InsertSignUpNote(ctx context.Context, tx domain.Tx, n SignUpNote) error
	// SignUpNotes lists the latest about an account, the newest first.
	SignUpNotes(ctx context.Context, tx domain.Tx, account domain.ID) ([]SignUpNote, error)
}

// Work tells whether a sign-up came with proof of work. One that is no good is
// Invalid.
type Work interface {
	Spend(ctx context.Context, tx domain.Tx, purpose, solution string) (bool, error)
}

// Passwords hashes a password for storing.
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
}

// Deps is what the use-cases are wired with.
type Deps struct {
	Tx            domain.Transactor
	Organisations OrganisationStore
	Vacancies     VacancyStore
	History       domain.History // of vacancies
	Complaints    Complaints
	Notes         SignUpNotes
	Work          Work
	Accounts      Accounts
	Passwords     Passwords
	Agencies      Agencies
	Places        Places
	Concepts      Concepts
	Linker        taxonomy.Linker
	Policy        access.Policy
	IDs           domain.IDs
	Clock         domain.Clock
}
