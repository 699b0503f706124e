package v1_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/v1"
	"github.com/baara-platform/baara/domain"
)

// fieldFile says who may get which field of which answer. People write it, and
// read it when they change what an answer holds.
const fieldFile = "testdata/fields.txt"

// readers are who reads, in the order of the file.
var readers = []string{"visitor", "jobseeker", "employer", "counsellor", "lead", "analyst", "administrator", "data_protection"}

// together are words of the file for several readers.
var together = strings.NewReplacer("everybody", strings.Join(readers, " "), "accounts", strings.Join(readers[1:], " "), "staff", "counsellor lead")

// fields are what the file lists: readers by "Type.field".
func fields(t *testing.T) map[string][]string {
	t.Helper()
	f, err := os.Open(fieldFile)
	must(t, err)
	defer f.Close()
	out, kind := map[string][]string{}, ""
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			kind = strings.Trim(line, "[]")
		default:
			who, names, ok := strings.Cut(line, ":")
			if !ok || kind == "" {
				t.Fatalf("%s:%d: neither a type nor readers and fields", fieldFile, n)
			}
			for _, name := range strings.Fields(names) {
				if _, twice := out[kind+"."+name]; twice {
					t.Errorf("%s:%d: %s.%s is listed twice", fieldFile, n, kind, name)
				}
				out[kind+"."+name] = strings.Fields(together.Replace(who))
				for _, reader := range out[kind+"."+name] {
					if !slices.Contains(readers, reader) {
						t.Errorf("%s:%d: nobody is a %q", fieldFile, n, reader)
					}
				}
			}
		}
	}
	must(t, lines.Err())
	return out
}

// answered gives the fields of every type that an answer can hold, as the
// document has it.
func answered(doc *huma.OpenAPI) map[string]bool {
	out, seen := map[string]bool{}, map[string]bool{}
	var walk func(*huma.Schema, string)
	walk = func(s *huma.Schema, name string) {
		if s == nil {
			return
		}
		if s.Ref != "" {
			name = s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
			if !seen[name] {
				seen[name] = true
				walk(doc.Components.Schemas.SchemaFromRef(s.Ref), name)
			}
			return
		}
		for _, one := range s.OneOf {
			walk(one, "")
		}
		walk(s.Items, "")
		for member, of := range s.Properties {
			if name != "" && !wrapper(name) {
				out[name+"."+member] = true
			}
			walk(of, "")
		}
	}
	for _, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			for status, told := range op.Responses {
				for _, media := range told.Content {
					if status < "300" {
						walk(media.Schema, "")
					}
				}
			}
		}
	}
	return out
}

// wrapper is a type that only holds a page of others.
func wrapper(name string) bool {
	return strings.HasPrefix(name, "PageOf") || strings.HasPrefix(name, "FoundOf")
}

// observer remembers who got which field.
type observer struct {
	mu  sync.Mutex
	got map[string]map[string]string // example by "Type.field" and reader
}

func (o *observer) see(y *tally, op operation, by caller, a answer) {
	reader := string(by.user.Role)
	switch {
	case strings.HasPrefix(op.OperationID, "sign-in"), op.OperationID == "accept-invitation":
		reader = a.text("role") // whoever it was is that account from now on
	case reader == "" && by.token+by.cookie != "":
		return // somebody, but the test does not say who
	case reader == "":
		reader = "visitor"
	}
	if a.code >= 300 || a.json == nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	p := &pool{doc: y.doc}
	var walk func(*huma.Schema, any)
	walk = func(schema *huma.Schema, value any) {
		schema, name := p.resolve(schema, value)
		switch v := value.(type) {
		case object:
			for member, inside := range v {
				if name != "" && !wrapper(name) {
					field := name + "." + member
					if o.got[field] == nil {
						o.got[field] = map[string]string{}
					}
					o.got[field][reader] = a.asked
				}
				if schema != nil {
					walk(schema.Properties[member], inside)
				}
			}
		case []any:
			for _, inside := range v {
				if schema != nil {
					walk(schema.Items, inside)
				}
			}
		}
	}
	walk(y.schema(op, a), a.json)
}

// observed compares what was seen with the file.
func (o *observer) observed(t *testing.T) {
	t.Helper()
	may := fields(t)
	for _, field := range sortedKeys(o.got) {
		for _, reader := range sortedKeys(o.got[field]) {
			if !slices.Contains(may[field], reader) {
				t.Errorf("%s reaches the %s, who is not listed: %s", field, reader, o.got[field][reader])
			}
		}
	}
}

// TestFieldsAreListed compares the file with the document: every field of every
// answer is in it, and nothing else.
func TestFieldsAreListed(t *testing.T) {
	listed, known := fields(t), answered(v1.Describe())
	for _, field := range sortedKeys(known) {
		if listed[field] == nil {
			t.Errorf("%s: who may get it is not said in %s", field, fieldFile)
		}
	}
	for _, field := range sortedKeys(listed) {
		if !known[field] {
			t.Errorf("%s: %s lists what no answer has", field, fieldFile)
		}
	}
}

// protectedFields are names of what no employer and nobody outside the service
// may have a field for.
var protectedFields = []string{
	"sex", "birth", "birth_country", "nationalities", "nina", "father", "mother", "aliases", "guardian", "guardian_phone", "groups", "worked_abroad", "episodes",
	"displacements", "origin_place", "origin_detail", "cause", "barriers", "accommodation", "body", "visibility", "note", "notes", "witness", "residence", "helper_name",
	"return_mode", "programme", "months_abroad", "person_id", "reading", "migration",
}

// TestNobodyOutsideHasAFieldForIt looks at every type that the file gives to
// employers or visitors, whatever a test has seen.
func TestNobodyOutsideHasAFieldForIt(t *testing.T) {
	outside := map[string]bool{}
	for field, who := range fields(t) {
		if slices.Contains(who, string(domain.RoleEmployer)) || slices.Contains(who, "visitor") {
			outside[field] = true
		}
	}
	if len(outside) < 100 {
		t.Fatalf("only %d fields reach anybody outside", len(outside))
	}
	for _, field := range sortedKeys(outside) {
		kind, name, _ := strings.Cut(field, ".")
		if slices.Contains(protectedFields, name) {
			t.Errorf("%s: employers or visitors have a field for %s", kind, name)
		}
	}
}
