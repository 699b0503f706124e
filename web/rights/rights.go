// Package rights has the pages of what people may ask about their own data:
// for the person who saw the record, a copy of it, and requests; for staff the
// queue of requests and one of them; for the officer what is kept how long.
//
// Pages of one person's data and of removing it ask who it is just before.
package rights

import (
	"embed"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/profile"
)

//go:embed templates/*.html
var templates embed.FS

// Deps is what the pages call.
type Deps struct {
	Seen       *rights.Views
	Copies     *rights.Copies
	Requests   *rights.Requests
	Keeping    *rights.Keeping
	Registers  *rights.Registers
	Tokens     *identity.Tokens
	Jobseekers *person.Jobseekers
	Places     profile.Places
	Policy     access.Policy
	Clock      domain.Clock
}

type pages struct{ Deps }

// New gives the area to web.New.
func New(d Deps) web.Area {
	p := &pages{d}
	return web.Area{Templates: layout.Source{Name: "rights", Files: templates}, Register: p.register}
}

const (
	minePath   = "/me/rights"
	seenPath   = "/me/seen"
	copyPath   = "/me/copy"
	queuePath  = "/requests"
	peoplePath = "/counsellor/people"
	keepPath   = "/protection/retention"

	transfersPath = "/protection/transfers"
)

func (p *pages) register(r *web.Router) {
	me, desk := web.Only(domain.RoleJobseeker), web.Only(domain.RoleCounsellor, domain.RoleLead)
	answering, officer := web.Only(domain.RoleCounsellor, domain.RoleLead, domain.RoleDataProtection), web.Only(domain.RoleDataProtection)
	r.Get(minePath, "rights.mine", me, p.mine)
	r.Post(minePath, "rights.ask", me, p.ask)
	r.Get(seenPath, "rights.seen", me, p.seen)
	r.Get(copyPath, "rights.copy", me, p.copyForm)
	r.Post(copyPath, "rights.copy.take", me, p.takeCopy)
	r.Get(queuePath, "rights.queue", answering, p.queue)
	r.Get(queuePath+"/{id}", "rights.request", answering, p.request)
	r.Post(queuePath+"/{id}", "rights.decide", answering, p.decide)
	r.Get(peoplePath+"/{id}/rights", "rights.person", desk, p.ofPerson)
	r.Post(peoplePath+"/{id}/rights", "rights.record", desk, p.recordFor)
	r.Get(peoplePath+"/{id}/copy", "rights.person.copy", desk, p.copyForm)
	r.Post(peoplePath+"/{id}/copy", "rights.person.copy.take", desk, p.takeCopy)
	r.Get(keepPath, "rights.retention", officer, p.retention)
	r.Post(keepPath, "rights.retention.apply", officer, p.applyRetention)
	r.Get(transfersPath, "rights.transfers", officer, p.transfers)
	r.Post(transfersPath, "rights.transfers.change", officer, p.changeTransfers)
}

func stepUp(c *web.Context) error { return edge.From(c.Context()).RequireStepUp(c.Context()) }
