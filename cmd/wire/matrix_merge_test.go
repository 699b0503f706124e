package wire_test

import (
	"encoding/base64"
	"testing"

	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/person"
)

// Two files of one person at Bamako: "person" and "other", apart or merged.

func twofold() map[string]func(*service, testing.TB, persona) *record {
	return map[string]func(*service, testing.TB, persona) *record{
		"two files": func(s *service, t testing.TB, _ persona) *record { return s.twoFiles(t) },
		"paper":     func(s *service, t testing.TB, p persona) *record { return s.paper(t, s.file(t), p) },
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

// paper adds a document to somebody's file.
func (s *service) paper(t testing.TB, r *record, _ persona) *record {
	t.Helper()
	d, err := s.core.Documents.Add(t.Context(), s.persona("referent").actor(), document.AddDocument{
		PersonID: r.ids["person"], Kind: "diploma", Body: pdf,
	})
	need(t, err)
	s.unspent(t)
	r.put("document", d.ID, 1)
	return r
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

// mergeRecipes are those of the API.
func mergeRecipes() map[string]recipe {
	pair := map[string]string{"other": "other"}
	paper := recipe{of: "paper", id: "person", with: map[string]string{"document": "document"}}
	return map[string]recipe{
		"GET /jobseekers/{id}/documents":               {of: "paper", id: "person", mark: "document"},
		"POST /jobseekers/{id}/documents":              {of: "file", id: "person", body: says(object{"kind": "diploma", "file": base64.StdEncoding.EncodeToString(pdf)})},
		"GET /jobseekers/{id}/documents/{document}":    paper,
		"DELETE /jobseekers/{id}/documents/{document}": paper,
		"GET /duplicates":                              {of: "nothing"},
		"GET /jobseekers/{id}/duplicates":              {of: "two files", id: "person"},
		"GET /jobseekers/{id}/compare/{other}":         {of: "two files", id: "person", with: pair},
		"POST /jobseekers/{id}/apart/{other}":          {of: "two files", id: "person", with: pair},
		"POST /merges": {of: "two files", body: func(_ *service, r *record, _ persona) object {
			return object{
				"survivor_id": r.ids["person"], "absorbed_id": r.ids["other"], "survivor_version": r.versions["person"], "absorbed_version": r.versions["other"], "reason": "La même",
			}
		}},
		"GET /merges/{id}":             {of: "merged", id: "merge"},
		"POST /merges/{id}/undo":       {of: "merged", id: "merge"},
		"POST /jobseekers/{id}/copies": {of: "file", id: "person"},
	}
}

var pdf = []byte("%PDF-1.4\nstartxref\n0\n%%EOF\n")

func mergePages() map[string]recipe {
	pair := map[string]string{"other": "other"}
	paper := map[string]string{"document": "document"}
	return map[string]recipe{
		"GET /me/documents/{document}":                             {of: "paper", id: "document", with: paper},
		"POST /me/documents/{document}/remove":                     {of: "paper", id: "document", with: paper, blank: true},
		"POST /counsellor/people/{id}/documents":                   {of: "file", id: "person", blank: true, body: types("kind", "diploma")},
		"GET /counsellor/people/{id}/documents/{document}":         {of: "paper", id: "person", with: paper},
		"POST /counsellor/people/{id}/documents/{document}/remove": {of: "paper", id: "person", with: paper, blank: true},
		"POST /me/documents":                                       {of: "own file", blank: true, body: types("kind", "diploma")},
		"GET /counsellor/duplicates":                               {of: "nothing"},
		"POST /counsellor/people/{id}/duplicates":                  {of: "two files", id: "person", blank: true, body: func(_ *service, r *record, _ persona) object { return object{"reference": r.words["other"]} }},
		"GET /counsellor/people/{id}/merge/{other}":                {of: "two files", id: "person", with: pair},
		"POST /counsellor/people/{id}/merge/{other}":               {of: "two files", id: "person", with: pair, body: types("reason", "La même")},
		"POST /counsellor/people/{id}/apart/{other}":               {of: "two files", id: "person", with: pair, blank: true},
		"GET /counsellor/merges/{id}":                              {of: "merged", id: "merge"},
		"POST /counsellor/merges/{id}/undo":                        {of: "merged", id: "merge", blank: true, body: versioned("merge")},
		"GET /counsellor/people/{id} [absorbed]":                   {of: "merged", id: "other"},
		"POST /counsellor/people/{id}/registration [absorbed]":     {of: "merged", id: "other", blank: true, body: types("change", "reopen", "version", "1")},
	}
}
