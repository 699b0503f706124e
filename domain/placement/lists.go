package placement

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
)

// ApplicationFilter narrows a list; empty fields do not.
type ApplicationFilter struct {
	PersonID  domain.ID
	VacancyID domain.ID
	States    []domain.State
	Mine      bool // of people whose file the actor owns, or proposed by the actor
	Chased    bool // the employer was reminded and has still not answered
}

// ApplicationRow is an application as staff and the person see it in a list.
type ApplicationRow struct {
	Application      Application
	VacancyTitle     string
	VacancyReference string
	EmployerName     string
	PersonReference  string
	Given            string
	Family           string
}

// List gives the applications of an agency, a person or a vacancy that the
// actor may see with names: staff and the person. Employers ask for Candidates.
func (s *Applications) List(ctx context.Context, actor domain.Actor, filter ApplicationFilter, cursor domain.Cursor) (domain.Listing[ApplicationRow], error) {
	var out domain.Listing[ApplicationRow]
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		relations := s.d.Policy.Relations(actor, access.ApplicationList)
		if len(relations) == 0 {
			return s.d.Policy.Authorise(tx, actor, access.ApplicationList, access.Facts{})
		}
		var err error
		out, err = s.d.Applications.Applications(ctx, tx, ApplicationQuery{
			Actor: actor, Relations: relations, ApplicationFilter: filter, Cursor: cursor,
		})
		return err
	})
	return out, err
}

// Candidates lists a vacancy's applications for its verified employer, those
// the person agreed to: by pseudonym until they were sent. Nobody shows while
// the employer is not verified.
func (s *Applications) Candidates(ctx context.Context, actor domain.Actor, vacancy domain.ID, cursor domain.Cursor) (domain.Listing[Candidate], error) {
	var out domain.Listing[Candidate]
	var applications []Application
	var shown []domain.ID
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		v, err := s.d.Vacancies.Vacancy(ctx, tx, vacancy)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.VacancyCandidates, v.Facts()); err != nil {
			return err
		}
		found, err := s.d.Applications.CandidatesOf(ctx, tx, vacancy, cursor)
		applications, out.Next = found.Items, found.Next
		return err
	})
	if err == nil {
		out.Items, applications, err = s.candidates(ctx, actor, applications)
		shown = pseudonymous(applications)
	}
	if err == nil {
		err = s.d.Views.Show(ctx, actor, shown)
	}
	if err != nil {
		return domain.Listing[Candidate]{}, err
	}
	return out, nil
}

// pseudonymous are the people among applications whom an employer sees without
// knowing who they are. Who was introduced was sent by a counsellor, and is not
// counted.
func pseudonymous(as []Application) []domain.ID {
	var ids []domain.ID
	for _, a := range as {
		if !a.Introduced() {
			ids = append(ids, a.PersonID)
		}
	}
	return ids
}

// Candidate gives one application as its employer sees it.
func (s *Applications) Candidate(ctx context.Context, actor domain.Actor, id domain.ID) (Candidate, error) {
	var a Application
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		a, err = s.read(ctx, tx, actor, id)
		return err
	})
	if err != nil {
		return Candidate{}, err
	}
	out, now, err := s.candidates(ctx, actor, []Application{a})
	if err == nil && len(out) == 0 {
		err = domain.NotFound("placement.Candidate")
	}
	if err == nil {
		err = s.d.Views.Show(ctx, actor, pseudonymous(now))
	}
	if err != nil {
		return Candidate{}, err
	}
	return out[0], nil
}

// candidates narrows applications for their employer. The people are held until
// the answer has left, and what is said of them is read after that: who took the
// contact back meanwhile is named no more. It gives the applications it read too.
func (s *Applications) candidates(ctx context.Context, actor domain.Actor, found []Application) ([]Candidate, []Application, error) {
	if len(found) == 0 {
		return nil, nil, nil
	}
	ids, people := make([]domain.ID, len(found)), make([]domain.ID, len(found))
	for i, a := range found {
		ids[i], people[i] = a.ID, a.PersonID
	}
	if err := domain.Hold(ctx, s.d.Holds, people); err != nil {
		return nil, nil, err
	}
	var out []Candidate
	var now []Application
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		if now, err = s.d.Applications.ApplicationsByID(ctx, tx, ids); err != nil {
			return err
		}
		named, err := s.introduced(ctx, tx, now)
		if err != nil {
			return err
		}
		for _, a := range now {
			out = append(out, candidateOf(a, named[a.PersonID]))
		}
		return nil
	})
	return out, now, err
}

// introduced reads the people among applications whose employer may know them.
func (s *Applications) introduced(ctx context.Context, tx domain.Tx, as []Application) (map[domain.ID]person.Person, error) {
	var ids []domain.ID
	for _, a := range as {
		if a.Introduced() {
			ids = append(ids, a.PersonID)
		}
	}
	return s.d.People.Introduced(ctx, tx, ids)
}
