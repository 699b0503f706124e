package person

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
)

// Merge is two files of one person made one: the survivor stands for both, the
// absorbed one is read and nothing else. It can be undone until its day.
type Merge struct {
	ID         domain.ID
	SurvivorID domain.ID
	AbsorbedID domain.ID
	AgencyID   domain.ID // that held both
	By         domain.ID
	At         time.Time
	Until      time.Time
	Reason     string
	Opens      bool // the absorbed file's account opens the survivor's
	// The absorbed registration as it was before.
	State        domain.State
	ClosedReason string
	RenewBy      domain.Date
	UndoneAt     time.Time
	UndoneBy     domain.ID
	FinalAt      time.Time
	Version      int

	Survivor, Absorbed string // references
}

// Live reports whether the survivor stands for both.
func (m Merge) Live() bool { return m.UndoneAt.IsZero() }

// MergeDays is how long a merge can be undone. Then Baara empties the absorbed
// file, of which the survivor has a copy.
const MergeDays = 30

// MaxMergeReason bounds why two files are one person's, in runes.
const MaxMergeReason = 500

// Snapshot is a record as it stood, with the journey.
type Snapshot struct {
	Person  Person
	Journey Journey
}

// Move is a record the absorbed file brought.
type Move struct {
	MergeID  domain.ID
	Kind     string // "case", "application", "placement", "complaint", "document"
	RecordID domain.ID
}

// Obstacle is why two files cannot be merged now: both live in an application
// for one vacancy ("application"), a transfer waits for an answer ("transfer").
type Obstacle struct{ Kind, Reference string }

// MergeStore keeps merges, and what somebody said are two people.
type MergeStore interface {
	// LockPair makes merges of either file wait for each other, and whoever adds to them.
	LockPair(ctx context.Context, tx domain.Tx, one, other domain.ID) error
	Obstacles(ctx context.Context, tx domain.Tx, one, other domain.ID) ([]Obstacle, error)
	// Touch raises the version of a record and changes nothing else: who edits it is Stale.
	Touch(ctx context.Context, tx domain.Tx, person domain.ID) error
	InsertMerge(ctx context.Context, tx domain.Tx, m Merge) error
	// KeepRecords stores the survivor's record before the merge and right after.
	KeepRecords(ctx context.Context, tx domain.Tx, merge domain.ID, before, after Snapshot) error
	Records(ctx context.Context, tx domain.Tx, merge domain.ID) (before, after Snapshot, err error)
	// MoveRecords gives what hangs on the absorbed file to the survivor, of any
	// agency; ReturnRecords gives it back. Both only in the transaction that
	// wrote the merge.
	MoveRecords(ctx context.Context, tx domain.Tx, merge domain.ID) error
	ReturnRecords(ctx context.Context, tx domain.Tx, merge domain.ID) error
	MergeForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (Merge, error)
	Merge(ctx context.Context, tx domain.Tx, id domain.ID) (Merge, error)
	// EndMerge stores that a merge was undone or is final, and removes its records.
	EndMerge(ctx context.Context, tx domain.Tx, m Merge) error
	// MergesOf lists the merges a file survived, the newest first.
	MergesOf(ctx context.Context, tx domain.Tx, survivor domain.ID) ([]Merge, error)
	Moves(ctx context.Context, tx domain.Tx, survivor domain.ID) ([]Move, error)
	// MoveAbsorbed gives the registrations of the files a survivor absorbed to
	// another agency, in the transaction that moves the survivor's.
	MoveAbsorbed(ctx context.Context, tx domain.Tx, survivor, agency domain.ID) error
	// DueMerges locks at most limit merges whose day has passed.
	DueMerges(ctx context.Context, tx domain.Tx, now time.Time, limit int) ([]Merge, error)
	// CloseAccount shuts the account of a file that is emptied.
	CloseAccount(ctx context.Context, tx domain.Tx, person domain.ID, at time.Time) error
	// HasAccount tells whether somebody can sign in to a file, of any agency.
	HasAccount(ctx context.Context, person domain.ID) (bool, error)
	// Survivors tells which file stands for those that were absorbed; others
	// are left out. It reads outside the transaction, and identifiers alone.
	Survivors(ctx context.Context, ids []domain.ID) (map[domain.ID]domain.ID, error)
	// Apart notes that two files are of two people; ApartFrom lists them.
	Apart(ctx context.Context, tx domain.Tx, one, other, by domain.ID, at time.Time) error
	ApartFrom(ctx context.Context, tx domain.Tx, person domain.ID) (map[domain.ID]bool, error)
	// SharedKeys gives pairs of an agency's files under one phone or identity
	// number that nobody said are two people, the newest file first.
	SharedKeys(ctx context.Context, agency domain.ID, limit int) ([][2]domain.ID, error)
}
