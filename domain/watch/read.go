package watch

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
)

// Filter narrows a list; empty fields do not.
type Filter struct {
	States         []domain.State
	VacancyID      domain.ID
	OrganisationID domain.ID
}

// List gives the complaints the actor may read, the newest first: staff those
// of their agency and those they recorded, a jobseeker her own.
func (s *Complaints) List(ctx context.Context, actor domain.Actor, filter Filter, cursor domain.Cursor) (domain.Listing[Row], error) {
	var out domain.Listing[Row]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		relations := s.d.Policy.Relations(actor, access.ComplaintRead)
		if len(relations) == 0 {
			return s.d.Policy.Authorise(tx, actor, access.ComplaintRead, access.Facts{})
		}
		var err error
		out, err = s.d.Complaints.List(ctx, tx, Query{Actor: actor, Relations: relations, Filter: filter, Cursor: cursor})
		return err
	})
	return out, err
}

// Get reads one complaint with the words beside it.
func (s *Complaints) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Row, error) {
	var out Row
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		if out, err = s.d.Complaints.Row(ctx, tx, id); err != nil {
			return s.d.Policy.Unseen(tx, actor, access.ComplaintRead, id, err)
		}
		return s.d.Policy.Authorise(tx, actor, access.ComplaintRead, out.Complaint.Facts())
	})
	if err != nil {
		return Row{}, err
	}
	return out, nil
}

// Steps lists how a complaint came to its state, oldest first, to staff who may decide it.
func (s *Complaints) Steps(ctx context.Context, actor domain.Actor, id domain.ID) ([]domain.Step, error) {
	var out []domain.Step
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		c, err := s.d.Complaints.Complaint(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.ComplaintDecide, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.ComplaintDecide, c.Facts()); err != nil {
			return err
		}
		out, err = s.d.History.Of(ctx, tx, id)
		return err
	})
	return out, err
}

// About gives the vacancy somebody is about to complain of, under the same rule
// as Make.
func (s *Complaints) About(ctx context.Context, actor domain.Actor, vacancy domain.ID) (employer.Vacancy, error) {
	var out employer.Vacancy
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		v, err := s.d.Vacancies.Vacancy(ctx, tx, vacancy)
		if err != nil {
			return err
		}
		out = v
		return s.mayComplain(ctx, tx, actor, v, actor.PersonID)
	})
	if err != nil {
		return employer.Vacancy{}, err
	}
	return out, nil
}
