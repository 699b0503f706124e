package jobseeker

import (
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

const perPage = 10

// vacanciesView is the data of "jobseeker/vacancies".
type vacanciesView struct {
	Summary string
	List    []matchLine
	Pager   ui.Pager
	Near    []vacancy.Near // on the first page
	Ways    vacancy.Ways
	Why     ui.Notice // why there is no list
	Empty   bool
}

// matchLine is one vacancy with its place and the reasons.
type matchLine struct {
	Rank int
	vacancy.Line
	Reasons reasons
}

// vacancies lists what fits the person, the best first, each with its reasons.
func (p *pages) vacancies(c *web.Context) (web.Page, error) {
	f := c.QueryForm()
	from, _ := f.Int("from", 0, matching.MaxDepth-perPage)
	found, err := p.Matches.PageFor(c.Context(), c.Actor, c.Actor.PersonID, matching.Page{From: from, Size: perPage})
	v := vacanciesView{}
	switch domain.KindOf(err) {
	case domain.KindConflict:
		if v.Why, err = p.whyNone(c); err != nil {
			return web.Page{}, err
		}
	case domain.KindUnavailable:
		v.Why = ui.Notice{Tone: ui.Warning, Text: c.T("error.search.rebuilding")}
	default:
		if err != nil {
			return web.Page{}, err
		}
		v.Summary, v.Empty = c.N("jobseeker.matches.found", found.Total), found.Total == 0
		if from == 0 {
			if v.Near, v.Ways, err = p.further(c, found); err != nil {
				return web.Page{}, err
			}
		}
	}
	names, err := p.skillNames(c, found.List)
	if err != nil {
		return web.Page{}, err
	}
	for i, one := range found.List {
		url := vacanciesPath + "/" + string(one.Vacancy.ID)
		v.List = append(v.List, matchLine{
			Rank: from + i + 1, Line: vacancy.LineOf(c, p.Places.Present(), one.Vacancy, one.Employer, url), Reasons: reasonsOf(c, one.Vacancy, one.Why, names),
		})
	}
	if next := from + perPage; next < found.Total && next+perPage <= matching.MaxDepth {
		v.Pager.NextURL = c.With("from", strconv.Itoa(next))
	}
	if from > 0 {
		v.Pager.FirstURL = c.With("from", "")
	}
	return web.Page{Template: "jobseeker/vacancies", Title: c.T("common.nav.my_matches"), Data: v}, nil
}

// whyNone says why nobody may match the person now, and what to do about it.
func (p *pages) whyNone(c *web.Context) (ui.Notice, error) {
	given, err := p.given(c)
	if err != nil {
		return ui.Notice{}, err
	}
	if _, agreed := given[person.ForMatching]; !agreed {
		return ui.Notice{
			Title: c.T("jobseeker.matches.no_consent"), Text: c.T("jobseeker.matches.no_consent_text"),
			Link: ui.Link{Text: c.T("common.nav.my_consents"), URL: consentsPath},
		}, nil
	}
	return ui.Notice{
		Title: c.T("jobseeker.matches.not_yet"), Text: c.T("jobseeker.matches.not_yet_text"),
		Link: ui.Link{Text: c.T("public.vacancies.all"), URL: "/vacancies"},
	}, nil
}

// vacancyView is the data of "jobseeker/vacancy".
type vacancyView struct {
	vacancy.Details
	Form           *form.Form
	Action         string
	Explained      bool
	Reasons        reasons
	Asked          string    // what applying agrees to: this employer's name stands in it
	Applied        ui.Notice // the person's own application, when there is one
	Closed         bool
	ComplaintPhone string
	Complain       string // address of the form
}

// vacancy shows one vacancy with what fits and what is missing, and lets the person apply.
func (p *pages) vacancy(c *web.Context) (web.Page, error) { return p.vacancyPage(c, c.NewForm()) }

func (p *pages) vacancyPage(c *web.Context, f *form.Form) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	one, err := p.Matches.Vacancy(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	v := vacancyView{
		Details: vacancy.DetailsOf(c, p.Places.Present(), one), Form: f, Action: vacanciesPath + "/" + string(id),
		Closed: !one.Vacancy.Open(domain.DateOf(p.Clock.Now())), ComplaintPhone: c.Site.HelpPhone,
		Complain: complaintPath(id),
	}
	_, why, err := p.Matches.Explain(c.Context(), c.Actor, c.Actor.PersonID, id)
	if err != nil && domain.KindOf(err) != domain.KindConflict {
		return web.Page{}, err
	}
	if err == nil {
		names, err := p.namesOf(c, why)
		if err != nil {
			return web.Page{}, err
		}
		v.Explained, v.Reasons = true, reasonsOf(c, one.Vacancy, why, names)
	}
	v.Asked = profile.AskFor(c, one.Employer).Body
	if v.Applied, err = p.applied(c, id); err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Template: "jobseeker/vacancy", Title: c.T("public.vacancy.title", "Title", one.Vacancy.Title, "Reference", one.Vacancy.Reference),
		Data: v, Form: f, Back: &ui.Link{Text: c.T("common.nav.my_matches"), URL: vacanciesPath}, Nav: vacanciesPath,
	}, nil
}
