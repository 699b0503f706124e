package casework

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Colleague is somebody of the desk, as others of the desk see them.
type Colleague struct {
	ID       domain.ID
	Name     string
	AgencyID domain.ID
}

// Colleagues lists who may own files at an agency, by name; "" asks for the
// actor's own agency.
func (s *Files) Colleagues(ctx context.Context, actor domain.Actor, agency domain.ID) ([]Colleague, error) {
	if agency.IsZero() {
		agency = actor.AgencyID
	}
	var out []Colleague
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.ColleagueRead, access.Facts{}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Colleagues.ColleaguesAt(ctx, tx, agency)
		return err
	})
	return out, err
}

// Names gives the names of staff accounts, for a history; other accounts, a
// jobseeker's or an employer's, are missing from the answer.
func (s *Files) Names(ctx context.Context, actor domain.Actor, ids []domain.ID) (map[domain.ID]string, error) {
	var out map[domain.ID]string
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.ColleagueRead, access.Facts{}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Colleagues.NamesOf(ctx, tx, ids)
		return err
	})
	return out, err
}

// Shares lists who is let into a file now.
func (s *Files) Shares(ctx context.Context, actor domain.Actor, id domain.ID) ([]Share, error) {
	var out []Share
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if _, err := s.readable(ctx, tx, actor, id); err != nil {
			return err
		}
		var err error
		out, err = s.d.Cases.Shares(ctx, tx, id, s.d.Clock.Now())
		return err
	})
	return out, err
}
