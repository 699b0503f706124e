package place

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/text"
)

// Choice is one entry of a list people choose from, in the reader's language.
// Lang differs from the asked language where there was no name in it; pages
// mark the name with it.
type Choice struct{ Code, Name, Lang string }

// Country finds a country by alpha-3, alpha-2 or M49 code, or by its name in
// any language it has.
func (g *Gazetteer) Country(words string) (Country, bool) {
	i, ok := g.byCountry[strings.ToLower(strings.TrimSpace(words))]
	if !ok {
		i, ok = g.byCountry[text.Fold(words)]
	}
	if !ok {
		return Country{}, false
	}
	return g.countries[i], true
}

// Countries lists all countries by name in the language.
func (g *Gazetteer) Countries(lang string) []Choice {
	return choices(g.countries, lang, func(c Country) (string, domain.Names) { return c.Code, c.Names })
}

// Area gives an area by its code.
func (g *Gazetteer) Area(code string) (Area, bool) {
	i, ok := g.byArea[code]
	if !ok {
		return Area{}, false
	}
	return g.areas[i], true
}

// ResolveArea finds the area of the pack's country that words mean: a code
// ("SEG"), an ISO code ("ML-4") or a name ("segou"). Of several the larger and
// present one is given; Ségou is the region, not its cercle.
func (g *Gazetteer) ResolveArea(words string) (Area, bool) {
	found := g.byName[text.Fold(words)]
	for _, i := range found {
		if g.areas[i].To.IsZero() {
			return g.areas[i], true
		}
	}
	if len(found) > 0 {
		return g.areas[found[0]], true
	}
	return Area{}, false
}

// Regions lists the regions and districts on a day in national order; the zero
// day asks for the present ones.
func (g *Gazetteer) Regions(day domain.Date) []Area { return g.Within("", day) }

// Within lists the areas directly inside one, by name; "" means the country.
func (g *Gazetteer) Within(parent string, day domain.Date) []Area {
	var out []Area
	for _, i := range g.children[parent] {
		if g.areas[i].Holds(day) {
			out = append(out, g.areas[i])
		}
	}
	return out
}

// RegionChoices lists the present regions and districts for a form.
func (g *Gazetteer) RegionChoices(lang string) []Choice {
	return areaChoices(g.Regions(domain.Date{}), lang)
}

// WithinChoices lists what lies directly inside an area for a form.
func (g *Gazetteer) WithinChoices(parent, lang string) []Choice {
	return areaChoices(g.Within(parent, domain.Date{}), lang)
}

func areaChoices(areas []Area, lang string) []Choice {
	out := make([]Choice, len(areas))
	for i, a := range areas {
		name, used := a.Names.In(lang)
		out[i] = Choice{a.Code, name, used}
	}
	return out
}

// RegionOf gives the region or district an area lies in, itself included.
func (g *Gazetteer) RegionOf(code string) (Area, bool) {
	path := g.Path(code)
	if len(path) == 0 {
		return Area{}, false
	}
	return path[0], true
}

// Path gives the areas from the region down to this one; nil for an unknown code.
func (g *Gazetteer) Path(code string) []Area {
	var out []Area
	for a, ok := g.Area(code); ok && len(out) < len(g.areas); a, ok = g.Area(a.Parent) {
		out = append(out, a)
	}
	slices.Reverse(out)
	return out
}

// Former gives the area of before the last reform that this one lies in, so
// that old and new series compare. Whole is false where only the larger part
// does: count such a place with care.
func (g *Gazetteer) Former(code string) (former Area, whole, ok bool) {
	for _, a := range slices.Backward(g.Path(code)) {
		if c, found := g.former[a.Code]; found {
			former, ok = g.Area(c.Former)
			return former, c.Whole, ok
		}
	}
	return Area{}, false, false
}

// Languages lists the languages somebody may speak: national ones first, then
// those of wider use, each part by name.
func (g *Gazetteer) Languages(lang string) []Choice {
	national := slices.DeleteFunc(slices.Clone(g.languages), func(l Language) bool { return !l.National })
	other := slices.DeleteFunc(slices.Clone(g.languages), func(l Language) bool { return l.National })
	named := func(l Language) (string, domain.Names) { return l.Code, l.Names }
	return append(choices(national, lang, named), choices(other, lang, named)...)
}

// Language gives a language by its code.
func (g *Gazetteer) Language(code string) (Language, bool) {
	i := slices.IndexFunc(g.languages, func(l Language) bool { return l.Code == code })
	if i < 0 {
		return Language{}, false
	}
	return g.languages[i], true
}

// Licences lists the driving-licence categories in their usual order.
func (g *Gazetteer) Licences(lang string) []Choice {
	out := make([]Choice, len(g.pack.Licences))
	for i, l := range g.pack.Licences {
		name, used := l.Names.In(lang)
		out[i] = Choice{l.Code, name, used}
	}
	return out
}

// Licence gives a category by its code.
func (g *Gazetteer) Licence(code string) (Licence, bool) {
	i := slices.IndexFunc(g.pack.Licences, func(l Licence) bool { return l.Code == code })
	if i < 0 {
		return Licence{}, false
	}
	return g.pack.Licences[i], true
}

func choices[T any](items []T, lang string, of func(T) (string, domain.Names)) []Choice {
	out := make([]Choice, len(items))
	keys := make(map[string]string, len(items))
	for i, item := range items {
		code, names := of(item)
		name, used := names.In(lang)
		out[i] = Choice{code, name, used}
		keys[code] = text.Fold(name)
	}
	slices.SortStableFunc(out, func(a, b Choice) int { return strings.Compare(keys[a.Code], keys[b.Code]) })
	return out
}
