package employer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
)

// protectedName is what no type of an employer's pages has a field for.
var protectedName = regexp.MustCompile(`(?i)^(person|personid|sex|gender|age|birth.*|born|national.*|nina|father|mother|alias.*|guardian.*|groups?|population|` +
	`workedabroad|episodes?|displace.*|migra.*|journey|return.*|origin.*|barriers?|needs|notes?|health|accommodation|disab.*|consents?|witness|residence|village|caseid|file|stage)$`)

// The types of an employer's pages cannot hold what is protected: no field is
// called so, and neither records nor case files are known to the package.
func TestTypesHoldNothingProtected(t *testing.T) {
	files, err := filepath.Glob("*.go")
	must(t, err)
	fields := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		must(t, err)
		for _, known := range file.Imports {
			for _, room := range []string{"domain/person", "domain/casework", "domain/store"} {
				if strings.HasSuffix(strings.Trim(known.Path.Value, `"`), room) {
					t.Errorf("%s knows %s", name, room)
				}
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.StructType); ok {
				for _, f := range s.Fields.List {
					for _, id := range f.Names {
						fields++
						if protectedName.MatchString(id.Name) {
							t.Errorf("%s: a field %s", name, id.Name)
						}
					}
				}
			}
			return true
		})
	}
	if fields < 20 {
		t.Errorf("only %d fields were looked at", fields)
	}
	for _, shown := range []reflect.Type{
		reflect.TypeFor[placement.Candidate](), reflect.TypeFor[placement.InboxRow](), reflect.TypeFor[person.Card](), reflect.TypeFor[matching.Explanation](),
	} {
		holdsNothing(t, shown, shown.Name(), map[reflect.Type]bool{})
	}
}

// holdsNothing looks through everything a value can lead to.
func holdsNothing(t *testing.T, at reflect.Type, path string, seen map[reflect.Type]bool) {
	t.Helper()
	switch at.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		holdsNothing(t, at.Elem(), path, seen)
	case reflect.Struct:
		if seen[at] || !strings.Contains(at.PkgPath(), "baara") {
			return
		}
		seen[at] = true
		for i := range at.NumField() {
			f := at.Field(i)
			if protectedName.MatchString(f.Name) {
				t.Errorf("%s.%s: a field for what is protected", path, f.Name)
			}
			holdsNothing(t, f.Type, path+"."+f.Name, seen)
		}
	}
}

// A template could reach further than its types: none names a record.
func TestTemplatesNameNoRecord(t *testing.T) {
	pages, err := filepath.Glob("templates/*")
	must(t, err)
	for _, name := range pages {
		text, err := os.ReadFile(name)
		must(t, err)
		if found := regexp.MustCompile(`\.(Person|Sex|Birth|Nationalit\w*|NINA|Father|Mother|Groups|Episodes|Displacements|Barriers|Notes|Residence)\b`).Find(text); found != nil {
			t.Errorf("%s says %s", name, found)
		}
	}
	if len(pages) == 0 {
		t.Error("no template was read")
	}
}
