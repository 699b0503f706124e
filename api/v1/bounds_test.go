package v1_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/v1"
)

// Whatever may be sent has a bound: every list says how many, every parameter
// of an address how long.
func TestEveryInputIsBounded(t *testing.T) {
	doc := v1.Describe()
	var lists func(where string, s *huma.Schema, seen map[string]bool)
	lists = func(where string, s *huma.Schema, seen map[string]bool) {
		if s == nil || seen[s.Ref] {
			return
		}
		if s.Ref != "" {
			seen[s.Ref] = true
			lists(where, doc.Components.Schemas.SchemaFromRef(s.Ref), seen)
			return
		}
		if s.Type == huma.TypeArray {
			if s.MaxItems == nil {
				t.Errorf("%s: a list without an end", where)
			}
			lists(where+"[]", s.Items, seen)
		}
		for name, p := range s.Properties {
			lists(where+"."+name, p, seen)
		}
	}
	for path, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			for _, p := range op.Parameters {
				lists(op.OperationID+" ?"+p.Name, p.Schema, map[string]bool{})
				bounded := p.Schema.MaxLength != nil || p.Schema.Enum != nil || p.Schema.Format != ""
				if p.Schema.Type == huma.TypeString && !bounded {
					t.Errorf("%s %s: %s has no length", op.Method, path, p.Name)
				}
			}
			if op.RequestBody == nil {
				continue
			}
			for _, media := range op.RequestBody.Content {
				lists(op.OperationID, media.Schema, map[string]bool{})
			}
		}
	}
}

// deep is a body in which n brackets stand inside each other.
func deep(n int, bracket, end string) string {
	return strings.Repeat(bracket, n) + strings.Repeat(end, n)
}

// What is nested beyond reason is not read; brackets in words are words.
func depths(t *testing.T, w *world) {
	for name, c := range map[string]struct {
		body   string
		status int
		kind   string
	}{
		"lists":             {deep(100_000, "[", "]"), http.StatusBadRequest, "malformed"},
		"objects":           {deep(33, `{"given":`, "}"), http.StatusBadRequest, "malformed"},
		"a list that stays": {deep(33, "[", ""), http.StatusBadRequest, "malformed"},
		"as deep as may be": {`{"given":` + deep(31, "[", "]") + "}", http.StatusUnprocessableEntity, "invalid"},
		"brackets in words": {`{"given":"` + strings.Repeat(`[\"{`, 20) + `","birth":{"precision":"never"}}`, http.StatusUnprocessableEntity, "invalid"},
	} {
		t.Run(name, func(t *testing.T) { w.awa.post(t, "/jobseekers", c.body).problem(t, c.status, c.kind) })
	}
	w.visitor.get(t, "/vacancies/search?contract="+strings.Repeat("permanent,", 300)).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "contract", "error.value")
	w.visitor.get(t, "/vacancies/search?words="+strings.Repeat("a", 4000)).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "words", "error.too_long")
	w.visitor.get(t, "/vacancies/search?region="+strings.Repeat("BKO,", 300)).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "region", "error.value")
}
