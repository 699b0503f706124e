package person

import (
	"context"
	"slices"
	"unicode/utf8"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Merges are the use-cases on two files of one person.
type Merges struct{ d Deps }

// NewMerges wires the use-cases.
func NewMerges(d Deps) *Merges { return &Merges{d: d} }

// Pair is two files somebody looks at side by side.
type Pair struct {
	Survivor, Absorbed Person
	// Of each, in the same order.
	Registrations [2]Registration
	Differences   []string // parts somebody chooses of
	TooMany       []string // lists that cannot hold what both have
	Obstacles     []Obstacle
	Account       bool // the absorbed file has an account
	SurvivorToo   bool // and so has the survivor's
}

// Compare shows two files, and what would stand in the way of merging them.
func (s *Merges) Compare(ctx context.Context, actor domain.Actor, survivor, absorbed domain.ID) (Pair, error) {
	var out Pair
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.mayMerge(ctx, tx, actor, access.MergeLook, survivor, absorbed); err != nil {
			return err
		}
		for i, id := range []domain.ID{survivor, absorbed} {
			p, err := s.d.People.Get(ctx, tx, id)
			if err != nil {
				return err
			}
			if out.Registrations[i], err = s.d.Registrations.Registration(ctx, tx, id); err != nil {
				return err
			}
			*[]*Person{&out.Survivor, &out.Absorbed}[i] = p
		}
		var err error
		out.Differences, out.TooMany = Differences(out.Survivor, out.Absorbed), TooMany(out.Survivor, out.Absorbed)
		out.Obstacles, err = s.d.Merges.Obstacles(ctx, tx, survivor, absorbed)
		return err
	})
	if err != nil {
		return Pair{}, err
	}
	if out.Account, err = s.d.Merges.HasAccount(ctx, absorbed); err != nil {
		return Pair{}, err
	}
	out.SurvivorToo, err = s.d.Merges.HasAccount(ctx, survivor)
	return out, err
}

// mayMerge asks the policy of both files. One that was absorbed already, or a
// file with itself, is Conflict.
func (s *Merges) mayMerge(ctx context.Context, tx domain.Tx, actor domain.Actor, action access.Action, survivor, absorbed domain.ID) error {
	const op = "person.Merge"
	var taken bool
	for _, id := range []domain.ID{survivor, absorbed} {
		facts, err := s.d.factsOf(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, action, id, err)
		}
		taken, facts.Merged = taken || facts.Merged, false
		if err := s.d.Policy.Authorise(tx, actor, action, facts); err != nil {
			return err
		}
	}
	if taken || survivor == absorbed {
		return domain.Conflict(op, "error.merge.taken")
	}
	return nil
}

// MakeMerge asks for one file of two.
type MakeMerge struct {
	SurvivorID, AbsorbedID           domain.ID
	SurvivorVersion, AbsorbedVersion int      // as they were read
	Theirs                           []string // of the Differences, those taken from the absorbed file
	Opens                            bool     // the absorbed file's account opens the survivor's
	Reason                           string
}

