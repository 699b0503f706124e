package v1_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

// tally watches every call of the tests: which operation it was, whether the
// answer is of the shape that the document promises, and which operations have
// never succeeded.
type tally struct {
	doc        *huma.OpenAPI
	operations []operation
	mu         sync.Mutex
	succeeded  map[string]int
	readers    observer
}

type operation struct {
	*huma.Operation
	pattern *regexp.Regexp
}

var parameter = regexp.MustCompile(`\\\{[a-z]+\\\}`)

func newTally(doc *huma.OpenAPI) *tally {
	out := &tally{doc: doc, succeeded: map[string]int{}, readers: observer{got: map[string]map[string]string{}}}
	for path, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op != nil {
				pattern := parameter.ReplaceAllString(regexp.QuoteMeta(path), `[^/]+`)
				out.operations = append(out.operations, operation{op, regexp.MustCompile("^" + pattern + "$")})
			}
		}
	}
	// "/vacancies/search" is looked at before "/vacancies/{id}".
	slices.SortFunc(out.operations, func(a, b operation) int {
		if d := strings.Count(a.Path, "{") - strings.Count(b.Path, "{"); d != 0 {
			return d
		}
		return strings.Compare(a.OperationID, b.OperationID)
	})
	return out
}

func (y *tally) find(method, path string) (operation, bool) {
	i := slices.IndexFunc(y.operations, func(o operation) bool { return o.Method == method && o.pattern.MatchString(path) })
	if i < 0 {
		return operation{}, false
	}
	return y.operations[i], true
}

// check compares an answer with the document.
func (y *tally) check(t *testing.T, method, path string, by caller, a answer) {
	t.Helper()
	op, known := y.find(method, path)
	if !known {
		return
	}
	for _, wrong := range y.mismatches(op, a) {
		t.Errorf("%s: %s", op.OperationID, wrong)
	}
	y.readers.see(y, op, by, a)
	if a.code < http.StatusBadRequest {
		y.mu.Lock()
		y.succeeded[op.OperationID]++
		y.mu.Unlock()
	}
}

// told is what the document says of an answer; nil is nothing.
func (y *tally) told(op operation, a answer) *huma.Response {
	told := op.Responses[strconv.Itoa(a.code)]
	if told != nil && told.Ref != "" {
		told = y.doc.Components.Responses[told.Ref[strings.LastIndexByte(told.Ref, '/')+1:]]
	}
	return told
}

// schema is the one that an answer promises to be of.
func (y *tally) schema(op operation, a answer) *huma.Schema {
	if told := y.told(op, a); told != nil {
		kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
		if media := told.Content[kind]; media != nil {
			return media.Schema
		}
	}
	return nil
}

// mismatches says what of an answer is not as the document has it: its status,
// content type, headers and shape.
func (y *tally) mismatches(op operation, a answer) (out []string) {
	told := y.told(op, a)
	if told == nil {
		return []string{fmt.Sprintf("status %d is not in the document", a.code)}
	}
	for name := range told.Headers {
		if a.header.Get(name) == "" {
			out = append(out, fmt.Sprintf("status %d has no %s", a.code, name))
		}
	}
	if len(told.Content) == 0 {
		if len(a.body) > 0 {
			out = append(out, fmt.Sprintf("status %d has a body", a.code))
		}
		return out
	}
	schema := y.schema(op, a)
	if schema == nil {
		return append(out, fmt.Sprintf("status %d is of type %q", a.code, a.header.Get("Content-Type")))
	}
	if kind := a.header.Get("Content-Type"); !utf8.Valid(a.body) && (strings.HasPrefix(kind, "text/") || strings.Contains(kind, "json")) {
		return append(out, fmt.Sprintf("status %d is no text", a.code))
	}
	if !strings.Contains(a.header.Get("Content-Type"), "json") {
		return out // a file, which the document says no more of
	}
	if !json.Valid(a.body) {
		return append(out, fmt.Sprintf("status %d is no JSON", a.code))
	}
	res := &huma.ValidateResult{}
	huma.Validate(y.doc.Components.Schemas, schema, huma.NewPathBuffer([]byte{}, 0), huma.ModeReadFromServer, a.json, res)
	for _, err := range res.Errors {
		out = append(out, fmt.Sprintf("status %d is not what the document says: %v", a.code, err))
	}
	return out
}

// missing lists the operations that no test has seen succeed.
func (y *tally) missing() []string {
	var out []string
	for _, op := range y.operations {
		if y.succeeded[op.OperationID] == 0 {
			out = append(out, op.OperationID)
		}
	}
	return out
}
