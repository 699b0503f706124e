package audit

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Store reads the trail. Writing is the transactions' own; see domain.Tx.
type Store interface {
	// Heads gives where each chain ends, by chain.
	Heads(ctx context.Context, tx domain.Tx) ([]Head, error)
	// After gives at most limit entries of a chain that follow seq to yield, in order, and how many.
	After(ctx context.Context, tx domain.Tx, chain int, seq int64, limit int, yield func(Entry) error) (int, error)
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

// Anchor reads where the chains end, to be kept where the database's keepers
// cannot reach.
func (s *Trail) Anchor(ctx context.Context, actor domain.Actor) (Anchor, error) {
	anchor := Anchor{At: s.d.Clock.Now()}
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AuditRead, access.Facts{}); err != nil {
			return err
		}
		var err error
		anchor.Heads, err = s.d.Store.Heads(ctx, tx)
		return err
	})
	return anchor, err
}

// verifyBatch keeps each reading transaction short.
const verifyBatch = 20_000

// Verify reads all chains as they stand and holds them against their heads and
// the anchors. It gives how many entries hold; a *BrokenError says where a
// chain does not. progress may be nil.
func (s *Trail) Verify(ctx context.Context, actor domain.Actor, anchors []Anchor, progress func(done, whole int64)) (int64, error) {
	now, err := s.Anchor(ctx, actor)
	if err != nil {
		return 0, err
	}
	if len(now.Heads) == 0 {
		return 0, &BrokenError{Why: "is missing: there are no chains"}
	}
	var done, whole int64
	for _, head := range now.Heads {
		whole += head.Seq
	}
	for _, head := range now.Heads {
		n, err := s.verify(ctx, actor, head, NewVerifier(head.Chain, anchors...), func(n int64) {
			if progress != nil {
				progress(done+n, whole)
			}
		})
		if done += n; err != nil {
			return done, err
		}
	}
	return done, nil
}

// verify reads one chain as far as its head.
func (s *Trail) verify(ctx context.Context, actor domain.Actor, head Head, v *Verifier, progress func(int64)) (int64, error) {
	for v.seq < head.Seq {
		n := 0
		err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) (err error) {
			n, err = s.d.Store.After(ctx, tx, head.Chain, v.seq, int(min(verifyBatch, head.Seq-v.seq)), v.Next)
			return err
		})
		if err != nil || n == 0 {
			if err == nil {
				_, err = v.End(head)
			}
			return v.seq, err
		}
		progress(v.seq)
	}
	return v.End(head)
}
