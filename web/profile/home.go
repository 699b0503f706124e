package profile

import (
	"slices"

	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/web/ui"
)

// maxDetail bounds the name of a village, quarter or camp, in characters.
const maxDetail = 120

// Home asks how somebody lives and in which region.
func Home() Question {
	return Question{
		Name: "home",
		Fill: func(a *Asked) error {
			if region := a.region(); region != "" {
				a.Form.Set("residence.kind", string(a.Answers.Residence.Kind))
				a.Form.Set("region", region)
			}
			return nil
		},
		Read: func(a *Asked) error {
			g := a.gazetteer()
			kind := a.Form.Choice("residence.kind", homeKinds()...)
			region := a.Form.Choice("region", codes(g.RegionChoices(string(a.Tag())))...)
			a.Form.Require("error.required", "residence.kind", "region")
			if a.Form.Failed() {
				return nil
			}
			a.Answers.Residence.Kind = person.ResidenceKind(kind)
			if region != a.region() {
				a.Answers.Residence.Place, a.Answers.Residence.Detail = region, ""
			}
			a.Answers.Residence.Region = region
			return nil
		},
		View: func(a *Asked) (any, error) {
			v := homeView{Regions: options(a.gazetteer().RegionChoices(string(a.Tag())))}
			for _, kind := range homeKinds() {
				v.Kinds = append(v.Kinds, ui.Option{Value: kind, Label: a.T("public.ask.home." + kind)})
			}
			return v, nil
		},
	}
}

type homeView struct{ Kinds, Regions []ui.Option }

func homeKinds() []string {
	return []string{string(person.LivesInPlace), string(person.LivesInSite), string(person.Nomadic), string(person.NowhereFixed)}
}

// region gives the region of what was answered so far, "" for none.
func (a *Asked) region() string {
	region, _ := a.gazetteer().RegionOf(a.Answers.Residence.Place)
	return region.Code
}

// Around asks where in the region somebody lives and where they can work.
func Around() Question {
	return Question{
		Name: "around",
		Fill: func(a *Asked) error {
			a.Form.Set("residence.place", a.Answers.Residence.Place)
			a.Form.Set("residence.detail", a.Answers.Residence.Detail)
			if m := mobilityOf(a.Answers.Mobility); m != mobilityHere || len(a.Answers.Wishes) > 0 { // here is the default
				a.Form.Set("mobility", m)
			}
			a.Form.Set("mobility.places", a.Answers.Mobility.Places...)
			return nil
		},
		Read: readAround,
		View: func(a *Asked) (any, error) {
			g, lang := a.gazetteer(), string(a.Tag())
			region, _ := g.Area(a.region())
			name, _ := region.Names.In(lang)
			v := aroundView{
				Areas: options(g.WithinChoices(region.Code, lang)), Region: name, Site: a.Answers.Residence.Kind == person.LivesInSite,
				Chosen: mobilityOf(a.Answers.Mobility) == mobilitySome || a.Form.Checked("mobility", mobilitySome),
			}
			for _, r := range g.RegionChoices(lang) {
				if r.Code != region.Code {
					v.Regions = append(v.Regions, ui.Option{Value: r.Code, Label: r.Name})
				}
			}
			for _, m := range []string{mobilityHere, mobilitySome, mobilityAnywhere} {
				v.Mobility = append(v.Mobility, ui.Option{Value: m, Label: a.T("public.ask.mobility."+m, "Region", name)})
			}
			return v, nil
		},
	}
}

type aroundView struct {
	Region                   string
	Site, Chosen             bool
	Areas, Mobility, Regions []ui.Option
}

// What people answer to "where can you work?".
const (
	mobilityHere     = "here"
	mobilitySome     = "some"
	mobilityAnywhere = "anywhere"
)

func mobilityOf(m person.Mobility) string {
	switch {
	case m.Anywhere:
		return mobilityAnywhere
	case len(m.Places) > 0:
		return mobilitySome
	}
	return mobilityHere
}

func readAround(a *Asked) error {
	g, lang := a.gazetteer(), string(a.Tag())
	region := a.region()
	area := a.Form.Choice("residence.place", append(codes(g.WithinChoices(region, lang)), region)...)
	a.Answers.Residence.Detail = a.Form.Text("residence.detail", maxDetail)
	if area == "" {
		area = region
	}
	a.Answers.Residence.Place = area
	places := a.Form.Choices("mobility.places", 30, codes(g.RegionChoices(lang))...)
	switch a.Form.Choice("mobility", mobilityHere, mobilitySome, mobilityAnywhere) {
	case mobilityHere:
		a.Answers.Mobility.Anywhere, a.Answers.Mobility.Places = false, nil
	case mobilityAnywhere:
		a.Answers.Mobility.Anywhere, a.Answers.Mobility.Places = true, nil
	case mobilitySome:
		a.Answers.Mobility.Anywhere, a.Answers.Mobility.Places = false, places
		if len(places) == 0 && !a.Form.Failed() {
			a.Form.Fail("mobility.places", "public.ask.mobility_missing")
		}
	default:
		a.Form.Require("error.required", "mobility")
	}
	return nil
}

func codes(choices []place.Choice) []string {
	out := make([]string, len(choices))
	for i, c := range choices {
		out[i] = c.Code
	}
	return out
}

func options(choices []place.Choice) []ui.Option {
	out := make([]ui.Option, len(choices))
	for i, c := range choices {
		out[i] = ui.Option{Value: c.Code, Label: c.Name}
	}
	return out
}

// labelsOf names codes in the order of the choices.
func labelsOf(choices []place.Choice, chosen []string) []string {
	var out []string
	for _, c := range choices {
		if slices.Contains(chosen, c.Code) {
			out = append(out, c.Name)
		}
	}
	return out
}
