package wire_test

import (
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

// What goes on between agencies: transfers, and openings in an emergency.

// between makes records of it by kind. Kayes is the other agency: "elsewhere"
// asks and opens, and its lead answers for that.
func between() map[string]func(*service, testing.TB, persona) *record {
	return map[string]func(*service, testing.TB, persona) *record{
		"asked transfer": func(s *service, t testing.TB, _ persona) *record { return s.asked(t) },
		"asked while away": func(s *service, t testing.TB, _ persona) *record {
			return s.askedBy(t, s.away(t, s.file(t), "elsewhere"), s.persona("former"))
		},
		"asked while lead away": func(s *service, t testing.TB, _ persona) *record {
			return s.askedBy(t, s.away(t, s.file(t), "lead-elsewhere"), s.persona("former"))
		},
		"offered transfer": func(s *service, t testing.TB, _ persona) *record { return s.offered(t, s.file(t), "referent", s.kayes) },
		"away transfer": func(s *service, t testing.TB, _ persona) *record {
			return s.offered(t, s.away(t, s.file(t), "lead-elsewhere"), "lead-elsewhere", s.segou)
		},
		"accepted transfer": func(s *service, t testing.TB, _ persona) *record {
			r := s.asked(t)
			done, err := s.core.Transfers.Accept(t.Context(), s.persona("referent").actor(), casework.AnswerTransfer{
				ID: r.ids["transfer"], Version: r.versions["transfer"]})
			need(t, err)
			r.put("transfer", done.ID, done.Version)
			return r
		},
		"opened":           func(s *service, t testing.TB, _ persona) *record { return s.opened(t, "elsewhere") },
		"opened by a lead": func(s *service, t testing.TB, _ persona) *record { return s.opened(t, "lead-elsewhere") },
		"unopened": func(s *service, t testing.TB, p persona) *record { // for who said who they are a moment ago
			s.renew(p)
			s.unspent(t)
			return s.file(t)
		},
		"own proof": func(s *service, t testing.TB, p persona) *record {
			s.renew(p)
			return newRecord()
		},
		"own old proof": func(s *service, t testing.TB, p persona) *record { // said so too long ago
			r := s.own(t, p)
			if r.as.ID != "" {
				_, r.cookie = s.sessionOf(t, map[string]any{"user_id": string(r.as.ID), "device": "", "stepped": time.Now().Add(-time.Hour).Unix()}, r.as.ID)
			}
			return r
		},
	}
}

// emergency is a reason that is long enough.
const emergency = "Sa sœur la cherche depuis trois jours"

// asked is somebody whom Kayes asks Bamako for.
func (s *service) asked(t testing.TB) *record {
	t.Helper()
	return s.askedBy(t, s.file(t), s.persona("elsewhere"))
}

func (s *service) askedBy(t testing.TB, r *record, by persona) *record {
	t.Helper()
	s.unspent(t)
	made, err := s.core.Transfers.Ask(t.Context(), by.actor(), casework.AskTransfer{Hint: s.hint(r, by), Reason: "Elle habite ici"})
	need(t, err)
	r.put("transfer", made.ID, made.Version)
	return r
}

// offered is somebody whom a persona offers to another agency.
func (s *service) offered(t testing.TB, r *record, by string, to domain.ID) *record {
	t.Helper()
	made, err := s.core.Transfers.Offer(t.Context(), s.persona(by).actor(), casework.OfferTransfer{
		PersonID: r.ids["person"], AgencyID: to, Reason: "Elle déménage"})
	need(t, err)
	r.put("transfer", made.ID, made.Version)
	return r
}

// opened is somebody whose file one of Kayes opened.
func (s *service) opened(t testing.TB, who string) *record {
	t.Helper()
	r, by := s.file(t), s.persona(who)
	s.unspent(t)
	made, err := s.core.Emergencies.Open(t.Context(), by.actor(), casework.OpenFile{Hint: s.hint(r, by), Kind: "danger", Reason: emergency})
	need(t, err)
	r.put("emergency", made.ID, made.Version)
	return r
}

// hint names the record's person to a persona, as the name register would.
func (s *service) hint(r *record, p persona) string {
	account := p.user.ID
	if p.role == domain.RoleJobseeker && account == "" {
		account = r.jobseeker.ID
	}
	return s.hints.Give(r.ids["person"], account, time.Now().Add(time.Hour))
}

// unspent begins the day's numbers anew, which the records alone would use up.
func (s *service) unspent(t testing.TB) {
	t.Helper()
	s.exec(t, `DELETE FROM budgets`)
}

func betweenRecipes() map[string]recipe {
	none, reason := says(object{}), says(object{"reason": "Déjà suivie ici"})
	hinted := func(more object) func(*service, *record, persona) object {
		return func(s *service, r *record, p persona) object {
			out := object{"hint": s.hint(r, p)}
			for name, value := range more {
				out[name] = value
			}
			return out
		}
	}
	opening := hinted(object{"kind": "danger", "reason": emergency})
	out := map[string]recipe{
		"POST /jobseekers/{id}/transfers": {of: "file", id: "person", body: func(s *service, _ *record, _ persona) object {
			return object{"agency_id": s.kayes, "reason": "Elle déménage"}
		}},
		"POST /transfers":                      {of: "file", body: hinted(object{"reason": "Elle habite ici"})},
		"GET /transfers":                       {of: "asked transfer", mark: "transfer"},
		"GET /transfers [offered]":             {of: "offered transfer", mark: "transfer"},
		"GET /transfers/{id}/history":          {of: "asked transfer", id: "transfer"},
		"GET /transfers/{id} [accepted]":       {of: "accepted transfer", id: "transfer"},
		"GET /jobseekers/{id} [accepted]":      {of: "accepted transfer", id: "person"},
		"GET /cases/{id} [accepted]":           {of: "accepted transfer", id: "case"},
		"GET /emergencies":                     {of: "opened", mark: "emergency"},
		"GET /emergencies/{id}":                {of: "opened", id: "emergency"},
		"POST /emergencies":                    {of: "unopened", body: opening},
		"POST /emergencies [no fresh proof]":   {of: "own old proof", body: says(object{"hint": "x", "kind": "danger", "reason": emergency})},
		"POST /emergencies/{id}/end":           {of: "opened", id: "emergency", body: none},
		"POST /emergencies/{id}/seen":          {of: "opened", id: "emergency"},
		"GET /cases/{id}/notes [opened]":       {of: "opened", id: "case", mark: "file note"},
		"GET /cases/{id} [opened]":             {of: "opened", id: "case"},
		"GET /cases/{id}/plan [opened]":        {of: "opened", id: "case"},
		"POST /cases/{id}/notes [opened]":      {of: "opened", id: "case", body: says(object{"body": "Vue ce matin", "visibility": "file"})},
		"POST /cases/{id}/move [opened]":       {of: "opened", id: "case", body: says(object{"transition": "plan"})},
		"PUT /jobseekers/{id}/wishes [opened]": {of: "opened", id: "person", body: says(object{"wishes": []object{{"words": "maçonne"}}})},

		"GET /cases/{id} [opened by a lead]":         {of: "opened by a lead", id: "case"},
		"GET /cases/{id}/notes [opened by a lead]":   {of: "opened by a lead", id: "case", mark: "file note"},
		"GET /cases/{id}/notes [opened, the team's]": {of: "opened", id: "case", mark: "team note"},
	}
	for _, part := range []string{"", "/registration", "/migration"} {
		out["GET /jobseekers/{id}"+part+" [opened]"] = recipe{of: "opened", id: "person"}
		out["GET /jobseekers/{id}"+part+" [opened by a lead]"] = recipe{of: "opened by a lead", id: "person"}
	}
	out["POST /transfers/{id}/withdraw [offered by a lead away]"] = recipe{of: "away transfer", id: "transfer", body: none}
	for state, suffix := range map[string]string{"asked transfer": "", "offered transfer": " [offered]", "asked while away": " [asked while away]", "asked while lead away": " [asked while lead away]"} {
		one := recipe{of: state, id: "transfer"}
		out["GET /transfers/{id}"+suffix] = one
		for act, body := range map[string]func(*service, *record, persona) object{"accept": none, "withdraw": none, "decline": reason} {
			one.body = body
			out["POST /transfers/{id}/"+act+suffix] = one
		}
	}
	return out
}

func betweenPages() map[string]recipe {
	transfer := func(pairs ...string) recipe {
		return recipe{of: "asked transfer", id: "transfer", blank: true, body: versioned("transfer", pairs...)}
	}
	hinted := func(pairs ...string) func(*service, *record, persona) object {
		return func(s *service, r *record, p persona) object {
			out := types(pairs...)(s, r, p)
			typed := object{"hint": s.hint(r, p)}
			for name, value := range out {
				typed[name] = value
			}
			return typed
		}
	}
	return map[string]recipe{
		"POST /counsellor/people/{id}/transfer": {of: "file", id: "person", body: func(s *service, _ *record, _ persona) object {
			return object{"agency": s.kayes, "reason": "Elle déménage"}
		}},
		"GET /counsellor/transfers":                         {of: "asked transfer", mark: "transfer"},
		"GET /counsellor/transfers/ask":                     {of: "nothing", query: "hint=x"},
		"POST /counsellor/transfers/ask":                    {of: "file", blank: true, body: hinted("reason", "Elle habite ici")},
		"GET /counsellor/transfers/{id}":                    {of: "asked transfer", id: "transfer"},
		"POST /counsellor/transfers/{id}/accept":            transfer(),
		"POST /counsellor/transfers/{id}/decline":           transfer("reason", "Déjà suivie ici"),
		"POST /counsellor/transfers/{id}/withdraw":          transfer(),
		"GET /counsellor/emergencies":                       {of: "opened", mark: "emergency"},
		"GET /counsellor/emergencies/open":                  {of: "own proof", query: "hint=x"},
		"GET /counsellor/emergencies/open [no fresh proof]": {of: "own old proof", query: "hint=x"},
		"POST /counsellor/emergencies/open":                 {of: "unopened", blank: true, body: hinted("kind", "danger", "reason", emergency)},
		"POST /counsellor/emergencies/{id}/end":             {of: "opened", id: "emergency", blank: true, body: versioned("emergency")},
		"POST /counsellor/emergencies/{id}/seen":            {of: "opened", id: "emergency", blank: true, body: versioned("emergency")},
		"GET /counsellor/people/{id} [opened]":              {of: "opened", id: "person"},
		"GET /counsellor/cases/{id} [opened]":               {of: "opened", id: "case"},
		"POST /counsellor/cases/{id}/notes [opened]":        {of: "opened", id: "case", page: "/counsellor/cases/{id}", body: types("body", "Vue ce matin", "visibility", "file", "contact", "none")},
	}
}
