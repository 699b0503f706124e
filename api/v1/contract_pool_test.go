package v1_test

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// pool is what the answers told: records by kind, and the values of every
// member by its name.
type pool struct {
	doc    *huma.OpenAPI
	kinds  []string // singular nouns of the paths, the longest first
	byKind map[string][]*record
	byID   map[string]*record
	values map[string][]string
	spared map[string]bool
	marks  map[string][]string // where the next page of a list begins, by operation
}

// record is something with an id, as it was last seen.
type record struct {
	kind, id string
	within   map[string]string // the path's parameters where it was seen
	object   object
	readers  map[string]bool
}

// state is where the record is in its life, as far as it says.
func (e *record) state() string {
	for _, name := range []string{"state", "stage", "verification", "kind", "role"} {
		if s, ok := e.object[name].(string); ok {
			return s
		}
	}
	return ""
}

var inPath = regexp.MustCompile(`/([a-z-]+)/\{([a-z]+)\}`)

func newPool(doc *huma.OpenAPI) *pool {
	p := &pool{
		doc: doc, byKind: map[string][]*record{}, byID: map[string]*record{}, values: map[string][]string{}, spared: map[string]bool{},
		marks: map[string][]string{},
	}
	nouns := map[string]bool{}
	for path := range doc.Paths {
		for _, m := range inPath.FindAllStringSubmatch(path, -1) {
			nouns[singular(m[1])] = true
		}
	}
	p.kinds = slices.SortedFunc(maps.Keys(nouns), func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return p
}

func singular(noun string) string {
	if root, ok := strings.CutSuffix(noun, "ies"); ok {
		return root + "y"
	}
	return strings.TrimSuffix(noun, "s")
}

// keep leaves records alone: they are read, and nothing is done to them.
func (p *pool) keep(ids ...string) {
	for _, id := range ids {
		p.spared[id] = true
	}
}

// hush leaves a value out of what is sent: who signs in with a wrong password too
// often is kept out for a while.
func (p *pool) hush(value string) { p.spared[value] = true }

// kindOf is the kind of record a schema describes.
func (p *pool) kindOf(schema string) string {
	name := strings.ToLower(schema)
	for _, kind := range p.kinds {
		if strings.HasPrefix(name, strings.ReplaceAll(kind, "-", "")) {
			return kind
		}
	}
	return name
}

// kindFor is the kind of record that a member or a parameter names.
func (p *pool) kindFor(name string) string {
	name = singular(strings.TrimSuffix(name, "_id"))
	switch name {
	case "person", "other":
		return "jobseeker"
	case "owner":
		return "user"
	case "occupation":
		return "concept"
	case "amend":
		return "note"
	}
	return name
}

// learn takes what an answer to somebody shows.
func (p *pool) learn(q *request, schema *huma.Schema, body any) {
	p.walk(q, "", schema, body)
	if o, ok := body.(object); ok {
		if next, ok := o["next"].(string); ok {
			p.marks[q.op.OperationID] = lately(p.marks[q.op.OperationID], next)
		}
		if id, ok := o["id"].(string); ok && p.byID[id] == nil {
			if steps := strings.Split(strings.Trim(q.op.Path, "/"), "/"); len(steps) > 0 {
				p.saw(q, singular(steps[len(steps)-1]), id, o)
			}
		}
	}
}

func (p *pool) walk(q *request, name string, schema *huma.Schema, value any) {
	schema, called := p.resolve(schema, value)
	switch v := value.(type) {
	case object:
		if id, ok := v["id"].(string); ok && called != "" {
			p.saw(q, p.kindOf(called), id, v)
		}
		for _, member := range sortedKeys(v) {
			var of *huma.Schema
			if schema != nil {
				of = schema.Properties[member]
			}
			p.walk(q, member, of, v[member])
		}
	case []any:
		var of *huma.Schema
		if schema != nil {
			of = schema.Items
		}
		for _, item := range v {
			p.walk(q, name, of, item)
		}
	case string:
		if v == "" || p.spared[v] && name == "email" {
			return
		}
		p.values[name] = lately(p.values[name], v)
		if strings.HasSuffix(name, "_id") && p.byID[v] == nil {
			p.saw(q, p.kindFor(name), v, nil)
		}
	}
}

// resolve follows a reference, or the alternative that a value says it is.
func (p *pool) resolve(schema *huma.Schema, value any) (*huma.Schema, string) {
	if schema == nil {
		return nil, ""
	}
	if schema.Discriminator != nil {
		if o, ok := value.(object); ok {
			view, _ := o[schema.Discriminator.PropertyName].(string)
			schema = &huma.Schema{Ref: schema.Discriminator.Mapping[view]}
		}
	}
	if schema.Ref == "" {
		return schema, ""
	}
	return p.doc.Components.Schemas.SchemaFromRef(schema.Ref), schema.Ref[strings.LastIndexByte(schema.Ref, '/')+1:]
}

func (p *pool) saw(q *request, kind, id string, as object) {
	e := p.byID[id]
	if e == nil {
		e = &record{kind: kind, id: id, within: map[string]string{}, readers: map[string]bool{}}
		p.byID[id] = e
		p.byKind[kind] = append(p.byKind[kind], e)
	}
	if as != nil {
		e.object = as
		e.readers[q.by.name] = true
		maps.Copy(e.within, q.path)
	}
}

// lately keeps the latest of some values, each once.
func lately(of []string, v string) []string {
	of = append(slices.DeleteFunc(of, func(s string) bool { return s == v }), v)
	return of[max(0, len(of)-60):]
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
