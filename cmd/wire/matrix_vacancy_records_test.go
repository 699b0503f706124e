package wire_test

import (
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
)

// vacancy is the firm's, brought into a state.
func (s *service) vacancy(t testing.TB, r *record, state string) *record {
	t.Helper()
	return s.vacancyOf(t, r, s.persona("employer"), state)
}

func (s *service) vacancyOf(t testing.TB, r *record, who persona, state string) *record {
	t.Helper()
	ctx, by := t.Context(), who.actor()
	in := employer.VacancyFields{
		Title: "Maçon " + s.fresh("v"), Lang: "fr", Posts: 2, Contract: employer.ContractFixedTerm, WageMin: 90000, WagePeriod: employer.PerMonth, PlaceCode: "BKO", FeeFree: true,
		Skills: []employer.SkillField{{Words: "monter un mur en briques", Importance: employer.Essential}},
	}
	if state == "held" || state == "submitted" {
		in.Description = "Caution à verser"
	}
	v, err := s.core.Vacancies.Create(ctx, by, who.user.OrganisationID, in)
	need(t, err)
	act := func(do func(*employer.Vacancies) (employer.Vacancy, error)) {
		t.Helper()
		v, err = do(s.core.Vacancies)
		need(t, err)
	}
	if state != "draft" {
		act(func(u *employer.Vacancies) (employer.Vacancy, error) {
			return u.Submit(ctx, by, employer.VacancyAct{ID: v.ID, Version: v.Version})
		})
	}
	switch state {
	case "suspended":
		act(func(u *employer.Vacancies) (employer.Vacancy, error) {
			return u.Suspend(ctx, by, employer.VacancyAct{ID: v.ID, Version: v.Version})
		})
	case "withdrawn":
		act(func(u *employer.Vacancies) (employer.Vacancy, error) {
			return u.Withdraw(ctx, by, employer.VacancyAct{ID: v.ID, Version: v.Version, Reason: "Budget"})
		})
	case "expired":
		act(func(u *employer.Vacancies) (employer.Vacancy, error) {
			return u.Expire(ctx, domain.System(), employer.VacancyAct{ID: v.ID, Version: v.Version})
		})
	case "submitted": // only while an unknown rule is added is a vacancy left so
		s.exec(t, `UPDATE vacancies SET state = 'submitted', reason = '' WHERE id = $1`, string(v.ID))
	}
	r.put("vacancy", v.ID, v.Version)
	r.words["title"] = v.Title
	r.put("organisation", s.firm, 0)
	return r
}

// applied is somebody with a file and a published vacancy, brought together as
// far as the state says; from "planned" on with a placement.
func (s *service) applied(t testing.TB, state string) *record {
	t.Helper()
	ctx, by, r := t.Context(), s.persona("referent").actor(), s.file(t)
	s.vacancy(t, r, "published")
	x, err := s.core.Applications.Propose(ctx, by, placement.Begin{PersonID: r.ids["person"], VacancyID: r.ids["vacancy"]})
	need(t, err)
	act := func() placement.Act { return placement.Act{ID: x.ID, Version: x.Version} }
	step := func(do func() (placement.Application, error)) {
		t.Helper()
		x, err = do()
		need(t, err)
	}
	defer func() { r.put("application", x.ID, x.Version) }()
	if state == "proposed" {
		return r
	}
	step(func() (placement.Application, error) {
		return s.core.Applications.Consent(ctx, by, placement.Answer{Act: act(), Mode: person.ByWord})
	})
	if state == "consented" {
		return r
	}
	step(func() (placement.Application, error) { return s.core.Applications.Send(ctx, by, act()) })
	switch state {
	case "sent":
		return r
	case "refused":
		step(func() (placement.Application, error) {
			return s.core.Applications.Refuse(ctx, by, placement.Refuse{Act: act(), Why: placement.Refusals()[0]})
		})
		return r
	case "offered":
		step(func() (placement.Application, error) { return s.core.Applications.Offer(ctx, by, act()) })
		return r
	}
	today := domain.DateOf(time.Now())
	hired, err := s.core.Applications.Hire(ctx, by, placement.Hire{Act: act(), StartsOn: today.AddDays(-10)})
	need(t, err)
	x = hired.Application
	p := hired.Placement
	if state == "started" || state == "ended" {
		p, err = s.core.Placements.Start(ctx, by, placement.Start{Act: placement.Act{ID: p.ID, Version: p.Version}})
		need(t, err)
	}
	if state == "ended" {
		p, err = s.core.Placements.End(ctx, by, placement.End{Act: placement.Act{ID: p.ID, Version: p.Version, Reason: "fin"}, On: today})
		need(t, err)
	}
	r.put("placement", p.ID, p.Version)
	v, err := s.core.Vacancies.Get(ctx, by, r.ids["vacancy"])
	need(t, err)
	r.put("vacancy", v.ID, v.Version)
	return r
}

// beside is a vacancy somebody was hired for while another waits.
func (s *service) beside(t testing.TB) *record {
	t.Helper()
	r := s.applied(t, "planned")
	ctx, by, other := t.Context(), s.persona("referent").actor(), s.file(t)
	x, err := s.core.Applications.Propose(ctx, by, placement.Begin{PersonID: other.ids["person"], VacancyID: r.ids["vacancy"]})
	need(t, err)
	x, err = s.core.Applications.Consent(ctx, by, placement.Answer{Act: placement.Act{ID: x.ID, Version: x.Version}, Mode: person.ByWord})
	need(t, err)
	x, err = s.core.Applications.Send(ctx, by, placement.Act{ID: x.ID, Version: x.Version})
	need(t, err)
	r.put("application", x.ID, x.Version)
	return r
}