// Make merges two files of one person. What the absorbed file brought is noted
// and keeps its origin; nothing of it is removed before the merge is final.
func (s *Merges) Make(ctx context.Context, actor domain.Actor, in MakeMerge) (Merge, error) {
	const op = "person.Merge"
	if n := utf8.RuneCountInString(in.Reason); n == 0 || n > MaxMergeReason {
		return Merge{}, domain.Invalid(op, domain.Field("reason", "error.required"))
	}
	var out Merge
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Merges.LockPair(ctx, tx, in.SurvivorID, in.AbsorbedID); err != nil {
			return err
		}
		if err := s.mayMerge(ctx, tx, actor, access.MergeMake, in.SurvivorID, in.AbsorbedID); err != nil {
			return err
		}
		if err := s.d.Consents.Withdrawing(ctx, tx, in.SurvivorID, in.AbsorbedID); err != nil { // see takenBack; the absorbed file allows nothing any more
			return err
		}
		kept, err := s.d.People.ForUpdate(ctx, tx, in.SurvivorID)
		if err != nil {
			return err
		}
		gone, err := s.d.People.ForUpdate(ctx, tx, in.AbsorbedID)
		if err != nil {
			return err
		}
		if kept.Version != in.SurvivorVersion || gone.Version != in.AbsorbedVersion {
			return domain.Stale(op)
		}
		obstacles, err := s.d.Merges.Obstacles(ctx, tx, kept.ID, gone.ID)
		if err != nil {
			return err
		}
		if len(obstacles) > 0 {
			return domain.Conflict(op, "error.merge."+obstacles[0].Kind)
		}
		now := s.d.Clock.Now()
		out = Merge{
			ID: s.d.IDs.New(), SurvivorID: kept.ID, AbsorbedID: gone.ID, AgencyID: actor.AgencyID, By: actor.UserID, At: now,
			Until: now.AddDate(0, 0, MergeDays), Reason: in.Reason, Opens: in.Opens, Version: 1, Survivor: kept.Reference, Absorbed: gone.Reference,
		}
		if err := s.absorb(ctx, tx, actor, &out); err != nil {
			return err
		}
		if err := s.d.Merges.InsertMerge(ctx, tx, out); err != nil {
			return err
		}
		if err := s.unite(ctx, tx, out.ID, kept, gone, in.Theirs); err != nil {
			return err
		}
		if err := s.d.Merges.MoveRecords(ctx, tx, out.ID); err != nil {
			return err
		}
		if err := s.takenBack(ctx, tx, out); err != nil {
			return err
		}
		tx.Outcome("merge", out.ID, out.Version)
		return nil
	})
	if err != nil {
		return Merge{}, err
	}
	return out, nil
}

// absorb closes the registration of the file that goes, and raises the version
// of its record: whoever is editing it comes too late.
func (s *Merges) absorb(ctx context.Context, tx domain.Tx, actor domain.Actor, m *Merge) error {
	r, err := s.d.Registrations.RegistrationForUpdate(ctx, tx, m.AbsorbedID)
	if err != nil {
		return err
	}
	m.State, m.ClosedReason, m.RenewBy = r.State, r.ClosedReason, r.RenewBy
	r.State, r.ClosedReason = Closed, "duplicate"
	if err := s.stand(ctx, tx, actor, r, "merge", m.State); err != nil {
		return err
	}
	return s.d.Merges.Touch(ctx, tx, m.AbsorbedID)
}

// stand stores where a registration stands because of a merge, with the step.
func (s *Merges) stand(ctx context.Context, tx domain.Tx, actor domain.Actor, r Registration, name string, from domain.State) error {
	if err := s.d.Registrations.SaveRegistration(ctx, tx, r); err != nil {
		return err
	}
	step := domain.StepBy(actor, s.d.IDs.New(), r.ID, s.d.Clock.Now())
	step.Transition, step.From, step.To = name, from, r.State
	return s.d.History.Append(ctx, tx, step)
}

// unite writes the survivor's record and journey, and keeps what they were and
// became.
func (s *Merges) unite(ctx context.Context, tx domain.Tx, id domain.ID, kept, gone Person, theirs []string) error {
	journey, err := s.d.People.Journey(ctx, tx, kept.ID)
	if err != nil {
		return err
	}
	more, err := s.d.People.Journey(ctx, tx, gone.ID)
	if err != nil {
		return err
	}
	before := Snapshot{kept, journey}
	after := Snapshot{Unite(kept, gone, theirs), Journey{slices.Clone(journey.Episodes), slices.Clone(journey.Displacements)}}
	for _, e := range more.Episodes {
		e.ID = s.d.IDs.New()
		after.Journey.Episodes = append(after.Journey.Episodes, e)
	}
	for _, d := range more.Displacements {
		d.ID = s.d.IDs.New()
		after.Journey.Displacements = append(after.Journey.Displacements, d)
	}
	if err := s.save(ctx, tx, after); err != nil {
		return err
	}
	return s.d.Merges.KeepRecords(ctx, tx, id, before, after)
}

func (s *Merges) save(ctx context.Context, tx domain.Tx, to Snapshot) error {
	to.Person.UpdatedAt = s.d.Clock.Now()
	if err := s.d.People.Save(ctx, tx, to.Person); err != nil {
		return err
	}
	return s.d.People.SaveJourney(ctx, tx, to.Person.ID, to.Person.Version+1, to.Journey)
}
