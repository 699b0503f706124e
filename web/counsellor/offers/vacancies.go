package offers

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

// reviewShown bounds what stands above the list; the filter shows the rest.
const reviewShown = 10

// Choices of whose vacancies the list is about.
const (
	whoseAgency = "agency"
	whoseMine   = "mine"
	whoseAll    = "all"
)

// stateGroups are what somebody looks for in the list, as groups of states.
func stateGroups() []struct {
	Name   string
	States []domain.State
} {
	return []struct {
		Name   string
		States []domain.State
	}{
		{"review", []domain.State{employer.Submitted, employer.Held}},
		{"public", []domain.State{employer.Published, employer.PartlyFilled}},
		{"unfinished", []domain.State{employer.Draft, employer.Returned}},
		{"filled", []domain.State{employer.Filled}},
		{"stopped", []domain.State{employer.Suspended, employer.Expired, employer.Withdrawn}},
	}
}

type vacanciesView struct {
	Sections               ui.Tabs
	Form                   *form.Form
	States, Whose, Regions []ui.Option
	Filter                 ui.Filters
	Review                 ui.TaskList
	MoreReview             string // address of all that waits, "" when it all stands here
	List                   ui.TaskList
	Pager                  ui.Pager
	Heading                string
}

// vacancies lists vacancies, what waits for a review first. What narrows the list is in its address.
func (p *pages) vacancies(c *web.Context) (web.Page, error) {
	f := c.QueryForm()
	v := vacanciesView{Sections: sections(c, vacanciesPath), Form: f, Regions: p.regions(c)}
	for _, g := range stateGroups() {
		v.States = append(v.States, ui.Option{Value: g.Name, Label: c.T("offers.vacancies.state." + g.Name)})
	}
	for _, whose := range []string{whoseAgency, whoseMine, whoseAll} {
		v.Whose = append(v.Whose, ui.Option{Value: whose, Label: c.T("offers.vacancies.whose." + whose)})
	}
	filter := p.vacancyFilter(c, f, &v)
	list, err := p.Vacancies.List(c.Context(), c.Actor, filter, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	var waiting domain.Listing[employer.Vacancy]
	if len(v.Filter) == 0 && c.Query(web.AfterParam) == "" {
		waiting, err = p.Vacancies.List(c.Context(), c.Actor, employer.VacancyFilter{View: employer.ViewQueue}, domain.Cursor{Limit: reviewShown})
		if err != nil {
			return web.Page{}, err
		}
		if waiting.Next != "" {
			v.MoreReview = c.With("state", "review")
		}
	}
	names, err := p.employerNames(c, append(waiting.Items, list.Items...))
	if err != nil {
		return web.Page{}, err
	}
	for _, one := range waiting.Items {
		v.Review = append(v.Review, p.vacancyItem(c, one, names))
	}
	for _, one := range list.Items {
		if !slices.ContainsFunc(waiting.Items, func(w employer.Vacancy) bool { return w.ID == one.ID }) { // those stand above
			v.List = append(v.List, p.vacancyItem(c, one, names))
		}
	}
	v.Pager = desk.Pager(c, list.Next)
	return web.Page{Template: "offers/vacancies", Title: c.T("offers.vacancies.title"), Data: v}, nil
}

// vacancyFilter reads what narrows the list and notes it for the reader.
func (p *pages) vacancyFilter(c *web.Context, f *form.Form, v *vacanciesView) employer.VacancyFilter {
	filter := employer.VacancyFilter{
		View: employer.ViewAgency, Words: f.Text("words", employer.MaxName), PlaceCode: f.Choice("region", desk.Values(v.Regions)...),
	}
	noted := func(name, text string) {
		v.Filter = append(v.Filter, ui.Filter{Text: text, RemoveURL: c.With(name, "")})
	}
	state := f.Choice("state", desk.Values(v.States)...)
	for _, g := range stateGroups() {
		if g.Name == state {
			filter.States = g.States
			noted("state", desk.LabelOf(v.States, state))
		}
	}
	switch whose := f.Choice("whose", desk.Values(v.Whose)...); whose {
	case whoseMine, whoseAll:
		filter.View = employer.ViewAll
		if whose == whoseMine {
			filter.View = employer.ViewMine
		}
		noted("whose", desk.LabelOf(v.Whose, whose))
	default:
		f.Set("whose", whoseAgency)
		if state == "review" {
			filter.View, filter.States = employer.ViewQueue, nil // those of no agency too
		}
	}
	if filter.PlaceCode != "" {
		noted("region", desk.LabelOf(v.Regions, filter.PlaceCode))
	}
	if filter.Words != "" {
		noted("words", filter.Words)
	}
	return filter
}

func (p *pages) regions(c *web.Context) []ui.Option {
	var out []ui.Option
	for _, region := range p.Places.Present().RegionChoices(string(c.Tag())) {
		out = append(out, ui.Option{Value: region.Code, Label: region.Name})
	}
	return out
}

// employerNames names the employers of a list in one reading.
func (p *pages) employerNames(c *web.Context, list []employer.Vacancy) (map[domain.ID]string, error) {
	var ids []domain.ID
	for _, v := range list {
		if !v.OrganisationID.IsZero() {
			ids = append(ids, v.OrganisationID)
		}
	}
	out := map[domain.ID]string{}
	if len(ids) == 0 {
		return out, nil
	}
	found, err := p.Organisations.Many(c.Context(), c.Actor, ids)
	for id, o := range found {
		out[id] = o.Name()
	}
	return out, err
}

// vacancyItem is a line of the list: whose it is, what tells it apart, and what waits.
func (p *pages) vacancyItem(c *web.Context, v employer.Vacancy, names map[domain.ID]string) ui.Task {
	item := ui.Task{Title: v.Title, URL: vacancyURL(v.ID), Tag: vacancyTag(c, v)}
	var notes []string
	if v.State == employer.Held && c.Has("offers.vacancies.held."+v.Reason) {
		notes = append(notes, c.T("offers.vacancies.held."+v.Reason))
	}
	if name := names[v.OrganisationID]; name != "" {
		notes = append(notes, name)
	}
	if v.ClientName != "" {
		notes = append(notes, v.ClientName)
	}
	for _, fact := range p.shortFacts(c, v) {
		notes = append(notes, fact.Text)
	}
	if by, soon := p.confirmBy(v); soon {
		notes = append(notes, c.T("offers.vacancies.confirm", "Date", c.Date(by)))
	}
	item.Note = strings.Join(notes, " · ")
	return item
}

// shortFacts are what tells vacancies apart in a list and heads their pages.
func (p *pages) shortFacts(c *web.Context, v employer.Vacancy) []ui.Fact {
	var out []ui.Fact
	if v.AbroadCountry != "" || v.PlaceCode != "" {
		out = append(out, ui.Fact{Icon: "map-pin", Text: vacancy.Where(c, p.Places.Present(), v)})
	}
	if v.Contract != "" {
		out = append(out, ui.Fact{Icon: "briefcase", Text: c.T("reference.contract." + string(v.Contract))})
	}
	return append(out,
		ui.Fact{Icon: "user", Text: c.N("employer.posts_filled", v.PostsFilled, "Total", v.Posts)},
		ui.Fact{Icon: "file-text", Text: v.Reference})
}
