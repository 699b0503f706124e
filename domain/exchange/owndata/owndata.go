// Package owndata writes the copy somebody takes of all that is kept about
// her: as JSON, which programs read, and as PDF, which people read.
//
// Both hold the same: a tree of sections, made of the types the service works
// with, so that a field somebody adds is in the copy without being asked for.
// Names are those of the fields in lower case with underscores, and are kept
// stable by a list in testdata: whoever renames one changes a format that
// people were promised (docs/privacy.md). What has no value is left out.
//
// What is left out by intent: identifiers of other records and of accounts of
// staff, versions, and what the program computed from the words to rank and
// to find them. See Left.
package owndata

import (
	"reflect"
	"strings"
	"time"
	"unicode"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
)

// Format names the shape of the JSON, and Version what it may be told by.
const (
	Format  = "baara-own-data"
	Version = 1
)

// Node is a value with a name: a text, a number, true or false, or what hangs
// below it. A list's items have its name.
type Node struct {
	Name  string
	Value any    // string, int64, bool or nil
	Below []Node // of a node without a value
	List  bool   // Below are items
}

// Sections are the copy in the order it is read in.
func Sections(c rights.Copy) []Node {
	agency := func(id domain.ID) string { return c.Agencies[id] }
	t := tree{agency: agency}
	section := func(name string, v any) Node { return t.node(name, reflect.ValueOf(v)) }
	withheld := []Node(nil)
	if c.NotesWithheld > 0 {
		withheld = []Node{{Name: "number", Value: int64(c.NotesWithheld)}, {Name: "reason", Value: "third_parties"}}
	}
	p := c.Person
	out := []Node{
		{Name: "record", Below: some(section("reference", p.Reference), section("created_at", p.CreatedAt), section("updated_at", p.UpdatedAt), section("entry", p.Entry))},
		section("identity", p.Identity), section("contact", p.Contact), section("population", p.Population), section("schooling", p.Schooling),
		section("experience", p.Experience), section("skills", p.Skills), section("languages", p.Languages), section("licences", p.Licences),
		section("mobility", p.Mobility), section("wishes", p.Wishes), section("journey", c.Journey),
		section("registration", c.Registration), section("registration_history", c.Registered), section("consents", c.Consents), section("papers", c.Papers), section("objections", c.Objections),
		section("cases", c.Cases), section("notes", c.Notes), {Name: "notes_withheld", Below: withheld},
		section("applications", c.Applications), section("placements", c.Placements), section("messages", c.Messages), section("requests", c.Requests),
		section("merged_files", c.Merged),
		section("account", c.Account), section("devices", c.Sessions), section("shown_to_employers", c.Shown), section("seen_by", c.Looks),
	}
	return some(out...)
}

// some drops nodes that hold nothing.
func some(nodes ...Node) []Node {
	var out []Node
	for _, n := range nodes {
		if n.Value != nil || len(n.Below) > 0 {
			out = append(out, n)
		}
	}
	return out
}

type tree struct{ agency func(domain.ID) string }

// node turns a value into a tree. Zero values hold nothing.
func (t tree) node(name string, v reflect.Value) Node {
	n := Node{Name: name}
	switch x := v.Interface().(type) {
	case domain.Date:
		if !x.IsZero() {
			n.Value = x.String()
		}
		return n
	case time.Time:
		if !x.IsZero() {
			n.Value = x.UTC().Format(time.RFC3339)
		}
		return n
	}
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); s != "" {
			n.Value = s
		}
	case reflect.Int, reflect.Int64:
		if v.Int() != 0 {
			n.Value = v.Int()
		}
	case reflect.Bool:
		if v.Bool() {
			n.Value = true
		}
	case reflect.Pointer: // a number that may be 0: not said is nil
		if !v.IsNil() {
			n.Value = v.Elem().Int()
		}
	case reflect.Slice:
		n.List = true
		for i := range v.Len() {
			n.Below = append(n.Below, some(t.node(name, v.Index(i)))...)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			n.Below = append(n.Below, some(t.node(strings.ToLower(key.String()), v.MapIndex(key)))...)
		}
	case reflect.Struct:
		n.Below = t.fields(v)
	}
	return n
}

// fields are the nodes of a struct's fields; what is embedded stands among them.
func (t tree) fields(v reflect.Value) []Node {
	var out []Node
	for i := range v.NumField() {
		f := v.Type().Field(i)
		switch {
		case f.Name == "AgencyID":
			out = append(out, some(Node{Name: "agency", Value: text(t.agency(domain.ID(v.Field(i).String())))})...)
		case Left(v.Type(), f):
		case f.Anonymous, f.Name == "Application", f.Name == "Placement", f.Name == "Request", f.Name == "File":
			out = append(out, t.fields(v.Field(i))...)
		default:
			out = append(out, some(t.node(Name(f.Name), v.Field(i)))...)
		}
	}
	return out
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// Left reports whether a field is left out of copies: identifiers, which say
// nothing to anybody, versions, and what the program made of words.
func Left(of reflect.Type, f reflect.StructField) bool {
	id := reflect.TypeFor[domain.ID]()
	switch f.Name {
	case "Version", "Demo", "Standing", "LinkScore", "Folded", "AuthorName", "Export":
		return true
	case "Given", "Family", "PersonReference", "Person", "Agency": // of a list's row: the record has them
		return strings.HasSuffix(of.Name(), "Row")
	}
	return f.Type == id || f.Type.Kind() == reflect.Slice && f.Type.Elem() == id
}

// Name is a field's name in a copy: "BirthCountry" is "birth_country".
func Name(field string) string {
	var b strings.Builder
	for i, r := range field {
		if unicode.IsUpper(r) && i > 0 {
			before := rune(field[i-1])
			after := i+1 < len(field) && unicode.IsLower(rune(field[i+1]))
			if unicode.IsLower(before) || after && !unicode.IsLower(before) {
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
