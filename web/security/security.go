// Package security has the pages of proving who one is: the second factor at signing in, saying again who one is before
// a delicate act, one's own apps, keys and recovery codes, and accepting an invitation.
//
// Secrets and codes are shown on the answer to the form that made them and nowhere else. What is not finished yet — the
// secret of an app, the challenge of a key — waits in the session, never in the page.
package security

import (
	"embed"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/openid"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/layout"
)

//go:embed templates/*.html
var templates embed.FS

// Deps is what the pages call.
type Deps struct {
	Accounts      *identity.Accounts
	Factors       *identity.Factors
	Invitations   *identity.Invitations
	Links         *identity.Links
	Organisations *employer.Organisations
	Provider      *openid.Provider // an agency's own; nil without one
	Clock         domain.Clock
}

type pages struct{ Deps }

// New gives the area to web.New.
func New(d Deps) web.Area {
	p := &pages{d}
	return web.Area{Templates: layout.Source{Name: "security", Files: templates}, Register: p.register}
}

const (
	home         = "/account/security"
	appPath      = home + "/app"
	recoveryPath = home + "/recovery"
	removePath   = home + "/remove"
	secondApp    = web.SecondPath + "/app"
)

// Limits of what is typed, in characters.
const (
	maxCode = 40
	maxName = 60
	maxNext = 300
)

func (p *pages) register(r *web.Router) {
	r.Get(web.SecondPath, "security.second", web.Anyone(), p.second)
	r.Post(web.SecondPath, "security.second.check", web.Anyone(), p.checkSecond)
	r.Get(secondApp, "security.enrol", web.Anyone(), p.enrol)
	r.Post(secondApp, "security.enrol.confirm", web.Anyone(), p.confirmEnrol)
	r.Get(ownPath, "security.own", web.Anyone(), p.own)
	r.Post(ownPath, "security.own.choose", web.Anyone(), p.chooseOwn)
	r.Post(secondKey, "security.second.key", web.Anyone(), p.useKey)
	r.Get(enrolKey, "security.enrol.key", web.Anyone(), p.enrolWithKey)
	r.Post(enrolKey, "security.enrol.key.confirm", web.Anyone(), p.confirmEnrolKey)
	r.Get(agencyPath, "security.agency", web.Anyone(), p.agency)
	r.Get(backPath, "security.agency.back", web.Anyone(), p.agencyBack)
	r.Get(invitationPath, "security.invitation", web.Anyone(), p.invitation)
	r.Post(invitationPath, "security.invitation.accept", web.Anyone(), p.accept)
	r.Get(web.StepUpPath, "security.confirm", web.SignedIn(), p.confirm)
	r.Post(web.StepUpPath, "security.confirm.check", web.SignedIn(), p.checkConfirm)

	// Jobseekers sign in with their phone and a second thing already.
	desks := web.Only(
		domain.RoleEmployer, domain.RoleCounsellor, domain.RoleLead, domain.RoleAnalyst, domain.RoleAdministrator, domain.RoleDataProtection)
	r.Get(home, "security.home", desks, p.home)
	r.Get(appPath, "security.app", desks, p.app)
	r.Post(appPath, "security.app.confirm", desks, p.confirmApp)
	r.Get(keyPath, "security.key", desks, p.key)
	r.Post(keyPath, "security.key.add", desks, p.addKey)
	r.Post(recoveryPath, "security.recovery", desks, p.recovery)
	r.Post(removePath, "security.remove", desks, p.remove)
}

// landing is where a journey ends: the page that was asked for, else where the role starts.
func landing(next string, role domain.Role) string {
	if to := web.Local(next); to != "" && to != "/" {
		return to
	}
	return web.HomePath(role)
}

func front(c *web.Context) *edge.Edge { return edge.From(c.Context()) }
