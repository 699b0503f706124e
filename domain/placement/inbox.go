package placement

import (
	"context"
	"slices"

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
	var found domain.Listing[ApplicationRow]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		relations := s.d.Policy.Relations(actor, access.ApplicationRespond)
		if !actor.ForEmployer() || len(relations) == 0 {
			return domain.Forbidden("placement.Inbox")
		}
		var err error
		found, err = s.d.Applications.Applications(ctx, tx, ApplicationQuery{
			Actor: actor, Relations: relations, Cursor: cursor, ApplicationFilter: ApplicationFilter{States: states},
		})
		return err
	})
	if err != nil {
		return domain.Listing[InboxRow]{}, err
	}
	applications, rows := make([]Application, len(found.Items)), map[domain.ID]ApplicationRow{}
	for i, row := range found.Items {
		applications[i], rows[row.Application.ID] = row.Application, row
	}
	candidates, now, err := s.candidates(ctx, actor, applications)
	if err == nil {
		err = s.d.Views.Show(ctx, actor, pseudonymous(now))
	}
	if err != nil {
		return domain.Listing[InboxRow]{}, err
	}
	out := domain.Listing[InboxRow]{Next: found.Next}
	for i, a := range now {
		if row := rows[a.ID]; slices.Contains(states, a.State) || len(states) == 0 {
			out.Items = append(out.Items, InboxRow{Candidate: candidates[i], VacancyTitle: row.VacancyTitle, VacancyReference: row.VacancyReference})
		}
	}
	return out, nil
}
