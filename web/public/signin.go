package public

import (
	"net/url"
	"strings"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// Limits of what is typed to sign in, in characters.
const (
	maxEmail = 254
	maxNext  = 300
)

// signInView is the data of "public/signin": jobseekers sign in by phone, staff and employers by password.
type signInView struct {
	Form   *form.Form
	Phone  doorView
	Staff  bool // the page asked for before is a desk's: the password comes first
	Prefix string
	Agency ui.Button // sign in with the account of one's agency
}

func (p *pages) signIn(c *web.Context) (web.Page, error) {
	if c.Actor.Role != domain.RoleAnonymous {
		return web.Redirect(web.HomePath(c.Actor.Role), ""), nil
	}
	f := c.NewForm()
	f.Set("next", web.Local(c.Query("next")))
	return p.signInPage(c, f), nil
}

func (p *pages) signInPage(c *web.Context, f *form.Form) web.Page {
	next := f.Value("next")
	v := signInView{Form: f, Prefix: "+" + p.Places.Present().Pack().CallingCode}
	if p.Agency != "" {
		v.Agency = ui.Button{Text: c.T("security.agency.with", "Name", p.Agency), URL: "/sign-in/agency?next=" + url.QueryEscape(next), Secondary: true}
	}
	v.Staff = next != "" && !strings.HasPrefix(next, web.HomePath(domain.RoleJobseeker)) || f.Value("email") != ""
	return web.Page{Template: "public/signin", Title: c.T("common.sign_in"), Data: v, Form: f, NoIndex: true, Nav: web.SignInPath}
}

// signInPassword signs staff and employers in. A wrong address and a wrong password answer alike.
func (p *pages) signInPassword(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	email, password := f.Text("email", maxEmail), f.Secret("password", identity.MaxPassword)
	f.Require("error.required", "email")
	if password == "" && !f.Failed() {
		f.Fail("password", "error.required")
	}
	if !f.Failed() {
		var user identity.User
		if err = edge.From(c.Context()).SpendSignIn(c.Context(), email); err == nil {
			user, err = p.Accounts.SignIn(c.Context(), c.Actor, email, password)
		}
		if err == nil {
			return p.enter(c, user, email, f.Text("next", maxNext))
		}
		if domain.KindOf(err) == domain.KindUnauthenticated {
			f.Fail("password", "error.sign_in")
		} else if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.signInPage(c, f), nil
}

// enter opens the session and leads to the page that was asked for, when the account may open it. An account with a
// second factor is asked for that first.
func (p *pages) enter(c *web.Context, user identity.User, typed, next string) (web.Page, error) {
	to := web.Local(next)
	err := edge.From(c.Context()).Enter(c.Context(), user, typed, c.Request.UserAgent())
	if domain.KindOf(err) == domain.KindSecondFactor {
		return web.Redirect(web.SecondPath+"?next="+url.QueryEscape(to), ""), nil
	}
	if err != nil {
		return web.Page{}, err
	}
	if to == "" || to == "/" {
		to = web.HomePath(user.Role)
	}
	return web.Redirect(to, ""), nil
}

func signInDoor(c *web.Context) doorView {
	return doorView{Title: c.T("common.sign_in"), Text: c.T("public.signin.phone_text"), Action: "/sign-in/phone", Again: web.SignInPath}
}

// signInSend sends a code to a jobseeker's phone and asks for it.
func (p *pages) signInSend(c *web.Context) (web.Page, error) {
	return p.sendCode(c, signInDoor(c), "/sign-in/code", p.Jobseekers.SendSignInCode)
}

func (p *pages) signInCode(c *web.Context) (web.Page, error) {
	v := signInDoor(c)
	v.Action = "/sign-in/code"
	return p.checkCode(c, v, "/sign-in/open", func(number, code string) (string, string, error) {
		ticket, err := p.Jobseekers.CheckSignInCode(c.Context(), c.Actor, number, code)
		return ticket, "", err
	})
}

func (p *pages) signInOpen(c *web.Context) (web.Page, error) {
	v := signInDoor(c)
	v.Action = "/sign-in/open"
	return p.openDoor(c, v, func(ticket, secret string) (web.Page, error) {
		id, err := p.Jobseekers.SignIn(c.Context(), c.Actor, ticket, secret)
		if err != nil {
			return web.Page{}, err
		}
		user, err := p.Accounts.ActorFor(c.Context(), id)
		if err != nil {
			return web.Page{}, err
		}
		return p.enter(c, user, "", c.Request.PostForm.Get("next"))
	})
}

// signOut ends the session. Signing out twice is signed out.
func (p *pages) signOut(c *web.Context) (web.Page, error) {
	if err := edge.From(c.Context()).ForgetPages(c.Request, ""); err != nil {
		return web.Page{}, err
	}
	if c.Actor.Role != domain.RoleAnonymous {
		if err := edge.From(c.Context()).SignOut(c.Context()); err != nil {
			return web.Page{}, err
		}
	}
	return web.Redirect("/", "public.signed_out"), nil
}
