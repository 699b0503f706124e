package employer

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

// answered carries out an answer that needs no more than a button.
func (p *pages) answered(c *web.Context, done string, act func(context.Context, domain.Actor, placement.Act) (placement.Application, error)) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	_, err = act(c.Context(), c.Act(f), placement.Act{ID: id, Version: desk.Version(f)})
	if desk.Settled(err) {
		return web.Redirect(candidateURL(id), done), nil
	}
	return web.Page{}, err
}

func (p *pages) seen(c *web.Context) (web.Page, error) {
	return p.answered(c, "employer.answered.see", p.Applications.See)
}

func (p *pages) offer(c *web.Context) (web.Page, error) {
	return p.answered(c, "employer.answered.offer", p.Applications.Offer)
}

// answerView is the form of an answer that needs words.
type answerView struct {
	Form           *form.Form
	Action, Back   string
	Version        int
	Name, Vacancy  string
	Reasons        []ui.Option
	Kinds, Periods []ui.Option
	PostsLeft      int
	Stale          *ui.Notice
}

func (p *pages) answerPage(c *web.Context, answer string, f *form.Form) (web.Page, error) {
	one, err := p.openCandidate(c)
	if err != nil {
		return web.Page{}, err
	}
	title := map[string]string{"interview": "employer.interview.title", "refuse": "employer.refuse.title", "hire": "employer.hire.title"}[answer]
	url := candidateURL(one.ApplicationID)
	v := answerView{
		Form: f, Action: url + "/" + answer, Back: url, Version: one.Version, Name: one.name(), Vacancy: one.vacancy.Title,
		Reasons: desk.Coded(c, "reference.refusal.", placement.Refusals()...), Kinds: vacancy.Contracts(c), Periods: vacancy.Periods(c),
		PostsLeft: one.vacancy.PostsLeft(),
	}
	if f.Kind() == domain.KindStale { // an answer is one word: what stands now says it all
		v.Stale = &ui.Notice{Tone: ui.Warning, Title: c.T("common.conflict.title"), Text: c.T("employer.answer.now", "State", candidateTag(c, one.State).Text)}
	}
	return web.Page{
		Template: "employer/" + answer, Title: c.T(title, "Name", one.Code, "Vacancy", one.vacancy.Title), Data: v, Form: f,
		Back: &ui.Link{Text: one.name(), URL: url}, Nav: vacanciesPath,
	}, nil
}

func (p *pages) interviewForm(c *web.Context) (web.Page, error) {
	return p.answerPage(c, "interview", c.NewForm())
}

// interview invites somebody: the day and the words go to the counsellor, who
// tells the person.
func (p *pages) interview(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	on, words := f.Date("on"), f.Text("words", maxWords)
	if on.IsZero() && f.ErrorFor("on") == nil {
		f.Fail("on", "error.required")
	} else if !on.IsZero() && on.Before(p.today()) {
		f.Fail("on", "error.date.past")
	}
	if !f.Failed() {
		reason := c.T("employer.interview.said", "Date", c.Date(on), "Words", words)
		_, err = p.Applications.Interview(c.Context(), c.Act(f), placement.Act{ID: id, Version: desk.Version(f), Reason: reason})
		if desk.Settled(err) {
			return web.Redirect(candidateURL(id), "employer.answered.interview"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.answerPage(c, "interview", f)
}

func (p *pages) refuseForm(c *web.Context) (web.Page, error) {
	return p.answerPage(c, "refuse", c.NewForm())
}

// refuse says no, with a reason from the list: the counsellor learns what to
// work on with the person.
func (p *pages) refuse(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	in := placement.Refuse{Why: placement.Refusal(f.Choice("why", desk.Values(desk.Coded(c, "reference.refusal.", placement.Refusals()...))...))}
	in.ID, in.Version, in.Reason = id, desk.Version(f), f.Text("words", maxWords)
	f.Require("error.required", "why")
	if !f.Failed() {
		_, err = p.Applications.Refuse(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(candidateURL(id), "employer.answered.refuse"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.answerPage(c, "refuse", f)
}
