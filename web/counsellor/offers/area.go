// Package offers is the desk's labour-market side, for counsellors and leads: vacancies to review and to record, who fits
// them, applications from the proposal to the hire, placements, and the employers behind them.
//
// Its buttons ask the policy and the state table first, so that none leads to a refusal. People of the actor's own agency
// stand here by name; others are pseudonymous cards without a field for anything else, and the page says whom to ask. A
// hire that came too late, an edit somebody overtook and a second verification by the same hands are answered on the page
// they were tried from, with what was typed.
package offers

import (
	"embed"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/phone"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/layout"
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
	Complaints      *watch.Complaints
	Views           *watch.Views
	Jobseekers      *person.Jobseekers
	Files           *casework.Files
	Agencies        *identity.Agencies
	Concepts        *taxonomy.Concepts
	Classifications taxonomy.Classifications
	Places          *place.Directory
	Phones          phone.Parser
	Policy          access.Policy
	Clock           domain.Clock
}

type pages struct{ Deps }

// Addresses that several files name.
const (
	home             = "/counsellor"
	vacanciesPath    = home + "/vacancies"
	applicationsPath = home + "/applications"
	placementsPath   = home + "/placements"
	employersPath    = home + "/employers"
)

// maxWords bounds what is written beside a decision, in characters.
const maxWords = 500

// New gives the area to web.New.
func New(d Deps) web.Area {
	p := &pages{d}
	return web.Area{Templates: layout.Source{Name: "offers", Files: templates}, Register: p.register}
}

func (p *pages) register(r *web.Router) {
	only := web.Only(domain.RoleCounsellor, domain.RoleLead)
	p.routesVacancies(r, only)
	p.routesApplications(r, only)
	p.routesPlacements(r, only)
	p.routesEmployers(r, only)
	p.routesComplaints(r, only)
}

func (p *pages) routesVacancies(r *web.Router, only web.Who) {
	const one = vacanciesPath + "/{id}"
	r.Get(vacanciesPath, "offers.vacancies", only, p.vacancies)
	r.Get(vacanciesPath+"/new", "offers.vacancy.new", only, p.recordForm)
	r.Post(vacanciesPath+"/new", "offers.vacancy.record", only, p.record)
	r.Get(one, "offers.vacancy", only, p.vacancy)
	r.Get(one+"/edit", "offers.vacancy.edit_form", only, p.editForm)
	r.Post(one+"/edit", "offers.vacancy.edit", only, p.edit)
	r.Get(one+"/review", "offers.vacancy.review_form", only, p.reviewForm)
	r.Post(one+"/review", "offers.vacancy.review", only, p.review)
	r.Get(one+"/matches", "offers.matches", only, p.matches)
	r.Post(one+"/propose", "offers.propose", only, p.propose)
	r.Get(one+"/applications", "offers.vacancy.applications", only, p.vacancyApplications)
	r.Get(one+"/close", "offers.close_form", only, p.closeForm)
	r.Post(one+"/close", "offers.close", only, p.closeOthers)
	r.Get(one+"/history", "offers.vacancy.history", only, p.vacancyHistory)
	r.Post(one+"/resume", "offers.vacancy.resume", only, p.resume)
	r.Post(one+"/confirm", "offers.vacancy.confirm", only, p.confirm)
	r.Post(one+"/elsewhere", "offers.vacancy.elsewhere", only, p.elsewhere)
	for _, q := range lifeQuestions() {
		r.Get(one+"/"+q.name, "offers.vacancy."+q.name+"_form", only, p.lifeForm(q))
		r.Post(one+"/"+q.name, "offers.vacancy."+q.name, only, p.life(q))
	}
}

