package v1_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// wrapped stands in a body for JSON that no Go value gives.
var wrapped = regexp.MustCompile(`"@raw([0-9]+)@"`)

// odd are values in JSON where others are expected.
var odd = []string{
	`null`, `true`, `0`, `-1`, `1.5`, `1e400`, `-1e400`, `9223372036854775807`, `9223372036854775808`, `99999999999999999999999999999999`, `1e-400`, `""`, `" "`,
	`[]`, `{}`, `[[]]`, `[null]`, `{"":""}`, `"\u0000"`, `"a\u0000b"`, `"\ud800"`, `"\udfff\ud800"`, "\"\xff\xfe\"", "\"\xc3\"", `"\u202e"`, `"9999-12-31"`, `"0000-00-00"`,
	`"2026-02-30"`, `"+262142-01-01"`, `"2026-11-27T25:61:61Z"`, `"0001-01-01T00:00:00Z"`, `"00000000-0000-0000-0000-000000000000"`, `"urn:uuid:01900000-0000-7000-8000-000000000001"`,
	`{"a":{"a":{"a":{"a":{}}}}}`, `"` + strings.Repeat("ɛ", 5000) + `"`, `"` + strings.Repeat("a", 70_000) + `"`, strings.Repeat("[", 9000) + strings.Repeat("]", 9000),
	`"=cmd|' /C calc'!A0"`, `"é"`, `"\u0065\u0301"`, `"%s%n"`, `"' OR 1=1 --"`, `"\\\\"`,
}

// bodies are what is sent instead of an object.
var bodies = []string{
	"", " ", "null", "[]", `"x"`, "0", "{", `{"a":`, "{}{}", `{}garbage`, "\xef\xbb\xbf{}", "\x00", "<xml/>", "a=b", `{"a":1,"a":2}`,
	strings.Repeat(`{"a":`, 20_000) + "1" + strings.Repeat("}", 20_000), strings.Repeat("[", 200_000), `{"x":"` + strings.Repeat("y", 1<<20) + `"}`,
}

func unwrap(encoded []byte) []byte {
	return wrapped.ReplaceAllFunc(encoded, func(m []byte) []byte {
		var i int
		_, _ = fmt.Sscanf(string(m), `"@raw%d@"`, &i)
		return []byte(odd[i])
	})
}

// spoil makes a request wrong in one or two ways, or strange in ways that a
// server must stand.
func (r *run) spoil(q *request) {
	for range 1 + r.dice.IntN(2) {
		switch n := r.dice.IntN(20); {
		case n < 10 && q.body != nil:
			r.spoilBody(q)
		case n < 12 && unsafeMethod(q.method):
			q.bytes = []byte(bodies[r.dice.IntN(len(bodies))])
		case n < 14:
			r.spoilHeader(q)
		case n < 17 && len(q.path) > 0:
			r.spoilPath(q)
		default:
			r.spoilQuery(q)
		}
	}
}

// spoilBody replaces, removes or adds one member somewhere.
func (r *run) spoilBody(q *request) {
	type spot struct {
		in   object
		name string
		list []any
		at   int
	}
	var spots []spot
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case object:
			for _, name := range sortedKeys(v) {
				spots = append(spots, spot{in: v, name: name})
				walk(v[name])
			}
			spots = append(spots, spot{in: v, name: "unexpected"}, spot{in: v, name: "id"}, spot{in: v, name: "\x00"})
		case []any:
			for i := range v {
				spots = append(spots, spot{list: v, at: i})
				walk(v[i])
			}
		}
	}
	walk(q.body)
	if len(spots) == 0 {
		return
	}
	s := spots[r.dice.IntN(len(spots))]
	value := any(fmt.Sprintf("@raw%d@", r.dice.IntN(len(odd))))
	switch {
	case s.list != nil:
		s.list[s.at] = value
	case r.chance(0.15):
		delete(s.in, s.name)
	case r.chance(0.1):
		many := make([]any, 300)
		for i := range many {
			many[i] = s.in[s.name]
		}
		s.in[s.name] = many
	default:
		s.in[s.name] = value
	}
}

