package casework

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
)

// Store keeps case files, shares and barriers.
type Store interface {
	InsertCase(ctx context.Context, tx domain.Tx, c CaseFile) error
	Case(ctx context.Context, tx domain.Tx, id domain.ID) (CaseFile, error)
	CaseForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (CaseFile, error)
	// LiveCaseOf gives a person's open file, locked; NotFound without one.
	LiveCaseOf(ctx context.Context, tx domain.Tx, person domain.ID) (CaseFile, error)
	// SaveCase writes a changed file and raises its version; Stale when it is not at c.Version any more.
	SaveCase(ctx context.Context, tx domain.Tx, c CaseFile) error
	// CasesOf gives all files of a person, closed ones too, locked.
	CasesOf(ctx context.Context, tx domain.Tx, person domain.ID) ([]CaseFile, error)
	// MoveCase writes who holds a file, and since when.
	MoveCase(ctx context.Context, tx domain.Tx, c CaseFile) error
	InsertShare(ctx context.Context, tx domain.Tx, s Share) error
	Share(ctx context.Context, tx domain.Tx, file, id domain.ID) (Share, error)
	// EndShare and EndShares end one share of a file, or all that live.
	EndShare(ctx context.Context, tx domain.Tx, id, by domain.ID, at time.Time) error
	EndShares(ctx context.Context, tx domain.Tx, file, by domain.ID, at time.Time) error
	Shares(ctx context.Context, tx domain.Tx, id domain.ID, now time.Time) ([]Share, error)
	// Caseload gives a page of files in the scope, what needs attention first.
	Caseload(ctx context.Context, tx domain.Tx, q CaseQuery) (domain.Listing[CaseRow], error)
	// Day counts and lists what a counsellor has to do.
	Day(ctx context.Context, tx domain.Tx, owner, agency domain.ID, today domain.Date, silentSince time.Time) (Day, error)
}

// PlanStore keeps goals and actions.
type PlanStore interface {
	InsertGoal(ctx context.Context, tx domain.Tx, g Goal) error
	Goal(ctx context.Context, tx domain.Tx, id domain.ID) (Goal, error)
	SaveGoal(ctx context.Context, tx domain.Tx, g Goal) error
	InsertAction(ctx context.Context, tx domain.Tx, a Action) error
	Action(ctx context.Context, tx domain.Tx, id domain.ID) (Action, error)
	SaveAction(ctx context.Context, tx domain.Tx, a Action) error
	Plan(ctx context.Context, tx domain.Tx, caseID domain.ID) (PlanOf, error)
}

// NoteStore keeps notes. Reading applies the visibilities the policy granted.
type NoteStore interface {
	InsertNote(ctx context.Context, tx domain.Tx, n Note) error
	Note(ctx context.Context, tx domain.Tx, id domain.ID) (Note, error)
	Notes(ctx context.Context, tx domain.Tx, q NoteQuery) ([]Note, error)
}

// NoteQuery asks for a file's notes, newest first, of the visibilities the
// reader may see; Own adds what the reader wrote. Notes for author and lead
// from before MovedAt are another agency's lead's.
type NoteQuery struct {
	CaseID       domain.ID
	Visibilities []string
	Own          domain.ID
	MovedAt      time.Time
}

// People is what a file needs of the person context.
type People interface {
	Get(ctx context.Context, tx domain.Tx, id domain.ID) (person.Person, error)
	// Facts tells how people stand to others, also of people the actor may not read.
	Facts(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]access.Facts, error)
}

// Registrations tells whose registration is taken.
type Registrations interface {
	RegistrationForUpdate(ctx context.Context, tx domain.Tx, person domain.ID) (person.Registration, error)
}

// Acceptance brings a registration out of the intake queue, or back after a
// lapse, in the transaction that opens the file.
type Acceptance interface {
	AcceptIn(ctx context.Context, tx domain.Tx, actor domain.Actor, person domain.ID) (person.Registration, error)
}

// Moving gives a registration to another agency, in the transaction of a
// transfer that was accepted.
type Moving interface {
	MoveIn(ctx context.Context, tx domain.Tx, actor domain.Actor, person, agency domain.ID, reason string) (person.Registration, error)
}

// Outbox queues a message to somebody, as the person wants to be reached.
type Outbox interface {
	Notify(ctx context.Context, tx domain.Tx, p person.Person, template string, params map[string]string) error
}

