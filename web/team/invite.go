package team

import (
	"net/url"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// Limits of what is typed, in characters.
const (
	maxName      = 120
	maxEmail     = 254
	maxReference = 40
)

// inviteView is the data of "team/invite".
type inviteView struct {
	Form            *form.Form
	Roles, Agencies []ui.Option // where there is a choice: for administrators
	Employers       bool        // an employer's member may be invited too
}

func (p *pages) inviteForm(c *web.Context) (web.Page, error) { return p.invitePage(c, c.NewForm()) }

func (p *pages) invitePage(c *web.Context, f *form.Form) (web.Page, error) {
	v := inviteView{Form: f}
	if c.Actor.Role == domain.RoleAdministrator {
		agencies, err := p.Agencies.List(c.Context(), c.Actor)
		if err != nil {
			return web.Page{}, err
		}
		for _, a := range agencies {
			v.Agencies = append(v.Agencies, ui.Option{Value: string(a.ID), Label: a.Name})
		}
		v.Roles, v.Employers = desk.Coded(c, "reference.role.", identity.MayInvite(c.Actor)...), true
	}
	return web.Page{
		Template: "team/invite", Title: c.T("myaccount.invite.title"), Form: f, Data: v, Back: &ui.Link{Text: heading(c), URL: home},
	}, nil
}

// invitedView is the data of "team/invited": a link, this once.
type invitedView struct {
	Name, Email, Link string
	Again             string // why it is not shown
}

// invite answers with the link to hand over.
func (p *pages) invite(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in, err := p.read(c, f)
	if err != nil {
		return web.Page{}, err
	}
	if !f.Failed() {
		_, secret, err := p.Invitations.Create(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			v := invitedView{Name: in.Name, Email: in.Email, Link: link(c, secret)}
			if err != nil {
				v.Link, v.Again = "", c.T("myaccount.invite.shown")
			}
			return web.Page{
				Template: "team/invited", Secret: true, Title: c.T("myaccount.invite.made"), Data: v, Back: &ui.Link{Text: heading(c), URL: home}, NoIndex: true,
			}, nil
		}
		if !f.Explain(desk.Renamed(err, named)) {
			return web.Page{}, err
		}
	}
	return p.invitePage(c, f)
}

// read takes over what was typed. Where there is one role to invite, it is that one.
func (p *pages) read(c *web.Context, f *form.Form) (identity.NewInvitation, error) {
	in := identity.NewInvitation{Name: f.Text("name", maxName), Email: strings.ToLower(f.Text("email", maxEmail))}
	f.Require("error.required", "name", "email")
	may := identity.MayInvite(c.Actor)
	if len(may) == 1 {
		in.Role = may[0]
	} else {
		in.Role = domain.Role(f.Choice("role", desk.Values(desk.Coded(c, "reference.role.", may...))...))
		f.Require("error.required", "role")
	}
	if c.Actor.Role == domain.RoleAdministrator {
		switch in.Role {
		case domain.RoleCounsellor, domain.RoleLead:
			if id, err := domain.ParseID(f.Text("agency", len(domain.ID("00000000-0000-0000-0000-000000000000")))); err == nil {
				in.AgencyID = id
			}
			f.Require("error.required", "agency")
		case domain.RoleEmployer:
			if err := p.organisation(c, f, &in); err != nil {
				return in, err
			}
		}
	}
	in.Until = f.Date("until")
	return in, nil
}

// organisation looks an employer up by its reference.
func (p *pages) organisation(c *web.Context, f *form.Form, in *identity.NewInvitation) error {
	reference := strings.ToUpper(f.Text("organisation", maxReference))
	f.Require("error.required", "organisation")
	if f.Failed() {
		return nil
	}
	found, err := p.Organisations.List(c.Context(), c.Actor, employer.OrganisationFilter{Words: reference}, domain.Cursor{})
	if err != nil {
		return err
	}
	for _, o := range found.Items {
		if o.Reference == reference {
			in.OrganisationID = o.ID
			return nil
		}
	}
	f.Fail("organisation", "error.audit.about")
	return nil
}

// named gives the fields of the use-case the names they have on the page.
func named(field string) string { return strings.TrimSuffix(field, "_id") }

// link is the address to hand over, as this reader reaches Baara.
func link(c *web.Context, secret string) string {
	u := url.URL{Scheme: "http", Host: c.Request.Host, Path: "/invitation", RawQuery: url.Values{"code": {secret}}.Encode()}
	if c.Secure() {
		u.Scheme = "https"
	}
	return u.String()
}
