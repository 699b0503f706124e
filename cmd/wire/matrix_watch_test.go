package wire_test

import (
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/watch"
)

// What keeps watch: complaints, how many people an employer is shown, and who
// registered without proof of work.

// watched makes records of it by kind. An open complaint stops its employer, so
// those are another employer's than the personas'; a decided one is theirs.
func watched() map[string]func(*service, testing.TB, persona) *record {
	return map[string]func(*service, testing.TB, persona) *record{
		"doubtful": func(s *service, t testing.TB, _ persona) *record { return s.doubtful(t, newRecord()) },
		"complaint": func(s *service, t testing.TB, _ persona) *record {
			r := s.doubtful(t, s.file(t))
			s.complain(t, r)
			return r
		},
		"decided complaint": func(s *service, t testing.TB, _ persona) *record {
			r := s.vacancy(t, s.file(t), "published")
			s.complain(t, r)
			done, err := s.core.Complaints.Decide(t.Context(), s.persona("referent").actor(), watch.Decide{
				ID: r.ids["complaint"], Version: r.versions["complaint"], Reason: "Rien de tel"})
			need(t, err)
			r.put("complaint", done.ID, done.Version)
			return r
		},
		"quarantined": func(s *service, t testing.TB, _ persona) *record { return s.quarantined(t) },
	}
}

// doubtful is a published vacancy of an employer that concerns nobody else.
func (s *service) doubtful(t testing.TB, r *record) *record {
	t.Helper()
	ctx, by := t.Context(), s.persona("referent").actor()
	firm := s.organisation(t, s.persona("referent"), s.persona("guest"))
	v, err := s.core.Vacancies.Create(ctx, by, firm, employer.VacancyFields{
		Title: "Serveuse " + s.fresh("v"), Lang: "fr", Posts: 1, Contract: employer.ContractFixedTerm, WageMin: 90000, WagePeriod: employer.PerMonth, PlaceCode: "BKO", FeeFree: true,
	})
	need(t, err)
	v, err = s.core.Vacancies.Submit(ctx, by, employer.VacancyAct{ID: v.ID, Version: v.Version})
	need(t, err)
	r.put("vacancy", v.ID, v.Version)
	r.put("organisation", firm, 0)
	return r
}

// complain is what the record's person says about its vacancy.
func (s *service) complain(t testing.TB, r *record) {
	t.Helper()
	c, err := s.core.Complaints.Make(t.Context(), r.jobseeker.Actor(), watch.Complain{VacancyID: r.ids["vacancy"], Kind: "money", Words: "On m'a demandé de payer"})
	need(t, err)
	r.put("complaint", c.ID, c.Version)
}

// quarantined is somebody of Bamako who registered without proof of work.
func (s *service) quarantined(t testing.TB) *record {
	t.Helper()
	ctx, r := t.Context(), s.draft(t)
	receipt, err := s.core.Jobseekers.Register(ctx, domain.Anonymous(), person.Send{Token: r.words["draft"]})
	need(t, err)
	reg, err := s.core.Registrations.Of(ctx, s.persona("referent").actor(), receipt.PersonID)
	need(t, err)
	r.holds = ""
	r.put("person", receipt.PersonID, 1)
	r.put("registration", reg.ID, reg.Version)
	r.jobseeker, err = s.core.Accounts.OfPerson(ctx, receipt.PersonID)
	need(t, err)
	return r
}

func watchRecipes() map[string]recipe {
	complaint := recipe{of: "decided complaint", id: "complaint"}
	decide := says(object{"founded": false, "reason": "Rien de tel"})
	views := recipe{of: "organisation", id: "organisation"}
	more := views
	more.body = func(*service, *record, persona) object {
		return object{"daily": 200, "until": domain.DateOf(time.Now()).AddDays(30).String(), "reason": "Grand chantier"}
	}
	return map[string]recipe{
		"POST /vacancies/{id}/complaints":           {of: "doubtful", id: "vacancy", body: says(object{"kind": "money", "words": "On demande de payer"})},
		"GET /complaints":                           {of: "decided complaint", mark: "complaint"},
		"GET /complaints/{id}":                      complaint,
		"GET /complaints/{id}/history":              complaint,
		"POST /complaints/{id}/decide":              {of: "complaint", id: "complaint", body: decide},
		"POST /complaints/{id}/decide [decided]":    {of: "decided complaint", id: "complaint", body: decide},
		"GET /organisations/{id}/views":             views,
		"POST /organisations/{id}/views/note":       views,
		"POST /organisations/{id}/views/allowances": more,
		"GET /challenges/{purpose}":                 {of: "nothing", with: map[string]string{"purpose": "register"}},
		"POST /jobseekers/{id}/registration/clear":  {of: "quarantined", id: "person", base: "registration", body: says(object{})},
	}
}

func watchPages() map[string]recipe {
	money := types("kind", "money", "words", "On demande de payer")
	return map[string]recipe{
		"POST /me/vacancies/{id}/complaint":          {of: "doubtful", id: "vacancy", body: money},
		"POST /counsellor/vacancies/{id}/complaint":  {of: "doubtful", id: "vacancy", body: money},
		"GET /counsellor/complaints":                 {of: "decided complaint", mark: "complaint"},
		"GET /counsellor/complaints/{id}":            {of: "decided complaint", id: "complaint"},
		"POST /counsellor/complaints/{id}/decide":    {of: "complaint", id: "complaint", page: "/counsellor/complaints/{id}", body: types("decision", watch.Dismiss, "reason", "Rien de tel")},
		"POST /counsellor/employers/{id}/views/note": {of: "organisation", id: "organisation", blank: true},
		"POST /counsellor/employers/{id}/views": {of: "organisation", id: "organisation",
			body: types(append(on("until", domain.DateOf(time.Now()).AddDays(30)), "daily", "200", "reason", "Grand chantier")...)},
		"GET /counsellor/intake/to-check":    {of: "quarantined", mark: "person"},
		"POST /counsellor/intake/{id}/clear": {of: "quarantined", id: "person", blank: true, body: versioned("registration")},
	}
}
