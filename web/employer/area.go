// Package employer has the pages of those who offer work: what the service
// does for them and how they sign up, their vacancies, the people who fit, the
// people a counsellor sent, their answers and their organisation.
//
// Its pages promise what its use-cases promise. Before two members of staff
// verified the organisation nobody is shown. Ranked people are pseudonymous
// cards with reasons from an allow-list: there is no field here for a name, a
// phone, sex, age, origin or migration. A name and a way to reach somebody
// appear only for applications the person agreed to and a counsellor sent.
//
// A vacancy is a draft on the server from its first page on, so nothing typed
// is lost when somebody closes the browser. Every form carries the version of
// the record it changes; see desk.Conflict.
package employer

import (
	"embed"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/phone"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/proof"
	"github.com/baara-platform/baara/web/ui"
)

//go:embed templates/*.html
var templates embed.FS

// Deps is what the pages call.
type Deps struct {
	Organisations   *employer.Organisations
	Vacancies       *employer.Vacancies
	Applications    *placement.Applications
	Placements      *placement.Placements
	Matches         *matchmaking.Matches
	Work            *watch.Work
	Agencies        *identity.Agencies
	Concepts        *taxonomy.Concepts
	Classifications taxonomy.Classifications
	Places          *place.Directory
	Phones          phone.Parser
	Clock           domain.Clock
}

type pages struct{ Deps }

// Addresses that several files name.
const (
	home          = "/employer"
	vacanciesPath = home + "/vacancies"
	welcomePath   = "/employers"
	workPath      = welcomePath + "/work"
)

// New gives the area to web.New.
func New(d Deps) web.Area {
	p := &pages{d}
	return web.Area{Templates: layout.Source{Name: "employer", Files: templates}, Register: p.register}
}

func (p *pages) register(r *web.Router) {
	r.Get(welcomePath, "employer.welcome", web.Anyone(), p.welcome)
	r.Get(welcomePath+"/sign-up", "employer.sign_up_form", web.Anyone(), p.signUpForm)
	r.Post(welcomePath+"/sign-up", "employer.sign_up", web.Anyone(), p.signUp)
	r.Get(workPath, "employer.sign_up.work", web.Anyone(), func(*web.Context) (web.Page, error) { return proof.Again(p.Work, watch.ForSignUp) })
	r.Get(welcomePath+"/done", "employer.signed_up", web.Anyone(), p.signedUp)

	only := web.Only(domain.RoleEmployer)
	r.Get(home, "employer.dashboard", only, p.dashboard)
	r.Get(home+"/organisation", "employer.organisation", only, p.organisation)
	r.Get(home+"/organisation/edit", "employer.organisation.form", only, p.organisationForm)
	r.Post(home+"/organisation/edit", "employer.organisation.save", only, p.saveOrganisation)
	p.routesVacancies(r, only)
	p.routesCandidates(r, only)
}

func (p *pages) routesVacancies(r *web.Router, only web.Who) {
	const one = vacanciesPath + "/{id}"
	r.Get(vacanciesPath, "employer.vacancies", only, p.vacancies)
	r.Get(vacanciesPath+"/new", "employer.vacancy.new", only, p.newVacancy)
	r.Post(vacanciesPath+"/new", "employer.vacancy.create", only, p.createVacancy)
	r.Get(one, "employer.vacancy", only, p.vacancy)
	r.Get(one+"/edit/{step}", "employer.vacancy.step", only, p.stepForm)
	r.Post(one+"/edit/{step}", "employer.vacancy.save", only, p.saveStep)
	r.Get(one+"/check", "employer.vacancy.check", only, p.check)
	r.Post(one+"/check", "employer.vacancy.submit", only, p.submit)
	r.Post(one+"/suspend", "employer.vacancy.suspend", only, p.suspend)
	r.Post(one+"/resume", "employer.vacancy.resume", only, p.resume)
	r.Post(one+"/elsewhere", "employer.vacancy.elsewhere", only, p.elsewhere)
	r.Post(one+"/confirm", "employer.vacancy.confirm", only, p.confirm)
	r.Get(one+"/renew", "employer.vacancy.renew_form", only, p.renewForm)
	r.Post(one+"/renew", "employer.vacancy.renew", only, p.renew)
	r.Get(one+"/posts", "employer.vacancy.posts_form", only, p.postsForm)
	r.Post(one+"/posts", "employer.vacancy.posts", only, p.raisePosts)
	r.Get(one+"/withdraw", "employer.vacancy.withdraw_form", only, p.withdrawForm)
	r.Post(one+"/withdraw", "employer.vacancy.withdraw", only, p.withdraw)
	r.Get(one+"/matches", "employer.matches", only, p.matches)
	r.Get(one+"/candidates", "employer.candidates", only, p.candidates)
	r.Get(one+"/close", "employer.close_form", only, p.closeForm)
	r.Post(one+"/close", "employer.close", only, p.closeOthers)
}

func (p *pages) routesCandidates(r *web.Router, only web.Who) {
	const one = home + "/candidates/{id}"
	r.Get(one, "employer.candidate", only, p.candidate)
	r.Post(one+"/seen", "employer.candidate.seen", only, p.seen)
	r.Post(one+"/offer", "employer.candidate.offer", only, p.offer)
	r.Get(one+"/interview", "employer.candidate.interview_form", only, p.interviewForm)
	r.Post(one+"/interview", "employer.candidate.interview", only, p.interview)
	r.Get(one+"/refuse", "employer.candidate.refuse_form", only, p.refuseForm)
	r.Post(one+"/refuse", "employer.candidate.refuse", only, p.refuse)
	r.Get(one+"/hire", "employer.candidate.hire_form", only, p.hireForm)
	r.Post(one+"/hire", "employer.candidate.hire", only, p.hire)
}

func vacancyURL(id domain.ID) string   { return vacanciesPath + "/" + string(id) }
func candidateURL(id domain.ID) string { return home + "/candidates/" + string(id) }

func (p *pages) words(c *web.Context) desk.Words { return desk.WordsOf(c, p.Places.Present()) }

func (p *pages) today() domain.Date { return domain.DateOf(p.Clock.Now()) }

// own reads the organisation of who is signed in.
func (p *pages) own(c *web.Context) (employer.Organisation, error) {
	return p.Organisations.Get(c.Context(), c.Actor, c.Actor.OrganisationID)
}

// posted reads a sent form about the record the address names.
func posted(c *web.Context) (domain.ID, *form.Form, error) {
	id, err := c.PathID("id")
	if err != nil {
		return "", nil, err
	}
	f, err := c.PostedForm()
	return id, f, err
}

// unverified says why nobody is shown yet, nil once the organisation is verified.
func unverified(c *web.Context, o employer.Organisation) *ui.Notice {
	switch {
	case o.Stopped:
		return &ui.Notice{Tone: ui.Warning, Title: c.T("employer.verification.stopped"), Text: c.T("employer.verification.stopped_text")}
	case o.Verified():
		return nil
	case o.Verification == employer.VerificationRefused && o.Refusal == employer.HeldComplaint:
		return &ui.Notice{Tone: ui.Bad, Title: c.T("employer.verification.refused"), Text: c.T("employer.why.complaint_founded")}
	case o.Verification == employer.VerificationRefused:
		return &ui.Notice{Tone: ui.Bad, Title: c.T("employer.verification.refused"), Text: o.Refusal}
	}
	return &ui.Notice{Tone: ui.Warning, Title: c.T("employer.verification.pending"), Text: c.T("employer.verification.pending_text")}
}
