package v1

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
)

// installErrors makes huma answer with the edge's problems. The hooks are
// variables of the library, shared by every API of the process, so they are
// set once and find the edge in the request.
var installErrors = sync.OnceFunc(func() {
	huma.NewError = func(status int, _ string, _ ...error) huma.StatusError {
		return &edge.Problem{Type: "urn:baara:problem:internal", Status: status}
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		return problem(ctx.Context(), status, errs)
	}
})

func problem(ctx context.Context, status int, errs []error) *edge.Problem {
	e := edge.From(ctx)
	for _, err := range errs {
		if domain.KindOf(err) != "" || status == http.StatusInternalServerError {
			return e.ProblemFor(ctx, err)
		}
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			status = http.StatusRequestEntityTooLarge
		}
	}
	p := e.StatusProblem(ctx, status)
	l := edge.LocalizerFrom(ctx)
	for _, err := range errs {
		var detail huma.ErrorDetailer
		if !errors.As(err, &detail) {
			continue
		}
		field, key := place(detail.ErrorDetail())
		if field == "" {
			continue
		}
		p.Errors = append(p.Errors, edge.ProblemField{Field: field, Code: key, Message: l.T(key)})
	}
	return p
}

// place names the input of a validation error without repeating anything that
// was sent: the library's messages and values are dropped, and so is the name
// of a property nobody asked for.
func place(d *huma.ErrorDetail) (field, key string) {
	field = strings.TrimPrefix(strings.TrimPrefix(d.Location, "body"), ".")
	for _, prefix := range []string{"query.", "path.", "header."} {
		field = strings.TrimPrefix(field, prefix)
	}
	field = strings.NewReplacer("[", ".", "]", "").Replace(field)
	if name, ok := strings.CutPrefix(d.Message, "expected required property "); ok {
		name, _, _ = strings.Cut(name, " ")
		if field != "" {
			name = field + "." + name
		}
		return name, "error.required"
	}
	if d.Message == "unexpected property" {
		parent, _, found := cutLast(field, ".")
		if !found {
			parent = "body"
		}
		return parent, "error.unexpected"
	}
	if field == "" {
		field = "body"
	}
	return field, "error.value"
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
