// Package public has the pages that need no account: home, registration, resuming and signing in, vacancies, and what
// the service says about itself.
//
// The registration form keeps every page's answers on the server at once; the visitor's browser holds only the draft's
// token. Answers never travel in addresses. Every act of a visitor is counted against the budget of the address it
// comes from. Known and unknown phones are answered alike.
package public

import (
	"embed"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/proof"
)

//go:embed templates/*.html
var templates embed.FS

// Deps is what the pages call.
type Deps struct {
	Jobseekers *person.Jobseekers
	Drafts     *person.Drafts
	Work       *watch.Work
	Accounts   *identity.Accounts
	Agency     string // what people call their agency's identity provider; "" without one
	Agencies   *identity.Agencies
	Matches    *matchmaking.Matches
	Concepts   *taxonomy.Concepts
	Linker     taxonomy.Linker
	Places     profile.Places
	ISCO       *taxonomy.Classification
	Registers  *rights.Registers
	Clock      domain.Clock
}

type pages struct{ Deps }

func (p *pages) kit() profile.Kit {
	return profile.Kit{Places: p.Places, Concepts: p.Concepts, Linker: p.Linker, Clock: p.Clock}
}

// New gives the area to web.New. It needs profile.Area beside it.
func New(d Deps) web.Area {
	p := &pages{d}
	return web.Area{Templates: layout.Source{Name: "public", Files: templates}, Register: p.register}
}

func (p *pages) register(r *web.Router) {
	r.Get("/", "public.home", web.Anyone(), p.home)
	p.registerSteps(r)
	r.Get("/register/check", "public.register.check", web.Anyone(), p.check)
	r.Post("/register/check", "public.register.send", web.Anyone(), p.send)
	r.Get(workPath, "public.register.work", web.Anyone(), func(*web.Context) (web.Page, error) { return proof.Again(p.Work, watch.ForRegistration) })
	r.Get("/register/done", "public.register.done", web.Anyone(), p.done)
	r.Get("/register/later", "public.register.later", web.Anyone(), p.later)
	r.Post("/register/forget", "public.register.forget", web.Anyone(), p.forget)
	r.Get("/resume", "public.resume", web.Anyone(), p.resumePhone)
	r.Post("/resume", "public.resume.code", web.Anyone(), p.resumeSend)
	r.Post("/resume/code", "public.resume.check", web.Anyone(), p.resumeCode)
	r.Post("/resume/open", "public.resume.open", web.Anyone(), p.resumeOpen)
	r.Get("/sign-in", "public.sign_in", web.Anyone(), p.signIn)
	r.Post("/sign-in", "public.sign_in.password", web.Anyone(), p.signInPassword)
	r.Post("/sign-in/phone", "public.sign_in.phone", web.Anyone(), p.signInSend)
	r.Post("/sign-in/code", "public.sign_in.code", web.Anyone(), p.signInCode)
	r.Post("/sign-in/open", "public.sign_in.open", web.Anyone(), p.signInOpen)
	r.Post("/sign-out", "public.sign_out", web.Anyone(), p.signOut)
	r.Get("/vacancies", "public.vacancies", web.Anyone(), p.vacancies)
	r.Get("/vacancies/{id}", "public.vacancy", web.Anyone(), p.vacancy)
	r.Get("/taxonomy/suggest", "public.suggest", web.Anyone(), p.suggest)
	r.Get("/privacy", "public.privacy", web.Anyone(), p.privacy)
	r.Get("/accessibility", "public.accessibility", web.Anyone(), p.accessibility)
	r.Get("/languages", "public.languages", web.Anyone(), p.languages)
}
