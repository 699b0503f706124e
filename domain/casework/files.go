package casework

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Files are the use-cases on case files.
type Files struct{ d Deps }

// NewFiles wires the use-cases.
func NewFiles(d Deps) *Files { return &Files{d: d} }

// Get reads one file.
func (s *Files) Get(ctx context.Context, actor domain.Actor, id domain.ID) (CaseFile, error) {
	var out CaseFile
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		out, err = s.readable(ctx, tx, actor, id)
		return err
	})
	if err != nil {
		return CaseFile{}, err
	}
	return out, nil
}

// OfPerson gives a person's open file; NotFound without one or without the
// right to read it.
func (s *Files) OfPerson(ctx context.Context, actor domain.Actor, personID domain.ID) (CaseFile, error) {
	var out CaseFile
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		live, err := s.d.Cases.LiveCaseOf(ctx, tx, personID)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.CaseRead, live.Facts()); err != nil {
			return err
		}
		out = live
		return nil
	})
	return out, err
}

func (s *Files) readable(ctx context.Context, tx domain.Tx, actor domain.Actor, id domain.ID) (CaseFile, error) {
	c, err := s.d.Cases.Case(ctx, tx, id)
	if err != nil {
		return CaseFile{}, s.d.Policy.Unseen(tx, actor, access.CaseRead, id, err)
	}
	if err := s.d.Policy.Authorise(tx, actor, access.CaseRead, c.Facts()); err != nil {
		return CaseFile{}, err
	}
	return c, nil
}

// Caseload lists files the actor may read, what needs attention first.
func (s *Files) Caseload(ctx context.Context, actor domain.Actor, filter CaseFilter, cursor domain.Cursor) (domain.Listing[CaseRow], error) {
	var out domain.Listing[CaseRow]
	now := s.d.Clock.Now()
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		relations := s.d.Policy.Relations(actor, access.CaseRead)
		if len(relations) == 0 {
			return s.d.Policy.Authorise(tx, actor, access.CaseRead, access.Facts{})
		}
		var err error
		out, err = s.d.Cases.Caseload(ctx, tx, CaseQuery{
			Actor: actor, Relations: relations, CaseFilter: filter,
			Today: domain.DateOf(now), SilentSince: now.AddDate(0, 0, -SilentDays), Cursor: cursor,
		})
		return err
	})
	return out, err
}

// MyDay gives what waits for the actor today.
func (s *Files) MyDay(ctx context.Context, actor domain.Actor) (Day, error) {
	var out Day
	now := s.d.Clock.Now()
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.IntakeRead, access.Facts{AgencyID: actor.AgencyID}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Cases.Day(ctx, tx, actor.UserID, actor.AgencyID, domain.DateOf(now), now.AddDate(0, 0, -SilentDays))
		return err
	})
	return out, err
}

// Notices counts what waits for the actor between agencies.
func (s *Files) Notices(ctx context.Context, actor domain.Actor) (Notices, error) {
	var out Notices
	relations := func(a access.Action) []access.Relation { return s.d.Policy.Relations(actor, a) }
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		out, err = s.d.Transfers.Waiting(ctx, tx, WaitingQuery{
			Actor: actor, Give: relations(access.TransferGive), Take: relations(access.TransferTake), See: relations(access.EmergencySee),
		})
		return err
	})
	return out, err
}

// History lists a file's changes of stage, oldest first.
func (s *Files) History(ctx context.Context, actor domain.Actor, id domain.ID) ([]domain.Step, error) {
	var out []domain.Step
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if _, err := s.readable(ctx, tx, actor, id); err != nil {
			return err
		}
		var err error
		out, err = s.d.History.Of(ctx, tx, id)
		return err
	})
	return out, err
}
