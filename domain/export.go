package domain

import (
	"context"
	"time"
)

// Kinds of what leaves in files.
const (
	ExportAudit   = "audit"
	ExportCase    = "case"
	ExportAccount = "account"
	ExportCopy    = "copy" // of one person's data, for that person
)

// Export is a file that left: who took it, when, of what and how much. Its
// reference stands in the file too, so that a copy found anywhere leads back
// here.
type Export struct {
	ID        ID
	Reference string // EXP-2026-00012
	Kind      string
	MadeBy    ID
	MadeRole  Role
	AgencyID  ID // the maker's
	MadeAt    time.Time
	Filter    map[string]string // what narrowed it: codes, days, identifiers
	Lines     int
}

// Exports keeps what left in files.
type Exports interface {
	// NextExport takes the number of an export to be.
	NextExport(ctx context.Context, tx Tx) (int64, error)
	InsertExport(ctx context.Context, tx Tx, e Export) error
}

// exportPrefix begins the reference of every export.
const exportPrefix = "EXP"

// BeginExport gives an export its number. What is to be in it and who may take
// it is the caller's; the caller inserts it when its lines are counted, in the
// same transaction.
func BeginExport(ctx context.Context, tx Tx, to Exports, actor Actor, id ID, kind string, now time.Time, filter map[string]string) (Export, error) {
	number, err := to.NextExport(ctx, tx)
	return Export{
		ID: id, Reference: Reference(exportPrefix, now.Year(), number), Kind: kind, MadeBy: actor.UserID, MadeRole: actor.Role,
		AgencyID: actor.AgencyID, MadeAt: now, Filter: filter,
	}, err
}
