package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

func personURL(id domain.ID) string { return home + "/people/" + string(id) }

func (p *pages) routesPeople(r *web.Router, desk web.Who) {
	r.Get(searchPath, "counsellor.search", desk, p.search)
	r.Post(searchPath, "counsellor.find", desk, p.find)
	r.Get(searchPath+"/skills", "counsellor.search_skills", desk, p.searchSkills)
	r.Get(registerPath, "counsellor.register_form", desk, p.registerForm)
	r.Post(registerPath, "counsellor.register", desk, p.enrol)
	const one = home + "/people/{id}"
	r.Get(one, "counsellor.person", desk, p.person)
	r.Post(one+"/registration", "counsellor.person.registration", desk, p.changeRegistration)
	r.Get(one+"/edit/{part}", "counsellor.person.edit_form", desk, p.editForm)
	r.Post(one+"/edit/{part}", "counsellor.person.edit", desk, p.edit)
	r.Get(one+"/consents", "counsellor.person.consents", desk, p.consentsForm)
	r.Post(one+"/consents", "counsellor.person.consent", desk, p.giveConsent)
	r.Post(one+"/consents/withdraw", "counsellor.person.withdraw", desk, p.withdrawConsent)
	r.Get(one+"/consents/{consent}", "counsellor.person.proof", desk, p.consentProof)
	r.Post(one+"/consents/{consent}/send", "counsellor.person.proof.send", desk, p.sendProof)
	r.Get(one+"/journey", "counsellor.person.journey", desk, p.journey)
	r.Get(one+"/journey/episodes/{entry}", "counsellor.person.episode_form", desk, p.episodeForm)
	r.Post(one+"/journey/episodes/{entry}", "counsellor.person.episode", desk, p.saveEpisode)
	r.Get(one+"/journey/displacements/{entry}", "counsellor.person.displacement_form", desk, p.displacementForm)
	r.Post(one+"/journey/displacements/{entry}", "counsellor.person.displacement", desk, p.saveDisplacement)
	r.Get(one+"/vacancies", "counsellor.person.vacancies", desk, p.vacanciesFor)
	r.Post(one+"/vacancies", "counsellor.person.propose", desk, p.propose)
}

func (p *pages) kit() profile.Kit {
	return profile.Kit{Places: p.Places, Concepts: p.Concepts, Linker: p.Linker, Clock: p.Clock}
}

type personView struct {
	URL       string
	Heading   ui.Heading
	Emergency *bannerView
	Offer     bool // may offer the registration and files to another agency
	Tabs      *ui.Tabs
	Take      *ui.Button
	Phones    []phoneView
	Warnings  []string
	Parts     []recordPart
	Consents  ui.KeyValues
	Consent   bool // may record consents
	Journey   bool // may read where the person has been
	Registry  registryView
	Form      *form.Form // of closing the registration
	Story     []entry
	Joined    ui.TaskList // files that became one with this
	Merge     bool        // may look for the person's other files
	Likely    []foundItem // files that may be the same person's, of somebody nobody has seen yet
}

// person is the whole record of somebody but the journey.
func (p *pages) person(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	if to, err := p.elsewhere(c, id); err != nil || to != "" {
		return web.Redirect(to, "counsellor.merged.led"), err
	}
	return p.personPage(c, id, nil)
}

func (p *pages) personPage(c *web.Context, id domain.ID, failed *form.Form) (web.Page, error) {
	who, err := p.Jobseekers.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	may, err := p.Jobseekers.Allowed(c.Context(), c.Actor, id, access.PersonUpdate, access.PersonConsent, access.PersonReadMigration,
		access.RegistrationRead, access.RegistrationRenew, access.RegistrationClose, access.RegistrationReopen, access.TransferGive, access.MergeLook)
	if err != nil {
		return web.Page{}, err
	}
	v := personView{
		URL: personURL(id), Consent: may[access.PersonConsent], Journey: may[access.PersonReadMigration], Phones: p.phones(c, who), Form: failed,
	}
	if v.Form == nil {
		v.Form = c.NewForm()
	}
	v.Offer, v.Merge = may[access.TransferGive], may[access.MergeLook]
	if v.Joined, err = p.joined(c, id); err != nil {
		return web.Page{}, err
	}
	if !may[access.PersonUpdate] { // a share, or an emergency
		if v.Emergency, err = p.banner(c, id); err != nil {
			return web.Page{}, err
		}
	}
	file, err := p.liveFile(c, id)
	if err != nil {
		return web.Page{}, err
	}
	page := p.aboutPerson(c, who, file, "counsellor/person", &v.Heading, &v.Tabs)
	page.Title, page.Form = c.T("counsellor.person.title", "Reference", who.Reference), failed
	v.Warnings = p.warnings(c, who)
	if v.Parts, err = p.recordParts(c, who, may[access.PersonUpdate]); err != nil {
		return web.Page{}, err
	}
	if v.Consents, err = p.consentFacts(c, id); err != nil {
		return web.Page{}, err
	}
	if may[access.RegistrationRead] {
		if err := p.registry(c, who, file == nil, may, &v); err != nil {
			return web.Page{}, err
		}
	}
	page.Data = v
	return page, nil
}

// aboutPerson is the frame of a page on a person: inside the file where there is one, else on its own.
func (p *pages) aboutPerson(c *web.Context, who person.Person, file *aFile, template string, heading *ui.Heading, tabs **ui.Tabs) web.Page {
	page := web.Page{Template: template, Nav: searchPath, Back: &ui.Link{Text: c.T("counsellor.search.title"), URL: searchPath}}
	*heading = ui.Heading{Text: nameOf(who), Facts: p.personFacts(c, who)}
	if file != nil {
		t := p.fileTabs(c, file.CaseFile, c.Request.URL.Path)
		*tabs, *heading = &t, p.heading(c, *file)
		page.Nav, page.Back = home+"/cases", &ui.Link{Text: c.T("counsellor.caseload.title"), URL: home + "/cases"}
	}
	return page
}

// liveFile gives a person's open file; nil when there is none the reader may see.
func (p *pages) liveFile(c *web.Context, id domain.ID) (*aFile, error) {
	found, err := p.Files.OfPerson(c.Context(), c.Actor, id)
	if domain.KindOf(err) == domain.KindNotFound {
		return nil, nil //nolint:nilnil // no file is no error here, and the pointer says so
	}
	if err != nil {
		return nil, err
	}
	f, err := p.openFile(c, found.ID)
	return &f, err
}
