package wire_test

import (
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
)

// requested makes records of what people ask about their data: of their agency
// and, where it removes a record, of a person whose record may go.
func requested() map[string]func(*service, testing.TB, persona) *record {
	return map[string]func(*service, testing.TB, persona) *record{
		"request": func(s *service, t testing.TB, _ persona) *record {
			r := s.file(t)
			return s.ask(t, r, r.jobseeker.Actor(), rights.Ask{Kind: rights.Access, Words: "Tout"})
		},
		"erasure": func(s *service, t testing.TB, _ persona) *record {
			r := s.accepted(t)
			return s.ask(t, r, s.persona("referent").actor(), rights.Ask{PersonID: r.ids["person"], Kind: rights.Erasure, Words: "Plus rien"})
		},
		"agreement": func(s *service, t testing.TB, _ persona) *record {
			made, err := s.core.Registers.Record(t.Context(), s.persona("data-protection").actor(), rights.Agreement{
				Recipient: s.fresh("ONG"), Country: "SEN", Purpose: "Retour", Data: "Noms", Authorisation: "APDP-0", Since: domain.Date{Year: 2026, Month: 11, Day: 1},
			})
			need(t, err)
			r := newRecord()
			r.put("agreement", made.ID, 1)
			return r
		},
	}
}

func (s *service) ask(t testing.TB, r *record, by domain.Actor, what rights.Ask) *record {
	t.Helper()
	made, err := s.core.Requests.Make(t.Context(), by, what)
	need(t, err)
	r.put("rights_request", made.ID, made.Version)
	return r
}

func rightsRecipes() map[string]recipe {
	request := recipe{of: "request", id: "rights_request"}
	decide := request
	decide.body = says(object{"act": rights.Take})
	back := request
	back.body = says(object{"act": rights.Withdraw})
	return map[string]recipe{
		"GET /jobseekers/{id}/seen":             {of: "file", id: "person"},
		"POST /jobseekers/{id}/rights-requests": {of: "file", id: "person", body: says(object{"kind": "access", "words": "Tout"})},
		"GET /rights-requests":                  {of: "request", mark: "rights_request"},
		"GET /rights-requests/{id}":             request,
		"POST /rights-requests/{id}/decide":     decide,
		"GET /agreements":                       {of: "nothing"},
		"POST /agreements":                      {of: "nothing", body: says(object{"recipient": "ONG Demo", "country": "SEN", "purpose": "Retour", "data": "Noms", "authorisation": "APDP-0", "since": "2026-11-01"})},
		"GET /agreements/{id}":                  {of: "agreement", id: "agreement"},
		"DELETE /agreements/{id}":               {of: "agreement", id: "agreement"},

		"POST /rights-requests/{id}/decide [take back]": back,
	}
}

func rightsPages() map[string]recipe {
	ask := types("kind", "access", "words", "Tout")
	return map[string]recipe{
		"POST /me/rights":                     {of: "own file", body: ask},
		"POST /me/copy":                       {of: "own file", body: types("format", "json")},
		"POST /counsellor/people/{id}/rights": {of: "file", id: "person", body: ask},
		"POST /counsellor/people/{id}/copy":   {of: "file", id: "person", body: types("format", "json")},
		"GET /requests":                       {of: "request", mark: "rights_request"},
		"GET /requests/{id}":                  {of: "request", id: "rights_request"},
		"POST /requests/{id}":                 {of: "request", id: "rights_request", body: types("decision", rights.Take)},
		"POST /requests/{id} [erase]": {of: "erasure", id: "rights_request", blank: true, body: func(_ *service, r *record, _ persona) object {
			return object{"act": rights.Confirm, "reference": r.words["reference"], "version": r.versions["rights_request"]}
		}},
		"POST /protection/retention": {of: "nothing", blank: true, body: types("act", "apply")},
		"POST /protection/retention [hold]": {of: "person", blank: true, body: func(_ *service, r *record, _ persona) object {
			return object{"act": "hold", "person": r.words["reference"], "reason": "Procès en cours"}
		}},
		"POST /protection/transfers": {of: "nothing", body: types("recipient", "ONG Demo", "country", "SEN", "purpose", "Retour", "data", "Noms",
			"authorisation", "APDP-0", "since-day", "1", "since-month", "11", "since-year", "2026")},
	}
}
