package security

import (
	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const ownPath = "/sign-in/password"

// ownView is the data of "security/own".
type ownView struct {
	Form        *form.Form
	MinPassword int
}

// own asks who signed in by a password somebody handed over to choose one that nobody else knows.
func (p *pages) own(c *web.Context) (web.Page, error) {
	if _, elsewhere, err := p.awaiting(c, edge.NeedPassword); err != nil || elsewhere != nil {
		return pageOr(elsewhere), err
	}
	f := c.NewForm()
	f.Set("next", web.Local(c.Query("next")))
	return ownPage(c, f), nil
}

func ownPage(c *web.Context, f *form.Form) web.Page {
	return web.Page{
		Template: "security/own", Title: c.T("security.own.title"), Data: ownView{f, identity.MinPassword}, Form: f, NoIndex: true, Focused: true,
		Back: &ui.Link{Text: c.T("common.back"), URL: web.SignInPath},
	}
}

func (p *pages) chooseOwn(c *web.Context) (web.Page, error) {
	user, elsewhere, err := p.awaiting(c, edge.NeedPassword)
	if err != nil || elsewhere != nil {
		return pageOr(elsewhere), err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	password, again := f.Secret("password", identity.MaxPassword), f.Secret("again", identity.MaxPassword)
	if password != again && !f.Failed() {
		f.Fail("again", "security.invitation.differs")
	}
	if !f.Failed() {
		if err = front(c).SpendSecond(c.Context(), user.ID); err == nil {
			user, err = p.Accounts.ChooseOwn(c.Context(), as(c, user), password)
		}
		if err == nil {
			return p.open(c, user, f.Text("next", maxNext))
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return ownPage(c, f), nil
}
