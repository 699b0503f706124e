package public

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/jobposting"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

// vacancyView is the data of "public/vacancy".
type vacancyView struct {
	vacancy.Details
	Apply            ui.Button
	CanApply, Closed bool
	ComplaintPhone   string
	Complain         string // address of a jobseeker's form, "" for others
}

// vacancy shows one vacancy to everybody.
func (p *pages) vacancy(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	one, err := p.Matches.Vacancy(c.Context(), c.Actor, id)
	if domain.KindOf(err) == domain.KindUnauthenticated {
		err = domain.NotFound("public.vacancy") // to a visitor, a vacancy that is not public is none
	}
	if err != nil {
		return web.Page{}, err
	}
	v := one.Vacancy
	open := v.Open(domain.DateOf(p.Clock.Now()))
	complain := ""
	if c.Actor.Role == domain.RoleAnonymous || c.Actor.Role == domain.RoleJobseeker { // a visitor signs in first
		complain = "/me/vacancies/" + string(v.ID) + "/complaint"
	}
	page := web.Page{
		Template: "public/vacancy", Title: c.T("public.vacancy.title", "Title", v.Title, "Reference", v.Reference),
		Data: vacancyView{
			Details: vacancy.DetailsOf(c, p.Places.Present(), one), Closed: !open, ComplaintPhone: c.Site.HelpPhone, Complain: complain,
			CanApply: open && (c.Actor.Role == domain.RoleAnonymous || c.Actor.Role == domain.RoleJobseeker),
			Apply:    ui.Button{Text: c.T("public.vacancy.apply"), URL: "/me/vacancies/" + string(v.ID), Icon: "arrow-right"},
		},
		Back: &ui.Link{Text: c.T("public.vacancies.title"), URL: "/vacancies"}, Nav: "/vacancies",
	}
	if open {
		page.StructData = jobposting.Of(v, one.Employer, p.Places.Present())
	}
	return page, nil
}

func vacancyPath(v employer.Vacancy) string { return "/vacancies/" + string(v.ID) }
