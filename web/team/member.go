package team

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
)

// memberView is the data of "team/member".
type memberView struct {
	Heading  ui.Heading
	Facts    ui.KeyValues
	Leave    *ui.Button
	Password *ui.Button // for a lead
}

// member shows a colleague, with what the reader may do about the account.
func (p *pages) member(c *web.Context) (web.Page, error) {
	u, err := p.of(c)
	if err != nil {
		return web.Page{}, err
	}
	v := memberView{Heading: ui.Heading{Text: u.Name}, Facts: ui.KeyValues{
		{Key: c.T("myaccount.role"), Value: c.T("reference.role." + string(u.Role))},
		{Key: c.T("myaccount.email"), Value: ui.Data(u.Email)},
		{Key: c.T("myaccount.team.since"), Value: c.Day(u.CreatedAt)},
	}}
	if p.Members.MayManage(c.Actor, u) {
		leave := desk.Button(c, c.T("myaccount.leave.end"), memberURL(u.ID)+"/leave", u.Version)
		v.Leave = &leave
		if c.Actor.Role == domain.RoleLead && u.PasswordHash != "" {
			password := desk.Button(c, c.T("myaccount.reset.make"), memberURL(u.ID)+"/password", u.Version)
			v.Password = &password
		}
	}
	return web.Page{
		Template: "team/member", Title: c.T("myaccount.team.member", "Name", u.Name), Data: v, Back: &ui.Link{Text: heading(c), URL: home},
	}, nil
}

func (p *pages) of(c *web.Context) (identity.User, error) {
	id, err := c.PathID("id")
	if err != nil {
		return identity.User{}, err
	}
	return p.Members.Get(c.Context(), c.Actor, id)
}

// leave ends the membership, and with it at once every session.
func (p *pages) leave(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Members.Leave(c.Context(), c.Act(f), id); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(home, "myaccount.leave.done"), nil
}

// resetView is the data of "team/password": a password, this once.
type resetView struct {
	Name, Secret string
	Again        string // why it is not shown
}

// password answers with a password to hand over, to who said again who they are.
func (p *pages) password(c *web.Context) (web.Page, error) {
	u, err := p.of(c)
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	if err := front(c).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	_, secret, err := p.Accounts.ResetPassword(c.Context(), c.Act(f), u.ID, desk.Version(f))
	switch {
	case domain.KindOf(err) == domain.KindStale:
		return web.Redirect(memberURL(u.ID), "admin.user.changed"), nil
	case !desk.Settled(err):
		return web.Page{}, err
	}
	v := resetView{Name: u.Name, Secret: secret}
	if err != nil {
		v.Again = c.T("admin.user.shown")
	}
	return web.Page{
		Template: "team/password", Secret: true, Title: c.T("admin.user.password_made"), Data: v, NoIndex: true, Back: &ui.Link{Text: heading(c), URL: home},
	}, nil
}
