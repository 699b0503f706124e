package desk

import (
	"slices"

	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// Words turns codes of places, countries, languages and licences into the
// reader's words. Take one for a page.
type Words struct {
	g   *place.Gazetteer
	tag string
}

// WordsOf gives the words of the present gazetteer in the reader's language.
func WordsOf(c *web.Context, g *place.Gazetteer) Words { return Words{g: g, tag: string(c.Tag())} }

// Place names an area with its region: "Bafoulabé, Kayes"; "" for no place.
func (w Words) Place(code string) string {
	path := w.g.Path(code)
	if len(path) == 0 {
		return ""
	}
	name, _ := path[len(path)-1].Names.In(w.tag)
	if len(path) == 1 {
		return name
	}
	region, _ := path[0].Names.In(w.tag)
	return name + ", " + region
}

// Country names a country, its code where it is unknown.
func (w Words) Country(code string) string {
	found, ok := w.g.Country(code)
	if !ok {
		return code
	}
	name, _ := found.Names.In(w.tag)
	return name
}

// Language names one language, its code where it is unknown.
func (w Words) Language(code string) string { return w.Languages(code)[0] }

// Languages names languages by their codes.
func (w Words) Languages(codes ...string) []string {
	out := make([]string, len(codes))
	for i, code := range codes {
		out[i] = code
		if found, ok := w.g.Language(code); ok {
			out[i], _ = found.Names.In(w.tag)
		}
	}
	return out
}

// Regions lists the regions and districts.
func (w Words) Regions() []ui.Option { return options(w.g.RegionChoices(w.tag)) }

// Countries lists every country.
func (w Words) Countries() []ui.Option { return options(w.g.Countries(w.tag)) }

// Places lists regions, districts and what lies directly inside them, each
// with its region. Places deeper down that a record already has are added.
func (w Words) Places(present ...string) []ui.Option {
	var out []ui.Option
	for _, region := range w.g.RegionChoices(w.tag) {
		out = append(out, ui.Option{Value: region.Code, Label: region.Name})
		for _, inside := range w.g.WithinChoices(region.Code, w.tag) {
			out = append(out, ui.Option{Value: inside.Code, Label: region.Name + " – " + inside.Name})
		}
	}
	for _, code := range present {
		known := func(o ui.Option) bool { return o.Value == code }
		if code != "" && !slices.ContainsFunc(out, known) {
			out = append(out, ui.Option{Value: code, Label: w.Place(code)})
		}
	}
	return out
}

// Abroad lists the countries other than the pack's own.
func (w Words) Abroad() []ui.Option {
	out := options(w.g.Countries(w.tag))
	return slices.DeleteFunc(out, func(o ui.Option) bool { return o.Value == w.g.Pack().Country })
}

// LanguageOptions lists the languages somebody may speak.
func (w Words) LanguageOptions() []ui.Option { return options(w.g.Languages(w.tag)) }

// LicenceOptions lists the driving-licence categories, explained.
func (w Words) LicenceOptions() []ui.Option {
	out := options(w.g.Licences(w.tag))
	for i := range out {
		out[i].Hint, out[i].Label = out[i].Label, out[i].Value
	}
	return out
}

// Prefix is the country's calling code as it stands before a number: "+223".
func (w Words) Prefix() string { return "+" + w.g.Pack().CallingCode }

func options(choices []place.Choice) []ui.Option {
	out := make([]ui.Option, len(choices))
	for i, c := range choices {
		out[i] = ui.Option{Value: c.Code, Label: c.Name}
	}
	return out
}

// Coded lists codes with the message of each: prefix ends in a dot.
func Coded[T ~string](c *web.Context, prefix string, codes ...T) []ui.Option {
	out := make([]ui.Option, len(codes))
	for i, code := range codes {
		out[i] = ui.Option{Value: string(code), Label: c.T(prefix + string(code))}
	}
	return out
}

// Values gives the values of options, to read a choice with.
func Values(list []ui.Option) []string {
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = o.Value
	}
	return out
}

// LabelOf gives the words of a value, the value itself when it is not listed.
func LabelOf(list []ui.Option, value string) string {
	for _, o := range list {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}
