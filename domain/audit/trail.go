package audit

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Store reads the trail. Writing is the transactions' own; see domain.Tx.
type Store interface {
	Head(ctx context.Context, tx domain.Tx) (Head, error)
	// After gives at most limit entries that follow seq to yield, in order, and how many.
	After(ctx context.Context, tx domain.Tx, seq int64, limit int, yield func(Entry) error) (int, error)
	Entries(ctx context.Context, tx domain.Tx, filter Filter, cursor domain.Cursor) (domain.Listing[Entry], error)
}

// Filter narrows a reading; the zero value gives everything.
type Filter struct {
	ActorID, PersonID, RecordID domain.ID
	Action                      string
	Refused                     bool // refusals alone
	From, Until                 time.Time
}

// Trail are the use-cases on the audit trail.
type Trail struct{ d Deps }

// Deps is what the use-cases are wired with.
type Deps struct {
	Tx     domain.Transactor
	Store  Store
	Policy access.Policy
	Clock  domain.Clock
}

// NewTrail wires the use-cases.
func NewTrail(d Deps) *Trail { return &Trail{d} }

// List gives a page of entries, newest first. Reading the trail is an entry too.
func (s *Trail) List(ctx context.Context, actor domain.Actor, filter Filter, cursor domain.Cursor) (domain.Listing[Entry], error) {
	var out domain.Listing[Entry]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AuditRead, access.Facts{}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Store.Entries(ctx, tx, filter, cursor)
		return err
	})
	return out, err
}

// Anchor reads the head, to be kept where the database's keepers cannot reach.
func (s *Trail) Anchor(ctx context.Context, actor domain.Actor) (Head, error) {
	var head Head
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AuditRead, access.Facts{}); err != nil {
			return err
		}
		var err error
		head, err = s.d.Store.Head(ctx, tx)
		return err
	})
	head.At = s.d.Clock.Now()
	return head, err
}

// verifyBatch keeps each reading transaction short.
const verifyBatch = 20_000

// Verify reads the whole chain as it stands and holds it against the head and
// the anchors. It gives how many entries hold; a *BrokenError says where the
// chain does not. progress may be nil.
func (s *Trail) Verify(ctx context.Context, actor domain.Actor, anchors []Head, progress func(done, whole int64)) (int64, error) {
	head, err := s.Anchor(ctx, actor)
	if err != nil {
		return 0, err
	}
	v := NewVerifier(anchors)
	for v.seq < head.Seq {
		n := 0
		err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) (err error) {
			n, err = s.d.Store.After(ctx, tx, v.seq, int(min(verifyBatch, head.Seq-v.seq)), v.Next)
			return err
		})
		if err != nil {
			return v.seq, err
		}
		if n == 0 {
			break
		}
		if progress != nil {
			progress(v.seq, head.Seq)
		}
	}
	return v.End(head)
}
