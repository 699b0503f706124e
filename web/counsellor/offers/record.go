package offers

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// found bounds the employers a search by name proposes.
const found = 5

// draftButton is the button that keeps a vacancy without publishing it.
const draftButton = "draft"

type recordView struct {
	choices
	Form     *form.Form
	Action   string
	Version  int
	New      bool // nothing is stored yet: the source is asked for, details are not
	Draft    bool // the button publishes
	Sources  []ui.Option
	For      *forEmployer
	Search   *form.Form // of employers known to the service
	Found    []ui.Link
	Searched bool
	Conflict *desk.Conflict
}

// forEmployer is the known employer a vacancy is recorded for.
type forEmployer struct{ ID, Name, Reference string }

// recordForm asks on one page for what a call or a notice says.
func (p *pages) recordForm(c *web.Context) (web.Page, error) {
	f := c.NewForm()
	f.Set("posts", "1")
	f.Set("wage_period", string(employer.PerMonth))
	f.Set("organisation", c.Query("organisation"))
	return p.recordPage(c, f)
}

func (p *pages) recordPage(c *web.Context, f *form.Form) (web.Page, error) {
	v := recordView{
		choices: p.choices(c, employer.Vacancy{PlaceCode: f.Value("place")}), Form: f, Action: vacanciesPath + "/new", New: true, Draft: true,
		Sources: desk.Coded(c, "offers.source.", employer.RecordedSources()...), Search: c.QueryForm(),
	}
	var err error
	if v.For, err = p.knownEmployer(c, f.Value("organisation")); err != nil {
		return web.Page{}, err
	}
	if words := v.Search.Text("employer", employer.MaxName); words != "" && v.For == nil {
		v.Searched = true
		list, err := p.Organisations.List(c.Context(), c.Actor, employer.OrganisationFilter{Words: words}, domain.Cursor{Limit: found})
		if err != nil {
			return web.Page{}, err
		}
		for _, o := range list.Items {
			v.Found = append(v.Found, ui.Link{Text: o.Name(), About: o.Reference, URL: vacanciesPath + "/new?organisation=" + string(o.ID)})
		}
	}
	return web.Page{
		Template: "offers/record", Title: c.T("offers.record.title"), Data: v, Form: f, Nav: vacanciesPath,
		Back: &ui.Link{Text: c.T("common.nav.offers"), URL: vacanciesPath},
	}, nil
}

// knownEmployer reads the employer a form is for; nil for none.
func (p *pages) knownEmployer(c *web.Context, id string) (*forEmployer, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // nobody is chosen, which is no error
	}
	of, err := domain.ParseID(id)
	if err != nil {
		return nil, err
	}
	o, err := p.Organisations.Get(c.Context(), c.Actor, of)
	if err != nil {
		return nil, err
	}
	return &forEmployer{ID: string(o.ID), Name: o.Name(), Reference: o.Reference}, nil
}

// record publishes what was said, or keeps it as a draft.
func (p *pages) record(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in := employer.RecordVacancy{
		Source:       employer.Source(f.Choice("source", desk.Values(desk.Coded(c, "offers.source.", employer.RecordedSources()...))...)),
		SourceDetail: f.Text("source_detail", employer.MaxName), OrganisationID: domain.ID(f.Value("organisation")),
		Draft: f.Pressed(draftButton), Fields: employer.VacancyFields{Lang: string(c.Tag())},
	}
	v := p.choices(c, employer.Vacancy{PlaceCode: f.Value("place")})
	v.read(f, nil, &in.Fields)
	f.Require("error.required", "source", "title")
	if in.OrganisationID.IsZero() {
		f.Require("error.required", "client_name")
	}
	if !in.Draft {
		p.complete(f, in.Fields)
	}
	if !f.Failed() {
		made, err := p.Vacancies.Record(c.Context(), c.Act(f), in)
		if id, again := domain.Replayed(err); again {
			made, err = p.Vacancies.Get(c.Context(), c.Actor, id)
		}
		if err == nil {
			return web.Redirect(vacancyURL(made.ID), recorded(made)), nil
		}
		if !f.Explain(formError(err)) {
			return web.Page{}, err
		}
	}
	return p.recordPage(c, f)
}

// recorded says what became of a vacancy that was to be published.
func recorded(v employer.Vacancy) string {
	switch {
	case v.Public():
		return "offers.vacancy.published_now"
	case v.State == employer.Held:
		return "offers.vacancy.held_now"
	}
	return "offers.vacancy.draft_now"
}

