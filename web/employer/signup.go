package employer

import (
	"strings"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/organisation"
	"github.com/baara-platform/baara/web/proof"
	"github.com/baara-platform/baara/web/ui"
)

// Limits of what is typed, in characters.
const (
	maxEmail = 254
	maxWords = 500
)

type welcomeView struct {
	Employer  bool // signed in as one
	HelpPhone string
}

// welcome tells employers what the service does and promises.
func (p *pages) welcome(c *web.Context) (web.Page, error) {
	v := welcomeView{Employer: c.Actor.Role == domain.RoleEmployer, HelpPhone: c.Site.HelpPhone}
	return web.Page{Template: "employer/welcome", Title: c.T("employer.welcome.title"), Data: v}, nil
}

type signUpView struct {
	organisation.Choices
	Form        *form.Form
	MinPassword int
	Proof       proof.View
}

func (p *pages) signUpForm(c *web.Context) (web.Page, error) {
	if c.Actor.Role == domain.RoleEmployer {
		return web.Redirect(home, ""), nil
	}
	return p.signUpPage(c, c.NewForm())
}

// signUp makes the organisation and the account of its first member. They sign
// in afterwards: the page that follows is the same for an address that has an
// account already, and names nobody.
func (p *pages) signUp(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in := p.readSignUp(c, f)
	if !f.Failed() {
		if err = edge.From(c.Context()).SpendPublic(c.Context()); err == nil {
			err = proof.Try(proof.Read(f), func(solution string) error {
				in.Work = solution
				_, err := p.Organisations.SignUp(c.Context(), c.Act(f), in)
				return err
			})
		}
		if desk.Settled(err) {
			return web.Redirect(welcomePath+"/done", ""), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.signUpPage(c, f)
}

func (p *pages) readSignUp(c *web.Context, f *form.Form) employer.SignUp {
	in := employer.SignUp{Organisation: p.asker().Read(c, f), Language: string(c.Tag())}
	in.Name = f.Text("account.name", employer.MaxName)
	in.Phone = p.asker().ReadPhone(f, "account.phone")
	in.Email = strings.ToLower(f.Text("account.email", maxEmail))
	in.Password = f.Secret("account.password", identity.MaxPassword)
	f.Require("error.required", "kind", "legal_name", "place", "account.name", "account.phone", "account.email")
	if n := len([]rune(in.Password)); n < identity.MinPassword && f.ErrorFor("account.password") == nil {
		f.Fail("account.password", "error.password.length", "Min", identity.MinPassword)
	}
	return in
}

func (p *pages) signUpPage(c *web.Context, f *form.Form) (web.Page, error) {
	work, err := proof.Of(c, p.Work, watch.ForSignUp, workPath)
	v := signUpView{Form: f, Choices: p.asker().Choices(c), MinPassword: identity.MinPassword, Proof: work}
	return web.Page{
		Template: "employer/signup", Title: c.T("employer.sign_up.title"), Data: v, Form: f,
		Back: &ui.Link{Text: c.T("common.nav.employers"), URL: welcomePath}, Nav: welcomePath, NoIndex: true,
	}, err
}

type signedUpView struct {
	SignInURL string
	HelpPhone string
}

// signedUp says what happens next. It names nobody: everybody may open it.
func (p *pages) signedUp(c *web.Context) (web.Page, error) {
	v := signedUpView{SignInURL: web.SignInPath + "?next=" + home, HelpPhone: c.Site.HelpPhone}
	return web.Page{Template: "employer/signedup", Title: c.T("employer.signed_up.title"), Data: v, Nav: welcomePath, NoIndex: true}, nil
}
