package v1_test

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

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
}

type operation struct {
	*huma.Operation
	pattern *regexp.Regexp
}

var parameter = regexp.MustCompile(`\\\{[a-z]+\\\}`)

func newTally(doc *huma.OpenAPI) *tally {
	out := &tally{doc: doc, succeeded: map[string]int{}}
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
func (y *tally) check(t *testing.T, method, path string, a answer) {
	t.Helper()
	op, known := y.find(method, path)
	if !known {
		return
	}
	told := op.Responses[strconv.Itoa(a.code)]
	if told == nil {
		t.Errorf("%s: status %d is not in the document", op.OperationID, a.code)
		return
	}
	if a.code >= http.StatusBadRequest {
		return
	}
	y.mu.Lock()
	y.succeeded[op.OperationID]++
	y.mu.Unlock()
	media := told.Content["application/json"]
	if media == nil || a.json == nil {
		return
	}
	res := &huma.ValidateResult{}
	huma.Validate(y.doc.Components.Schemas, media.Schema, huma.NewPathBuffer([]byte{}, 0), huma.ModeReadFromServer, a.json, res)
	for _, err := range res.Errors {
		t.Errorf("%s: the answer is not what the document says: %v", op.OperationID, err)
	}
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