// formError gives errors of single skills the name of their field.
func formError(err error) error {
	return desk.Renamed(err, func(name string) string {
		if strings.HasPrefix(name, "skills") {
			return skillField(employer.Essential)
		}
		return name
	})
}

// openEdit reads the vacancy to change, for somebody who may.
func (p *pages) openEdit(c *web.Context) (employer.Vacancy, error) {
	v, err := p.openVacancy(c)
	if err != nil {
		return employer.Vacancy{}, err
	}
	if !p.may(c, access.VacancyUpdate, v.Facts()) {
		return employer.Vacancy{}, domain.Forbidden("offers.openEdit")
	}
	if !editable(v) {
		return employer.Vacancy{}, domain.Conflict("offers.openEdit", "error.vacancy.not_editable")
	}
	return v, nil
}

func (p *pages) editForm(c *web.Context) (web.Page, error) {
	v, err := p.openEdit(c)
	if err != nil {
		return web.Page{}, err
	}
	return p.editPage(c, v, fill(c.NewForm(), v.Fields()))
}

func (p *pages) editPage(c *web.Context, v employer.Vacancy, f *form.Form) (web.Page, error) {
	view := recordView{choices: p.choices(c, v), Form: f, Action: vacancyURL(v.ID) + "/edit", Version: v.Version, Draft: publishable(v)}
	if err := p.more(c, v, &view.choices); err != nil {
		return web.Page{}, err
	}
	var err error
	if view.For, err = p.knownEmployer(c, string(v.OrganisationID)); err != nil {
		return web.Page{}, err
	}
	view.Conflict = desk.Compare(c, f, fill(c.NewForm(), v.Fields()), view.compared(c))
	return web.Page{
		Template: "offers/record", Title: c.T("offers.edit.title", "Vacancy", v.Title), Data: view, Form: f, Nav: vacanciesPath,
		Back: &ui.Link{Text: v.Title, URL: vacancyURL(v.ID)},
	}, nil
}

// publishable says whether the desk's own draft is one step from the public: an employer's draft is the employer's to send.
func publishable(v employer.Vacancy) bool { return v.State == employer.Draft && !v.RecordedBy.IsZero() }

// edit saves all answers, and publishes a draft unless it is to stay one.
func (p *pages) edit(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	v, err := p.openEdit(c)
	if err != nil {
		return web.Page{}, err
	}
	asked := p.choices(c, v)
	if err := p.more(c, v, &asked); err != nil {
		return web.Page{}, err
	}
	in := v.Fields()
	asked.read(f, v.Fields().Skills, &in)
	asked.readMore(f, v.Fields().Skills, &in)
	f.Require("error.required", "title")
	if v.OrganisationID.IsZero() {
		f.Require("error.required", "client_name")
	}
	publish := publishable(v) && !f.Pressed(draftButton)
	if publish || v.Public() {
		p.complete(f, in)
	}
	if !f.Failed() {
		saved, done, err := p.saveEdit(c, f, employer.UpdateVacancy{ID: v.ID, Version: desk.Version(f), Fields: in}, publish)
		if err == nil {
			return web.Redirect(vacancyURL(v.ID), done), nil
		}
		if !f.Explain(formError(err)) {
			return web.Page{}, err
		}
		if saved { // the token is used up
			f.Token = c.NewForm().Token
		}
		if v, err = p.openVacancy(c); err != nil {
			return web.Page{}, err
		}
	}
	return p.editPage(c, v, f)
}

// saveEdit saves and, where asked, publishes; saved says that the first was done.
func (p *pages) saveEdit(c *web.Context, f *form.Form, in employer.UpdateVacancy, publish bool) (saved bool, done string, err error) {
	actor := c.Act(f)
	v, err := p.Vacancies.Update(c.Context(), actor, in)
	if !desk.Settled(err) {
		return false, "", err
	}
	if !publish {
		return true, "offers.vacancy.saved", nil
	}
	v, err = p.Vacancies.Publish(c.Context(), desk.Then(actor, "publish"), employer.VacancyAct{ID: in.ID, Version: v.Version})
	if _, again := domain.Replayed(err); again {
		v, err = p.Vacancies.Get(c.Context(), c.Actor, in.ID)
	}
	return true, recorded(v), err
}
