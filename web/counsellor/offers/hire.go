package offers

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

type hireView struct {
	Form           *form.Form
	Action, Back   string
	Version        int
	Name, Vacancy  string
	Kinds, Periods []ui.Option
	PostsLeft      int
	Full           *ui.NextAction // no post is left: what to do instead
	Stale          *ui.Notice
}

// hireForm asks for what a hire says, beginning with what the vacancy says.
func (p *pages) hireForm(c *web.Context) (web.Page, error) {
	o, err := p.openApplication(c)
	if err != nil {
		return web.Page{}, err
	}
	f := c.NewForm()
	f.Set("kind", string(o.vacancy.Contract))
	f.Set("wage_period", string(o.vacancy.WagePeriod))
	if !o.vacancy.StartsOn.IsZero() && !o.vacancy.StartsOn.Before(p.today()) {
		f.SetDate("starts_on", o.vacancy.StartsOn, "")
	}
	if o.vacancy.WageMin == o.vacancy.WageMax {
		vacancy.SetAmount(f, "wage", o.vacancy.WageMin)
	}
	return p.hirePage(c, f)
}

func (p *pages) hirePage(c *web.Context, f *form.Form) (web.Page, error) {
	o, err := p.openApplication(c)
	if err != nil {
		return web.Page{}, err
	}
	url := applicationURL(o.ID)
	v := hireView{
		Form: f, Action: url + "/hire", Back: url, Version: o.Version, Name: o.name(), Vacancy: o.vacancy.Title,
		Kinds: vacancy.Contracts(c), Periods: vacancy.Periods(c), PostsLeft: o.vacancy.PostsLeft(),
	}
	if v.PostsLeft == 0 {
		v.Full = &ui.NextAction{Late: true, Heading: c.T("offers.hire.full"), Text: c.T("offers.hire.full_text", "Name", o.name())}
		if p.may(c, access.VacancySuspend, o.vacancy.Facts()) {
			v.Full.Buttons = append(v.Full.Buttons, actLink(c.T("employer.vacancy.raise"), vacancyURL(o.VacancyID)+"/posts"))
		}
		v.Full.Buttons = append(v.Full.Buttons, actLink(c.T("offers.close.open"), vacancyURL(o.VacancyID)+"/close"))
	}
	if f.Kind() == domain.KindStale {
		v.Stale = stale(c, o)
	}
	return web.Page{
		Template: "offers/hire", Title: c.T("employer.hire.title", "Name", o.row.PersonReference, "Vacancy", o.vacancy.Title), Data: v, Form: f, Nav: vacanciesPath,
		Back: &ui.Link{Text: o.name(), URL: url},
	}, nil
}

// hire fills a post and plans the placement. Where others are still candidates the next page asks what becomes of them;
// whoever comes too late for the last post reads so on the same page.
func (p *pages) hire(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	in := placement.Hire{Act: placement.Act{ID: id, Version: desk.Version(f)}, StartsOn: f.Date("starts_on")}
	in.Kind = employer.ContractKind(f.Choice("kind", desk.Values(vacancy.Contracts(c))...))
	in.EndsOn = f.Date("ends_on")
	in.Wage = vacancy.Amount(f, "wage")
	in.WagePeriod = employer.WagePeriod(f.Choice("wage_period", desk.Values(vacancy.Periods(c))...))
	f.Require("error.required", "kind")
	if in.StartsOn.IsZero() && f.ErrorFor("starts_on") == nil {
		f.Fail("starts_on", "error.required")
	}
	if !f.Failed() {
		result, err := p.Applications.Hire(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			if len(result.Others) > 0 {
				return web.Redirect(vacancyURL(result.Vacancy.ID)+"/close", "offers.replied.hire"), nil
			}
			return web.Redirect(applicationURL(id), "offers.replied.hire"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.hirePage(c, f)
}

type closeView struct {
	Form         *form.Form
	Action, Back string
	Candidates   []ui.Option
	PostsLeft    int
}

func (p *pages) closeForm(c *web.Context) (web.Page, error) { return p.closePage(c, c.NewForm()) }

// closeOthers ends the ticked applications of a vacancy. Nothing happens to the others.
func (p *pages) closeOthers(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	open, err := p.stillOpen(c, id)
	if err != nil {
		return web.Page{}, err
	}
	var ids []domain.ID
	for _, chosen := range f.Choices("applications", domain.MaxLimit, desk.Values(open)...) {
		ids = append(ids, domain.ID(chosen))
	}
	in := placement.CloseOthers{VacancyID: id, IDs: ids, Reason: f.Text("words", maxWords)}
	list := vacancyURL(id) + "/applications"
	switch {
	case f.Failed():
	case len(ids) == 0:
		return web.Redirect(list, ""), nil
	default:
		_, err = p.Applications.CloseOthers(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(list, "employer.close.done"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.closePage(c, f)
}

// stillOpen lists the live applications of a vacancy that this reader may close.
func (p *pages) stillOpen(c *web.Context, of domain.ID) ([]ui.Option, error) {
	list, err := p.Applications.List(c.Context(), c.Actor,
		placement.ApplicationFilter{VacancyID: of, States: placement.LiveStates()}, domain.Cursor{Limit: domain.MaxLimit})
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, row := range list.Items {
		if p.may(c, access.ApplicationRespond, row.Application.Facts()) {
			out = append(out, ui.Option{Value: string(row.Application.ID), Label: nameIn(row), Hint: applicationTag(c, row.Application).Text})
		}
	}
	return out, nil
}

func (p *pages) closePage(c *web.Context, f *form.Form) (web.Page, error) {
	v, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	open, err := p.stillOpen(c, v.ID)
	if err != nil {
		return web.Page{}, err
	}
	one := vacancyURL(v.ID)
	return web.Page{
		Template: "offers/close", Title: c.T("employer.close.title", "Vacancy", v.Title), Form: f, Nav: vacanciesPath,
		Data: closeView{Form: f, Action: one + "/close", Back: one + "/applications", Candidates: open, PostsLeft: v.PostsLeft()},
		Back: &ui.Link{Text: v.Title, URL: one},
	}, nil
}
