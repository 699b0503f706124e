package offers

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// applicationGroups are what somebody looks for in the list: whose answer is awaited.
func applicationGroups() []struct {
	Name   string
	States []domain.State
} {
	return []struct {
		Name   string
		States []domain.State
	}{
		{"live", placement.LiveStates()},
		{"person", []domain.State{placement.Proposed, placement.Offer}},
		{"desk", []domain.State{placement.Consented, placement.Applied}},
		{"employer", placement.WithEmployer()},
		{"hired", []domain.State{placement.Hired}},
		{"ended", []domain.State{
			placement.Declined, placement.Expired, placement.Refused, placement.Withdrawn, placement.Unanswered, placement.Obsolete,
		}},
	}
}

type applicationsView struct {
	Sections      ui.Tabs
	Form          *form.Form
	States, Whose []ui.Option
	Filter        ui.Filters
	List          ui.TaskList
	Pager         ui.Pager
}

// applications lists the applications of the agency's people, the newest first. Without a filter it shows those from which
// something may still come.
func (p *pages) applications(c *web.Context) (web.Page, error) {
	f := c.QueryForm()
	v := applicationsView{Sections: sections(c, applicationsPath), Form: f}
	for _, g := range applicationGroups() {
		v.States = append(v.States, ui.Option{Value: g.Name, Label: c.T("offers.applications.state." + g.Name)})
	}
	for _, whose := range []string{whoseAgency, whoseMine} {
		v.Whose = append(v.Whose, ui.Option{Value: whose, Label: c.T("offers.applications.whose." + whose)})
	}
	filter := placement.ApplicationFilter{Chased: f.Ticked("chased"), Mine: f.Choice("whose", desk.Values(v.Whose)...) == whoseMine}
	state := f.Choice("state", desk.Values(v.States)...)
	if state == "" {
		state = "live"
		f.Set("state", state)
	} else if state != "live" {
		v.Filter = append(v.Filter, ui.Filter{Text: desk.LabelOf(v.States, state), RemoveURL: c.With("state", "")})
	}
	for _, g := range applicationGroups() {
		if g.Name == state {
			filter.States = g.States
		}
	}
	if filter.Mine {
		v.Filter = append(v.Filter, ui.Filter{Text: desk.LabelOf(v.Whose, whoseMine), RemoveURL: c.With("whose", "")})
	} else {
		f.Set("whose", whoseAgency)
	}
	if filter.Chased {
		v.Filter = append(v.Filter, ui.Filter{Text: c.T("offers.applications.chased"), RemoveURL: c.With("chased", "")})
	}
	list, err := p.Applications.List(c.Context(), c.Actor, filter, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	for _, row := range list.Items {
		v.List = append(v.List, applicationItem(c, row, true))
	}
	v.Pager = desk.Pager(c, list.Next)
	return web.Page{Template: "offers/applications", Title: c.T("offers.applications.title"), Data: v, Nav: vacanciesPath}, nil
}

// applicationItem is a line of a list: who, for what, since when, and whose turn it is.
func applicationItem(c *web.Context, row placement.ApplicationRow, vacancy bool) ui.Task {
	a := row.Application
	item := ui.Task{Title: nameIn(row), URL: applicationURL(a.ID), Tag: applicationTag(c, a)}
	var notes []string
	if vacancy {
		notes = append(notes, row.VacancyTitle)
		if row.EmployerName != "" {
			notes = append(notes, row.EmployerName)
		}
	} else if words := skillsMet(c, a); words != "" {
		notes = append(notes, words)
	}
	notes = append(notes, c.T("employer.candidate.since", "Date", c.Day(a.StateSince)))
	if a.Live() && a.ChasedAt.After(a.StateSince) {
		notes = append(notes, c.T("offers.applications.was_chased", "Date", c.Day(a.ChasedAt)))
	}
	item.Note = strings.Join(notes, " · ")
	return item
}

// nameIn is what a list calls somebody: the name, or the reference of one without.
func nameIn(row placement.ApplicationRow) string {
	if name := strings.TrimSpace(row.Given + " " + row.Family); name != "" {
		return name
	}
	return row.PersonReference
}

// skillsMet says how many indispensable skills somebody had when it began; "" where the vacancy asked for none.
func skillsMet(c *web.Context, a placement.Application) string {
	if a.OfEssential == 0 {
		return ""
	}
	return c.N("employer.candidate.essential", a.MetEssential, "Total", a.OfEssential)
}

type vacancyApplicationsView struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	List    ui.TaskList
	Pager   ui.Pager
	Close   *ui.Button
}

// vacancyApplications lists who applied or was proposed for one vacancy.
func (p *pages) vacancyApplications(c *web.Context) (web.Page, error) {
	v, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	list, err := p.Applications.List(c.Context(), c.Actor, placement.ApplicationFilter{VacancyID: v.ID}, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	one := vacancyURL(v.ID)
	out := vacancyApplicationsView{Heading: p.vacancyHeading(c, v), Tabs: vacancyTabs(c, v, one+"/applications"), Pager: desk.Pager(c, list.Next)}
	live := 0
	for _, row := range list.Items {
		out.List = append(out.List, applicationItem(c, row, false))
		if row.Application.Live() {
			live++
		}
	}
	if live > 0 {
		link := actLink(c.T("offers.close.open"), one+"/close")
		out.Close = &link
	}
	return web.Page{
		Template: "offers/vacancyapplications", Title: c.T("offers.applications.of", "Vacancy", v.Title, "Reference", v.Reference), Data: out,
		Back: &ui.Link{Text: c.T("common.nav.offers"), URL: vacanciesPath}, Nav: vacanciesPath,
	}, nil
}
