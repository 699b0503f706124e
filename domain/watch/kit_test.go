package watch_test

import (
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/watch"
)

// watched is an office with a verified employer of Bamako, a vacancy it shows
// and somebody of Bamako who reads it.
type watched struct {
	*domaintest.Office
	views      *watch.Views
	complaints *watch.Complaints
	vacancies  *employer.Vacancies
	firm       employer.Organisation
	vacancy    employer.Vacancy
	employer   domain.Actor
	her        domain.Actor
}

// limits of these tests: an alert from four people on, a stop after six.
var limits = watch.Limits{Alert: 4, Stop: 6, Zone: time.UTC}

func newWatched(t *testing.T) *watched {
	t.Helper()
	w := &watched{Office: domaintest.NewOffice(t)}
	policy := access.Default()
	deps := employer.Deps{
		Tx: w.DB, Organisations: w.DB.Organisations(), Vacancies: w.DB.Vacancies(), History: w.DB.History("vacancy"), Complaints: w.DB.Complaints(),
		Places: w.Places, Policy: policy, IDs: w.IDs, Clock: w.Clock,
	}
	organisations := employer.NewOrganisations(deps)
	w.vacancies = employer.NewVacancies(deps)
	d := watch.Deps{
		Tx: w.DB, Views: w.DB.Views(), Complaints: w.DB.Complaints(), History: w.DB.History("complaint"), Vacancies: w.DB.Vacancies(),
		Organisations: w.DB.Organisations(), Registrations: w.DB.Registrations(), Stops: w.vacancies, Doubts: organisations, Limits: limits,
		Policy: policy, IDs: w.IDs, Clock: w.Clock,
	}
	w.views, w.complaints = watch.NewViews(d), watch.NewComplaints(d)
	w.firm = domaintest.AnOrganisation(w.IDs, w.Bamako, w.Awa.UserID, w.Moussa.UserID)
	w.vacancy = domaintest.AVacancy(w.IDs, w.firm).Vacancy()
	w.Write(func(tx domain.Tx) error {
		if err := w.DB.Organisations().InsertOrganisation(w.Ctx, tx, w.firm); err != nil {
			return err
		}
		return w.DB.Vacancies().InsertVacancy(w.Ctx, tx, w.vacancy)
	})
	w.employer = w.Account(domain.RoleEmployer, w.firm.ID)
	w.her = w.jobseeker()
	return w
}

// jobseeker registers somebody at Bamako with an account.
func (w *watched) jobseeker() domain.Actor {
	w.T.Helper()
	n := domaintest.APerson(w.IDs).Named("Awa", "Coulibaly").At(w.Bamako)
	u := identity.User{
		ID: w.IDs.New(), Role: domain.RoleJobseeker, Name: "Awa", PersonID: n.Person.ID, Language: "fr", CreatedAt: w.Now, Version: 1,
	}
	w.Write(func(tx domain.Tx) error {
		if err := w.DB.Persons().InsertBatch(w.Ctx, tx, []person.Newcomer{n}); err != nil {
			return err
		}
		return w.DB.Users().InsertUser(w.Ctx, tx, u)
	})
	return u.Actor()
}

// people registers some, and gives their identifiers.
func (w *watched) people(n int) []domain.ID {
	w.T.Helper()
	list := make([]person.Newcomer, n)
	ids := make([]domain.ID, n)
	for i := range list {
		list[i] = domaintest.APerson(w.IDs).At(w.Bamako)
		ids[i] = list[i].Person.ID
	}
	w.Write(func(tx domain.Tx) error { return w.DB.Persons().InsertBatch(w.Ctx, tx, list) })
	return ids
}

// stored reads the vacancy as it is.
func (w *watched) stored() employer.Vacancy {
	w.T.Helper()
	var v employer.Vacancy
	w.Write(func(tx domain.Tx) (err error) {
		v, err = w.DB.Vacancies().Vacancy(w.Ctx, tx, w.vacancy.ID)
		return err
	})
	return v
}

func (w *watched) complain(actor domain.Actor, words string) watch.Complaint {
	w.T.Helper()
	c, err := w.complaints.Make(w.Ctx, actor, watch.Complain{VacancyID: w.vacancy.ID, Kind: "money", Words: words})
	w.Must(err)
	return c
}
