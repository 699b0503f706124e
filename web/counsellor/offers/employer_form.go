package offers

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/organisation"
	"github.com/baara-platform/baara/web/ui"
)

// asker asks what an organisation is.
func (p *pages) asker() organisation.Asker {
	return organisation.Asker{Places: p.Places, Classifications: p.Classifications, Phones: p.Phones}
}

type employerFormView struct {
	organisation.Choices
	Form     *form.Form
	Title    string
	Lead     string
	Action   string
	Back     string
	Version  int
	Conflict *desk.Conflict
}

// newEmployer asks who an employer is that has no account: a workshop somebody visited, a household that called.
func (p *pages) newEmployer(c *web.Context) (web.Page, error) {
	f := c.NewForm()
	f.Set("kind", string(employer.KindWorkshop))
	return p.newEmployerPage(c, f), nil
}

func (p *pages) newEmployerPage(c *web.Context, f *form.Form) web.Page {
	v := employerFormView{
		Choices: p.asker().Choices(c, f.Value("place")), Form: f, Title: c.T("offers.employer.new"), Lead: c.T("offers.employer.new_lead"),
		Action: employersPath + "/new", Back: employersPath,
	}
	return web.Page{
		Template: "offers/employerform", Title: v.Title, Data: v, Form: f, Nav: vacanciesPath,
		Back: &ui.Link{Text: c.T("offers.employers.title"), URL: employersPath},
	}
}

func (p *pages) createEmployer(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in := p.asker().Read(c, f)
	f.Require("error.required", "kind", "legal_name")
	if in.Phone == "" && in.Email == "" && f.ErrorFor("phone") == nil {
		f.Fail("phone", "offers.employer.unreachable")
	}
	if !f.Failed() {
		o, err := p.Organisations.Create(c.Context(), c.Act(f), in)
		id, again := domain.Replayed(err)
		if !again {
			id = o.ID
		}
		if desk.Settled(err) {
			return web.Redirect(employerURL(id), "offers.employer.created"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.newEmployerPage(c, f), nil
}

// openEmployerEdit reads an organisation for somebody who may change it.
func (p *pages) openEmployerEdit(c *web.Context) (employer.Organisation, error) {
	o, err := p.openEmployer(c)
	if err == nil && !p.may(c, access.OrganisationUpdate, o.Facts()) {
		err = domain.Forbidden("offers.editEmployer")
	}
	return o, err
}

func (p *pages) editEmployerForm(c *web.Context) (web.Page, error) {
	o, err := p.openEmployerEdit(c)
	if err != nil {
		return web.Page{}, err
	}
	return p.editEmployerPage(c, o, organisation.Fill(c, c.NewForm(), o)), nil
}

func (p *pages) editEmployerPage(c *web.Context, o employer.Organisation, f *form.Form) web.Page {
	url := employerURL(o.ID)
	v := employerFormView{
		Choices: p.asker().Choices(c, o.PlaceCode), Form: f, Title: c.T("offers.employer.edit_title", "Name", o.Name()), Action: url + "/edit", Back: url,
		Version: o.Version,
	}
	v.Conflict = desk.Compare(c, f, organisation.Fill(c, c.NewForm(), o), v.Compared(c))
	return web.Page{
		Template: "offers/employerform", Title: v.Title, Data: v, Form: f, Nav: vacanciesPath, Back: &ui.Link{Text: o.Name(), URL: url},
	}
}

func (p *pages) editEmployer(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	o, err := p.openEmployerEdit(c)
	if err != nil {
		return web.Page{}, err
	}
	in := employer.UpdateOrganisation{ID: o.ID, Version: desk.Version(f), Fields: p.asker().Read(c, f)}
	f.Require("error.required", "kind", "legal_name")
	if !f.Failed() {
		_, err = p.Organisations.Update(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(employerURL(o.ID), "offers.employer.saved"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
		if o, err = p.openEmployer(c); err != nil {
			return web.Page{}, err
		}
	}
	return p.editEmployerPage(c, o, f), nil
}
