// Package protection has the pages of the data protection officer: the audit
// trail with what narrows it, one entry with all it holds, whether the trail
// is whole, and what left in files.
//
// An officer learns who did what and when, by identifiers and references, and
// never what a record says: no page here reads a person, a file or a vacancy.
// Reading the trail is an entry of the trail.
package protection

import (
	"embed"
	"strconv"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/layout"
)

//go:embed templates/*.html
var templates embed.FS

// Deps is what the pages call.
type Deps struct {
	Trail     *audit.Trail
	Agencies  *identity.Agencies
	Registers *rights.Registers
	Clock     domain.Clock
}

type pages struct{ Deps }

// New gives the area to web.New.
func New(d Deps) web.Area {
	p := &pages{d}
	return web.Area{Templates: layout.Source{Name: "protection", Files: templates}, Register: p.register}
}

const (
	home        = "/protection"
	trailPath   = home + "/trail"
	exportPath  = home + "/export"
	checksPath  = home + "/checks"
	exportsPath = home + "/exports"
)

func (p *pages) register(r *web.Router) {
	officer := web.Only(domain.RoleDataProtection)
	r.Get(home, "protection.home", officer, p.home)
	r.Get(trailPath, "protection.trail", officer, p.trail)
	r.Get(trailPath+"/{chain}/{seq}", "protection.entry", officer, p.entry)
	r.Get(exportPath, "protection.export", officer, p.exportForm)
	r.Post(exportPath, "protection.export.take", officer, p.export)
	r.Get(checksPath, "protection.checks", officer, p.checks)
	r.Post(checksPath, "protection.checks.verify", officer, p.verify)
	r.Get(exportsPath, "protection.exports", officer, p.exports)
}

func entryURL(e audit.Entry) string {
	return trailPath + "/" + strconv.Itoa(e.Chain) + "/" + strconv.FormatInt(e.Seq, 10)
}

func front(c *web.Context) *edge.Edge { return edge.From(c.Context()) }

// agencies names agencies by id.
func (p *pages) agencies(c *web.Context) (list []identity.Agency, names map[domain.ID]string, err error) {
	list, err = p.Agencies.List(c.Context(), c.Actor)
	names = map[domain.ID]string{}
	for _, a := range list {
		names[a.ID] = a.Name
	}
	return list, names, err
}