func (r *run) spoilHeader(q *request) {
	weird := []string{"", "*", `"`, `W/"1"`, `"1","2"`, `"99999999999999999999"`, `"-1"`, `"0"`, "é", "\xff", strings.Repeat("k", 129), strings.Repeat("z", 4000), "short"}
	value := weird[r.dice.IntN(len(weird))]
	names := []string{"If-Match", "Idempotency-Key", "Accept", "Accept-Language", "Content-Type", "Content-Encoding", "If-None-Match", "Range", "Origin"}
	q.header.Set(names[r.dice.IntN(len(names))], value)
	for name := range q.header {
		if q.header.Get(name) == "" {
			q.header.Del(name)
		}
	}
}

func (r *run) spoilPath(q *request) {
	names := sortedKeys(q.path)
	name := names[r.dice.IntN(len(names))]
	path := map[string]string{}
	for k, v := range q.path {
		path[k] = v
	}
	weird := []string{
		"01900000-0000-7000-8000-00000000dead", "x", "-1", "0", "99999999999999999999", "a\x00b", "\xff", "..", "%2e%2e", "ɛ", strings.Repeat("9", 3000), "null",
		strings.ToUpper(q.path[name]), "{" + q.path[name] + "}", "00000000-0000-0000-0000-000000000000", "me", "search", " ", "a/b", "a;b", "a?b",
	}
	path[name] = weird[r.dice.IntN(len(weird))]
	q.path = path
}

func (r *run) spoilQuery(q *request) {
	weird := []string{"", "-1", "0", "101", "9223372036854775808", "1e3", "true", "null", "a\x00b", "\xff\xfe", "2026-02-30", "9999-12-31", strings.Repeat("w", 3000), "eyJhIjoxfQ", "AAAA", "' OR 1=1", "ɛ %", "\u202e"}
	value := weird[r.dice.IntN(len(weird))]
	var names []string
	for _, p := range q.op.Parameters {
		if p.In == "query" {
			names = append(names, p.Name)
		}
	}
	names = append(names, "unexpected")
	name := names[r.dice.IntN(len(names))]
	switch {
	case r.chance(0.1):
		q.raw = q.query.Encode() + []string{"&%zz", "&;", "&=&=", "&a=%ff", "&" + strings.Repeat("a=1&", 1000)}[r.dice.IntN(5)]
	case r.chance(0.1):
		q.query.Add(name, value)
		q.query.Add(name, "1")
	case q.query != nil:
		q.query.Set(name, value)
	}
}

// curl is the request as somebody would repeat it by hand.
func (q *request) curl() string {
	var out strings.Builder
	fmt.Fprintf(&out, "curl -isX %s \"$BAARA%s\"", q.method, q.target().String())
	switch {
	case q.by.token != "":
		fmt.Fprintf(&out, " -H \"Authorization: Bearer $TOKEN\" `# of the %s`", q.by.name)
	case q.by.cookie != "":
		fmt.Fprintf(&out, " -b \"baara_session=$SESSION\" `# of the %s`", q.by.name)
	}
	for _, name := range sortedKeys(q.header) {
		fmt.Fprintf(&out, " -H %s", quoted(name+": "+q.header.Get(name)))
	}
	if payload := q.payload(); payload != nil {
		if len(payload) > 3000 {
			payload = append(bytes.Clone(payload[:3000]), fmt.Sprintf("… (%d bytes)", len(payload))...)
		}
		fmt.Fprintf(&out, " --data-binary %s", quoted(string(payload)))
	}
	return out.String()
}

func quoted(s string) string {
	return "$'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\x00", `\x00`, "\xff", `\xff`, "\xfe", `\xfe`, "\xc3", "\xc3").Replace(s) + "'"
}
