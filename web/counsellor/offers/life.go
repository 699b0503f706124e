package offers

import (
	"context"
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
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
	if f.Explain(err) { // the page says where it stands now
		return web.Redirect(vacancyURL(id), "offers.changed"), nil
	}
	return web.Page{}, err
}

func (p *pages) resume(c *web.Context) (web.Page, error) {
	return p.oneClick(c, "employer.vacancy.resumed_now", p.Vacancies.Resume)
}

func (p *pages) elsewhere(c *web.Context) (web.Page, error) {
	return p.oneClick(c, "employer.vacancy.elsewhere_now", p.Vacancies.FillElsewhere)
}

// confirm says that the employer still looks for people, without changing the vacancy's end.
func (p *pages) confirm(c *web.Context) (web.Page, error) {
	return p.oneClick(c, "offers.vacancy.confirmed_now", func(ctx context.Context, actor domain.Actor, in employer.VacancyAct) (employer.Vacancy, error) {
		v, err := p.Vacancies.Get(ctx, actor, in.ID)
		if err != nil {
			return employer.Vacancy{}, err
		}
		return p.Vacancies.Renew(ctx, actor, employer.RenewVacancy{VacancyAct: in, OpenUntil: v.OpenUntil})
	})
}

// lifeQuestion is an act on a vacancy that asks something first: done is said afterwards.
type lifeQuestion struct{ name, done string }

func lifeQuestions() []lifeQuestion {
	return []lifeQuestion{
		{"suspend", "employer.vacancy.suspended_now"}, {"renew", "employer.vacancy.renewed_now"},
		{"posts", "employer.vacancy.raised_now"}, {"withdraw", "employer.vacancy.withdrawn_now"},
	}
}

type lifeView struct {
	Form     *form.Form
	Question string
	Action   string
	Version  int
	Title    string
	Posts    int
	Back     string
}

func (p *pages) lifePage(c *web.Context, q lifeQuestion, f *form.Form) (web.Page, error) {
	v, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	if !p.may(c, access.VacancySuspend, v.Facts()) {
		return web.Page{}, domain.Forbidden("offers.life")
	}
	if q.name == "posts" && f.Value("posts") == "" {
		f.Set("posts", strconv.Itoa(v.Posts+1))
	}
	one := vacancyURL(v.ID)
	return web.Page{
		Template: "offers/life", Title: c.T("offers.life."+q.name, "Vacancy", v.Title), Form: f, Nav: vacanciesPath,
		Data: lifeView{Form: f, Question: q.name, Action: one + "/" + q.name, Version: v.Version, Title: v.Title, Posts: v.Posts, Back: one},
		Back: &ui.Link{Text: v.Title, URL: one},
	}, nil
}

func (p *pages) lifeForm(q lifeQuestion) web.Handler {
	return func(c *web.Context) (web.Page, error) { return p.lifePage(c, q, c.NewForm()) }
}

// life carries out what was asked and shows the vacancy, or the question again.
func (p *pages) life(q lifeQuestion) web.Handler {
	return func(c *web.Context) (web.Page, error) {
		id, f, err := posted(c)
		if err != nil {
			return web.Page{}, err
		}
		in := employer.VacancyAct{ID: id, Version: desk.Version(f), Reason: f.Text("reason", maxWords)}
		until, posts := f.Date("open_until"), 0
		if q.name == "posts" {
			posts, _ = f.Int("posts", 1, employer.MaxPosts)
			f.Require("error.required", "posts")
		}
		if !f.Failed() {
			switch q.name {
			case "suspend":
				_, err = p.Vacancies.Suspend(c.Context(), c.Act(f), in)
			case "renew":
				_, err = p.Vacancies.Renew(c.Context(), c.Act(f), employer.RenewVacancy{VacancyAct: in, OpenUntil: until})
			case "posts":
				_, err = p.Vacancies.RaisePosts(c.Context(), c.Act(f), employer.RaisePosts{VacancyAct: in, Posts: posts})
			default:
				_, err = p.Vacancies.Withdraw(c.Context(), c.Act(f), in)
			}
			if desk.Settled(err) {
				return web.Redirect(vacancyURL(id), q.done), nil
			}
			if !f.Explain(incomplete(err)) {
				return web.Page{}, err
			}
		}
		return p.lifePage(c, q, f)
	}
}
