package person

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Merged is a merge with what it did and what undoing it would do.
type Merged struct {
	Merge
	Moves   []Move   // what the absorbed file brought
	Changed []string // parts of the record changed since: what was typed stays with the survivor
	Undo    bool     // the actor may undo it now
	Later   bool     // its survivor was absorbed by another file since: that comes apart first
}

// Get reads a merge.
func (s *Merges) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Merged, error) {
	var out Merged
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		m, err := s.d.Merges.Merge(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.MergeRead, id, err)
		}
		facts, err := s.d.factsOf(ctx, tx, m.SurvivorID)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.MergeRead, facts); err != nil {
			return err
		}
		out.Merge, out.Later, facts.Merged = m, facts.Merged, false
		moves, err := s.d.Merges.Moves(ctx, tx, m.SurvivorID)
		if err != nil {
			return err
		}
		for _, move := range moves {
			if move.MergeID == id {
				out.Moves = append(out.Moves, move)
			}
		}
		out.Undo = s.open(m) == nil && !out.Later && s.d.Policy.Allows(actor, access.MergeUndo, facts)
		if !out.Undo {
			return nil
		}
		_, out.Changed, err = s.apart(ctx, tx, m)
		return err
	})
	return out, err
}

// open tells why a merge can no longer be undone; nil while it can.
func (s *Merges) open(m Merge) error {
	const op = "person.UndoMerge"
	switch {
	case !m.Live():
		return domain.Conflict(op, "error.merge.undone")
	case !m.FinalAt.IsZero() || !s.d.Clock.Now().Before(m.Until):
		return domain.Conflict(op, "error.merge.final")
	}
	return nil
}

func (s *Merges) apart(ctx context.Context, tx domain.Tx, m Merge) (Snapshot, []string, error) {
	var now Snapshot
	before, after, err := s.d.Merges.Records(ctx, tx, m.ID)
	if err == nil {
		now.Person, err = s.d.People.Get(ctx, tx, m.SurvivorID)
	}
	if err == nil {
		now.Journey, err = s.d.People.Journey(ctx, tx, m.SurvivorID)
	}
	if err != nil {
		return Snapshot{}, nil, err
	}
	out, changed := TakeApart(before, after, now)
	return out, changed, nil
}

// Undo makes two files of one again: the absorbed one as it was, the survivor's
// as it was with what was changed since, and each record back where it came
// from. What was added to the survivor since stays there.
func (s *Merges) Undo(ctx context.Context, actor domain.Actor, id domain.ID, version int) (Merge, error) {
	const op = "person.UndoMerge"
	var out Merge
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		m, err := s.d.Merges.Merge(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.MergeRead, id, err)
		}
		// Before anything is locked: who reads a merge and may not undo it is told so.
		facts, err := s.d.factsOf(ctx, tx, m.SurvivorID)
		if err != nil {
			return err
		}
		facts.Merged = false
		if err := s.d.Policy.Authorise(tx, actor, access.MergeUndo, facts); err != nil {
			return err
		}
		if err := s.d.Merges.LockPair(ctx, tx, m.SurvivorID, m.AbsorbedID); err != nil {
			return err
		}
		// Applications go back to the other file, and what was taken back since is
		// taken back there: nothing may be on its way about either of the two.
		if err := s.d.Consents.Withdrawing(ctx, tx, m.SurvivorID, m.AbsorbedID); err != nil {
			return err
		}
		if m, err = s.d.Merges.MergeForUpdate(ctx, tx, id); err != nil {
			return err
		}
		if facts, err = s.d.factsOf(ctx, tx, m.SurvivorID); err != nil { // as it is now that nobody else changes it
			return err
		}
		later := facts.Merged
		facts.Merged = false
		if err := s.d.Policy.Check(actor, access.MergeUndo, facts); err != nil {
			return err
		}
		if m.Version != version {
			return domain.Stale(op)
		}
		if err := s.open(m); err != nil {
			return err
		}
		if later {
			return domain.Conflict(op, "error.merge.later")
		}
		m.UndoneAt, m.UndoneBy = s.d.Clock.Now(), actor.UserID
		if err := s.undo(ctx, tx, actor, m); err != nil {
			return err
		}
		m.Version++
		out = m
		tx.Outcome("merge", m.ID, m.Version)
		return nil
	})
	if err != nil {
		return Merge{}, err
	}
	return out, nil
}

func (s *Merges) undo(ctx context.Context, tx domain.Tx, actor domain.Actor, m Merge) error {
	if _, err := s.d.People.ForUpdate(ctx, tx, m.SurvivorID); err != nil {
		return err
	}
	record, _, err := s.apart(ctx, tx, m)
	if err != nil {
		return err
	}
	if err := s.d.Merges.EndMerge(ctx, tx, m); err != nil {
		return err
	}
	if err := s.d.Merges.ReturnRecords(ctx, tx, m.ID); err != nil {
		return err
	}
	if err := s.save(ctx, tx, record); err != nil {
		return err
	}
	r, err := s.d.Registrations.RegistrationForUpdate(ctx, tx, m.AbsorbedID)
	if err != nil {
		return err
	}
	from := r.State
	r.State, r.ClosedReason, r.RenewBy = m.State, m.ClosedReason, m.RenewBy
	if err := s.stand(ctx, tx, actor, r, "unmerge", from); err != nil {
		return err
	}
	if err := s.withdrawnSince(ctx, tx, m); err != nil {
		return err
	}
	return s.d.Merges.Touch(ctx, tx, m.AbsorbedID)
}

// FinishDue is Baara's own act: merges whose day has passed become final, and
// what the absorbed file said of the person is emptied, a few at a time; it
// tells how many. Reference, registration and consents stay, so that figures
// and proofs do; the account opens the survivor's file or nothing.
func (s *Merges) FinishDue(ctx context.Context, actor domain.Actor) (int, error) {
	const batch = 50
	n := 0
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		due, err := s.d.Merges.DueMerges(ctx, tx, s.d.Clock.Now(), batch)
		if err != nil {
			return err
		}
		for _, m := range due {
			if err := s.finish(ctx, tx, m); err != nil {
				return err
			}
		}
		n = len(due)
		return nil
	})
	return n, err
}

func (s *Merges) finish(ctx context.Context, tx domain.Tx, m Merge) error {
	p, err := s.d.People.ForUpdate(ctx, tx, m.AbsorbedID)
	if err != nil {
		return err
	}
	now := s.d.Clock.Now()
	empty := Person{
		ID: p.ID, Reference: p.Reference, Identity: Identity{Given: p.Reference, Sex: SexUnknown, Birth: Birth{Precision: BirthUnknown}},
		Contact:    Contact{Residence: Residence{Kind: LivesInPlace}, Language: p.Contact.Language, Channel: ByVisit, Reading: ReadingNotSet},
		Population: Population{WorkedAbroad: NotSaid}, Entry: p.Entry, Demo: p.Demo, CreatedAt: p.CreatedAt, Version: p.Version,
	}
	if err := s.save(ctx, tx, Snapshot{Person: empty}); err != nil {
		return err
	}
	if !m.Opens {
		if err := s.d.Merges.CloseAccount(ctx, tx, p.ID, now); err != nil {
			return err
		}
	}
	m.FinalAt = now
	return s.d.Merges.EndMerge(ctx, tx, m)
}
