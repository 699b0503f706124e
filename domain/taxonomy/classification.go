package taxonomy

import (
	"fmt"

	"github.com/baara-platform/baara/domain"
)

// Class is one entry of a classification.
type Class struct {
	Code   string
	Parent string // "" at the top
	Level  int    // 1 at the top
	Names  domain.Names
}

// Classification is a versioned tree of codes: ISCO-08, ISIC Rev.4… It never
// changes and is safe for concurrent use.
type Classification struct {
	Name, Version string
	classes       []Class
	byCode        map[string]int
	children      map[string][]int
}

// NewClassification checks that codes are unique and come after their parents,
// and works out the levels.
func NewClassification(name, version string, classes []Class) (*Classification, error) {
	c := &Classification{
		Name: name, Version: version, classes: classes,
		byCode: make(map[string]int, len(classes)), children: map[string][]int{},
	}
	for i := range classes {
		class := &classes[i]
		if _, twice := c.byCode[class.Code]; twice || class.Code == "" {
			return nil, fmt.Errorf("taxonomy: %s has the code %q twice or empty", name, class.Code)
		}
		class.Level = 1
		if class.Parent != "" {
			up, ok := c.byCode[class.Parent]
			if !ok {
				return nil, fmt.Errorf("taxonomy: %s: %q lies under unknown %q", name, class.Code, class.Parent)
			}
			class.Level = classes[up].Level + 1
		}
		c.byCode[class.Code] = i
		c.children[class.Parent] = append(c.children[class.Parent], i)
	}
	return c, nil
}

// Get gives a class by its code.
func (c *Classification) Get(code string) (Class, bool) {
	i, ok := c.byCode[code]
	if !ok {
		return Class{}, false
	}
	return c.classes[i], true
}

// Has reports whether the code exists.
func (c *Classification) Has(code string) bool { _, ok := c.byCode[code]; return ok }

// Title gives a code's title in a language, falling back as domain.Names does;
// "" for an unknown code.
func (c *Classification) Title(code, lang string) (title, used string) {
	class, ok := c.Get(code)
	if !ok {
		return "", ""
	}
	return class.Names.In(lang)
}

// Under lists the classes directly under a code; "" gives the top.
func (c *Classification) Under(code string) []Class {
	out := make([]Class, len(c.children[code]))
	for i, at := range c.children[code] {
		out[i] = c.classes[at]
	}
	return out
}

// Level lists all classes of a level, 1 being the top.
func (c *Classification) Level(level int) []Class {
	var out []Class
	for _, class := range c.classes {
		if class.Level == level {
			out = append(out, class)
		}
	}
	return out
}

// Path gives the classes from the top down to a code; nil for an unknown one.
func (c *Classification) Path(code string) []Class {
	class, ok := c.Get(code)
	if !ok {
		return nil
	}
	return append(c.Path(class.Parent), class)
}

// Classifications are the ones Baara ships.
type Classifications struct {
	ISCO   *Classification // ISCO-08: four levels, codes "7", "71", "711", "7112"
	ISCED  *Classification // ISCED 2011: levels "0" to "8"
	ISCEDF *Classification // ISCED-F 2013: broad "07" and narrow "073" fields
	ISIC   *Classification // ISIC Rev.4: sections "F" and divisions "41"
}
