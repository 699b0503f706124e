package public

import (
	"slices"
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

const (
	perPage       = 20
	maxQuery      = 200 // characters of a search
	maxFacetLinks = 12
)

// vacanciesView is the data of "public/vacancies".
type vacanciesView struct {
	Form                                  *form.Form
	Summary                               string
	List                                  []vacancy.Line
	Filters                               ui.Filters
	Pager                                 ui.Pager
	Facets                                []facets
	Regions, Kinds                        []ui.Option
	Relaxed, Unavailable, Empty, Narrowed bool
}

// facets are the ways to narrow the list by one property, with what each would leave.
type facets struct {
	Title string
	List  []facet
}

type facet struct {
	Text, URL string
	Count     int
}

// vacancies lists what is open. The whole state of the list is in its address.
func (p *pages) vacancies(c *web.Context) (web.Page, error) {
	f := c.QueryForm()
	words, from := f.Text("q", maxQuery), page(f)
	g, lang := p.Places.Present(), string(c.Tag())
	region := known(f, "region", func(code string) bool { _, ok := g.Area(code); return ok })
	group := known(f, "group", p.ISCO.Has)
	contract := known(f, "contract", func(code string) bool {
		return slices.Contains(employer.ContractKinds(), employer.ContractKind(code))
	})
	found, err := p.Matches.SearchVacancies(c.Context(), c.Actor, matching.WordSearch{
		Words: words, Regions: some(region), Groups: some(group), Contracts: some(contract),
		Page: matching.Page{From: from, Size: perPage},
	})
	v := vacanciesView{Form: f, Relaxed: found.Relaxed}
	switch {
	case domain.KindOf(err) == domain.KindUnavailable:
		v.Unavailable = true
	case err != nil:
		return web.Page{}, err
	default:
		v.Summary = c.N("public.vacancies.found", found.Total)
		v.Empty = found.Total == 0
	}
	for _, one := range found.List {
		v.List = append(v.List, vacancy.LineOf(c, g, one.Vacancy, one.Employer, vacancyPath(one.Vacancy)))
	}
	var groups []ui.Option
	for _, a := range g.RegionChoices(lang) {
		v.Regions = append(v.Regions, ui.Option{Value: a.Code, Label: a.Name})
	}
	for _, class := range p.ISCO.Level(isco2) {
		title, _ := class.Names.In(lang)
		groups = append(groups, ui.Option{Value: class.Code, Label: title})
	}
	for _, kind := range employer.ContractKinds() {
		v.Kinds = append(v.Kinds, ui.Option{Value: string(kind), Label: c.T("reference.contract." + string(kind))})
	}
	v.Filters = filters(c, map[string][]ui.Option{"region": v.Regions, "group": groups, "contract": v.Kinds})
	v.Narrowed = len(v.Filters) > 0
	v.Facets = []facets{
		{c.T("public.vacancies.trades"), narrower(c, "group", group, found.Facets.Groups, groups)},
		{c.T("public.vacancies.regions"), narrower(c, "region", region, found.Facets.Regions, v.Regions)},
		{c.T("public.vacancies.contract"), narrower(c, "contract", contract, found.Facets.Contracts, v.Kinds)},
	}
	v.Facets = slices.DeleteFunc(v.Facets, func(f facets) bool { return len(f.List) < 2 })
	v.Pager = pager(c, from, found)
	title := c.T("public.vacancies.title")
	if words != "" {
		title = c.T("public.vacancies.title_words", "Words", words)
	}
	return web.Page{Template: "public/vacancies", Title: title, Data: v, Form: f, NoIndex: v.Narrowed || from > 0}, nil
}

// isco2 is the level of ISCO's sub-major groups.
const isco2 = 2

// page reads how far down the list the reader is.
func page(f *form.Form) int {
	from, _ := f.Int("from", 0, matching.MaxDepth-perPage)
	return from
}

// known reads a filter from the address. One that does not exist is said, not ignored.
func known(f *form.Form, name string, exists func(string) bool) string {
	const maxCode = 40
	code := f.Text(name, maxCode)
	if code != "" && !exists(code) {
		f.Fail(name, "error.choice")
		return ""
	}
	return code
}

func some(code string) []string {
	if code == "" {
		return nil
	}
	return []string{code}
}

func filters(c *web.Context, choices map[string][]ui.Option) ui.Filters {
	var out ui.Filters
	if words := c.Query("q"); words != "" {
		out = append(out, ui.Filter{Text: words, RemoveURL: c.With("q", "")})
	}
	for _, name := range []string{"region", "group", "contract"} {
		for _, o := range choices[name] {
			if o.Value == c.Query(name) {
				out = append(out, ui.Filter{Text: o.Label, RemoveURL: c.With(name, "")})
			}
		}
	}
	return out
}

// narrower offers the values that would leave something, largest first; none where one is chosen already.
func narrower(c *web.Context, name, chosen string, counts []matching.Count, choices []ui.Option) []facet {
	if chosen != "" {
		return nil
	}
	var out []facet
	for _, n := range counts {
		i := slices.IndexFunc(choices, func(o ui.Option) bool { return o.Value == n.Value })
		if i >= 0 && len(out) < maxFacetLinks {
			out = append(out, facet{Text: choices[i].Label, URL: c.With(name, n.Value), Count: n.Count})
		}
	}
	return out
}

func pager(c *web.Context, from int, found matchmaking.FoundVacancies) ui.Pager {
	var out ui.Pager
	if next := from + perPage; next < found.Total && next+perPage <= matching.MaxDepth {
		out.NextURL = c.With("from", strconv.Itoa(next))
	}
	if from > 0 {
		out.FirstURL = c.With("from", "")
	}
	return out
}
