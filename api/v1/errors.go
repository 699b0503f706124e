package v1

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
)

// installHooks makes huma answer with the edge's problems, and arrays be arrays
// instead of null. The hooks are variables of the library, shared by every API
// of the process, so they are set once and find the edge in the request.
var installHooks = sync.OnceFunc(func() {
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, _ string, _ ...error) huma.StatusError {
		return &edge.Problem{Type: "urn:baara:problem:internal", Status: status}
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		p := problem(ctx.Context(), status, errs)
		for name, values := range p.GetHeaders() { // the library looks for headers on the handler's own error alone
			ctx.SetHeader(name, values[0])
		}
		return p
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
	if nowhere(errs) {
		status = http.StatusNotFound
	}
	p := e.StatusProblem(ctx, status)
	if status == http.StatusNotFound {
		return p
	}
	l := edge.LocalizerFrom(ctx)
	for _, err := range errs {
		var detail huma.ErrorDetailer
		if !errors.As(err, &detail) {
			continue
		}
		field, key, args := misplaced(detail.ErrorDetail())
		p.Errors = append(p.Errors, edge.ProblemField{Field: field, Code: key, Message: l.T(key, args...)})
	}
	return p
}

// nowhere reports whether a part of the address cannot be one: such a record
// does not exist.
func nowhere(errs []error) bool {
	return slices.ContainsFunc(errs, func(err error) bool {
		var detail huma.ErrorDetailer
		return errors.As(err, &detail) && strings.HasPrefix(detail.ErrorDetail().Location, "path.")
	})
}

// misplaced names the input of a validation error without repeating anything that
// was sent: the library's messages and values are dropped, and so is the name
// of a property nobody asked for.
func misplaced(d *huma.ErrorDetail) (field, key string, args []any) {
	field = strings.TrimPrefix(strings.TrimPrefix(d.Location, "body"), ".")
	for _, prefix := range []string{"query.", "header."} {
		field = strings.TrimPrefix(field, prefix)
	}
	field = strings.NewReplacer("[", ".", "]", "").Replace(field)
	switch message := d.Message; {
	case message == "unknown query parameter":
		return "query", "error.unexpected", nil
	case message == "unexpected property":
		parent, _, found := cutLast(field, ".")
		if !found {
			parent = "body"
		}
		return parent, "error.unexpected", nil
	case strings.HasPrefix(message, "expected required property "):
		name, _, _ := strings.Cut(strings.TrimPrefix(message, "expected required property "), " ")
		return strings.TrimPrefix(field+"."+name, "."), "error.required", nil
	case field == "":
		return "body", "error.value", nil
	case message == "expected length >= 1", strings.HasPrefix(message, "required "):
		return field, "error.required", nil
	case strings.HasPrefix(message, "expected length <= "):
		most, _ := strconv.Atoi(strings.TrimPrefix(message, "expected length <= "))
		return field, "error.too_long", []any{"Max", most}
	case strings.HasPrefix(message, "expected value to be one of"):
		return field, "error.choice", nil
	}
	return field, "error.value", nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
