package employer

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

type vacanciesView struct {
	Form   *form.Form
	States []ui.Option
	Filter ui.Filters
	List   ui.TaskList
	Pager  ui.Pager
	Any    bool // nothing narrows the list
}

// vacancies lists the organisation's vacancies, the last changed first. What narrows the list is in its address.
func (p *pages) vacancies(c *web.Context) (web.Page, error) {
	f := c.QueryForm()
	v := vacanciesView{Form: f, States: desk.Coded(c, "reference.vacancy.", employer.Machine().States...)}
	filter := employer.VacancyFilter{View: employer.ViewOrganisation, Words: f.Text("words", employer.MaxName)}
	if state := f.Choice("state", desk.Values(v.States)...); state != "" {
		filter.States = []domain.State{domain.State(state)}
		v.Filter = append(v.Filter, ui.Filter{Text: desk.LabelOf(v.States, state), RemoveURL: c.With("state", "")})
	}
	if filter.Words != "" {
		v.Filter = append(v.Filter, ui.Filter{Text: filter.Words, RemoveURL: c.With("words", "")})
	}
	list, err := p.Vacancies.List(c.Context(), c.Actor, filter, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	for _, one := range list.Items {
		v.List = append(v.List, p.vacancyItem(c, one))
	}
	v.Pager, v.Any = desk.Pager(c, list.Next), len(v.Filter) == 0
	return web.Page{Template: "employer/vacancies", Title: c.T("employer.vacancies.title"), Data: v}, nil
}

// vacancyItem is a line of the list: what it is, and what its employer should know.
func (p *pages) vacancyItem(c *web.Context, v employer.Vacancy) ui.Task {
	item := ui.Task{Title: v.Title, URL: vacancyURL(v.ID), Tag: vacancyTag(c, v)}
	if v.State == employer.Draft {
		item.URL += "/check"
	}
	var notes []string
	for _, fact := range p.shortFacts(c, v) {
		notes = append(notes, fact.Text)
	}
	if by, soon := p.confirmBy(v); soon {
		notes = append(notes, c.T("employer.dashboard.confirm", "Date", c.Date(by)))
	}
	item.Note = strings.Join(notes, " · ")
	return item
}

// shortFacts are what tells vacancies apart in a list and heads their pages.
func (p *pages) shortFacts(c *web.Context, v employer.Vacancy) []ui.Fact {
	var out []ui.Fact
	if at := p.where(c, v); at != "" {
		out = append(out, ui.Fact{Icon: "map-pin", Text: at})
	}
	if v.Contract != "" {
		out = append(out, ui.Fact{Icon: "briefcase", Text: c.T("reference.contract." + string(v.Contract))})
	}
	out = append(out, ui.Fact{Icon: "user", Text: c.N("employer.posts_filled", v.PostsFilled, "Total", v.Posts)})
	if !v.StartsOn.IsZero() {
		out = append(out, ui.Fact{Icon: "calendar", Text: c.T("employer.starts", "Date", c.Date(v.StartsOn))})
	}
	return append(out, ui.Fact{Icon: "file-text", Text: v.Reference})
}

// where is the place of work, or the country abroad; "" while a draft does not say.
func (p *pages) where(c *web.Context, v employer.Vacancy) string {
	if v.AbroadCountry == "" && v.PlaceCode == "" {
		return ""
	}
	return vacancy.Where(c, p.Places.Present(), v)
}
