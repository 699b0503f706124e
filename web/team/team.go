// Package team has the pages of who works together: a lead's counsellors, an
// employer's colleagues, and whom they and administrators invited.
//
// The link of an invitation and a new password are shown on the answer to the
// form that made them and nowhere else; they are handed over in person. Who
// leaves has no access any more with the next request.
package team

import (
	"embed"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/layout"
)

//go:embed templates/*.html
var templates embed.FS

// Deps is what the pages call.
type Deps struct {
	Accounts      *identity.Accounts
	Agencies      *identity.Agencies
	Members       *identity.Members
	Invitations   *identity.Invitations
	Organisations *employer.Organisations
}

type pages struct{ Deps }

// New gives the area to web.New.
func New(d Deps) web.Area {
	p := &pages{d}
	return web.Area{Templates: layout.Source{Name: "team", Files: templates}, Register: p.register}
}

const (
	home       = web.TeamPath
	invitePath = home + "/invite"
	revokePath = home + "/revoke"
	memberPath = home + "/members"
)

func (p *pages) register(r *web.Router) {
	who := web.Only(domain.RoleLead, domain.RoleEmployer, domain.RoleAdministrator)
	r.Get(home, "team.home", who, p.home)
	r.Get(invitePath, "team.invite_form", who, p.inviteForm)
	r.Post(invitePath, "team.invite", who, p.invite)
	r.Post(revokePath, "team.revoke", who, p.revoke)

	colleagues := web.Only(domain.RoleLead, domain.RoleEmployer) // administrators have the accounts' own pages
	const member = memberPath + "/{id}"
	r.Get(member, "team.member", colleagues, p.member)
	r.Post(member+"/leave", "team.member.leave", colleagues, p.leave)
	r.Post(member+"/password", "team.member.password", web.Only(domain.RoleLead), p.password)
}

func memberURL(id domain.ID) string { return memberPath + "/" + string(id) }

func front(c *web.Context) *edge.Edge { return edge.From(c.Context()) }
