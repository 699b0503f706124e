package team

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
)

// homeView is the data of "team/home".
type homeView struct {
	Heading     string
	Lead        string
	Members     *ui.TaskList // nil for administrators
	Pager       ui.Pager
	Invitations []invitationLine
}

// invitationLine is an invitation that can still be accepted.
type invitationLine struct {
	Name, Email, Facts string
	Revoke             ui.Button
}

// home lists who works in the reader's agency or for the same employer, and
// who is invited.
func (p *pages) home(c *web.Context) (web.Page, error) {
	v := homeView{Heading: heading(c), Lead: c.T("myaccount.team.lead." + string(c.Actor.Role))}
	if c.Actor.Role != domain.RoleAdministrator {
		members, err := p.Members.List(c.Context(), c.Actor, c.Cursor())
		if err != nil {
			return web.Page{}, err
		}
		v.Members, v.Pager = p.memberList(c, members.Items), desk.Pager(c, members.Next)
	}
	invited, err := p.Invitations.List(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	for _, i := range invited {
		v.Invitations = append(v.Invitations, invitationOf(c, i))
	}
	return web.Page{Template: "team/home", Title: v.Heading, Data: v}, nil
}

func heading(c *web.Context) string { return c.T("myaccount.team.title." + string(c.Actor.Role)) }

func (p *pages) memberList(c *web.Context, members []identity.User) *ui.TaskList {
	out := ui.TaskList{}
	for _, u := range members {
		line := ui.Task{Title: u.Name, Note: c.T("reference.role."+string(u.Role)) + " · " + u.Email}
		if u.ID == c.Actor.UserID {
			line.Tag = ui.Tag{Text: c.T("myaccount.team.you"), Tone: ui.Quiet}
		} else {
			line.URL = memberURL(u.ID)
		}
		out = append(out, line)
	}
	return &out
}

func invitationOf(c *web.Context, i identity.Invitation) invitationLine {
	line := invitationLine{
		Name: i.Name, Email: i.Email,
		Facts:  c.T("myaccount.invitation.facts", "Role", c.T("reference.role."+string(i.Role)), "When", c.Day(i.ExpiresAt)),
		Revoke: desk.Button(c, c.T("myaccount.invitation.revoke"), revokePath, 0),
	}
	line.Revoke.About = i.Name
	line.Revoke.Values["invitation"] = string(i.ID)
	return line
}

// revoke makes an invitation useless.
func (p *pages) revoke(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	id, err := domain.ParseID(f.Text("invitation", len(domain.ID("00000000-0000-0000-0000-000000000000"))))
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Invitations.Revoke(c.Context(), c.Act(f), id); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(home, "myaccount.invitation.revoked"), nil
}
