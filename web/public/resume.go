package public

import (
	"context"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// Limits of what is typed on the way in, in characters.
const (
	maxPhone  = 30
	maxCode   = 12
	maxSecret = 100
	maxTicket = 100
)

// doorView is the data of the templates "public/phone", "public/code" and "public/secret": the two ways in by phone, back
// to a form that was begun and into an account, ask for the number, the code sent to it, and the second thing. They
// answer alike for numbers nobody knows.
type doorView struct {
	Form          *form.Form
	Title, Text   string
	Prefix        string
	Action, Again string
	Reached       string
	Other         ui.Link
	Demo          string // where a demonstration's code is read
}

func resumeDoor(c *web.Context) doorView {
	return doorView{
		Title: c.T("public.resume.title"), Text: c.T("public.resume.text"), Action: "/resume", Again: "/resume",
		Other: ui.Link{Text: c.T("public.resume.anew"), URL: startPath},
	}
}

func (p *pages) doorPage(c *web.Context, template, title string, v doorView, f *form.Form) web.Page {
	v.Form = f
	v.Demo = demoCode(c)
	v.Prefix = "+" + p.Places.Present().Pack().CallingCode
	return web.Page{
		Template: "public/" + template, Title: title, Data: v, Form: f, NoIndex: true, Focused: true,
		Back: &ui.Link{Text: c.T("common.back"), URL: v.Again},
	}
}

// demoCode is where a demonstration's codes are read, "" elsewhere: no telephone receives them.
func demoCode(c *web.Context) string {
	switch {
	case c.AtDemoDesk():
		return web.DemoMessagesPath
	case c.Site.Demo:
		return web.MessagesPath
	}
	return ""
}

// resumePhone asks for the number of a form that was begun.
func (p *pages) resumePhone(c *web.Context) (web.Page, error) {
	v := resumeDoor(c)
	page := p.doorPage(c, "phone", v.Title, v, c.NewForm())
	page.Back, page.Focused = nil, false
	return page, nil
}

// resumeSend sends the code and asks for it.
func (p *pages) resumeSend(c *web.Context) (web.Page, error) {
	v := resumeDoor(c)
	return p.sendCode(c, v, "/resume/code", p.Drafts.SendResumeCode)
}

// resumeCode checks the code, shows how far the form is and asks for the second thing.
func (p *pages) resumeCode(c *web.Context) (web.Page, error) {
	v := resumeDoor(c)
	v.Action = "/resume/code"
	return p.checkCode(c, v, "/resume/open", func(number, code string) (string, string, error) {
		ticket, progress, err := p.Drafts.CheckResumeCode(c.Context(), c.Actor, number, code)
		reached := ""
		if len(progress) > 0 {
			reached = stepTitle(c, progress[0].Step)
		}
		return ticket, reached, err
	})
}

// resumeOpen opens the form for who knows the second thing.
func (p *pages) resumeOpen(c *web.Context) (web.Page, error) {
	v := resumeDoor(c)
	v.Action = "/resume/open"
	return p.openDoor(c, v, func(ticket, secret string) (web.Page, error) {
		token, d, err := p.Drafts.Resume(c.Context(), c.Actor, ticket, secret)
		if err != nil {
			return web.Page{}, err
		}
		page := web.Redirect(reachedPath(d.Step), "public.resume.welcome")
		page.Cookies = append(page.Cookies, c.Cookie(draftCookie, token, 0))
		return page, nil
	})
}

// sendCode is the first step of both doors.
func (p *pages) sendCode(c *web.Context, v doorView, next string,
	send func(ctx context.Context, actor domain.Actor, number string) error) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	number := f.Text("phone", maxPhone)
	f.Require("error.required", "phone")
	if !f.Failed() {
		if err = edge.From(c.Context()).SpendSignIn(c.Context(), number); err == nil {
			err = send(c.Context(), c.Actor, number)
		}
		if err != nil && !f.Explain(err) {
			return web.Page{}, err
		}
	}
	if f.Failed() && f.Kind() != domain.KindTooMany {
		return p.doorPage(c, "phone", v.Title, v, f), nil
	}
	v.Action = next
	return p.doorPage(c, "code", c.T("public.code.title"), v, f), nil
}

// checkCode is the second step.
func (p *pages) checkCode(c *web.Context, v doorView, next string, check func(number, code string) (ticket, reached string, err error)) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	number, code := f.Text("phone", maxPhone), f.Text("code", maxCode)
	f.Require("error.required", "code")
	if !f.Failed() {
		var ticket string
		if err = edge.From(c.Context()).SpendSignIn(c.Context(), number); err == nil {
			ticket, v.Reached, err = check(number, code)
		}
		if err == nil {
			f.Set("ticket", ticket)
			v.Action = next
			return p.doorPage(c, "secret", c.T("public.secret.title"), v, f), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.doorPage(c, "code", c.T("public.code.title"), v, f), nil
}

// openDoor is the last step.
func (p *pages) openDoor(c *web.Context, v doorView, open func(ticket, secret string) (web.Page, error)) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	ticket, secret := f.Text("ticket", maxTicket), f.Secret("secret", maxSecret)
	if secret == "" && !f.Failed() {
		f.Fail("secret", "error.required")
	}
	if !f.Failed() {
		var page web.Page
		if err = edge.From(c.Context()).SpendSignIn(c.Context(), ticket); err == nil {
			page, err = open(ticket, secret)
		}
		if err == nil {
			return page, nil
		}
		if domain.KindOf(err) == domain.KindUnauthenticated {
			return web.Redirect(v.Again, "public.code.start_again"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.doorPage(c, "secret", c.T("public.secret.title"), v, f), nil
}
