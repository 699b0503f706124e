package security

import (
	"net/url"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// secondView is the data of "security/second".
type secondView struct {
	Form *form.Form
	App  bool     // the account has an app
	Key  *keyView // it has a key
}

// awaited gives who gave the password in this browser, or the page to send everybody else to.
func (p *pages) awaited(c *web.Context) (identity.User, edge.Need, *web.Page, error) {
	user, need, err := front(c).Awaited(c.Context())
	if domain.KindOf(err) == domain.KindNotFound {
		to := web.SignInPath
		if c.Actor.Role != domain.RoleAnonymous {
			to = web.HomePath(c.Actor.Role)
		}
		page := web.Redirect(to, "")
		return user, need, &page, nil
	}
	return user, need, nil, err
}

// second asks for the second factor; an account that must have one and has none sets it up first.
func (p *pages) second(c *web.Context) (web.Page, error) {
	user, need, elsewhere, err := p.awaited(c)
	if err != nil {
		return web.Page{}, err
	}
	if elsewhere != nil {
		return *elsewhere, nil
	}
	f := c.NewForm()
	f.Set("next", web.Local(c.Query("next")))
	switch need {
	case edge.NeedEnrol:
		return web.Redirect(secondApp+"?next="+url.QueryEscape(f.Value("next")), ""), nil
	case edge.NeedPassword:
		return web.Redirect(ownPath+"?next="+url.QueryEscape(f.Value("next")), ""), nil
	}
	return p.secondPage(c, user, f)
}

func (p *pages) secondPage(c *web.Context, user identity.User, f *form.Form) (web.Page, error) {
	kinds, err := p.Factors.Kinds(c.Context(), user.ID)
	if err != nil {
		return web.Page{}, err
	}
	v := secondView{Form: f, App: kinds[identity.FactorTOTP]}
	if kinds[identity.FactorKey] {
		if v.Key, err = p.askKey(c, user); err != nil {
			return web.Page{}, err
		}
	}
	return web.Page{
		Template: "security/second", Title: c.T("security.second.title"), Data: v, Form: f, NoIndex: true, Focused: true,
		Back: &ui.Link{Text: c.T("common.back"), URL: web.SignInPath},
	}, nil
}

func (p *pages) checkSecond(c *web.Context) (web.Page, error) {
	user, elsewhere, err := p.awaiting(c, edge.NeedCode)
	if err != nil || elsewhere != nil {
		return pageOr(elsewhere), err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	code := f.Text("code", maxCode)
	f.Require("error.required", "code")
	if !f.Failed() {
		if err = front(c).SpendSecond(c.Context(), user.ID); err == nil {
			err = p.Factors.CheckSecond(c.Context(), c.Actor, user, code)
		}
		if err == nil {
			return p.open(c, user, f.Text("next", maxNext))
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.secondPage(c, user, f)
}

// open lets somebody in whose proofs were all right.
func (p *pages) open(c *web.Context, user identity.User, next string) (web.Page, error) {
	to, err := p.letIn(c, user, next)
	if err != nil {
		return web.Page{}, err
	}
	return web.Redirect(to, ""), nil
}

// letIn opens the session and gives where to go: on, or first to the choice of a password of one's own.
func (p *pages) letIn(c *web.Context, user identity.User, next string) (string, error) {
	err := front(c).SignIn(c.Context(), user, c.Request.UserAgent())
	if domain.KindOf(err) == domain.KindSecondFactor {
		return secondWith(next), nil
	}
	return landing(next, user.Role), err
}

// awaiting gives who must do just this to be signed in, or the page to send everybody else to.
func (p *pages) awaiting(c *web.Context, this edge.Need) (identity.User, *web.Page, error) {
	user, need, elsewhere, err := p.awaited(c)
	if err == nil && elsewhere == nil && need != this {
		page := web.Redirect(web.SecondPath, "")
		elsewhere = &page
	}
	return user, elsewhere, err
}

// enrolling gives who must set a second factor up before anything else: the password alone never replaces a factor.
func (p *pages) enrolling(c *web.Context) (identity.User, *web.Page, error) {
	return p.awaiting(c, edge.NeedEnrol)
}

// enrol sets up the second factor of somebody who may do nothing without.
func (p *pages) enrol(c *web.Context) (web.Page, error) {
	user, elsewhere, err := p.enrolling(c)
	if err != nil || elsewhere != nil {
		return pageOr(elsewhere), err
	}
	f := c.NewForm()
	f.Set("next", web.Local(c.Query("next")))
	return p.appPage(c, as(c, user), f, secondApp)
}

func (p *pages) confirmEnrol(c *web.Context) (web.Page, error) {
	user, elsewhere, err := p.enrolling(c)
	if err != nil || elsewhere != nil {
		return pageOr(elsewhere), err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	codes, page, err := p.enrolApp(c, as(c, user), f, secondApp)
	if err != nil || codes == nil {
		return page, err
	}
	to, err := p.letIn(c, user, f.Text("next", maxNext))
	if err != nil {
		return web.Page{}, err
	}
	return codesPage(c, codes, to), nil
}

// as gives the account that gave its password as the actor of this request.
func as(c *web.Context, user identity.User) domain.Actor {
	actor := user.Actor()
	actor.RequestID = c.Actor.RequestID
	return actor
}
