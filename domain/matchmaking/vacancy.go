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
		out = ListedVacancy{Vacancy: v, Employer: vacancies{employers: employers}.employer(v)}
		return nil
	})
	return out, err
}

// vacancies are records of some with the names of their employers.
type vacancies struct {
	records   map[domain.ID]employer.Vacancy
	employers map[domain.ID]employer.Organisation
}

func (s *Matches) vacancies(ctx context.Context, tx domain.Tx, ids []domain.ID) (vacancies, error) {
	records, err := s.d.Vacancies.VacanciesByID(ctx, tx, ids)
	if err != nil {
		return vacancies{}, err
	}
	var orgs []domain.ID
	for _, v := range records {
		if !v.OrganisationID.IsZero() {
			orgs = append(orgs, v.OrganisationID)
		}
	}
	employers, err := s.d.Vacancies.EmployerNames(ctx, tx, orgs)
	return vacancies{records, employers}, err
}

// employer is the public name of a vacancy's employer.
func (n vacancies) employer(v employer.Vacancy) string {
	if v.ClientName != "" {
		return v.ClientName
	}
	o := n.employers[v.OrganisationID]
	if o.TradeName != "" {
		return o.TradeName
	}
	return o.LegalName
}
