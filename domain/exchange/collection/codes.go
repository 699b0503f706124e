package collection

import (
	"math"
	"strings"

	"golang.org/x/text/language"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Concept is what a skill's address means.
type Concept struct {
	ID    domain.ID
	Names domain.Names
}

// Concepts are the skills by address.
type Concepts map[string]Concept

// NewConcepts lists the skills of all known concepts; names are their preferred
// labels. An obsolete one means what replaced it, and nothing where nothing did.
func NewConcepts(known []taxonomy.Concept) Concepts {
	byID := make(map[domain.ID]taxonomy.Concept, len(known))
	for _, k := range known {
		byID[k.ID] = k
	}
	out := make(Concepts, len(known))
	for _, k := range known {
		at := k
		for range 8 { // a chain of replacements; a ring would have no end
			if at.Status != taxonomy.Obsolete {
				break
			}
			at = byID[at.ReplacedBy]
		}
		if at.Kind == taxonomy.Skill && at.Status == taxonomy.Active {
			out[k.URI] = Concept{at.ID, at.Names()}
		}
	}
	return out
}

// codes resolves the codes of a file.
type codes struct {
	places   *place.Gazetteer
	concepts Concepts
	home     string // the installation's country, alpha-3
}

// notes collects what is wrong with one record.
type notes struct{ list []Problem }

func (n *notes) check(ok bool, field, reason string) {
	if !ok {
		n.list = append(n.list, Problem{Field: field, Reason: reason})
	}
}

func (c *codes) place(n *notes, field, said string) string {
	if strings.TrimSpace(said) == "" {
		return ""
	}
	area, ok := c.places.ResolveArea(said)
	n.check(ok, field, ReasonUnknownPlace)
	return area.Code
}

func (c *codes) country(n *notes, field, said string) string {
	if strings.TrimSpace(said) == "" {
		return ""
	}
	country, ok := c.places.Country(said)
	n.check(ok, field, ReasonUnknownCode)
	return country.Code
}

// language gives the shortest code ISO 639 has for a language: "fra" is "fr".
func (c *codes) language(n *notes, field, said string) string {
	code := strings.ToLower(strings.TrimSpace(said))
	if _, ok := c.places.Language(code); ok {
		return code
	}
	base, err := language.ParseBase(code)
	n.check(err == nil, field, ReasonUnknownCode)
	if err != nil {
		return ""
	}
	return base.String()
}

func (c *codes) licence(n *notes, field, said string) string {
	code := strings.ToUpper(strings.TrimSpace(said))
	_, ok := c.places.Licence(code)
	n.check(ok, field, ReasonUnknownCode)
	return code
}

// skill gives the words of a skill and the concept its address names. An
// unknown address with words is a skill in words; one without is left out.
func (c *codes) skill(n *notes, field string, s skill, lang string) (string, Concept) {
	words := strings.TrimSpace(s.Text)
	if s.URI == "" {
		n.check(words != "", field+".text", ReasonMissing)
		return words, Concept{}
	}
	concept, ok := c.concepts[s.URI]
	if !ok {
		n.list = append(n.list, Problem{Field: field + ".uri", Reason: ReasonUnknownConcept, LeftOut: true})
		return words, Concept{}
	}
	if words == "" {
		words, _ = concept.Names.In(lang)
	}
	return words, concept
}

func (n *notes) whole(field string, value float64) int {
	ok := value >= 0 && value < 1e12
	n.check(ok, field, ReasonNotANumber)
	if !ok {
		return 0
	}
	return int(math.Round(value))
}

func (n *notes) level(field string, value *float64) *int {
	if value == nil {
		return nil
	}
	level := n.whole(field, *value)
	n.check(float64(level) == *value && level <= 8, field, ReasonUnknownCode)
	return &level
}
