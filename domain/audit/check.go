package audit

import (
	"context"
	"errors"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// CheckKind is what was done to vouch for the trail.
type CheckKind string

// The kinds.
const (
	CheckVerify CheckKind = "verify" // the trail was read whole
	CheckAnchor CheckKind = "anchor" // its end was noted, to be kept elsewhere
)

// Check is what became of one. The copy of an anchor in the database reminds
// of the one kept elsewhere and vouches for nothing.
type Check struct {
	ID      domain.ID
	Kind    CheckKind
	At      time.Time
	MadeBy  domain.ID // nobody when a command did
	Entries int64     // that hold, or that the anchor covers
	Anchors int       // it was held against
	Broken  *BrokenError
	Heads   []Head // of an anchor
}

// Anchor reads where the chains end, to be kept where the database's keepers
// cannot reach, and notes that it was.
func (s *Trail) Anchor(ctx context.Context, actor domain.Actor) (Anchor, error) {
	anchor, err := s.heads(ctx, actor)
	if err != nil {
		return Anchor{}, err
	}
	c := Check{Kind: CheckAnchor, At: anchor.At, Heads: anchor.Heads}
	for _, h := range anchor.Heads {
		c.Entries += h.Seq
	}
	return anchor, s.note(ctx, actor, c)
}

func (s *Trail) heads(ctx context.Context, actor domain.Actor) (Anchor, error) {
	anchor := Anchor{At: s.d.Clock.Now()}
	err := s.view(ctx, actor, func(tx domain.Tx) (err error) {
		anchor.Heads, err = s.d.Store.Heads(ctx, tx)
		return err
	})
	return anchor, err
}

func (s *Trail) note(ctx context.Context, actor domain.Actor, c Check) error {
	c.ID, c.MadeBy = s.d.IDs.New(), actor.UserID
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AuditVerify, access.Facts{}); err != nil {
			return err
		}
		tx.Outcome("audit", c.ID, 1)
		return s.d.Store.InsertCheck(ctx, tx, c)
	})
}

// checksShown is how many of a kind State gives.
const checksShown = 12

// State is how far the trail goes and what was last done to vouch for it.
type State struct {
	Heads             []Head
	Verified, Anchors []Check // newest first
}

// Entries is how long the trail is.
func (s State) Entries() (n int64) {
	for _, h := range s.Heads {
		n += h.Seq
	}
	return n
}

// State reads it.
func (s *Trail) State(ctx context.Context, actor domain.Actor) (State, error) {
	var out State
	err := s.view(ctx, actor, func(tx domain.Tx) (err error) {
		if out.Heads, err = s.d.Store.Heads(ctx, tx); err != nil {
			return err
		}
		if out.Verified, err = s.d.Store.Checks(ctx, tx, CheckVerify, checksShown); err != nil {
			return err
		}
		out.Anchors, err = s.d.Store.Checks(ctx, tx, CheckAnchor, checksShown)
		return err
	})
	return out, err
}

// verifyBatch keeps each reading transaction short.
const verifyBatch = 20_000

// Verify reads all chains as they stand and holds them against their heads and
// the anchors. It gives how many entries hold; a *BrokenError says where a
// chain does not. progress may be nil.
func (s *Trail) Verify(ctx context.Context, actor domain.Actor, anchors []Anchor, progress func(done, whole int64)) (int64, error) {
	n, err := s.whole(ctx, actor, anchors, progress)
	c := Check{Kind: CheckVerify, At: s.d.Clock.Now(), Entries: n, Anchors: len(anchors)}
	if err != nil && !errors.As(err, &c.Broken) {
		return n, err
	}
	return n, errors.Join(err, s.note(ctx, actor, c))
}

func (s *Trail) whole(ctx context.Context, actor domain.Actor, anchors []Anchor, progress func(done, whole int64)) (int64, error) {
	now, err := s.heads(ctx, actor)
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
