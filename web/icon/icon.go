// Package icon gives the pictures of the interface, inlined in pages so that they cost no request.
//
// They are Lucide icons (ISC licence, see lucide/LICENSE). Only those in use are kept: to add one, copy its file from
// the npm package lucide-static into lucide/. A test fails on an icon that nothing uses. Icons are decoration: they are
// hidden from screen readers, so a word always stands beside them.
package icon

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

//go:embed lucide/*.svg
var files embed.FS

// Set is the icons by name. It never changes after Load.
type Set struct{ shapes map[string]string }

// Load reads the embedded icons.
func Load() (*Set, error) {
	names, err := fs.Glob(files, "lucide/*.svg")
	if err != nil {
		return nil, fmt.Errorf("icon: %w", err)
	}
	s := &Set{shapes: map[string]string{}}
	for _, name := range names {
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("icon: %w", err)
		}
		shape, err := inner(string(body))
		if err != nil {
			return nil, fmt.Errorf("icon: %s: %w", name, err)
		}
		s.shapes[strings.TrimSuffix(path.Base(name), ".svg")] = shape
	}
	return s, nil
}

// Names lists the icons, sorted.
func (s *Set) Names() []string { return slices.Sorted(maps.Keys(s.shapes)) }

// HTML returns an icon as an inline svg. Icons that point somewhere are mirrored in right-to-left pages. An unknown
// name is an error, so that a page with a wrong one fails in tests.
func (s *Set) HTML(name string) (template.HTML, error) {
	shape, ok := s.shapes[name]
	if !ok {
		return "", fmt.Errorf("icon: no icon %q", name)
	}
	class := "i"
	if strings.HasSuffix(name, "-right") || strings.HasSuffix(name, "-left") {
		class = "i flip"
	}
	svg := `<svg class="` + class + `" viewBox="0 0 24 24" aria-hidden="true">` + shape + `</svg>`
	return template.HTML(svg), nil //nolint:gosec // our own embedded files
}

// inner cuts the shapes out of a Lucide file and drops the white space between them.
func inner(svg string) (string, error) {
	_, rest, ok := strings.Cut(svg, "<svg")
	if !ok {
		return "", fmt.Errorf("no svg element")
	}
	_, rest, ok = strings.Cut(rest, ">")
	shape, _, closed := strings.Cut(rest, "</svg>")
	if !ok || !closed {
		return "", fmt.Errorf("svg element not closed")
	}
	shape = strings.ReplaceAll(strings.Join(strings.Fields(shape), " "), "> <", "><")
	return strings.ReplaceAll(shape, " />", "/>"), nil
}
