// Package vacancy shows a vacancy in words, the same way to visitors and to jobseekers: everything a published vacancy
// says and nothing else of its record. Those who look after a vacancy, its employer and the desk, share the choices their
// forms offer and the list of what the record says. It has no pages of its own.
package vacancy

import (
	"embed"
	"slices"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/ui"
)

//go:embed templates/*.html
var templates embed.FS

// Area gives the templates to web.New.
func Area() web.Area {
	return web.Area{Templates: layout.Source{Name: "vacancy", Files: templates}, Register: func(*web.Router) {}}
}

// Line is a vacancy in a list: the template "vacancy/line".
type Line struct {
	Title, URL, Employer, Place, Contract, Wage, Until string
	Posts                                              int
}

// LineOf describes a vacancy for a list that leads to url.
func LineOf(c *web.Context, g *place.Gazetteer, v employer.Vacancy, employerName, url string) Line {
	line := Line{
		Title: v.Title, URL: url, Employer: employerName, Place: Where(c, g, v),
		Contract: c.T("reference.contract." + string(v.Contract)), Wage: Wage(c, v), Posts: v.PostsLeft(),
	}
	if !v.OpenUntil.IsZero() {
		line.Until = c.Date(v.OpenUntil)
	}
	return line
}

// Details is everything a vacancy says: the template "vacancy/details".
type Details struct {
	Heading             ui.Heading
	Paragraphs          []string
	Essential, Optional []string
	Facts               ui.KeyValues
}

// DetailsOf describes a whole vacancy.
func DetailsOf(c *web.Context, g *place.Gazetteer, one matchmaking.ListedVacancy) Details {
	v := one.Vacancy
	d := Details{Heading: ui.Heading{Text: v.Title}, Facts: facts(c, g, v)}
	if one.Employer != "" {
		d.Heading.Facts = append(d.Heading.Facts, ui.Fact{Icon: "store", Text: one.Employer})
	}
	d.Heading.Facts = append(d.Heading.Facts, ui.Fact{Icon: "map-pin", Text: Where(c, g, v)},
		ui.Fact{Icon: "briefcase", Text: c.T("reference.contract." + string(v.Contract))})
	if wage := Wage(c, v); wage != "" {
		d.Heading.Facts = append(d.Heading.Facts, ui.Fact{Text: wage})
	}
	for line := range strings.Lines(v.Description) {
		if line = strings.TrimSpace(line); line != "" {
			d.Paragraphs = append(d.Paragraphs, line)
		}
	}
	for _, s := range v.Skills {
		if s.Importance == employer.Essential {
			d.Essential = append(d.Essential, s.Words)
		} else {
			d.Optional = append(d.Optional, s.Words)
		}
	}
	return d
}

// facts lists what a vacancy asks and offers, leaving out what it does not say.
func facts(c *web.Context, g *place.Gazetteer, v employer.Vacancy) ui.KeyValues {
	var out ui.KeyValues
	add := func(key string, value any, said bool) {
		if said {
			out = append(out, ui.KeyValue{Key: key, Value: value})
		}
	}
	var spoken []string
	for _, l := range g.Languages(string(c.Tag())) {
		if slices.Contains(v.Languages, l.Code) {
			spoken = append(spoken, l.Name)
		}
	}
	add(c.T("public.vacancy.posts"), c.Number(int64(v.PostsLeft())), v.PostsLeft() > 0)
	add(c.T("public.vacancy.starts"), c.Date(v.StartsOn), !v.StartsOn.IsZero())
	add(c.T("public.vacancy.until"), c.Date(v.OpenUntil), !v.OpenUntil.IsZero())
	add(c.T("public.vacancy.school"), c.T("reference.isced."+strconv.Itoa(v.ISCEDMin)), v.ISCEDMin > 0)
	add(c.T("public.vacancy.experience"), duration(c, v.ExperienceMonths), v.ExperienceMonths > 0)
	add(c.T("public.vacancy.languages"), ui.Data(c.List(spoken)), len(spoken) > 0)
	add(c.T("public.vacancy.licences"), ui.Data(c.List(v.Licences)), len(v.Licences) > 0)
	add(c.T("public.vacancy.reference"), ui.Data(v.Reference), true)
	return out
}

func duration(c *web.Context, months int) string {
	const year = 12
	if months%year == 0 {
		return c.N("public.vacancy.years", months/year)
	}
	return c.N("public.vacancy.months", months)
}

// Where names a vacancy's place with its region, or the country abroad.
func Where(c *web.Context, g *place.Gazetteer, v employer.Vacancy) string {
	named := func(n domain.Names) string {
		name, _ := n.In(string(c.Tag()))
		return name
	}
	if country, ok := g.Country(v.AbroadCountry); ok && v.AbroadCountry != "" {
		return named(country.Names)
	}
	var names []string
	for _, area := range slices.Backward(g.Path(v.PlaceCode)) {
		if name := named(area.Names); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return c.T("public.vacancy.anywhere")
	}
	return strings.Join(names, ", ")
}

// Wage says what is paid, "" where the vacancy does not say.
func Wage(c *web.Context, v employer.Vacancy) string {
	lowest, highest := v.WageMin, v.WageMax
	text := ""
	switch {
	case lowest > 0 && highest > lowest:
		text = c.T("public.vacancy.wage_range", "Min", lowest, "Max", c.Money(highest))
	case lowest > 0:
		text = c.Money(lowest)
	case highest > 0:
		text = c.T("public.vacancy.wage_up_to", "Max", c.Money(highest))
	default:
		return ""
	}
	return c.T("reference.wage_period."+string(v.WagePeriod), "Wage", text)
}
