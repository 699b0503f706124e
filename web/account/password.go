package account

import (
	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// passwordView is the data of "account/password".
type passwordView struct {
	Form        *form.Form
	MinPassword int
}

func (p *pages) passwordForm(c *web.Context) (web.Page, error) {
	return passwordPage(c, c.NewForm()), nil
}

func passwordPage(c *web.Context, f *form.Form) web.Page {
	return web.Page{
		Template: "account/password", Title: c.T("myaccount.password.title"), Form: f, Data: passwordView{f, identity.MinPassword},
		Back: &ui.Link{Text: c.T("common.my_account"), URL: home},
	}
}

// changePassword asks for the password before, counted like signing in: an open session is no way to guess it.
func (p *pages) changePassword(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	e := edge.From(c.Context())
	in := identity.ChangePassword{
		Old: f.Secret("old", identity.MaxPassword), New: f.Secret("password", identity.MaxPassword), Keep: e.SessionHash(c.Context()),
	}
	if in.Old == "" && f.ErrorFor("old") == nil {
		f.Fail("old", "error.required")
	}
	if n := len([]rune(in.New)); n < identity.MinPassword && f.ErrorFor("password") == nil {
		f.Fail("password", "error.password.length", "Min", identity.MinPassword)
	}
	if !f.Failed() {
		if err = e.SpendSignIn(c.Context(), string(c.Actor.UserID)); err == nil {
			_, err = p.Accounts.ChangePassword(c.Context(), c.Act(f), in)
		}
		if desk.Settled(err) {
			return web.Redirect(home, "myaccount.password.changed"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return passwordPage(c, f), nil
}