// TransferStore keeps transfers.
type TransferStore interface {
	InsertTransfer(ctx context.Context, tx domain.Tx, t Transfer) error
	Transfer(ctx context.Context, tx domain.Tx, id domain.ID) (TransferRow, error)
	TransferForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (Transfer, error)
	// SaveTransfer writes a decision and raises the version; Stale when it is not at t.Version any more.
	SaveTransfer(ctx context.Context, tx domain.Tx, t Transfer) error
	TransferList(ctx context.Context, tx domain.Tx, q TransferQuery) (domain.Listing[TransferRow], error)
	// LiveTransfersOf gives the transfers of somebody that wait, locked.
	LiveTransfersOf(ctx context.Context, tx domain.Tx, person domain.ID) ([]Transfer, error)
	TransfersDue(ctx context.Context, tx domain.Tx, now time.Time, limit int) ([]Transfer, error)
	// MoveWork gives the live applications and placements of somebody to another agency.
	MoveWork(ctx context.Context, tx domain.Tx, person, from, to domain.ID) error
	AgencyName(ctx context.Context, tx domain.Tx, id domain.ID) (string, error)
	// Waiting counts what waits for an actor: see Notices.
	Waiting(ctx context.Context, tx domain.Tx, q WaitingQuery) (Notices, error)
}

// TransferQuery asks for a page of transfers in the scope.
type TransferQuery struct {
	Actor     domain.Actor
	Relations []access.Relation
	Decided   bool
	Cursor    domain.Cursor
}

// WaitingQuery asks what waits for an actor, by the relations of each act.
type WaitingQuery struct {
	Actor           domain.Actor
	Give, Take, See []access.Relation
}

// EmergencyStore keeps openings in an emergency.
type EmergencyStore interface {
	InsertEmergency(ctx context.Context, tx domain.Tx, o Emergency) error
	Emergency(ctx context.Context, tx domain.Tx, id domain.ID) (EmergencyRow, error)
	EmergencyForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (Emergency, error)
	// SaveEmergency writes the end; Stale when it is not at o.Version any more.
	SaveEmergency(ctx context.Context, tx domain.Tx, o Emergency) error
	SeeEmergency(ctx context.Context, tx domain.Tx, id, by domain.ID, at time.Time) error
	EmergencyList(ctx context.Context, tx domain.Tx, q EmergencyQuery) (domain.Listing[EmergencyRow], error)
	// LiveEmergency gives an account's opening of somebody at a time.
	LiveEmergency(ctx context.Context, tx domain.Tx, person, user domain.ID, at time.Time) (Emergency, error)
}

// EmergencyQuery asks for a page of openings in the scope.
type EmergencyQuery struct {
	Actor     domain.Actor
	Relations []access.Relation
	Cursor    domain.Cursor
}

// Colleagues tells in which agency somebody works now, and who works where.
type Colleagues interface {
	AgencyOf(ctx context.Context, tx domain.Tx, user domain.ID) (domain.ID, error)
	// ColleaguesAt lists an agency's counsellors and leads, by name.
	ColleaguesAt(ctx context.Context, tx domain.Tx, agency domain.ID) ([]Colleague, error)
	// NamesOf gives the names of those accounts that are staff's.
	NamesOf(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]string, error)
}

// CaseQuery asks for a page of a caseload.
type CaseQuery struct {
	Actor     domain.Actor
	Relations []access.Relation
	CaseFilter
	Today       domain.Date
	SilentSince time.Time
	Cursor      domain.Cursor
}

// CaseFilter narrows a caseload; the zero value gives every live file.
type CaseFilter struct {
	Mine    bool         // only files the actor owns
	Stage   domain.State // "" means every live stage
	Closed  bool         // closed files instead of live ones
	Overdue bool         // with an action past its day
	Silent  bool         // without contact for SilentDays
	PlaceIn string       // region code
}

// CaseRow is a file as a list shows it.
type CaseRow struct {
	File       CaseFile
	Reference  string
	Given      string
	Family     string
	Place      string
	OwnerName  string
	NextAction string
	NextDue    domain.Date
}

// Day is what waits for a counsellor today.
type Day struct {
	Overdue []DayAction // past their day, the oldest first
	Today   []DayAction
	Silent  []CaseRow // no contact for SilentDays
	Intake  int       // waiting in the agency's queue
	Live    int       // the counsellor's open files
}

// DayAction is an action with the file and the person it is about.
type DayAction struct {
	Action    Action
	Reference string
	Given     string
	Family    string
}

// Notices are what waits for somebody between agencies: transfers to answer,
// and for a lead openings in an emergency not marked as seen.
type Notices struct {
	Transfers   int
	Emergencies int
}

// SilentDays is after how many days without contact a file asks for attention.
const SilentDays = 21

// Deps is what the use-cases are wired with.
type Deps struct {
	Tx            domain.Transactor
	Cases         Store
	Plans         PlanStore
	Notes         NoteStore
	History       domain.History // of case files
	People        People
	Registrations Registrations
	Acceptance    Acceptance
	Colleagues    Colleagues

	// For transfers and emergencies.
	Transfers       TransferStore
	TransferHistory domain.History
	Emergencies     EmergencyStore
	Moving          Moving
	Hints           person.Hints
	Allowance       domain.Allowance
	Holds           domain.Holds // nil holds nobody
	Outbox          Outbox       // nil sends nothing

	Exports domain.Exports

	Policy access.Policy
	IDs    domain.IDs
	Clock  domain.Clock
}
