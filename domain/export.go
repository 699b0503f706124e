package domain

import (
	"context"
	"strings"
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
	Recipient string            // who gets it; "" for a copy of one's own data, and for what left before it was asked
	Agreement ID                // under which it leaves the country, "" when it does not
	Filter    map[string]string // what narrowed it: codes, days, identifiers
	Lines     int
}

// Destination is where data goes, in a file or to a program: to somebody inside
// the country, named, or abroad under a recorded agreement. One of the two.
type Destination struct {
	Recipient string
	Agreement ID
}

// maxRecipient bounds a name, in characters.
const maxRecipient = 200

// Told is the destination as the audit trail keeps it.
func (d Destination) Told() string {
	if d.Agreement != "" {
		return string(d.Agreement)
	}
	return strings.TrimSpace(d.Recipient)
}

// Exports keeps what left in files.
type Exports interface {
	// NextExport takes the number of an export to be.
	NextExport(ctx context.Context, tx Tx) (int64, error)
	InsertExport(ctx context.Context, tx Tx, e Export) error
	Agreements
}

// exportPrefix begins the reference of every export.
const exportPrefix = "EXP"

// BeginExport gives an export its number. What is to be in it and who may take
// it is the caller's; the caller inserts it when its lines are counted, in the
// same transaction. Invalid without a destination, except for a copy of one's
// own data, which is the person's to carry anywhere.
func BeginExport(ctx context.Context, tx Tx, to Exports, actor Actor, id ID, kind string, now time.Time, filter map[string]string, where Destination) (Export, error) {
	recipient := strings.TrimSpace(where.Recipient)
	if kind != ExportCopy {
		var err error
		if recipient, err = where.Named(ctx, tx, to, DateOf(now)); err != nil {
			return Export{}, err
		}
	}
	number, err := to.NextExport(ctx, tx)
	return Export{
		ID: id, Reference: Reference(exportPrefix, now.Year(), number), Kind: kind, MadeBy: actor.UserID, MadeRole: actor.Role,
		AgencyID: actor.AgencyID, MadeAt: now, Filter: filter, Recipient: recipient, Agreement: where.Agreement,
	}, err
}

// Agreements tells whom agreements name.
type Agreements interface {
	// Abroad gives whom an agreement in force on a day names; NotFound without one.
	Abroad(ctx context.Context, tx Tx, agreement ID, on Date) (recipient string, err error)
}

// Named is who gets the data; Invalid when nobody is named, or by an agreement
// that is not in force that day.
func (d Destination) Named(ctx context.Context, tx Tx, in Agreements, on Date) (string, error) {
	const op = "domain.Destination"
	typed := strings.TrimSpace(d.Recipient)
	if d.Agreement == "" {
		var bad Fields
		bad.Check(typed != "", "recipient", "error.export.recipient")
		bad.Check(len([]rune(typed)) <= maxRecipient, "recipient", "error.too_long", "Max", maxRecipient)
		return typed, bad.Err(op)
	}
	if typed != "" {
		return "", Invalid(op, Field("recipient", "error.export.one"))
	}
	abroad, err := in.Abroad(ctx, tx, d.Agreement, on)
	if KindOf(err) == KindNotFound {
		return "", Invalid(op, Field("agreement_id", "error.export.agreement"))
	}
	return abroad, err
}
