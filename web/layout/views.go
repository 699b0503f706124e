// Package layout turns a page's values into HTML: it parses every template once, when the program starts, and surrounds
// a page's body with the frame all pages share (header, languages, navigation, error summary, footer).
//
// Templates are html/template, one set a language, so that {{t "public.home.title"}} needs no argument. They are strict:
// an unknown template, field, message option or icon is an error, found by the tests that render every page. A template
// may hold no script, no style attribute and no event handler: the content security policy forbids them.
package layout

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/web/icon"
	"github.com/baara-platform/baara/web/ui"
)

//go:embed templates/*.html
var frames embed.FS

// Views holds every template in every language. It never changes after New and is safe for concurrent use.
type Views struct {
	sets map[lang.Tag]*template.Template
}

// Source is the templates of one group of pages. The file templates/home.html of the source "public" becomes the
// template "public/home"; parts it defines itself are named "public/…" too.
type Source struct {
	Name  string
	Files fs.FS
}

// New parses the components, the frame and the sources for every language of the catalogue.
func New(catalogue *lang.Catalogue, icons *icon.Set, sources ...Source) (*Views, error) {
	base := template.New("").Option("missingkey=error").Funcs(placeholders())
	all := append([]Source{{Name: "ui", Files: ui.Templates}, {Name: "layout", Files: frames}}, sources...)
	for _, s := range all {
		if err := parse(base, s); err != nil {
			return nil, fmt.Errorf("layout: %s: %w", s.Name, err)
		}
	}
	v := &Views{sets: map[lang.Tag]*template.Template{}}
	tags := []lang.Tag{lang.Pseudo}
	for _, l := range lang.Languages() {
		tags = append(tags, l.Tag)
	}
	for _, tag := range tags {
		if _, known := catalogue.Known(string(tag)); !known {
			continue
		}
		set, err := base.Clone()
		if err != nil {
			return nil, fmt.Errorf("layout: %s: %w", tag, err)
		}
		set.Funcs(functions(set, catalogue.For(tag), icons))
		v.sets[tag] = set
	}
	return v, nil
}

// parse adds a source's files. Names given twice are refused: the later would silently win.
func parse(base *template.Template, s Source) error {
	files, err := fs.Glob(s.Files, "templates/*.html")
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("no templates/*.html")
	}
	for _, file := range files {
		body, err := fs.ReadFile(s.Files, file)
		if err != nil {
			return err
		}
		name := s.Name + "/" + strings.TrimSuffix(path.Base(file), ".html")
		if err := refuse(base, string(body)); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if _, err := base.New(name).Parse(string(body)); err != nil {
			return err
		}
		for _, t := range base.Templates() {
			if t.Name() != "" && !strings.Contains(t.Name(), "/") {
				return fmt.Errorf("%s: template %q is not named %s/…", file, t.Name(), s.Name)
			}
		}
	}
	return nil
}

// refuse finds what the content security policy would block and definitions that exist already.
func refuse(base *template.Template, body string) error {
	for _, banned := range []string{" style=", " onclick=", " onsubmit=", " onchange=", "javascript:"} {
		if strings.Contains(body, banned) {
			return fmt.Errorf("%q is not allowed in a template", strings.TrimSpace(banned))
		}
	}
	rest := body
	for {
		_, after, found := strings.Cut(rest, `{{define "`)
		if !found {
			return nil
		}
		name, tail, _ := strings.Cut(after, `"`)
		if base.Lookup(name) != nil {
			return fmt.Errorf("template %q is defined twice", name)
		}
		rest = tail
	}
}

// Has says whether a template exists.
func (v *Views) Has(name string) bool {
	set := v.sets[lang.French]
	return set != nil && set.Lookup(name) != nil
}

// Body renders a page's own template.
func (v *Views) Body(tag lang.Tag, name string, data any) (template.HTML, error) {
	return render(v.sets[tag], name, data)
}

// Page renders the whole document around a body.
func (v *Views) Page(tag lang.Tag, f Frame) ([]byte, error) {
	html, err := render(v.sets[tag], "layout/frame", f)
	return []byte(html), err
}

func render(set *template.Template, name string, data any) (template.HTML, error) {
	if set == nil {
		return "", fmt.Errorf("layout: no templates in this language")
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, name, data); err != nil {
		return "", fmt.Errorf("layout: render %s: %w", name, err)
	}
	return template.HTML(b.String()), nil //nolint:gosec // made by html/template
}
