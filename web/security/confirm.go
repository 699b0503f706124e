package security

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
)

// confirmView is the data of "security/confirm".
type confirmView struct {
	Form *form.Form
	App  bool // a code will do as well
	Own  bool // the password is a jobseeker's second thing
}

// confirm asks somebody signed in to say again who they are, and returns to the page that needs it.
func (p *pages) confirm(c *web.Context) (web.Page, error) {
	f := c.NewForm()
	f.Set("next", web.Local(c.Query("next")))
	return p.confirmPage(c, f)
}

func (p *pages) confirmPage(c *web.Context, f *form.Form) (web.Page, error) {
	kinds, err := p.Factors.Kinds(c.Context(), c.Actor.UserID)
	if err != nil {
		return web.Page{}, err
	}
	v := confirmView{Form: f, App: kinds[identity.FactorTOTP], Own: c.Actor.Role == domain.RoleJobseeker}
	return web.Page{Template: "security/confirm", Title: c.T("security.confirm.title"), Data: v, Form: f, Focused: true}, nil
}

func (p *pages) checkConfirm(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	proof := identity.Proof{Password: f.Secret("password", identity.MaxPassword), Code: f.Text("code", maxCode)}
	if proof == (identity.Proof{}) && !f.Failed() {
		f.Fail("password", "error.required")
	}
	if !f.Failed() {
		if err = front(c).SpendSecond(c.Context(), c.Actor.UserID); err == nil {
			err = p.Factors.StepUp(c.Context(), c.Actor, proof)
		}
		if err == nil {
			front(c).StepUp(c.Context())
			return web.Redirect(landing(f.Text("next", maxNext), c.Actor.Role), ""), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.confirmPage(c, f)
}
