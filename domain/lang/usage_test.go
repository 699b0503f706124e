package lang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// spoken are the functions whose text arguments of key shape are messages.
var spoken = []string{
	"T", "N", "HTML", "Has", "Field", "Add", "Check", "Fail", "Require", "Conflict", "TooMany", "Redirect",
}

// TestKeysInSourcesExistAndAllAreUsed reads every Go file and template of the repository. A literal that ends in "." or
// "_" stands for the keys made from it with a code: "reference.sex."+code.
func TestKeysInSourcesExistAndAllAreUsed(t *testing.T) {
	known := loaded(t).Keys(French)
	certain, possible := sourceKeys(t)
	for key, place := range certain {
		if !exists(known, key) {
			t.Errorf("%s: no message %s", place, key)
		}
	}
	for _, key := range known {
		used := slices.ContainsFunc(possible, func(s string) bool {
			return s == key || (strings.HasSuffix(s, ".") || strings.HasSuffix(s, "_")) && strings.HasPrefix(key, s)
		})
		if !used {
			t.Errorf("nothing uses %s", key)
		}
	}
}

// TestCallsGiveTheirPlaceholders finds calls that name a message without the values its placeholders need. Error messages
// are seldom shown in tests, so a forgotten one would first be seen by a user.
func TestCallsGiveTheirPlaceholders(t *testing.T) {
	read, err := readAll(files)
	if err != nil {
		t.Fatal(err)
	}
	placeholder := regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)
	eachGoFile(t, func(path string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || call.Ellipsis.IsValid() || !slices.Contains(spoken, calledName(call.Fun)) {
				return true
			}
			for i, arg := range call.Args {
				key, ok := literalKey(arg)
				if !ok || read[French][key] == nil {
					continue
				}
				if i+2 == len(call.Args) && calledName(call.Fun) != "N" {
					continue // one map of arguments
				}
				names := literals(call.Args[i+1:])
				if calledName(call.Fun) == "N" {
					names = append(names, "N")
				}
				for _, found := range placeholder.FindAllStringSubmatch(read[French][key].Other, -1) {
					if !slices.Contains(names, found[1]) {
						t.Errorf("%s: %s needs %s, the call gives %q", path, key, found[1], names)
					}
				}
			}
			return true
		})
	})
}

func literals(args []ast.Expr) []string {
	var out []string
	for _, arg := range args {
		if literal, ok := arg.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if text, err := strconv.Unquote(literal.Value); err == nil {
				out = append(out, text)
			}
		}
	}
	return out
}

func exists(known []string, key string) bool {
	if strings.HasSuffix(key, ".") || strings.HasSuffix(key, "_") {
		return slices.ContainsFunc(known, func(k string) bool { return strings.HasPrefix(k, key) })
	}
	return slices.Contains(known, key)
}

// sourceKeys returns literals that are certainly messages, with their place, and all that may be.
func sourceKeys(t *testing.T) (certain map[string]string, possible []string) {
	t.Helper()
	certain = map[string]string{}
	eachGoFile(t, func(path string, file *ast.File) {
		sure, maybe := goKeys(file)
		possible = append(possible, maybe...)
		for _, key := range sure {
			certain[key] = path
		}
	})
	eachSource(t, ".html", func(path string) {
		for _, key := range templateKeys(t, path) {
			possible = append(possible, key)
			certain[key] = path
		}
	})
	return certain, possible
}

func eachGoFile(t *testing.T, visit func(path string, file *ast.File)) {
	t.Helper()
	eachSource(t, ".go", func(path string) {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		visit(path, file)
	})
}

// eachSource visits the repository's files of one kind, tests left out.
func eachSource(t *testing.T, ext string, visit func(path string)) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if name == "node_modules" || name == "testdata" || path != root && strings.HasPrefix(name, ".") {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(name, ext) && !strings.HasSuffix(name, "_test.go") {
			visit(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// goKeys finds texts of key shape. Those given to a spoken function or to a struct's Key, and every one of an area that
// means nothing else in Go code, are certainly messages.
func goKeys(file *ast.File) (certain, possible []string) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if key, ok := literalKey(n); ok {
				possible = append(possible, key)
				if strings.HasPrefix(key, "error.") || strings.HasPrefix(key, "common.") {
					certain = append(certain, key)
				}
			}
		case *ast.CallExpr:
			if slices.Contains(spoken, calledName(n.Fun)) {
				for _, arg := range n.Args {
					if key, ok := literalKey(arg); ok {
						certain = append(certain, key)
					}
				}
			}
		case *ast.KeyValueExpr:
			if field, ok := n.Key.(*ast.Ident); ok && field.Name == "Key" {
				if key, ok := literalKey(n.Value); ok {
					certain = append(certain, key)
				}
			}
		}
		return true
	})
	return certain, possible
}

func calledName(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func literalKey(e ast.Expr) (string, bool) {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil && IsKey(text)
}

func templateKeys(t *testing.T, path string) []string {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, action := range regexp.MustCompile(`\{\{[^}]*\}\}`).FindAllString(string(body), -1) {
		for _, quoted := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(action, -1) {
			if IsKey(quoted[1]) {
				out = append(out, quoted[1])
			}
		}
	}
	return out
}
