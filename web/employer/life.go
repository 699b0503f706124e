package employer

import (
	"context"
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// oneClick carries out an act that needs no more than a button, and shows the vacancy.
func (p *pages) oneClick(c *web.Context, done string, act func(context.Context, domain.Actor, employer.VacancyAct) (employer.Vacancy, error)) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	_, err = act(c.Context(), c.Act(f), employer.VacancyAct{ID: id, Version: desk.Version(f)})
	if desk.Settled(err) {
		return web.Redirect(vacancyURL(id), done), nil
	}
	return web.Page{}, err
}

func (p *pages) suspend(c *web.Context) (web.Page, error) {
	return p.oneClick(c, "employer.vacancy.suspended_now", p.Vacancies.Suspend)
}

func (p *pages) resume(c *web.Context) (web.Page, error) {
	return p.oneClick(c, "employer.vacancy.resumed_now", p.Vacancies.Resume)
}

func (p *pages) elsewhere(c *web.Context) (web.Page, error) {
	return p.oneClick(c, "employer.vacancy.elsewhere_now", p.Vacancies.FillElsewhere)
}

// confirm says that a vacancy is still open, without changing its end.
func (p *pages) confirm(c *web.Context) (web.Page, error) {
	return p.oneClick(c, "employer.vacancy.confirmed_now", func(ctx context.Context, actor domain.Actor, in employer.VacancyAct) (employer.Vacancy, error) {
		v, err := p.Vacancies.Get(ctx, actor, in.ID)
		if err != nil {
			return employer.Vacancy{}, err
		}
		return p.Vacancies.Renew(ctx, actor, employer.RenewVacancy{VacancyAct: in, OpenUntil: v.OpenUntil})
	})
}

// lifeView is a form of one question about a vacancy.
type lifeView struct {
	Form    *form.Form
	Action  string
	Version int
	Title   string
	Posts   int
	Back    string
}

// lifePage shows the form of a question: renew, posts, withdraw.
func (p *pages) lifePage(c *web.Context, question string, f *form.Form) (web.Page, error) {
	v, _, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	if question == "posts" && f.Value("posts") == "" {
		f.Set("posts", strconv.Itoa(v.Posts+1))
	}
	one := vacancyURL(v.ID)
	view := lifeView{Form: f, Action: one + "/" + question, Version: v.Version, Title: v.Title, Posts: v.Posts, Back: one}
	return web.Page{
		Template: "employer/" + question, Title: c.T("employer.life."+question, "Vacancy", v.Title), Data: view, Form: f, Nav: vacanciesPath,
		Back: &ui.Link{Text: v.Title, URL: one},
	}, nil
}

// saveLife carries out the act of a question and shows the vacancy, or the question again.
func (p *pages) saveLife(c *web.Context, question, done string, act func(f *form.Form, actor domain.Actor, in employer.VacancyAct) error) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	in := employer.VacancyAct{ID: id, Version: desk.Version(f), Reason: f.Text("reason", maxWords)}
	err = act(f, c.Act(f), in)
	switch {
	case f.Failed():
	case desk.Settled(err):
		return web.Redirect(vacancyURL(id), done), nil
	case !f.Explain(missingHere(err)):
		return web.Page{}, err
	}
	return p.lifePage(c, question, f)
}

// missingHere keeps errors of fields that the question shows; others are named in whole sentences.
func missingHere(err error) error {
	return desk.Renamed(err, func(name string) string {
		if name == "posts" || name == "reason" || name == "open_until" {
			return name
		}
		return ""
	})
}

func (p *pages) renewForm(c *web.Context) (web.Page, error) {
	return p.lifePage(c, "renew", c.NewForm())
}

func (p *pages) renew(c *web.Context) (web.Page, error) {
	return p.saveLife(c, "renew", "employer.vacancy.renewed_now", func(f *form.Form, actor domain.Actor, in employer.VacancyAct) error {
		until := f.Date("open_until")
		if f.Failed() {
			return nil
		}
		_, err := p.Vacancies.Renew(c.Context(), actor, employer.RenewVacancy{VacancyAct: in, OpenUntil: until})
		return err
	})
}

func (p *pages) postsForm(c *web.Context) (web.Page, error) {
	return p.lifePage(c, "posts", c.NewForm())
}

func (p *pages) raisePosts(c *web.Context) (web.Page, error) {
	return p.saveLife(c, "posts", "employer.vacancy.raised_now", func(f *form.Form, actor domain.Actor, in employer.VacancyAct) error {
		posts, _ := f.Int("posts", 1, employer.MaxPosts)
		f.Require("error.required", "posts")
		if f.Failed() {
			return nil
		}
		_, err := p.Vacancies.RaisePosts(c.Context(), actor, employer.RaisePosts{VacancyAct: in, Posts: posts})
		return err
	})
}

func (p *pages) withdrawForm(c *web.Context) (web.Page, error) {
	return p.lifePage(c, "withdraw", c.NewForm())
}

func (p *pages) withdraw(c *web.Context) (web.Page, error) {
	return p.saveLife(c, "withdraw", "employer.vacancy.withdrawn_now", func(_ *form.Form, actor domain.Actor, in employer.VacancyAct) error {
		_, err := p.Vacancies.Withdraw(c.Context(), actor, in)
		return err
	})
}
