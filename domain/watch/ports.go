package watch

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
)

// ViewStore keeps whom organisations were shown.
type ViewStore interface {
	// DayForUpdate gives an organisation's day, made with that id when it is the
	// first look, and locked: who counts for the same day waits.
	DayForUpdate(ctx context.Context, tx domain.Tx, id, organisation domain.ID, day domain.Date) (Day, error)
	// Day reads without locking; the zero value when there is none.
	Day(ctx context.Context, tx domain.Tx, organisation domain.ID, day domain.Date) (Day, error)
	SaveDay(ctx context.Context, tx domain.Tx, d Day) error
	// NotShown gives those of the people who were not shown that day, each once.
	NotShown(ctx context.Context, tx domain.Tx, d Day, people []domain.ID) ([]domain.ID, error)
	Shown(ctx context.Context, tx domain.Tx, d Day, people []domain.ID, at time.Time) error
	// Alerts lists an agency's alerts nobody looked at, AlertsOf an organisation's latest.
	Alerts(ctx context.Context, tx domain.Tx, agency domain.ID) ([]Alert, error)
	AlertsOf(ctx context.Context, tx domain.Tx, organisation domain.ID) ([]Day, error)
	Note(ctx context.Context, tx domain.Tx, organisation, by domain.ID, at time.Time) error
	InsertAllowance(ctx context.Context, tx domain.Tx, a Allowance) error
	// Allowances lists those that count on that day, the newest first.
	Allowances(ctx context.Context, tx domain.Tx, organisation domain.ID, day domain.Date) ([]Allowance, error)
}

// ComplaintStore keeps complaints.
type ComplaintStore interface {
	Insert(ctx context.Context, tx domain.Tx, c Complaint) error
	// Save writes a changed one and raises its version; Stale when it is not at c.Version any more.
	Save(ctx context.Context, tx domain.Tx, c Complaint) error
	Complaint(ctx context.Context, tx domain.Tx, id domain.ID) (Complaint, error)
	ForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (Complaint, error)
	// Of gives and locks a person's complaint about a vacancy; NotFound without
	// one, and always for nobody.
	Of(ctx context.Context, tx domain.Tx, vacancy, person domain.ID) (Complaint, error)
	Row(ctx context.Context, tx domain.Tx, id domain.ID) (Row, error)
	List(ctx context.Context, tx domain.Tx, q Query) (domain.Listing[Row], error)
	// MadeSince counts what an account complained of since a time, repeats
	// included. It makes acts of one account wait for each other.
	MadeSince(ctx context.Context, tx domain.Tx, account domain.ID, since time.Time) (int, error)
	// Concerned says whether a person has an application for a vacancy, or
	// complained of it before.
	Concerned(ctx context.Context, tx domain.Tx, vacancy, person domain.ID) (bool, error)
}

// Query asks for a page of complaints, the newest first.
type Query struct {
	Actor     domain.Actor
	Relations []access.Relation
	Filter
	Cursor domain.Cursor
}

// Vacancies reads what is complained of.
type Vacancies interface {
	Vacancy(ctx context.Context, tx domain.Tx, id domain.ID) (employer.Vacancy, error)
	VacancyForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (employer.Vacancy, error)
}

// Organisations reads the employer.
type Organisations interface {
	Organisation(ctx context.Context, tx domain.Tx, id domain.ID) (employer.Organisation, error)
}

// Registrations tells a person's agency.
type Registrations interface {
	Registration(ctx context.Context, tx domain.Tx, person domain.ID) (person.Registration, error)
}

// Stops changes a locked vacancy inside the transaction of a complaint.
type Stops interface {
	StopIn(ctx context.Context, tx domain.Tx, v employer.Vacancy) (employer.Vacancy, error)
	GoOnIn(ctx context.Context, tx domain.Tx, actor domain.Actor, v employer.Vacancy) error
	EndIn(ctx context.Context, tx domain.Tx, actor domain.Actor, v employer.Vacancy) error
}

// Doubts takes an employer's verification back.
type Doubts interface {
	DoubtIn(ctx context.Context, tx domain.Tx, organisation domain.ID) error
}

// Deps is what the use-cases are wired with.
type Deps struct {
	Tx            domain.Transactor
	Views         ViewStore
	Complaints    ComplaintStore
	History       domain.History // of complaints
	Vacancies     Vacancies
	Organisations Organisations
	Registrations Registrations
	Stops         Stops
	Doubts        Doubts
	Limits        Limits
	Policy        access.Policy
	IDs           domain.IDs
	Clock         domain.Clock
}
