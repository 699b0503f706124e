package wire_test

import (
	"testing"

	"github.com/baara-platform/baara/domain/person"
)

// Two files of one person at Bamako: "person" and "other", apart or merged.

func twofold() map[string]func(*service, testing.TB, persona) *record {
	return map[string]func(*service, testing.TB, persona) *record{
		"two files": func(s *service, t testing.TB, _ persona) *record { return s.twoFiles(t) },
		"merged": func(s *service, t testing.TB, _ persona) *record {
			r := s.twoFiles(t)
			made, err := s.core.Merges.Make(t.Context(), s.persona("lead").actor(), person.MakeMerge{
				SurvivorID: r.ids["person"], AbsorbedID: r.ids["other"], SurvivorVersion: s.version(t, r, "person"), AbsorbedVersion: s.version(t, r, "other"), Reason: "La même",
			})
			need(t, err)
			r.put("merge", made.ID, made.Version)
			return r
		},
	}
}

func (s *service) twoFiles(t testing.TB) *record {
	t.Helper()
	r := s.file(t)
	other := s.somebody(t, s.persona("referent").actor())
	r.put("other", other.ids["person"], other.versions["person"])
	r.words["other"] = other.words["reference"]
	return r
}

func (s *service) version(t testing.TB, r *record, kind string) int {
	t.Helper()
	p, err := s.core.Jobseekers.Get(t.Context(), s.persona("lead").actor(), r.ids[kind])
	need(t, err)
	return p.Version
}

func mergePages() map[string]recipe {
	pair := map[string]string{"other": "other"}
	return map[string]recipe{
		"GET /counsellor/duplicates":                           {of: "nothing"},
		"POST /counsellor/people/{id}/duplicates":              {of: "two files", id: "person", blank: true, body: func(_ *service, r *record, _ persona) object { return object{"reference": r.words["other"]} }},
		"GET /counsellor/people/{id}/merge/{other}":            {of: "two files", id: "person", with: pair},
		"POST /counsellor/people/{id}/merge/{other}":           {of: "two files", id: "person", with: pair, body: types("reason", "La même")},
		"POST /counsellor/people/{id}/apart/{other}":           {of: "two files", id: "person", with: pair, blank: true},
		"GET /counsellor/merges/{id}":                          {of: "merged", id: "merge"},
		"POST /counsellor/merges/{id}/undo":                    {of: "merged", id: "merge", blank: true, body: versioned("merge")},
		"GET /counsellor/people/{id} [absorbed]":               {of: "merged", id: "other"},
		"POST /counsellor/people/{id}/registration [absorbed]": {of: "merged", id: "other", blank: true, body: types("change", "reopen", "version", "1")},
	}
}
