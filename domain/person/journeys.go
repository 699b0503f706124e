package person

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Journey reads where somebody has been, for the person and the referent.
func (s *Jobseekers) Journey(ctx context.Context, actor domain.Actor, id domain.ID) (Journey, error) {
	var out Journey
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.mayJourney(ctx, tx, actor, access.PersonReadMigration, id); err != nil {
			return err
		}
		var err error
		out, err = s.d.People.Journey(ctx, tx, id)
		return err
	})
	return out, err
}

// SetJourney replaces a journey. Version is the person's; it gives the new one.
type SetJourney struct {
	PersonID domain.ID
	Version  int
	Journey  Journey
}

// SetJourney writes where somebody has been. Entries that were there keep who
// recorded them and when.
func (s *Jobseekers) SetJourney(ctx context.Context, actor domain.Actor, in SetJourney) (Journey, int, error) {
	const op = "person.SetJourney"
	check := s.d.checker()
	check.journey(&in.Journey)
	version := 0
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.mayJourney(ctx, tx, actor, access.PersonUpdateMigr, in.PersonID); err != nil {
			return err
		}
		if err := check.fields.Err(op); err != nil {
			return err
		}
		before, err := s.d.People.Journey(ctx, tx, in.PersonID)
		if err != nil {
			return err
		}
		s.sign(actor, &in.Journey, before)
		if err := s.d.People.SaveJourney(ctx, tx, in.PersonID, in.Version, in.Journey); err != nil {
			return err
		}
		version = in.Version + 1
		tx.Outcome("journey", in.PersonID, version)
		return nil
	})
	if err != nil {
		return Journey{}, 0, err
	}
	return in.Journey, version, nil
}

// mayJourney answers who may not know the person with NotFound, and who may
// know the person but not the journey with Forbidden.
func (s *Jobseekers) mayJourney(ctx context.Context, tx domain.Tx, actor domain.Actor, action access.Action, id domain.ID) error {
	facts, err := s.d.factsOf(ctx, tx, id)
	if err != nil {
		return err
	}
	return s.d.Policy.Authorise(tx, actor, action, facts)
}

// sign gives new entries an identifier, their author and time.
func (s *Jobseekers) sign(actor domain.Actor, j *Journey, before Journey) {
	now := s.d.Clock.Now()
	episodes := map[domain.ID]Episode{}
	for _, e := range before.Episodes {
		episodes[e.ID] = e
	}
	for i := range j.Episodes {
		e := &j.Episodes[i]
		if b, known := episodes[e.ID]; known {
			e.CreatedBy, e.CreatedAt = b.CreatedBy, b.CreatedAt
		} else {
			e.ID, e.CreatedBy, e.CreatedAt = s.d.IDs.New(), actor.UserID, now
		}
	}
	displacements := map[domain.ID]Displacement{}
	for _, d := range before.Displacements {
		displacements[d.ID] = d
	}
	for i := range j.Displacements {
		d := &j.Displacements[i]
		if b, known := displacements[d.ID]; known {
			d.CreatedBy, d.CreatedAt = b.CreatedBy, b.CreatedAt
		} else {
			d.ID, d.CreatedBy, d.CreatedAt = s.d.IDs.New(), actor.UserID, now
		}
	}
}
