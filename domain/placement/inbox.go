package placement

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// InboxRow is a candidate with the vacancy it is for.
type InboxRow struct {
	Candidate        Candidate
	VacancyTitle     string
	VacancyReference string
}

// Inbox lists what was sent to an employer over all its vacancies and is in
// one of the states, the newest first: what waits for an answer. Like
// Candidates it says who it is only of people introduced.
func (s *Applications) Inbox(ctx context.Context, actor domain.Actor, states []domain.State, cursor domain.Cursor) (domain.Listing[InboxRow], error) {
	var out domain.Listing[InboxRow]
	var shown []domain.ID
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		relations := s.d.Policy.Relations(actor, access.ApplicationRespond)
		if !actor.ForEmployer() || len(relations) == 0 {
			return domain.Forbidden("placement.Inbox")
		}
		found, err := s.d.Applications.Applications(ctx, tx, ApplicationQuery{
			Actor: actor, Relations: relations, Cursor: cursor, ApplicationFilter: ApplicationFilter{States: states},
		})
		if err != nil {
			return err
		}
		applications := make([]Application, len(found.Items))
		for i, row := range found.Items {
			applications[i] = row.Application
		}
		shown = pseudonymous(applications)
		people, err := s.introduced(ctx, tx, applications)
		if err != nil {
			return err
		}
		out.Next = found.Next
		for _, row := range found.Items {
			out.Items = append(out.Items, InboxRow{
				Candidate:    candidateOf(row.Application, people[row.Application.PersonID]),
				VacancyTitle: row.VacancyTitle, VacancyReference: row.VacancyReference,
			})
		}
		return nil
	})
	if err == nil {
		err = s.d.Views.Show(ctx, actor, shown)
	}
	if err != nil {
		return domain.Listing[InboxRow]{}, err
	}
	return out, nil
}
