// Package jobseeker has the pages of somebody who is registered and signed in: what to do next, the own profile, the
// vacancies that fit and why, applications, consents and devices.
//
// A reader sees their own record only, and never their migration: that belongs to the private interview. Every change
// carries the version it was made from; where somebody else changed the record meanwhile, both are shown and nothing
// typed is lost.
package jobseeker

import (
	"embed"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/profile"
)

//go:embed templates/*.html
var templates embed.FS

// Deps is what the pages call.
type Deps struct {
	Jobseekers    *person.Jobseekers
	Registrations *person.Registrations
	Consents      *person.Consents
	Merges        *person.Merges
	Applications  *placement.Applications
	Complaints    *watch.Complaints
	Matches       *matchmaking.Matches
	Sessions      *identity.Sessions
	Agencies      *identity.Agencies
	Concepts      *taxonomy.Concepts
	Linker        taxonomy.Linker
	Places        profile.Places
	Clock         domain.Clock
}

type pages struct{ Deps }

func (p *pages) kit() profile.Kit {
	return profile.Kit{Places: p.Places, Concepts: p.Concepts, Linker: p.Linker, Clock: p.Clock}
}

// New gives the area to web.New. It needs profile.Area and vacancy.Area beside it.
func New(d Deps) web.Area {
	p := &pages{d}
	return web.Area{Templates: layout.Source{Name: "jobseeker", Files: templates}, Register: p.register}
}

const (
	homePath         = "/me"
	profilePath      = "/me/profile"
	vacanciesPath    = "/me/vacancies"
	applicationsPath = "/me/applications"
	consentsPath     = "/me/consents"
	devicesPath      = "/me/devices"
)

func (p *pages) register(r *web.Router) {
	me := web.Only(domain.RoleJobseeker)
	r.Get(homePath, "jobseeker.home", me, p.home)
	r.Post(homePath+"/renew", "jobseeker.renew", me, p.renew)
	r.Get(profilePath, "jobseeker.profile", me, p.profile)
	for _, s := range profile.Sections() {
		r.Get(sectionPath(s), "jobseeker.profile."+s.Name, me, func(c *web.Context) (web.Page, error) { return p.ask(c, s) })
		r.Post(sectionPath(s), "jobseeker.profile."+s.Name, me, func(c *web.Context) (web.Page, error) { return p.save(c, s) })
	}
	r.Get(vacanciesPath, "jobseeker.vacancies", me, p.vacancies)
	r.Get(vacanciesPath+"/{id}", "jobseeker.vacancy", me, p.vacancy)
	r.Post(vacanciesPath+"/{id}", "jobseeker.apply", me, p.apply)
	r.Get(vacanciesPath+"/{id}/complaint", "jobseeker.complaint_form", me, p.complaintForm)
	r.Post(vacanciesPath+"/{id}/complaint", "jobseeker.complaint", me, p.complain)
	r.Get(applicationsPath, "jobseeker.applications", me, p.applications)
	r.Post(applicationsPath+"/{id}", "jobseeker.answer", me, p.answer)
	r.Get(consentsPath, "jobseeker.consents", me, p.consents)
	r.Post(consentsPath, "jobseeker.consent", me, p.consent)
	r.Get(consentsPath+"/{id}", "jobseeker.proof", me, p.proof)
	r.Post(consentsPath+"/{id}/send", "jobseeker.proof.send", me, p.sendProof)
	r.Get(devicesPath, "jobseeker.devices", me, p.devices)
	r.Post(devicesPath, "jobseeker.device", me, p.endDevice)
}

// me reads the signed-in person's record.
func (p *pages) me(c *web.Context) (person.Person, error) {
	return p.Jobseekers.Get(c.Context(), c.Actor, c.Actor.PersonID)
}

// settled says whether an act is done: by this form, or by the same one sent before.
func settled(err error) bool {
	_, again := domain.Replayed(err)
	return err == nil || again
}
