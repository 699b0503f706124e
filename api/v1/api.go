// Package v1 is the JSON API under /api/v1: routes, and the request and
// response types, which are its own. One file a noun.
//
// A handler is short: the actor from the context, one use-case, one mapping to
// what this reader may see. Errors are returned as they come; the edge turns
// them into RFC 9457 problems in the reader's language. Unsafe calls carry an
// Idempotency-Key, updates an If-Match; a repeated call is answered by reading
// the record again, under the reader's own permission.
package v1

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
)

// Prefix is where the API lives.
const Prefix = "/api/v1"

// API holds what the handlers call.
type API struct {
	Deps
	huma huma.API
}

// Mount puts the API, its OpenAPI document (/openapi.json) and its reference
// page (/docs) on the engine.
func Mount(engine *gin.Engine, d Deps) huma.API {
	config := huma.DefaultConfig("Baara", "1")
	config.Info.Description = "Job matching and labour insertion: jobseekers, vacancies, case files, applications and placements."
	config.CreateHooks = nil // no Host-dependent $schema in answers
	config.DocsPath = ""     // the built-in page loads scripts from elsewhere
	config.SchemasPath = ""
	config.Servers = []*huma.Server{{URL: "/"}}
	config.Formats = map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token":   {Type: "http", Scheme: "bearer", Description: "An API token, for programs."},
		"session": {Type: "apiKey", In: "cookie", Name: "baara_session", Description: "The session of a signed-in browser."},
	}
	installErrors()
	engine.Use(prepare)
	a := &API{Deps: d, huma: humagin.New(engine, config)}
	group := huma.NewGroup(a.huma, Prefix)
	for _, mount := range []func(huma.API){
		a.mountUsers, a.mountSessions, a.mountTokens, a.mountAgencies,
	} {
		mount(group)
	}
	return a.huma
}

// prepare readies API requests: unsafe ones need an Idempotency-Key, which
// becomes part of the actor.
func prepare(c *gin.Context) {
	if !strings.HasPrefix(c.FullPath(), Prefix) || c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead || exempt(c) {
		c.Next()
		return
	}
	ctx, err := edge.Once(c, c.GetHeader("Idempotency-Key"))
	if err != nil {
		edge.From(c.Request.Context()).Refuse(c, err)
		return
	}
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// exempt names the calls that make no record a repeat could double: signing in
// and out.
func exempt(c *gin.Context) bool { return c.FullPath() == Prefix+"/sessions" }

// route registers one operation. Everything but a public operation says in the
// document that it needs somebody signed in.
type route struct {
	id, method, path, summary, tag string
	status                         int
	public                         bool
	errors                         []int
}

func add[I, O any](g huma.API, r route, handler func(context.Context, *I) (*O, error)) {
	op := huma.Operation{
		OperationID: r.id, Method: r.method, Path: r.path, Summary: r.summary, Tags: []string{r.tag},
		DefaultStatus: r.status, Errors: append([]int{http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusTooManyRequests}, r.errors...),
	}
	if !r.public {
		op.Security = []map[string][]string{{"token": {}}, {"session": {}}}
		op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden)
	}
	if r.method != http.MethodGet && r.path != "/sessions" {
		op.Errors = append(op.Errors, http.StatusConflict)
		op.Parameters = append(op.Parameters, &huma.Param{
			Name: "Idempotency-Key", In: "header", Required: true,
			Description: "A random key of the client's own: the same key does the act once.",
			Schema:      &huma.Schema{Type: huma.TypeString, MinLength: pointer(8), MaxLength: pointer(128)},
		})
	}
	huma.Register(g, op, handler)
}

func pointer[T any](v T) *T { return &v }

// one is an answer that holds one record, with its entity tag.
type one[T any] struct {
	ETag     string `header:"ETag" doc:"Version of the record, for If-Match"`
	Location string `header:"Location" doc:"Address of a created record"`
	Body     T
}

func record[T any](version int, body T) *one[T] {
	return &one[T]{ETag: edge.ETag(version), Body: body}
}

func created[T any](version int, id domain.ID, path string, body T) *one[T] {
	return &one[T]{ETag: edge.ETag(version), Location: Prefix + path + "/" + string(id), Body: body}
}

// list is an answer that holds one page of records.
type list[T any] struct {
	Body listBody[T]
}

type listBody[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"Give it as after= to get the next page; missing on the last"`
}

func listed[D, T any](in domain.Listing[D], to func(D) T) *list[T] {
	out := &list[T]{Body: listBody[T]{Items: make([]T, len(in.Items)), Next: in.Next}}
	for i, item := range in.Items {
		out.Body.Items[i] = to(item)
	}
	return out
}

// paging is embedded in the input of every list.
type paging struct {
	After string `query:"after" maxLength:"200" doc:"The mark the page before gave"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"25" doc:"Records a page"`
}

func (p paging) cursor() domain.Cursor { return domain.Cursor{After: p.After, Limit: p.Limit} }

// byID is embedded in the input of everything about one record.
type byID struct {
	ID string `path:"id" format:"uuid" doc:"The record's id"`
}

func (b byID) id() domain.ID { return domain.ID(strings.ToLower(b.ID)) }

// ifMatch is embedded in the input of every update and state change.
type ifMatch struct {
	IfMatch string `header:"If-Match" doc:"The ETag the change is based on" example:"\"3\""`
}

// version reads the header: 428 when it is missing, 412 when it is no version.
func (m ifMatch) version(ctx context.Context) (int, error) {
	if m.IfMatch == "" {
		return 0, edge.From(ctx).StatusProblem(ctx, http.StatusPreconditionRequired)
	}
	return edge.VersionOf(m.IfMatch)
}

// nothing answers 204.
type nothing struct{}
