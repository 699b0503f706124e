package admin

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// userFormView is the data of "admin/usernew".
type userFormView struct {
	Form            *form.Form
	Roles, Agencies []ui.Option
}

func (p *pages) userForm(c *web.Context) (web.Page, error) { return p.userFormPage(c, c.NewForm()) }

func (p *pages) userFormPage(c *web.Context, f *form.Form) (web.Page, error) {
	agencies, _, err := p.agencyNames(c)
	if err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Template: "admin/usernew", Title: c.T("admin.user.new"), Form: f,
		Data: userFormView{Form: f, Roles: roles(c, staff()), Agencies: agencyOptions(agencies)},
		Back: &ui.Link{Text: c.T("admin.users.title"), URL: usersPath},
	}, nil
}

// passwordView is the data of "admin/password": a password, this once.
type passwordView struct {
	Heading, Name, Email string
	Secret               string
	Again                string // why it is not shown
	URL                  string // the account's page
}

// createUser makes a staff account and answers with its password.
func (p *pages) createUser(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	agencies, _, err := p.agencyNames(c)
	if err != nil {
		return web.Page{}, err
	}
	in := identity.NewUser{
		Role: domain.Role(f.Choice("role", desk.Values(roles(c, staff()))...)), Name: f.Text("name", maxName),
		Email: strings.ToLower(f.Text("email", maxEmail)), AgencyID: domain.ID(f.Choice("agency", desk.Values(agencyOptions(agencies))...)),
		Language: string(c.Tag()),
	}
	f.Require("error.required", "name", "email", "role")
	if atDesk := in.Role == domain.RoleCounsellor || in.Role == domain.RoleLead; atDesk {
		f.Require("error.required", "agency")
	}
	if !f.Failed() {
		user, password, err := p.Accounts.CreateStaff(c.Context(), c.Act(f), in)
		id := user.ID
		if again, repeated := domain.Replayed(err); repeated {
			id = again
		}
		if desk.Settled(err) {
			return p.passwordPage(c, id, c.T("admin.user.made"), password)
		}
		if domain.KindOf(err) == domain.KindConflict { // the only one there is: the address of another account
			f.Fail("email", "error.constraint.users_email")
		} else if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.userFormPage(c, f)
}

// passwordPage shows an account's password; "" when it was shown before.
func (p *pages) passwordPage(c *web.Context, id domain.ID, heading, password string) (web.Page, error) {
	u, err := p.Accounts.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	v := passwordView{Heading: heading, Name: u.Name, Email: u.Email, Secret: password, URL: userURL(id)}
	if password == "" {
		v.Again = c.T("admin.user.shown")
	}
	return web.Page{
		Template: "admin/password", Secret: true, Title: heading, Data: v, Nav: usersPath, Back: &ui.Link{Text: c.T("admin.users.title"), URL: usersPath},
	}, nil
}
