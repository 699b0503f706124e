package counsellor

import (
	"slices"
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// isco2 is the level of ISCO's sub-major groups, maxFacetLinks how many values a facet offers, maxCardSkills how many
// skills a line names.
const (
	isco2         = 2
	maxFacetLinks = 8
	maxCardSkills = 6
)

type skillsView struct {
	Tabs        ui.Tabs
	Form        *form.Form
	Regions     []ui.Option
	Groups      []ui.Option
	Filters     ui.Filters
	Summary     string
	Relaxed     bool
	Empty       bool
	Unavailable bool
	List        []cardItem
	Facets      []facets
	Pager       ui.Pager
}

// cardItem is somebody as the reader may see them: by name in the own agency, else a card and whom to ask.
type cardItem struct {
	Name, URL, Reference string
	Code                 string
	Ask                  *agencyView
	Facts                []ui.Fact
	Skills               ui.Tags
}

type facets struct {
	Title string
	List  []facet
}

type facet struct {
	Text, URL string
	Count     int
}

// searchSkills finds consenting people by what they can do.
func (p *pages) searchSkills(c *web.Context) (web.Page, error) {
	f := c.QueryForm()
	v := skillsView{Tabs: searchTabs(c), Form: f, Regions: p.words(c).Regions(), Groups: p.groups(c)}
	words := f.Text("q", maxAsked)
	region, group := f.Choice("region", desk.Values(v.Regions)...), f.Choice("group", desk.Values(v.Groups)...)
	from, _ := f.Int("from", 0, matching.MaxDepth-perPage)
	page := web.Page{Template: "counsellor/searchskills", Title: c.T("counsellor.search.skills_title"), Form: f, Nav: searchPath}
	for _, shown := range []struct {
		name, value string
		options     []ui.Option
	}{{"region", region, v.Regions}, {"group", group, v.Groups}} {
		if shown.value != "" {
			v.Filters = append(v.Filters, ui.Filter{Text: desk.LabelOf(shown.options, shown.value), RemoveURL: c.With(shown.name, "")})
		}
	}
	found, err := p.Matches.SearchPeople(c.Context(), c.Actor, matching.WordSearch{
		Words: words, Regions: some(region), Groups: some(group), Page: matching.Page{From: from, Size: perPage},
	})
	switch {
	case domain.KindOf(err) == domain.KindUnavailable:
		v.Unavailable = true
		page.Data = v
		return page, nil
	case err != nil:
		return web.Page{}, err
	}
	v.Summary, v.Relaxed, v.Empty = c.N("counsellor.search.found", found.Total), found.Relaxed, found.Total == 0
	if v.List, err = p.cardItems(c, found.List); err != nil {
		return web.Page{}, err
	}
	v.Facets = slices.DeleteFunc([]facets{
		{c.T("public.vacancies.trades"), narrower(c, "group", group, found.Facets.Groups, v.Groups)},
		{c.T("public.vacancies.regions"), narrower(c, "region", region, found.Facets.Regions, v.Regions)},
	}, func(one facets) bool { return len(one.List) < 2 })
	if next := from + perPage; next < found.Total && next+perPage <= matching.MaxDepth {
		v.Pager.NextURL = c.With("from", strconv.Itoa(next))
	}
	if from > 0 {
		v.Pager.FirstURL = c.With("from", "")
	}
	page.Data = v
	return page, nil
}

func (p *pages) groups(c *web.Context) []ui.Option {
	var out []ui.Option
	for _, class := range p.Classifications.ISCO.Level(isco2) {
		title, _ := class.Names.In(string(c.Tag()))
		out = append(out, ui.Option{Value: class.Code, Label: title})
	}
	return out
}

func some(code string) []string {
	if code == "" {
		return nil
	}
	return []string{code}
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

// cardItems shows people as far as the reader may see them, the names of their skills in one query.
func (p *pages) cardItems(c *web.Context, list []matchmaking.Candidate) ([]cardItem, error) {
	var ids []domain.ID
	for _, one := range list {
		for _, s := range one.Card.Skills {
			ids = append(ids, s.ConceptID)
		}
		for _, e := range one.Card.Experience {
			ids = append(ids, e.OccupationID)
		}
	}
	names, err := p.names(c, ids)
	if err != nil {
		return nil, err
	}
	agencies, err := p.agencyViews(c)
	if err != nil {
		return nil, err
	}
	w := p.words(c)
	out := make([]cardItem, len(list))
	for i, one := range list {
		item := cardItem{Code: one.Card.Code}
		if one.Person != nil {
			item.Name, item.URL, item.Reference = nameOf(*one.Person), personURL(one.PersonID), one.Person.Reference
		} else {
			agency := agencies[one.AgencyID]
			item.Ask = &agency
		}
		if region := w.Place(one.Card.Region); region != "" {
			item.Facts = append(item.Facts, ui.Fact{Icon: "map-pin", Text: region})
		}
		for _, e := range one.Card.Experience {
			if name := names[e.OccupationID]; name != "" {
				item.Facts = append(item.Facts, ui.Fact{Icon: "briefcase", Text: c.N("counsellor.search.years_in", e.Years, "Occupation", name)})
			}
		}
		for _, s := range one.Card.Skills[:min(len(one.Card.Skills), maxCardSkills)] {
			if name := names[s.ConceptID]; name != "" {
				item.Skills = append(item.Skills, ui.Tag{Text: name})
			}
		}
		out[i] = item
	}
	return out, nil
}
