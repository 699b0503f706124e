package matchmaking

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
)

// Vacancy reads one vacancy with its employer's public name, for the page that
// a search leads to. Where the actor may not read it, it does not exist.
func (s *Matches) Vacancy(ctx context.Context, actor domain.Actor, id domain.ID) (ListedVacancy, error) {
	var out ListedVacancy
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		v, err := s.d.Vacancies.Vacancy(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.VacancyRead, v.Facts()); err != nil {
			return err
		}
		employers := map[domain.ID]employer.Organisation{}
		if !v.OrganisationID.IsZero() {
			if employers, err = s.d.Vacancies.EmployerNames(ctx, tx, []domain.ID{v.OrganisationID}); err != nil {
				return err
			}
		}
		out = ListedVacancy{Vacancy: v, Employer: employerName(v, employers)}
		return nil
	})
	return out, err
}
