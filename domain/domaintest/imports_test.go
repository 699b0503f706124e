package domaintest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/baara-platform/baara"

// importRule is a row of the table in import_rules_test.go.
type importRule struct {
	of        string   // the folder it is about
	ours      []string // folders of Baara it may import
	libraries []string // other modules it may import; none means the standard library only
}

// pkg is what the checker needs of go list's answer.
type pkg struct {
	ImportPath string
	Standard   bool
	Imports    []string
	Dir        string
	GoFiles    []string
}

// with joins lists and single names into a new list.
func with(base []string, more ...any) []string {
	out := slices.Clone(base)
	for _, m := range more {
		switch m := m.(type) {
		case string:
			out = append(out, m)
		case []string:
			out = append(out, m...)
		}
	}
	return out
}

// folder gives "domain/text" for a package of Baara.
func folder(path string) (string, bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

// covers reports whether a pattern of the table covers the folder or library.
func covers(pattern, name string) bool {
	if pattern == "..." || pattern == "*" {
		return true
	}
	if tree, ok := strings.CutSuffix(pattern, "/..."); ok {
		return name == tree || strings.HasPrefix(name, tree+"/")
	}
	return name == pattern
}

// library reports whether a module of the table holds the package.
func library(module, path string) bool {
	return module == "*" || path == module || strings.HasPrefix(path, module+"/")
}

func isTest(folder string) bool { return strings.HasSuffix(folder, "test") }

// ruleFor picks the most specific row.
func ruleFor(rules []importRule, name string) (importRule, bool) {
	var best importRule
	found := false
	for _, r := range rules {
		if covers(r.of, name) && (!found || len(r.of) > len(best.of)) {
			best, found = r, true
		}
	}
	return best, found
}

// violations says in words what the packages do that the table does not allow.
// Every package of Baara is looked at, so what holds for each import holds for
// everything reached through them.
func violations(rules []importRule, owners map[string]string, packages []pkg) []string {
	standard := map[string]bool{"C": true, "unsafe": true}
	for _, p := range packages {
		standard[p.ImportPath] = standard[p.ImportPath] || p.Standard
	}
	var out []string
	for _, p := range packages {
		name, own := folder(p.ImportPath)
		if !own || isTest(name) {
			continue
		}
		rule, ok := ruleFor(rules, name)
		if !ok {
			out = append(out, fmt.Sprintf("%s has no row in the table", name))
			continue
		}
		for _, imported := range p.Imports {
			if standard[imported] {
				continue
			}
			if reason := refuse(rule, owners, name, imported); reason != "" {
				out = append(out, fmt.Sprintf("%s imports %s: %s", name, imported, reason))
			}
		}
	}
	return out
}

// refuse gives the reason why an import is not allowed, or nothing.
func refuse(rule importRule, owners map[string]string, name, imported string) string {
	if target, own := folder(imported); own {
		switch {
		case isTest(target):
			return "only tests may import the test kit"
		case !slices.ContainsFunc(rule.ours, func(pattern string) bool { return covers(pattern, target) }):
			return "not in its row"
		}
		return ""
	}
	for lib, folders := range owners {
		may := func(pattern string) bool { return covers(pattern, name) }
		if library(lib, imported) && !slices.ContainsFunc(strings.Fields(folders), may) {
			return "only " + folders + " may"
		}
	}
	if !slices.ContainsFunc(rule.libraries, func(lib string) bool { return library(lib, imported) }) {
		return "this library is not in its row"
	}
	return ""
}

func TestImports(t *testing.T) {
	found := violations(importRules, owners, listPackages(t))
	for _, v := range found {
		t.Error(v)
	}
	if len(found) > 0 {
		t.Log("the rules, and why, are in import_rules_test.go")
	}
}

// listPackages asks the go command for every package that the program is made of.
func listPackages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-e", "-tags", "nomsgpack", "-json=ImportPath,Standard,Imports,Dir,GoFiles", module+"/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []pkg
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		packages = append(packages, p)
		if _, own := folder(p.ImportPath); own {
			touch(t, p)
		}
	}
}

// touch tells the go command that this test depends on the files of the
// package, so that it runs again when one changes.
func touch(t *testing.T, p pkg) {
	t.Helper()
	if _, err := os.ReadDir(p.Dir); err != nil {
		t.Fatal(err)
	}
	for _, file := range p.GoFiles {
		if _, err := os.Stat(filepath.Join(p.Dir, file)); err != nil {
			t.Fatal(err)
		}
	}
}

// The checker itself: what it must catch and what it must let pass.
func TestImportChecker(t *testing.T) {
	ours := func(name string) string { return module + "/" + name }
	for _, c := range []struct {
		name    string
		of      string
		imports string
		want    string // part of the violation; empty for none
	}{
		{"kernel imports the standard library", ours("domain"), "time", ""},
		{"kernel imports a library", ours("domain"), "github.com/google/uuid", "not in its row"},
		{"kernel imports a context", ours("domain"), ours("domain/person"), "not in its row"},
		{"text imports its library", ours("domain/text"), "golang.org/x/text/unicode/norm", ""},
		{"text imports a library with a similar name", ours("domain/text"), "golang.org/x/textile", "not in its row"},
		{"a context imports an earlier one", ours("domain/casework"), ours("domain/person"), ""},
		{"a context imports a later one", ours("domain/person"), ours("domain/casework"), "not in its row"},
		{"a context imports the store", ours("domain/person"), ours("domain/store"), "not in its row"},
		{"the store imports GORM", ours("domain/store"), "gorm.io/gorm/clause", ""},
		{"the API imports GORM", ours("api/v1"), "gorm.io/gorm", "only domain/store may"},
		{"search imports Bleve", ours("search/index"), "github.com/blevesearch/bleve/v2", ""},
		{"a page imports Bleve", ours("web/public"), "github.com/blevesearch/bleve/v2", "only search/... may"},
		{"a page imports the edge", ours("web/public"), ours("api/edge"), ""},
		{"a page imports the API", ours("web/public"), ours("api/v1"), "not in its row"},
		{"the API imports a page", ours("api/v1"), ours("web/ui"), "not in its row"},
		{"localpg's own row counts, not the store's", ours("domain/store/localpg"), "gorm.io/gorm", "only domain/store may"},
		{"the program imports everything", ours("cmd/baara"), ours("domain/store"), ""},
		{"the program imports the test kit", ours("cmd/baara"), ours("domain/domaintest"), "only tests may"},
		{"the test kit imports everything", ours("domain/domaintest"), ours("cmd/baara"), ""},
		{"a new folder without a row", ours("domain/payroll"), "time", "has no row"},
		{"a library is free", "gorm.io/driver/postgres", "gorm.io/gorm", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := violations(importRules, owners, []pkg{{ImportPath: "time", Standard: true}, {ImportPath: c.of, Imports: []string{c.imports}}})
			if c.want == "" && len(got) > 0 {
				t.Errorf("refused: %v", got)
			}
			if c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
				t.Errorf("got %v, want one violation with %q", got, c.want)
			}
		})
	}
}

// A row that covers no package yet would hide a misspelt name.
func TestImportRulesAreSpelledAlike(t *testing.T) {
	known := map[string]bool{"...": true}
	for _, r := range importRules {
		known[r.of] = true
	}
	for _, r := range importRules {
		for _, name := range r.ours {
			if name != "api/edge" && !known[name] {
				t.Errorf("the row of %s names %s, which has no row", r.of, name)
			}
		}
	}
}
