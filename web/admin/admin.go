// Package admin has the administrator's pages: accounts of staff and employers, agencies and the places they serve, the
// search index, and the messages of the service.
//
// Passwords are made here and shown once, on the answer to the form; the form sent again says that they were. An account
// that ends loses access with its next request. Messages are read in demonstrations only: elsewhere the page tells how far
// they are, and no more.
package admin

import (
	"context"
	"embed"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/phone"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/layout"
)

//go:embed templates/*.html
var templates embed.FS

// Indexer is the searchable copy as an administrator sees it.
type Indexer interface {
	State(ctx context.Context, actor domain.Actor) (matchmaking.IndexState, error)
	Rebuild(ctx context.Context, actor domain.Actor) error
}

// Deps is what the pages call.
type Deps struct {
	Accounts *identity.Accounts
	Agencies *identity.Agencies
	Sessions *identity.Sessions
	Factors  *identity.Factors
	Members  *identity.Members
	Clients  *identity.Clients
	Tokens   *identity.Tokens

	Organisations *employer.Organisations
	Messages      *person.Messages
	Registers     *rights.Registers
	Index         Indexer
	Places        *place.Directory
	Phones        phone.Parser
	Clock         domain.Clock
}

type pages struct{ Deps }

const (
	usersPath    = "/admin/users"
	agenciesPath = "/admin/agencies"
	indexPath    = "/admin/index"
)

// New gives the area to web.New.
func New(d Deps) web.Area {
	p := &pages{d}
	return web.Area{Templates: layout.Source{Name: "admin", Files: templates}, Register: p.register}
}

func (p *pages) register(r *web.Router) {
	only := web.Only(domain.RoleAdministrator)
	const user, agency = usersPath + "/{id}", agenciesPath + "/{id}"
	r.Get(usersPath, "admin.users", only, p.users)
	r.Get(usersPath+"/new", "admin.user.form", only, p.userForm)
	r.Post(usersPath+"/new", "admin.user.create", only, p.createUser)
	r.Get(usersExportPath, "admin.users.export", only, p.exportForm)
	r.Post(usersExportPath, "admin.users.export.take", only, p.export)
	r.Get(clientPath, "admin.client.form", only, p.clientForm)
	r.Post(clientPath, "admin.client.create", only, p.createClient)
	r.Get(user+"/tokens", "admin.token.form", only, p.tokenForm)
	r.Post(user+"/tokens", "admin.token.issue", only, p.issueToken)
	r.Post(user+"/tokens/end", "admin.token.end", only, p.endToken)
	r.Get(user, "admin.user", only, p.user)
	r.Post(user+"/password", "admin.user.password", only, p.newPassword)
	r.Post(user+"/end", "admin.user.end", only, p.endUser)
	r.Post(user+"/reopen", "admin.user.reopen", only, p.reopenUser)
	r.Post(user+"/factors", "admin.user.factors", only, p.noFactors)
	r.Post(user+"/leave", "admin.user.leave", only, p.leave)
	r.Post(user+"/devices", "admin.user.device", only, p.endDevice)

	r.Get(agenciesPath, "admin.agencies", only, p.agencies)
	r.Get(agenciesPath+"/new", "admin.agency.new", only, p.newAgency)
	r.Post(agenciesPath+"/new", "admin.agency.create", only, p.createAgency)
	r.Get(agency, "admin.agency", only, p.agency)
	r.Post(agency, "admin.agency.save", only, p.saveAgency)

	r.Get(indexPath, "admin.index", only, p.index)
	r.Post(indexPath, "admin.index.rebuild", only, p.rebuild)

	r.Get(web.MessagesPath, "admin.messages", web.Only(domain.RoleCounsellor, domain.RoleLead, domain.RoleAdministrator), p.messages)
	r.Get(web.DemoMessagesPath, "admin.demo_messages", web.Anyone(), p.demoMessages)
}

func userURL(id domain.ID) string   { return usersPath + "/" + string(id) }
func agencyURL(id domain.ID) string { return agenciesPath + "/" + string(id) }

func (p *pages) words(c *web.Context) desk.Words { return desk.WordsOf(c, p.Places.Present()) }

// agencyNames names agencies by id.
func (p *pages) agencyNames(c *web.Context) (list []identity.Agency, names map[domain.ID]string, err error) {
	list, err = p.Agencies.List(c.Context(), c.Actor)
	names = map[domain.ID]string{}
	for _, a := range list {
		names[a.ID] = a.Name
	}
	return list, names, err
}
