package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
)

// courses are what applications went through, and how many days ago each step
// was. The last is the proposal somebody still has to answer.
var courses = [][]turn{
	{{30, "propose"}, {28, "consent"}, {27, "send"}, {24, "see"}, {20, "interview"}, {16, "offer"}, {14, "hire"}, {9, "start"}},
	{{26, "apply"}, {25, "send"}, {22, "see"}, {15, "refuse"}},
	{{21, "propose"}, {20, "consent"}, {18, "send"}}, // silent: the employer is reminded
	{{9, "propose"}, {6, "consent"}},
	{{12, "apply"}, {10, "send"}, {7, "see"}, {3, "interview"}}, // at the first employer with an account
	{{6, "apply"}},
	{{8, "propose"}, {5, "decline"}},
	{{5, "apply"}, {3, "send"}, {1, "see"}},
}

type turn struct {
	ago  int
	name string
}

// tellApplications lets people and vacancies meet: each vacancy with the person
// it was made for.
func (t *tale) tellApplications(ctx context.Context) error {
	next := 0
	for _, v := range t.vacancies {
		who := t.madeFor[v.ID]
		course := []turn{{2, "propose"}}
		if who != t.waiting && next < len(courses) {
			course = courses[next]
			next++
		}
		// Nobody applied before the vacancy was public.
		late := max(0, course[0].ago-int(t.today.Time().Sub(domain.DateOf(v.PublishedAt).Time()).Hours()/24))
		var a placement.Application
		for _, step := range course {
			t.ago(step.ago - late)
			if err := t.turn(ctx, &a, v, who, step.name); err != nil {
				return fmt.Errorf("%s: %w", step.name, err)
			}
		}
	}
	return nil
}

func (t *tale) turn(ctx context.Context, a *placement.Application, v employer.Vacancy, who int, name string) (err error) {
	begin := placement.Begin{PersonID: t.people[who].ID, VacancyID: v.ID}
	act := placement.Act{ID: a.ID}
	desk, theirs := t.counsellor(who), t.answering(v, who)
	apps := t.core.Applications
	switch name {
	case "propose":
		*a, err = apps.Propose(ctx, desk, begin)
	case "apply":
		*a, err = apps.Apply(ctx, t.jobseeker(who), begin)
	case "consent":
		*a, err = apps.Consent(ctx, desk, placement.Answer{Act: act, Mode: person.ByWord})
	case "decline":
		*a, err = apps.Decline(ctx, desk, act)
	case "send":
		*a, err = apps.Send(ctx, desk, act)
	case "see":
		*a, err = apps.See(ctx, theirs, act)
	case "interview":
		*a, err = apps.Interview(ctx, theirs, act)
	case "offer":
		*a, err = apps.Offer(ctx, theirs, act)
	case "refuse":
		*a, err = apps.Refuse(ctx, theirs, placement.Refuse{Act: act, Why: "experience"})
	case "hire":
		var hired placement.HireResult
		hired, err = apps.Hire(ctx, theirs, placement.Hire{Act: act, StartsOn: domain.DateOf(t.now).AddDays(5), Wage: v.WageMin})
		a.ID = hired.Placement.ID // what follows is about the placement
	case "start":
		_, err = t.core.Placements.Start(ctx, desk, placement.Start{Act: act})
	}
	return err
}

// tellOffers leaves an employer with a draft and one offer a counsellor has to
// look at, because its text mentions a fee.
func (t *tale) tellOffers(ctx context.Context) error {
	t.ago(1)
	orgs := t.busiestEmployers()
	actor := t.employers[orgs[0]]
	own := slices.IndexFunc(t.vacancies, func(v employer.Vacancy) bool { return v.OrganisationID == orgs[0] })
	fields := t.vacancies[max(0, own)].Fields()
	fields.OpenUntil, fields.StartsOn = t.today.AddDays(40), domain.Date{}
	if _, err := t.core.Vacancies.Create(ctx, actor, "", fields); err != nil {
		return err
	}
	fields.Description += " Frais de dossier : 5 000 F."
	v, err := t.core.Vacancies.Create(ctx, actor, "", fields)
	if err != nil {
		return err
	}
	_, err = t.core.Vacancies.Submit(ctx, actor, employer.VacancyAct{ID: v.ID, Version: v.Version})
	return err
}
