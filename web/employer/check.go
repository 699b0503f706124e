package employer

import (
	"errors"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

type checkView struct {
	Form     *form.Form
	Notice   *ui.Notice
	Progress *ui.Progress
	Facts    ui.KeyValues
	Action   string
	Version  int
	Verified bool
}

// check shows all answers of a vacancy that was not sent yet, each with a link to change it.
func (p *pages) check(c *web.Context) (web.Page, error) {
	v, o, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	return p.checkPage(c, v, o, c.NewForm())
}

// submit asks for publication. What is missing is named, with a link to its page.
func (p *pages) submit(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	v, err := p.Vacancies.Submit(c.Context(), c.Act(f), employer.VacancyAct{ID: id, Version: desk.Version(f)})
	if _, again := domain.Replayed(err); again {
		v, err = p.Vacancies.Get(c.Context(), c.Actor, id)
	}
	if err == nil {
		done := "employer.vacancy.held_now"
		if v.Public() {
			done = "employer.vacancy.published_now"
		}
		return web.Redirect(vacancyURL(id), done), nil
	}
	if !f.Explain(missing(err)) {
		return web.Page{}, err
	}
	v, o, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	return p.checkPage(c, v, o, f)
}

// missing names what a vacancy lacks in whole sentences: its fields are not on this page.
func missing(err error) error {
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindInvalid {
		return err
	}
	out := *e
	out.Fields = make([]domain.FieldError, len(e.Fields))
	for i, f := range e.Fields {
		out.Fields[i] = domain.FieldError{Key: "employer.missing." + f.Name}
	}
	return &out
}

func (p *pages) checkPage(c *web.Context, v employer.Vacancy, o employer.Organisation, f *form.Form) (web.Page, error) {
	if v.State != employer.Draft && v.State != employer.Returned {
		return web.Redirect(vacancyURL(v.ID), ""), nil
	}
	facts, err := p.facts(c, o, v, true)
	if err != nil {
		return web.Page{}, err
	}
	view := checkView{
		Form: f, Notice: held(c, v), Facts: facts, Action: vacancyURL(v.ID) + "/check", Version: v.Version, Verified: o.Verified(),
	}
	if v.State == employer.Draft {
		view.Progress = &ui.Progress{Step: lastStep, Total: lastStep}
	}
	return web.Page{
		Template: "employer/check", Title: c.T("employer.check.title", "Vacancy", v.Title), Data: view, Form: f, Nav: vacanciesPath,
		Back: &ui.Link{Text: c.T("employer.vacancies.title"), URL: vacanciesPath},
	}, nil
}
