package offers

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// What the person may say to a proposal.
const (
	answerYes = "yes"
	answerNo  = "no"
)

// maxRepresentative bounds a name, in characters.
const maxRepresentative = 120

// answer records what the person said, on the phone or at the desk: who said it and how stays in the history.
func (p *pages) answer(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	said := f.Choice("answer", answerYes, answerNo)
	mode := person.ConsentMode(f.Choice("mode", desk.Values(desk.Coded(c, "offers.mode.", placement.AnswerModes()...))...))
	in := placement.Answer{Act: placement.Act{ID: id, Version: desk.Version(f), Reason: f.Text("words", maxWords)}, Mode: mode, Representative: f.Text("representative", maxRepresentative)}
	f.Require("error.required", "answer")
	if said == answerYes {
		f.Require("offers.answer.mode_missing", "mode")
	}
	if said != "" {
		f.Require("offers.answer.words_missing", "words")
	}
	if f.Failed() {
		return p.applicationPage(c, f)
	}
	done := "offers.answer.said_yes"
	if said == answerYes {
		_, err = p.Applications.Consent(c.Context(), c.Act(f), in)
	} else {
		done = "offers.answer.said_no"
		_, err = p.Applications.Decline(c.Context(), c.Act(f), in.Act)
	}
	if desk.Settled(err) {
		return web.Redirect(applicationURL(id), done), nil
	}
	if !f.Explain(err) {
		return web.Page{}, err
	}
	return p.applicationPage(c, f)
}

// replied carries out what needs no more than a button.
func (p *pages) replied(c *web.Context, done string, act func(context.Context, domain.Actor, placement.Act) (placement.Application, error)) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	_, err = act(c.Context(), c.Act(f), placement.Act{ID: id, Version: desk.Version(f)})
	if desk.Settled(err) {
		return web.Redirect(applicationURL(id), done), nil
	}
	if !f.Explain(err) {
		return web.Page{}, err
	}
	return p.applicationPage(c, f)
}

func (p *pages) send(c *web.Context) (web.Page, error) {
	return p.replied(c, "offers.replied.send", p.Applications.Send)
}

func (p *pages) see(c *web.Context) (web.Page, error) {
	return p.replied(c, "offers.replied.see", p.Applications.See)
}

func (p *pages) offer(c *web.Context) (web.Page, error) {
	return p.replied(c, "offers.replied.offer", p.Applications.Offer)
}

// replyQuestion is an answer that asks something first: done is said afterwards.
type replyQuestion struct{ name, done string }

func replyQuestions() []replyQuestion {
	return []replyQuestion{
		{"interview", "offers.replied.interview"}, {"refuse", "offers.replied.refuse"},
		{"decline", "offers.replied.decline"}, {"withdraw", "offers.replied.withdraw"},
	}
}

type replyView struct {
	Form     *form.Form
	Question string
	Action   string
	Version  int
	Back     string
	Name     string
	Vacancy  string
	Reasons  []ui.Option
	Stale    *ui.Notice
}

func refusals(c *web.Context) []ui.Option {
	return desk.Coded(c, "reference.refusal.", placement.Refusals()...)
}

func (p *pages) replyPage(c *web.Context, q replyQuestion, f *form.Form) (web.Page, error) {
	o, err := p.openApplication(c)
	if err != nil {
		return web.Page{}, err
	}
	url := applicationURL(o.ID)
	v := replyView{
		Form: f, Question: q.name, Action: url + "/" + q.name, Version: o.Version, Back: url, Name: o.name(), Vacancy: o.vacancy.Title, Reasons: refusals(c),
	}
	if f.Kind() == domain.KindStale {
		v.Stale = stale(c, o)
	}
	return web.Page{
		Template: "offers/reply", Title: c.T("offers.question."+q.name, "Name", o.row.PersonReference, "Vacancy", o.vacancy.Title), Data: v, Form: f, Nav: vacanciesPath,
		Back: &ui.Link{Text: o.name(), URL: url},
	}, nil
}

func (p *pages) replyForm(q replyQuestion) web.Handler {
	return func(c *web.Context) (web.Page, error) { return p.replyPage(c, q, c.NewForm()) }
}

// reply records an answer with its words.
func (p *pages) reply(q replyQuestion) web.Handler {
	return func(c *web.Context) (web.Page, error) {
		id, f, err := posted(c)
		if err != nil {
			return web.Page{}, err
		}
		in := placement.Act{ID: id, Version: desk.Version(f)}
		on, why := f.Date("on"), placement.Refusal(f.Choice("why", desk.Values(refusals(c))...))
		in.Reason = f.Text("words", maxWords)
		switch q.name {
		case "interview":
			if on.IsZero() && f.ErrorFor("on") == nil {
				f.Fail("on", "error.required")
			}
			in.Reason = c.T("employer.interview.said", "Date", c.Date(on), "Words", in.Reason)
		case "refuse":
			f.Require("error.required", "why")
		}
		if !f.Failed() {
			switch q.name {
			case "interview":
				_, err = p.Applications.Interview(c.Context(), c.Act(f), in)
			case "refuse":
				_, err = p.Applications.Refuse(c.Context(), c.Act(f), placement.Refuse{Act: in, Why: why})
			case "decline":
				_, err = p.Applications.Decline(c.Context(), c.Act(f), in)
			default:
				_, err = p.Applications.Withdraw(c.Context(), c.Act(f), in)
			}
			if desk.Settled(err) {
				return web.Redirect(applicationURL(id), q.done), nil
			}
			if !f.Explain(err) {
				return web.Page{}, err
			}
		}
		return p.replyPage(c, q, f)
	}
}
