// Package counsellor is the desk of counsellors and leads: their day, the
// intake queue, case files, people and the vacancies that fit them. Vacancies
// as such, applications and employers are in web/counsellor/offers.
//
// One file a page or act. A page is a view struct filled from use-cases and a
// template of the same name; what its reader may do is asked of the policy, so
// that no button leads to a refusal. Words typed by people stand in the view as
// they are and are shown with {{data}}.
//
// Every form carries the version of the record it changes. When somebody else
// was faster the same form comes back with what was typed, what is stored now
// beside it, and the choice to save all the same (see desk.Compare).
package counsellor

import (
	"embed"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/layout"
)

//go:embed templates/*.html
var templates embed.FS

// Deps are the use-cases the desk calls.
type Deps struct {
	Files           *casework.Files
	Transfers       *casework.Transfers
	Emergencies     *casework.Emergencies
	Jobseekers      *person.Jobseekers
	Registrations   *person.Registrations
	Consents        *person.Consents
	Merges          *person.Merges
	Registers       *rights.Registers
	Matches         *matchmaking.Matches
	Applications    *placement.Applications
	Complaints      *watch.Complaints
	Requests        *rights.Requests
	Views           *watch.Views
	Agencies        *identity.Agencies
	Places          *place.Directory
	Concepts        *taxonomy.Concepts
	Linker          taxonomy.Linker
	Classifications taxonomy.Classifications
	Asked           Asked
	Policy          access.Policy
	Clock           domain.Clock
}

// Asked puts the words of a search into an address, sealed for one session and for a while.
type Asked interface {
	Give(words, session string, until time.Time) string
	Take(given, session string, now time.Time) (string, error)
}

type pages struct{ Deps }

// New gives the area to web.New.
func New(d Deps) web.Area {
	p := &pages{d}
	return web.Area{Templates: layout.Source{Name: "counsellor", Files: templates}, Register: p.register}
}

func (p *pages) register(r *web.Router) {
	desk := web.Only(domain.RoleCounsellor, domain.RoleLead)
	for _, area := range []func(*web.Router, web.Who){
		p.routesDay, p.routesFile, p.routesPeople, p.routesMerges, p.routesTransfers, p.routesEmergencies,
	} {
		area(r, desk)
	}
}
