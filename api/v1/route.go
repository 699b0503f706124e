package v1

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
)

// route describes one operation for the document. Everything but a public one
// says that it needs somebody signed in.
type route struct {
	id, method, path, summary, tag string
	detail                         string
	status                         int  // of success; 0 means 200
	public                         bool // a visitor may call it
	unkeyed                        bool // unsafe, and yet without an Idempotency-Key
	change                         bool // needs If-Match
	versions                       bool // its body says which versions it is based on
	stateful                       bool // a read that the record's state may refuse
	views                          []any
	many                           bool   // the views are items of a list
	placeless                      bool   // what is made has no address of its own
	media                          string // of the answer, where it is not application/json; several with spaces between
	most                           int64  // bytes of the body; 0 means the library's bound
}

// add registers an operation. Where the answer's shape depends on the reader,
// views lists the shapes, one Go type a reader, told apart by their field view.
func add[I, O any](g huma.API, r route, handler func(context.Context, *I) (*O, error)) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	op := huma.Operation{
		OperationID: r.id, Method: r.method, Path: r.path, Summary: r.summary, Description: r.detail, Tags: []string{r.tag},
		DefaultStatus: r.status, Responses: map[string]*huma.Response{}, MaxBodyBytes: r.most,
	}
	problems := []int{http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusUnauthorized, http.StatusInternalServerError,
		http.StatusServiceUnavailable}
	if !r.public {
		op.Middlewares = append(op.Middlewares, signedIn)
		op.Security = []map[string][]string{{"token": {}}, {"session": {}}}
		problems = append(problems, http.StatusForbidden)
	}
	if r.stateful {
		problems = append(problems, http.StatusConflict)
	}
	if unsafe(r.method) {
		problems = append(problems, http.StatusForbidden, http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
		if !r.unkeyed {
			op.Middlewares = append(op.Middlewares, once)
			op.Parameters = append(op.Parameters, &huma.Param{
				Name: onceHeader, In: "header", Required: true,
				Description: "A random key of the client's own: the same key does the act once.",
				Schema:      &huma.Schema{Type: huma.TypeString, MinLength: pointer(8), MaxLength: pointer(128)},
			})
		}
	}
	if r.versions {
		problems = append(problems, http.StatusPreconditionFailed)
	}
	if r.change {
		op.Middlewares = append(op.Middlewares, based)
		problems = append(problems, http.StatusPreconditionFailed, http.StatusPreconditionRequired)
	}
	if len(r.views) > 0 {
		op.Responses[strconv.Itoa(r.status)] = viewsResponse(g.OpenAPI().Components.Schemas, r)
	}
	for _, status := range problems {
		op.Responses[strconv.Itoa(status)] = problemResponse(g.OpenAPI().Components, status)
	}
	huma.Register(g, op, handler)
	told := op.Responses[strconv.Itoa(r.status)]
	if r.status != http.StatusCreated || r.placeless {
		delete(told.Headers, "Location")
	}
	if r.media != "" {
		body := told.Content["application/json"]
		told.Content = map[string]*huma.MediaType{}
		for _, media := range strings.Fields(r.media) {
			told.Content[media] = body
		}
	}
}

// problemResponse refers to the one description of a status.
func problemResponse(c *huma.Components, status int) *huma.Response {
	name := "Problem" + strconv.Itoa(status)
	if c.Responses == nil {
		c.Responses = map[string]*huma.Response{}
	}
	if c.Responses[name] == nil {
		t := reflect.TypeFor[edge.Problem]()
		c.Responses[name] = &huma.Response{Description: http.StatusText(status), Content: map[string]*huma.MediaType{
			"application/problem+json": {Schema: c.Schemas.Schema(t, true, t.Name())},
		}}
	}
	return &huma.Response{Ref: "#/components/responses/" + name, Description: http.StatusText(status)}
}

const onceHeader = "Idempotency-Key"

func unsafe(method string) bool { return method != http.MethodGet && method != http.MethodHead }

// viewsResponse describes an answer of several shapes as alternatives.
func viewsResponse(registry huma.Registry, r route) *huma.Response {
	schema := &huma.Schema{Discriminator: &huma.Discriminator{PropertyName: "view", Mapping: map[string]string{}}}
	for _, view := range r.views {
		t := reflect.TypeOf(view)
		ref := registry.Schema(t, true, t.Name())
		field, _ := t.FieldByName("View")
		schema.OneOf = append(schema.OneOf, ref)
		schema.Discriminator.Mapping[field.Tag.Get("enum")] = ref.Ref
	}
	if r.many {
		schema = &huma.Schema{
			Type: huma.TypeObject, Required: []string{"items"},
			Properties: map[string]*huma.Schema{
				"items": {Type: huma.TypeArray, Items: schema},
				"next":  {Type: huma.TypeString, Description: nextDoc},
			},
		}
	}
	return &huma.Response{
		Description: http.StatusText(r.status), Content: map[string]*huma.MediaType{"application/json": {Schema: schema}},
	}
}

func pointer[T any](v T) *T { return &v }
