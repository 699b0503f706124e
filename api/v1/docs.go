package v1

//go:generate go run ./generate

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/api/edge"
)

//go:embed templates/docs.html
var templates embed.FS

var docsPage = template.Must(template.ParseFS(templates, "templates/docs.html"))

const (
	openapiPath = "/openapi.json"
	docsPath    = "/docs"
)

// Describe gives the model of the document. It follows from the routes alone:
// nothing is served.
func Describe() *huma.OpenAPI {
	gin.SetMode(gin.ReleaseMode)
	return Mount(gin.New(), Deps{})
}

// Document writes the OpenAPI document as it is served: the same bytes each
// time, so that a stale copy shows in a comparison.
func Document(doc *huma.OpenAPI) ([]byte, error) {
	compact, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, compact, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// mountDocs serves the document and the reference page made from it. Both are
// worked out once: the routes do not change while the program runs.
func mountDocs(engine *gin.Engine, doc *huma.OpenAPI) {
	body, err := Document(doc)
	page := referenceOf(doc)
	engine.GET(openapiPath, func(c *gin.Context) {
		if err != nil {
			edge.From(c.Request.Context()).Refuse(c, err)
			return
		}
		c.Data(http.StatusOK, "application/vnd.oai.openapi+json;version=3.1", body)
	})
	engine.GET(docsPath, func(c *gin.Context) {
		var out bytes.Buffer
		if err := docsPage.Execute(&out, docsView{Reference: page, Nonce: edge.NonceFrom(c.Request.Context())}); err != nil {
			edge.From(c.Request.Context()).Refuse(c, err)
			return
		}
		c.Data(http.StatusOK, "text/html; charset=utf-8", out.Bytes())
	})
}

type docsView struct {
	Reference reference
	Nonce     string
}

// reference is the document as the page shows it: operations by noun.
type reference struct {
	Title, Description string
	Tags               []docTag
	Schemas            []docSchema
}

type docTag struct {
	Name       string
	Operations []docOperation
}

type docOperation struct {
	ID, Method, Path, Summary, Description string
	Public                                 bool
	Parameters                             []docField
	BodyType                               docType
	Answers                                []docAnswer // when all goes well
	Problems                               []string    // statuses when it does not
}

type docAnswer struct {
	Status, Text string
	Type         docType
}

type docField struct {
	Name, In, Text string
	Required       bool
	Type           docType
}

// docType is a schema in words; Refs lead to the schemas it is made of.
type docType struct {
	Text string
	Refs []string
}

type docSchema struct {
	Name   string
	Fields []docField
}

func referenceOf(doc *huma.OpenAPI) reference {
	r := reference{Title: doc.Info.Title, Description: doc.Info.Description}
	byTag := map[string][]docOperation{}
	var order []string
	for _, path := range sortedKeys(doc.Paths) {
		item := doc.Paths[path]
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			tag := op.Tags[0]
			if _, known := byTag[tag]; !known {
				order = append(order, tag)
			}
			byTag[tag] = append(byTag[tag], describe(op))
		}
	}
	slices.Sort(order)
	for _, tag := range order {
		r.Tags = append(r.Tags, docTag{Name: tag, Operations: byTag[tag]})
	}
	for _, name := range sortedKeys(doc.Components.Schemas.Map()) {
		r.Schemas = append(r.Schemas, docSchema{Name: name, Fields: fieldsOf(doc.Components.Schemas.Map()[name])})
	}
	return r
}

func describe(op *huma.Operation) docOperation {
	d := docOperation{
		ID: op.OperationID, Method: op.Method, Path: op.Path, Summary: op.Summary, Description: op.Description, Public: len(op.Security) == 0,
	}
	for _, p := range op.Parameters {
		d.Parameters = append(d.Parameters, docField{Name: p.Name, In: p.In, Text: p.Description, Required: p.Required, Type: typeOf(p.Schema)})
	}
	if op.RequestBody != nil {
		if media := op.RequestBody.Content["application/json"]; media != nil {
			d.BodyType = typeOf(media.Schema)
		}
	}
	for _, status := range sortedKeys(op.Responses) {
		if op.Responses[status].Ref != "" {
			d.Problems = append(d.Problems, status)
			continue
		}
		answer := docAnswer{Status: status, Text: op.Responses[status].Description}
		if media := op.Responses[status].Content["application/json"]; media != nil {
			answer.Type = typeOf(media.Schema)
		}
		d.Answers = append(d.Answers, answer)
	}
	return d
}

func fieldsOf(s *huma.Schema) []docField {
	var out []docField
	for _, name := range sortedKeys(s.Properties) {
		p := s.Properties[name]
		out = append(out, docField{Name: name, Text: p.Description, Required: slices.Contains(s.Required, name), Type: typeOf(p)})
	}
	return out
}

// typeOf tells a schema in words: "array of Skill", "string: yes, no".
func typeOf(s *huma.Schema) docType {
	switch {
	case s == nil:
		return docType{}
	case s.Ref != "":
		name := s.Ref[strings.LastIndex(s.Ref, "/")+1:]
		return docType{Refs: []string{name}}
	case len(s.OneOf) > 0:
		t := docType{Text: "one of"}
		for _, o := range s.OneOf {
			t.Refs = append(t.Refs, typeOf(o).Refs...)
		}
		return t
	case s.Items != nil:
		of := typeOf(s.Items)
		return docType{Text: strings.TrimSpace("array of " + of.Text), Refs: of.Refs}
	case s.Properties["items"] != nil:
		of := typeOf(s.Properties["items"])
		return docType{Text: "page: " + of.Text, Refs: of.Refs}
	}
	text := s.Type
	if s.Format != "" {
		text += " (" + s.Format + ")"
	}
	var values []string
	for _, v := range s.Enum {
		if word, ok := v.(string); ok {
			values = append(values, word)
		}
	}
	if len(values) > 0 {
		text += ": " + strings.Join(values, ", ")
	}
	return docType{Text: text}
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
