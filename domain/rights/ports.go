package rights

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
)

// Store keeps requests, holds, objections and agreements, and reads what a
// copy holds beside what other stores keep.
type Store interface {
	// Looks gives what others did with somebody's record; see Look.
	Looks(ctx context.Context, tx domain.Tx, person domain.ID, cursor domain.Cursor) (domain.Listing[Look], error)
	// Held reads what a copy has of cases, notes, messages, documents and the account.
	Held(ctx context.Context, tx domain.Tx, person domain.ID) (Held, error)

	// RequestReference takes the number of a request to be.
	RequestReference(ctx context.Context, tx domain.Tx) (int64, error)
	// InsertRequest writes a new one; a second open one of the same kind and purpose is Conflict.
	InsertRequest(ctx context.Context, tx domain.Tx, r Request) error
	// SaveRequest writes a changed one and raises its version; Stale when it is not at r.Version any more.
	SaveRequest(ctx context.Context, tx domain.Tx, r Request) error
	Request(ctx context.Context, tx domain.Tx, id domain.ID) (Row, error)
	RequestForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (Request, error)
	Requests(ctx context.Context, tx domain.Tx, q Query) (domain.Listing[Row], error)
	// ConfirmedRequests gives erasures that were confirmed and are not carried out yet.
	ConfirmedRequests(ctx context.Context, tx domain.Tx, limit int) ([]domain.ID, error)

	Object(ctx context.Context, tx domain.Tx, person, request domain.ID, at time.Time) error
	LiftObjection(ctx context.Context, tx domain.Tx, request domain.ID) error

	// Holds says what keeps somebody's data from being removed now, request left aside.
	Holds(ctx context.Context, tx domain.Tx, person, request domain.ID, at time.Time) ([]Hold, error)
	InsertHold(ctx context.Context, tx domain.Tx, h LegalHold) error
	LiftHold(ctx context.Context, tx domain.Tx, id, by domain.ID, at time.Time) error
	LegalHolds(ctx context.Context, tx domain.Tx) ([]LegalHold, error)
	// PersonByReference finds whom a reference means; NotFound without one.
	PersonByReference(ctx context.Context, tx domain.Tx, reference string) (domain.ID, error)

	// Erase removes somebody with all that hangs on the record, keeps what
	// statistics need without it, and tells the index.
	Erase(ctx context.Context, tx domain.Tx, gone Gone) (subjects []domain.ID, err error)
	// Absorbed gives the files that were merged into somebody's.
	Absorbed(ctx context.Context, tx domain.Tx, survivor domain.ID) ([]domain.ID, error)

	// Due counts what a rule would remove now and what holds keep of it.
	Due(ctx context.Context, tx domain.Tx, kind RuleKind, before, now time.Time) (Due, error)
	// DuePeople gives at most limit people whose whole record a rule would
	// remove, and whom nothing holds.
	DuePeople(ctx context.Context, tx domain.Tx, kind RuleKind, before, now time.Time, after domain.ID, limit int) ([]domain.ID, error)
	// RemoveDue removes rows of a rule that removes no whole person.
	RemoveDue(ctx context.Context, tx domain.Tx, kind RuleKind, before time.Time) (int, error)

	InsertAgreement(ctx context.Context, tx domain.Tx, a Agreement) error
	EndAgreement(ctx context.Context, tx domain.Tx, id, by domain.ID, at time.Time) error
	Agreements(ctx context.Context, tx domain.Tx) ([]Agreement, error)
}

// People reads records.
type People interface {
	Get(ctx context.Context, tx domain.Tx, id domain.ID) (person.Person, error)
	Journey(ctx context.Context, tx domain.Tx, id domain.ID) (person.Journey, error)
	Facts(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]access.Facts, error)
}

// Registrations tells whose jobseeker somebody is.
type Registrations interface {
	Registration(ctx context.Context, tx domain.Tx, person domain.ID) (person.Registration, error)
}

// Consents reads consents, and waits for what is on its way about somebody.
type Consents interface {
	Consents(ctx context.Context, tx domain.Tx, person domain.ID) ([]person.Consent, error)
	Withdrawing(ctx context.Context, tx domain.Tx, people ...domain.ID) error
}

// Withdrawals end consents with all that rests on them.
type Withdrawals interface {
	WithdrawIn(ctx context.Context, tx domain.Tx, actor domain.Actor, in person.WithdrawConsent) error
}

// Applications lists somebody's applications.
type Applications interface {
	Applications(ctx context.Context, tx domain.Tx, q placement.ApplicationQuery) (domain.Listing[placement.ApplicationRow], error)
}

// Placements lists somebody's placements.
type Placements interface {
	Placements(ctx context.Context, tx domain.Tx, q placement.PlacementQuery) (domain.Listing[placement.PlacementRow], error)
}

// Papers lists somebody's papers.
type Papers interface {
	DocumentsOf(ctx context.Context, tx domain.Tx, person domain.ID) ([]document.Document, error)
}

// Plans reads the plan of a case file.
type Plans interface {
	Plan(ctx context.Context, tx domain.Tx, caseID domain.ID) (casework.PlanOf, error)
}

// Keys makes what was sealed for somebody unreadable everywhere, backups
// included. It works in the transaction of the erasure; what can only be done
// after its commit is its own to take up again.
type Keys interface {
	Erase(ctx context.Context, tx domain.Tx, subject domain.ID) error
}

// Outbox queues a message to a person.
type Outbox interface {
	Notify(ctx context.Context, tx domain.Tx, p person.Person, template string, params map[string]string) error
}

// Deps is what the use-cases are wired with.
type Deps struct {
	Tx            domain.Transactor
	Store         Store
	History       domain.History // of requests
	Registered    domain.History // of registrations
	Staged        domain.History // of case files
	People        People
	Registrations Registrations
	Consents      Consents
	Withdrawals   Withdrawals
	Applications  Applications
	Placements    Placements
	Plans         Plans
	Papers        Papers
	Exports       domain.Exports
	Keys          Keys
	Outbox        Outbox
	Rules         Rules
	Policy        access.Policy
	IDs           domain.IDs
	Clock         domain.Clock
}

// Rules are what an installation decides.
type Rules struct {
	Zone *time.Location // in which a day begins
	// Due is how many days a request may take. The law says that people are
	// answered, and a default is no law: see DefaultRules.
	Due int
	// Wait is how long an erasure asked for from an account waits, so that who
	// stole a phone does not erase its owner.
	Wait time.Duration
	// Declaration is the authority's number of the declared processing, "" while
	// there is none.
	Declaration string
}

// DefaultRules are Baara's own choice: thirty days, and a week to change one's
// mind. Neither number is from a law: counsel confirms or changes them.
func DefaultRules() Rules { return Rules{Zone: time.UTC, Due: 30, Wait: 7 * 24 * time.Hour} }

func (d Deps) today() domain.Date { return domain.DateOf(d.Clock.Now().In(d.Rules.Zone)) }

// factsOf tells how one person stands to others. Nobody there answers as the
// policy would for somebody hidden.
func (d Deps) factsOf(ctx context.Context, tx domain.Tx, actor domain.Actor, action access.Action, person domain.ID) (access.Facts, error) {
	facts, err := d.People.Facts(ctx, tx, []domain.ID{person})
	if err != nil {
		return access.Facts{}, err
	}
	f, ok := facts[person]
	if !ok {
		return access.Facts{}, d.Policy.Unseen(tx, actor, action, person, domain.NotFound("rights.factsOf"))
	}
	return f, nil
}
