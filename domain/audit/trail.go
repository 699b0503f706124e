package audit

import (
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Store reads the trail and keeps what became of checking it. Writing entries
// is the transactions' own; see domain.Tx.
type Store interface {
	// Heads gives where each chain ends, by chain.
	Heads(ctx context.Context, tx domain.Tx) ([]Head, error)
	// After gives at most limit entries of a chain that follow seq to yield, in order, and how many.
	After(ctx context.Context, tx domain.Tx, chain int, seq int64, limit int, yield func(Entry) error) (int, error)
	Entries(ctx context.Context, tx domain.Tx, q Query) (domain.Listing[Entry], error)
	// Entry reads one, and the hash of the one before it.
	Entry(ctx context.Context, tx domain.Tx, chain int, seq int64) (e Entry, before [sha256.Size]byte, err error)
	// Find gives the accounts whose holder's name has these words, and the records with this reference.
	Find(ctx context.Context, tx domain.Tx, words string) (accounts, records []domain.ID, err error)
	// Names says what identifiers stand for; see Page.
	Names(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]string, error)

	InsertCheck(ctx context.Context, tx domain.Tx, c Check) error
	Checks(ctx context.Context, tx domain.Tx, kind CheckKind, limit int) ([]Check, error)
	Exports(ctx context.Context, tx domain.Tx, cursor domain.Cursor) (domain.Listing[domain.Export], error)
}

// Filter narrows a reading; the zero value gives everything.
type Filter struct {
	Who         string // words of a name of staff or of an employer's member, or an account's identifier
	Role        domain.Role
	AgencyID    domain.ID // the actor's
	Action      string    // "case.read", or all of a noun: "case"
	About       string    // reference or identifier of a record or a person
	Allowed     *bool     // what was done, or what was refused; nil for both
	From, Until time.Time
}

// Query is a filter whose words were looked up, and a page of it.
type Query struct {
	Filter
	Actors []domain.ID // who is meant by Who
	Record domain.ID   // what is meant by About
	domain.Cursor
}

// Page is a page of entries. Names tells what their identifiers stand for:
// names of staff and of employers' members, references of people, vacancies
// and employers; never a jobseeker's name.
type Page struct {
	domain.Listing[Entry]
	Names map[domain.ID]string
}

// Trail are the use-cases on the audit trail.
type Trail struct{ d Deps }

// Deps is what the use-cases are wired with.
type Deps struct {
	Tx      domain.Transactor
	Store   Store
	Exports domain.Exports
	Policy  access.Policy
	IDs     domain.IDs
	Clock   domain.Clock
	Most    int // entries in one export; 0 means MaxExport
}

// NewTrail wires the use-cases.
func NewTrail(d Deps) *Trail {
	if d.Most == 0 {
		d.Most = MaxExport
	}
	return &Trail{d}
}

// List gives a page of entries, newest first. Reading the trail is an entry too.
// A name or a reference nobody has is Invalid.
func (s *Trail) List(ctx context.Context, actor domain.Actor, filter Filter, cursor domain.Cursor) (Page, error) {
	var out Page
	err := s.view(ctx, actor, func(tx domain.Tx) error {
		q, err := s.find(ctx, tx, filter)
		if err != nil {
			return err
		}
		q.Cursor = cursor
		if out.Listing, err = s.d.Store.Entries(ctx, tx, q); err != nil {
			return err
		}
		out.Names, err = s.names(ctx, tx, out.Items...)
		return err
	})
	return out, err
}

// view runs fn for who may read the trail.
func (s *Trail) view(ctx context.Context, actor domain.Actor, fn func(tx domain.Tx) error) error {
	return s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AuditRead, access.Facts{}); err != nil {
			return err
		}
		return fn(tx)
	})
}

// find looks up who and what a filter means.
func (s *Trail) find(ctx context.Context, tx domain.Tx, f Filter) (Query, error) {
	const op = "audit.find"
	q := Query{Filter: f}
	var wrong domain.Fields
	if id, err := domain.ParseID(f.Who); err == nil {
		q.Actors = []domain.ID{id}
	} else if f.Who != "" {
		if q.Actors, _, err = s.d.Store.Find(ctx, tx, f.Who); err != nil {
			return q, err
		}
		wrong.Check(len(q.Actors) > 0, "who", "error.audit.who")
	}
	if id, err := domain.ParseID(f.About); err == nil {
		q.Record = id
	} else if f.About != "" {
		_, records, err := s.d.Store.Find(ctx, tx, f.About)
		if err != nil {
			return q, err
		}
		if wrong.Check(len(records) > 0, "about", "error.audit.about"); len(records) > 0 {
			q.Record = records[0]
		}
	}
	wrong.Check(f.From.IsZero() || f.Until.IsZero() || f.From.Before(f.Until), "until", "error.date.order")
	return q, wrong.Err(op)
}

// names looks up what the identifiers of entries stand for.
func (s *Trail) names(ctx context.Context, tx domain.Tx, entries ...Entry) (map[domain.ID]string, error) {
	var ids []domain.ID
	for _, e := range entries {
		for _, id := range []domain.ID{e.ActorID, e.RecordID, e.PersonID} {
			if !id.IsZero() && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return s.d.Store.Names(ctx, tx, ids)
}

// Read is one entry with what surrounds it.
type Read struct {
	Entry
	Before [sha256.Size]byte // the hash of the entry before, zero for the first
	Names  map[domain.ID]string
}

// Holds reports whether the entry's hash follows from the one before.
func (r Read) Holds() bool { return r.Digest(r.Before) == r.Hash }

// Get reads one entry by its place: the chain, and the number in it.
func (s *Trail) Get(ctx context.Context, actor domain.Actor, chain int, seq int64) (Read, error) {
	var out Read
	err := s.view(ctx, actor, func(tx domain.Tx) error {
		var err error
		if out.Entry, out.Before, err = s.d.Store.Entry(ctx, tx, chain, seq); err != nil {
			return err
		}
		out.Names, err = s.names(ctx, tx, out.Entry)
		return err
	})
	return out, err
}
