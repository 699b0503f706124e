package employer

import (
	"slices"
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

// hireForm asks for what a hire says, beginning with what the vacancy says.
func (p *pages) hireForm(c *web.Context) (web.Page, error) {
	one, err := p.openCandidate(c)
	if err != nil {
		return web.Page{}, err
	}
	f := c.NewForm()
	f.Set("kind", string(one.vacancy.Contract))
	f.Set("wage_period", string(one.vacancy.WagePeriod))
	if !one.vacancy.StartsOn.IsZero() && !one.vacancy.StartsOn.Before(p.today()) {
		f.SetDate("starts_on", one.vacancy.StartsOn, "")
	}
	if one.vacancy.WageMin > 0 && one.vacancy.WageMin == one.vacancy.WageMax {
		f.Set("wage", strconv.FormatInt(one.vacancy.WageMin, 10))
	}
	return p.answerPage(c, "hire", f)
}

// hire fills a post. Where others are still candidates, the next page asks
// what becomes of them: nothing happens to them by itself.
func (p *pages) hire(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	in := placement.Hire{StartsOn: f.Date("starts_on"), EndsOn: f.Date("ends_on")}
	in.ID, in.Version = id, desk.Version(f)
	in.Kind = employer.ContractKind(f.Choice("kind", desk.Values(vacancy.Contracts(c))...))
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
				return web.Redirect(vacancyURL(result.Vacancy.ID)+"/close", "employer.answered.hire"), nil
			}
			return web.Redirect(candidateURL(id), "employer.answered.hire"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.answerPage(c, "hire", f)
}

type closeView struct {
	Form       *form.Form
	Action     string
	Back       string
	Candidates []ui.Option
	PostsLeft  int
}

func (p *pages) closeForm(c *web.Context) (web.Page, error) { return p.closePage(c, c.NewForm()) }

// closeOthers ends the ticked applications of a vacancy.
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
	switch {
	case f.Failed():
	case len(ids) == 0:
		return web.Redirect(vacancyURL(id)+"/candidates", ""), nil
	default:
		_, err = p.Applications.CloseOthers(c.Context(), c.Act(f), placement.CloseOthers{VacancyID: id, IDs: ids})
		if desk.Settled(err) {
			return web.Redirect(vacancyURL(id)+"/candidates", "employer.close.done"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.closePage(c, f)
}

// stillOpen lists the candidates of a vacancy that wait for an answer.
func (p *pages) stillOpen(c *web.Context, of domain.ID) ([]ui.Option, error) {
	found, err := p.Applications.Candidates(c.Context(), c.Actor, of, domain.Cursor{Limit: domain.MaxLimit})
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, one := range found.Items {
		if one.ApplicationID.IsZero() || !slices.Contains(waiting(), one.State) {
			continue
		}
		out = append(out, ui.Option{
			Value: string(one.ApplicationID), Label: opened{Candidate: one}.name(), Hint: candidateTag(c, one.State).Text,
		})
	}
	return out, nil
}

func (p *pages) closePage(c *web.Context, f *form.Form) (web.Page, error) {
	v, _, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	open, err := p.stillOpen(c, v.ID)
	if err != nil {
		return web.Page{}, err
	}
	one := vacancyURL(v.ID)
	return web.Page{
		Template: "employer/close", Title: c.T("employer.close.title", "Vacancy", v.Title), Form: f, Nav: vacanciesPath,
		Data: closeView{Form: f, Action: one + "/close", Back: one + "/candidates", Candidates: open, PostsLeft: v.PostsLeft()},
		Back: &ui.Link{Text: v.Title, URL: one},
	}, nil
}
