package starter

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/table"
	"github.com/baara-platform/baara/domain/place"
)

// World reads the countries with their names, their groups and the languages
// of wider use.
func World() (place.World, error) {
	var w place.World
	countries, err := countries()
	if err != nil {
		return w, err
	}
	w.Countries = countries
	if w.Groups, err = groups(countries); err != nil {
		return w, err
	}
	w.Languages, err = languages("world/languages.csv")
	return w, err
}

// countries names them in the interface languages CLDR knows. There is no
// Bambara there: domain.Names falls back to French and says so.
func countries() ([]place.Country, error) {
	namers := map[string]display.Namer{
		"fr": display.Regions(language.French), "en": display.Regions(language.English),
		"pt": display.Regions(language.Portuguese), "ar": display.Regions(language.Arabic),
	}
	var out []place.Country
	err := each(files, "world/countries.csv", "alpha2,alpha3,m49", func(row table.Row) error {
		c := place.Country{Alpha2: row.Get("alpha2"), Code: row.Get("alpha3"), M49: row.Get("m49"), Names: domain.Names{}}
		region, err := language.ParseRegion(c.Alpha2)
		if err != nil {
			return fmt.Errorf("country %s: %w", c.Alpha2, err)
		}
		for lang, namer := range namers {
			c.Names[lang] = namer.Name(region)
		}
		out = append(out, c)
		return nil
	})
	return out, err
}

func groups(countries []place.Country) ([]place.Group, error) {
	alpha3 := map[string]string{}
	for _, c := range countries {
		alpha3[c.Alpha2] = c.Code
	}
	var out []place.Group
	at := map[string]int{}
	err := each(files, "world/group_names.csv", "code,fr,en", func(row table.Row) error {
		n, err := names(row)
		at[row.Get("code")] = len(out)
		out = append(out, place.Group{Code: row.Get("code"), Names: n})
		return err
	})
	if err != nil {
		return nil, err
	}
	err = each(files, "world/groups.csv", "group,countries,valid_from,valid_to", func(row table.Row) error {
		i, ok := at[row.Get("group")]
		if !ok {
			return errors.New("unknown group")
		}
		s, err := span(row)
		if err != nil {
			return err
		}
		for _, alpha2 := range strings.Fields(row.Get("countries")) {
			if alpha3[alpha2] == "" {
				return fmt.Errorf("unknown country %s", alpha2)
			}
			out[i].Members = append(out[i].Members, place.Membership{Country: alpha3[alpha2], Span: s})
		}
		return nil
	})
	return out, err
}

func languages(file string) ([]place.Language, error) {
	var out []place.Language
	err := each(files, file, "code,fr,en,own,national", func(row table.Row) error {
		n, err := names(row)
		out = append(out, place.Language{Code: row.Get("code"), Names: n, Own: row.Get("own"), National: row.Get("national") == "yes"})
		return err
	})
	return out, err
}
