package v1_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// request is one call before it is sent.
type request struct {
	op      operation
	by      *player
	method  string
	path    map[string]string // parameters
	query   url.Values
	raw     string // the query as it is, instead
	header  http.Header
	body    any
	bytes   []byte // the body as it is, instead
	choices []choice
}

// request makes a request that the document allows.
func (r *run) request(op operation) *request {
	all := r.everybody()
	r.choices, r.bold, r.sparse = nil, r.chance(0.25), r.chance(0.5)
	by := all[r.pick(len(all), false, func(i int) choice {
		return choice{key: op.OperationID + " by " + all[i].name, under: op.Tags[0] + " by " + all[i].name, who: true}
	})]
	return r.requestBy(op, by)
}

func (r *run) requestBy(op operation, by *player) *request {
	q := &request{op: op, by: by, method: op.Method, path: map[string]string{}, query: url.Values{}, header: http.Header{}}
	subject, ok := r.parameters(q)
	if !ok {
		return nil
	}
	if op.RequestBody != nil {
		if media := op.RequestBody.Content["application/json"]; media != nil {
			q.body = r.value(q, "", media.Schema, 0)
		}
	}
	r.adjust(q)
	if unsafeMethod(op.Method) {
		q.header.Set("Idempotency-Key", fmt.Sprintf("contract-%d-%d", r.seed, r.w.next()))
	}
	if r.needs(op, "If-Match") {
		q.header.Set("If-Match", r.basis(q, subject))
	}
	q.choices, r.choices = r.choices, nil
	return q
}

func (r *run) needs(op operation, header string) bool {
	return slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "header" && p.Name == header })
}

// parameters fills path and query; the record is the one the path is about.
func (r *run) parameters(q *request) (subject *record, ok bool) {
	nouns := inPath.FindAllStringSubmatch(q.op.Path, -1)
	for i := len(nouns) - 1; i >= 0; i-- {
		noun, name := singular(nouns[i][1]), nouns[i][2]
		param := parameterOf(q.op, name)
		if name != "id" && name != "item" && name != "entry" {
			noun = r.pool.kindFor(name)
		}
		if q.path[name] != "" {
			continue
		}
		if param == nil || param.Schema.Format != "uuid" {
			q.path[name] = fmt.Sprint(r.value(q, name, param.Schema, 0))
			continue
		}
		e := r.someone(q, noun, q.op.OperationID+" "+name, "")
		if e == nil {
			return nil, false
		}
		q.path[name] = e.id
		if subject == nil {
			subject = e
			for _, other := range nouns[:i] {
				q.path[other[2]] = e.within[other[2]]
			}
		}
	}
	for _, p := range q.op.Parameters {
		if p.In != "query" || !p.Required && !r.wants(q, "?"+p.Name) {
			continue
		}
		if marks := r.pool.marks[q.op.OperationID]; p.Name == "after" {
			if len(marks) > 0 {
				q.query.Set("after", marks[r.dice.IntN(len(marks))])
			}
			continue
		}
		q.query.Set(p.Name, fmt.Sprint(r.value(q, p.Name, p.Schema, 0)))
	}
	return subject, true
}

func parameterOf(op operation, name string) *huma.Param {
	for _, p := range op.Parameters {
		if p.In == "path" && p.Name == name {
			return p
		}
	}
	return nil
}

// someone is a record of a kind, rather one that the act has worked on.
func (r *run) someone(q *request, kind, what, at string) *record {
	all := r.pool.byKind[kind]
	i := r.pick(len(all), true, func(i int) choice {
		e := all[i]
		on := fmt.Sprintf("%s on %s, ", what, e.state())
		c := choice{key: on + q.by.name, under: fmt.Sprint(on, e.readers[q.by.name]), who: at == "", at: at}
		if e.readers[q.by.name] {
			c.key += ", seen"
		}
		return c
	})
	if i < 0 || unsafeMethod(q.method) && r.pool.spared[all[i].id] && at == "" {
		return nil
	}
	return all[i]
}

// basis is the version a change says it is based on: the record's entity tag as
// it is read now, or the version that was last seen in a list.
func (r *run) basis(q *request, subject *record) string {
	steps := strings.Split(q.op.Path, "/")
	for n := len(steps); n > 4; n-- {
		op, known := r.find(http.MethodGet, strings.Join(steps[:n], "/"))
		if !known || strings.Count(op.Path, "{") < strings.Count(q.op.Path, "{") && strings.Contains(q.op.Path, "{item}") {
			continue
		}
		look := &request{op: op, by: q.by, method: http.MethodGet, path: q.path, header: http.Header{}}
		if tag := r.send(look).header.Get("ETag"); tag != "" {
			return tag
		}
	}
	if subject != nil {
		if v, ok := subject.object["version"].(float64); ok {
			return `"` + strconv.FormatFloat(v, 'f', -1, 64) + `"`
		}
	}
	return `"1"`
}

func (r *run) find(method, pattern string) (operation, bool) {
	i := slices.IndexFunc(r.operations, func(o operation) bool { return o.Method == method && o.Path == pattern })
	if i < 0 {
		return operation{}, false
	}
	return r.operations[i], true
}

// target is the address with its parameters.
func (q *request) target() *url.URL {
	path, raw := q.op.Path, q.op.Path
	for _, name := range sortedKeys(q.path) {
		path = strings.ReplaceAll(path, "{"+name+"}", q.path[name])
		raw = strings.ReplaceAll(raw, "{"+name+"}", url.PathEscape(q.path[name]))
	}
	u := &url.URL{Path: path, RawPath: raw, RawQuery: q.query.Encode()}
	if q.raw != "" {
		u.RawQuery = q.raw
	}
	return u
}

// payload is the body's bytes; nil is none.
func (q *request) payload() []byte {
	if q.bytes != nil || q.body == nil {
		return q.bytes
	}
	out, err := json.Marshal(q.body)
	if err != nil {
		panic(err) // the generator made what is no JSON
	}
	return unwrap(out)
}