func (p *pages) routesApplications(r *web.Router, only web.Who) {
	const one = applicationsPath + "/{id}"
	r.Get(applicationsPath, "offers.applications", only, p.applications)
	r.Get(one, "offers.application", only, p.application)
	r.Post(one+"/answer", "offers.application.answer", only, p.answer)
	r.Post(one+"/send", "offers.application.send", only, p.send)
	r.Post(one+"/see", "offers.application.see", only, p.see)
	r.Post(one+"/offer", "offers.application.offer", only, p.offer)
	r.Get(one+"/hire", "offers.application.hire_form", only, p.hireForm)
	r.Post(one+"/hire", "offers.application.hire", only, p.hire)
	for _, q := range replyQuestions() {
		r.Get(one+"/"+q.name, "offers.application."+q.name+"_form", only, p.replyForm(q))
		r.Post(one+"/"+q.name, "offers.application."+q.name, only, p.reply(q))
	}
}

func (p *pages) routesPlacements(r *web.Router, only web.Who) {
	const one = placementsPath + "/{id}"
	r.Get(placementsPath, "offers.placements", only, p.placements)
	r.Get(one, "offers.placement", only, p.placement)
	for _, q := range workQuestions() {
		r.Get(one+"/"+q.path, "offers.placement."+q.name+"_form", only, p.workForm(q))
		r.Post(one+"/"+q.path, "offers.placement."+q.name, only, p.work(q))
	}
}

func (p *pages) routesEmployers(r *web.Router, only web.Who) {
	const one = employersPath + "/{id}"
	r.Get(employersPath, "offers.employers", only, p.employers)
	r.Get(employersPath+"/new", "offers.employer.new", only, p.newEmployer)
	r.Post(employersPath+"/new", "offers.employer.create", only, p.createEmployer)
	r.Get(one, "offers.employer", only, p.employer)
	r.Post(one+"/verify", "offers.employer.verify", only, p.verify)
	r.Get(one+"/refuse", "offers.employer.refuse_form", only, p.refuseForm)
	r.Post(one+"/refuse", "offers.employer.refuse", only, p.refuse)
	r.Post(one+"/views/note", "offers.employer.views_note", only, p.noteViews)
	r.Get(one+"/views", "offers.employer.raise_form", web.Only(domain.RoleLead), p.raiseForm)
	r.Post(one+"/views", "offers.employer.raise", web.Only(domain.RoleLead), p.raise)
	r.Get(one+"/edit", "offers.employer.edit_form", only, p.editEmployerForm)
	r.Post(one+"/edit", "offers.employer.edit", only, p.editEmployer)
}

func vacancyURL(id domain.ID) string     { return vacanciesPath + "/" + string(id) }
func applicationURL(id domain.ID) string { return applicationsPath + "/" + string(id) }
func placementURL(id domain.ID) string   { return placementsPath + "/" + string(id) }
func employerURL(id domain.ID) string    { return employersPath + "/" + string(id) }
func personURL(id domain.ID) string      { return home + "/people/" + string(id) }

func (p *pages) words(c *web.Context) desk.Words { return desk.WordsOf(c, p.Places.Present()) }

func (p *pages) today() domain.Date { return domain.DateOf(p.Clock.Now()) }

// may says whether a button is worth showing.
func (p *pages) may(c *web.Context, action access.Action, facts access.Facts) bool {
	return p.Policy.Allows(c.Actor, action, facts)
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

// sections are the lists of this side of the desk.
func sections(c *web.Context, current string) ui.Tabs {
	tabs := ui.Tabs{Label: c.T("offers.sections"), Items: []ui.Tab{
		{Text: c.T("common.nav.offers"), URL: vacanciesPath},
		{Text: c.T("offers.applications.title"), URL: applicationsPath},
		{Text: c.T("offers.placements.title"), URL: placementsPath},
		{Text: c.T("offers.employers.title"), URL: employersPath},
		{Text: c.T("offers.complaints.title"), URL: complaintsPath},
	}}
	for i := range tabs.Items {
		tabs.Items[i].Current = tabs.Items[i].URL == current
	}
	return tabs
}

// actLink leads to a page that asks something before it acts.
func actLink(text, url string) ui.Button {
	return ui.Button{Text: text, URL: url, Small: true, Secondary: true}
}

// main makes the first of several buttons stand out.
func mainButton(b ui.Button) ui.Button {
	b.Secondary = false
	return b
}
