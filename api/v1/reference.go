package v1

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Choice is a code with its name in the reader's language.
type Choice struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Lang string `json:"lang,omitempty" doc:"Language the name is in"`
}

func choiceOut(c place.Choice) Choice { return Choice{Code: c.Code, Name: c.Name, Lang: c.Lang} }

// Country is a country or territory of ISO 3166-1.
type Country struct {
	Choice
	Alpha2 string `json:"alpha2"`
	M49    string `json:"m49" doc:"Code of the United Nations"`
}

// CountryGroup is a group of countries as it is on a day.
type CountryGroup struct {
	Choice
	Members []string `json:"members" doc:"ISO 3166-1 alpha-3"`
}

// Place is a territory inside the country.
type Place struct {
	Choice
	Kind   string `json:"kind" enum:"region,district,cercle,commune,site"`
	Parent string `json:"parent,omitempty" doc:"Code of the place around it"`
	ISO    string `json:"iso,omitempty" doc:"ISO 3166-2, where one was given"`
}

func placeOut(lang string) func(place.Area) Place {
	return func(a place.Area) Place {
		name, used := a.Names.In(lang)
		return Place{Choice: Choice{Code: a.Code, Name: name, Lang: used}, Kind: string(a.Kind), Parent: a.Parent, ISO: a.ISO}
	}
}

// PlacePath is a place with those around it.
type PlacePath struct {
	Place
	Path []Choice `json:"path" doc:"From the region down to the place itself"`
}

// Class is one entry of a classification.
type Class struct {
	Choice
	Parent string `json:"parent,omitempty"`
	Level  int    `json:"level" doc:"1 at the top"`
}

// OnDay asks for dated data as it was.
type OnDay struct {
	On string `query:"on" format:"date" doc:"As it was on that day; today where missing"`
}

type within struct {
	OnDay
	Within string `query:"within" maxLength:"40" doc:"Code of the place around; regions where missing"`
}

type byCode struct {
	Code string `path:"code" maxLength:"40"`
}

type classes struct {
	Name  string `path:"name" enum:"isco,isced,isced-f,isic"`
	Under string `query:"under" maxLength:"10" doc:"Entries directly under this code"`
	Level int    `query:"level" minimum:"1" maximum:"4" doc:"All entries of a level; the top where neither is given"`
}

func (a *API) mountReference(g huma.API) {
	get := func(id, path, summary string) route {
		return route{id: id, method: http.MethodGet, path: "/reference" + path, summary: summary, tag: "reference", public: true}
	}
	add(g, get("list-countries", "/countries", "Countries by name"), a.listCountries)
	add(g, get("list-country-groups", "/country-groups", "Groups of countries and their members on a day"), a.listCountryGroups)
	add(g, get("list-places", "/places", "Regions, or what lies directly inside a place"), a.listPlaces)
	add(g, get("get-place", "/places/{code}", "One place and those around it"), a.getPlace)
	add(g, get("list-languages", "/languages", "Languages: national ones first"), a.listLanguages)
	add(g, get("list-licences", "/licences", "Driving-licence categories"), a.listLicences)
	add(g, get("list-classes", "/classifications/{name}", "ISCO-08, ISCED 2011, ISCED-F 2013, ISIC Rev.4"), a.listClasses)
	add(g, get("list-enumerations", "/enumerations", "Every code the API uses, with its name"), a.listEnumerations)
	add(g, get("list-consent-texts", "/consent-texts", "Every text people were ever asked to agree to, in every language; the last version is asked now"), a.listConsentTexts)
}

func (a *API) listCountries(ctx context.Context, _ *struct{}) (*list[Country], error) {
	g := a.Places.Present()
	return whole(g.Countries(language(ctx)), func(c place.Choice) Country {
		country, _ := g.Country(c.Code)
		return Country{Choice: choiceOut(c), Alpha2: country.Alpha2, M49: country.M49}
	}), nil
}

func (a *API) listCountryGroups(ctx context.Context, in *OnDay) (*list[CountryGroup], error) {
	return whole(a.Places.Present().Groups(), func(g place.Group) CountryGroup {
		name, used := g.Names.In(language(ctx))
		return CountryGroup{Choice: Choice{Code: g.Code, Name: name, Lang: used}, Members: append([]string{}, g.On(day(in.On))...)}
	}), nil
}

func (a *API) listPlaces(ctx context.Context, in *within) (*list[Place], error) {
	return whole(a.Places.Present().Within(in.Within, day(in.On)), placeOut(language(ctx))), nil
}

func (a *API) getPlace(ctx context.Context, in *byCode) (*plain[PlacePath], error) {
	path := a.Places.Present().Path(in.Code)
	if len(path) == 0 {
		return nil, domain.NotFound("v1.getPlace")
	}
	to := placeOut(language(ctx))
	return &plain[PlacePath]{Body: PlacePath{
		Place: to(path[len(path)-1]), Path: each(path, func(a place.Area) Choice { return to(a).Choice }),
	}}, nil
}

func (a *API) listLanguages(ctx context.Context, _ *struct{}) (*list[Choice], error) {
	return whole(a.Places.Present().Languages(language(ctx)), choiceOut), nil
}

func (a *API) listLicences(ctx context.Context, _ *struct{}) (*list[Choice], error) {
	return whole(a.Places.Present().Licences(language(ctx)), choiceOut), nil
}

func (a *API) listClasses(ctx context.Context, in *classes) (*list[Class], error) {
	c := map[string]*taxonomy.Classification{
		"isco": a.Classifications.ISCO, "isced": a.Classifications.ISCED, "isced-f": a.Classifications.ISCEDF, "isic": a.Classifications.ISIC,
	}[in.Name]
	found := c.Under(in.Under)
	switch {
	case in.Under != "" && !c.Has(in.Under):
		return nil, domain.NotFound("v1.listClasses")
	case in.Under == "" && in.Level > 0:
		found = c.Level(in.Level)
	}
	return whole(found, func(class taxonomy.Class) Class {
		name, used := class.Names.In(language(ctx))
		return Class{Choice: Choice{Code: class.Code, Name: name, Lang: used}, Parent: class.Parent, Level: class.Level}
	}), nil
}
