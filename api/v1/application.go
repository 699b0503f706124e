package v1

import (
	"time"

	"github.com/baara-platform/baara/domain/placement"
)

// ApplicationOwn is an application as the person it is about sees it.
type ApplicationOwn struct {
	View    string `json:"view" enum:"own"`
	ID      string `json:"id"`
	Vacancy string `json:"vacancy_id"`
	VacancyWords
	ApplicationLife
}

// ApplicationStaff is an application as the service's staff see it.
type ApplicationStaff struct {
	View    string `json:"view" enum:"staff"`
	ID      string `json:"id"`
	Vacancy string `json:"vacancy_id"`
	VacancyWords
	ApplicationLife
	Person          string     `json:"person_id"`
	PersonReference string     `json:"person_reference,omitempty" doc:"In lists"`
	Given           string     `json:"given,omitempty" doc:"In lists"`
	Family          string     `json:"family,omitempty" doc:"In lists"`
	Agency          string     `json:"agency_id,omitempty" doc:"The person's when it began"`
	ProposedBy      string     `json:"proposed_by,omitempty"`
	Consent         string     `json:"consent,omitempty" doc:"How the person agreed to this contact"`
	Reason          string     `json:"reason,omitempty" doc:"Words beside the last change"`
	ChasedAt        *time.Time `json:"chased_at,omitempty" doc:"The employer was reminded"`
	Demo            bool       `json:"demo,omitempty"`
}

// ApplicationEmployer is a candidate: an application as its employer sees it,
// without a name until the person agreed to the contact and it was sent.
type ApplicationEmployer struct {
	View         string    `json:"view" enum:"employer"`
	ID           string    `json:"id,omitempty" doc:"Missing before it was sent: there is nothing to answer yet"`
	Vacancy      string    `json:"vacancy_id"`
	Code         string    `json:"code" doc:"The pseudonym, the same before and after"`
	State        string    `json:"state"`
	StateSince   time.Time `json:"state_since"`
	Refusal      string    `json:"refusal,omitempty"`
	MetEssential int       `json:"met_essential"`
	OfEssential  int       `json:"of_essential"`
	Known        bool      `json:"known" doc:"Whether the fields below are given"`
	Name         string    `json:"name,omitempty"`
	Phone        string    `json:"phone,omitempty"`
	Email        string    `json:"email,omitempty"`
	Version      int       `json:"version,omitempty" doc:"For If-Match, in quotes"`
}

// VacancyWords name a vacancy in lists.
type VacancyWords struct {
	Title     string `json:"vacancy_title,omitempty" doc:"In lists"`
	Reference string `json:"vacancy_reference,omitempty" doc:"In lists"`
	Employer  string `json:"employer,omitempty" doc:"In lists"`
}

// ApplicationLife is where an application stands.
type ApplicationLife struct {
	Origin       string     `json:"origin" enum:"proposed,applied"`
	State        string     `json:"state" enum:"proposed,consented,declined,expired,applied,sent,seen,interview,offer,hired,refused,withdrawn,unanswered,obsolete"`
	StateSince   time.Time  `json:"state_since"`
	Refusal      string     `json:"refusal,omitempty" enum:"skills,experience,education,language,licence,location,wage,availability,post_filled,no_show,other"`
	MetEssential int        `json:"met_essential" doc:"Essential skills the person had when it began"`
	OfEssential  int        `json:"of_essential"`
	CreatedAt    time.Time  `json:"created_at"`
	SentAt       *time.Time `json:"sent_at,omitempty"`
	Version      int        `json:"version" doc:"For If-Match, in quotes"`
}

func applicationViews() []any {
	return []any{ApplicationOwn{}, ApplicationStaff{}, ApplicationEmployer{}}
}

func applicationLife(a placement.Application) ApplicationLife {
	return ApplicationLife{
		Origin: string(a.Origin), State: string(a.State), StateSince: a.StateSince, Refusal: string(a.Refusal),
		MetEssential: a.MetEssential, OfEssential: a.OfEssential, CreatedAt: a.CreatedAt, SentAt: timeOut(a.SentAt), Version: a.Version,
	}
}

func applicationOwn(r placement.ApplicationRow) ApplicationOwn {
	return ApplicationOwn{
		View: "own", ID: string(r.Application.ID), Vacancy: string(r.Application.VacancyID), ApplicationLife: applicationLife(r.Application),
		VacancyWords: VacancyWords{Title: r.VacancyTitle, Reference: r.VacancyReference, Employer: r.EmployerName},
	}
}

func applicationStaff(r placement.ApplicationRow) ApplicationStaff {
	a := r.Application
	return ApplicationStaff{
		View: "staff", ID: string(a.ID), Vacancy: string(a.VacancyID), ApplicationLife: applicationLife(a),
		VacancyWords: VacancyWords{Title: r.VacancyTitle, Reference: r.VacancyReference, Employer: r.EmployerName},
		Person:       string(a.PersonID), PersonReference: r.PersonReference, Given: r.Given, Family: r.Family, Agency: string(a.AgencyID),
		ProposedBy: string(a.ProposedBy), Consent: string(a.Consent), Reason: a.Reason, ChasedAt: timeOut(a.ChasedAt), Demo: a.Demo,
	}
}

func applicationEmployer(c placement.Candidate) ApplicationEmployer {
	return ApplicationEmployer{
		View: "employer", ID: string(c.ApplicationID), Vacancy: string(c.VacancyID), Code: c.Code, State: string(c.State), StateSince: c.StateSince,
		Refusal: string(c.Refusal), MetEssential: c.MetEssential, OfEssential: c.OfEssential, Known: c.Known, Name: c.Name, Phone: c.Phone,
		Email: c.Email, Version: c.Version,
	}
}
