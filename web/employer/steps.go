package employer

import (
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// asked is one page of the vacancy's form being shown or sent.
type asked struct {
	*web.Context
	form    *form.Form
	vacancy employer.Vacancy       // as stored; the zero value before the first page
	org     employer.Organisation  // whose it is
	fields  employer.VacancyFields // what will be saved: read changes it
}

// step is one page of the vacancy's form: how the record fills it, what is read
// from it, what its template needs, and which of its fields a conflict compares.
type step struct {
	name    string
	fill    func(p *pages, a *asked, into *form.Form) error
	read    func(p *pages, a *asked) error
	view    func(p *pages, a *asked) (any, error)
	compare func(p *pages, a *asked) []desk.Compared
}

// steps are the pages in their order. The occupation is asked for only where
// the title leaves doubt, and counts as part of the first.
func steps() []step {
	return []step{workStep(), occupationStep(), skillsStep(), conditionsStep(), profileStep(), publicationStep()}
}

// Names of the steps, in addresses.
const (
	stepWork        = "work"
	stepOccupation  = "occupation"
	stepSkills      = "skills"
	stepConditions  = "conditions"
	stepProfile     = "profile"
	stepPublication = "publication"
)

// lastStep is the number of the check-answers page.
const lastStep = 6

// number is a step's place in the count people see.
func (s step) number() int {
	i := slices.IndexFunc(steps(), func(o step) bool { return o.name == s.name })
	return max(1, i)
}

func stepNamed(name string) (step, error) {
	i := slices.IndexFunc(steps(), func(s step) bool { return s.name == name })
	if i < 0 {
		return step{}, domain.NotFound("employer.editStep")
	}
	return steps()[i], nil
}

func stepURL(v domain.ID, name string) string { return vacancyURL(v) + "/edit/" + name }

// onlyThis marks, in the address and in the form, that somebody came to change
// one page and goes back where they came from.
const onlyThis = "only"

// stepView is the data of "employer/step…": the page's own part in View.
type stepView struct {
	Form     *form.Form
	Action   string
	Version  int
	Only     bool
	Progress *ui.Progress
	Conflict *desk.Conflict
	View     any
}

func (p *pages) newVacancy(c *web.Context) (web.Page, error) {
	o, err := p.own(c)
	if err != nil {
		return web.Page{}, err
	}
	a := &asked{Context: c, form: c.NewForm(), org: o}
	return p.stepPage(a, workStep())
}

// createVacancy makes the draft of the first page's answers.
func (p *pages) createVacancy(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	o, err := p.own(c)
	if err != nil {
		return web.Page{}, err
	}
	a := &asked{Context: c, form: f, org: o, fields: employer.VacancyFields{Lang: string(c.Tag())}}
	if err := workStep().read(p, a); err != nil {
		return web.Page{}, err
	}
	if !f.Failed() {
		v, err := p.Vacancies.Create(c.Context(), c.Act(f), "", a.fields)
		if id, again := domain.Replayed(err); again {
			v, err = p.Vacancies.Get(c.Context(), c.Actor, id)
		}
		if err == nil {
			return p.afterStep(c, workStep(), v, false)
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.stepPage(a, workStep())
}

// openStep reads what every page of the form begins with.
func (p *pages) openStep(c *web.Context, f *form.Form) (*asked, step, error) {
	s, err := stepNamed(c.Path("step"))
	if err != nil {
		return nil, step{}, err
	}
	id, err := c.PathID("id")
	if err != nil {
		return nil, step{}, err
	}
	v, err := p.ownVacancy(c, id)
	if err != nil {
		return nil, step{}, err
	}
	if !editable(v) {
		return nil, step{}, domain.Conflict("employer.editStep", "error.vacancy.not_editable")
	}
	o, err := p.own(c)
	return &asked{Context: c, form: f, vacancy: v, org: o, fields: v.Fields()}, s, err
}

func (p *pages) stepForm(c *web.Context) (web.Page, error) {
	a, s, err := p.openStep(c, c.NewForm())
	if err != nil {
		return web.Page{}, err
	}
	if err := s.fill(p, a, a.form); err != nil {
		return web.Page{}, err
	}
	if c.Query(onlyThis) != "" {
		a.form.Set(onlyThis, "1")
	}
	return p.stepPage(a, s)
}

func (p *pages) saveStep(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	a, s, err := p.openStep(c, f)
	if err != nil {
		return web.Page{}, err
	}
	if err := s.read(p, a); err != nil {
		return web.Page{}, err
	}
	if !f.Failed() {
		v, err := p.Vacancies.Update(c.Context(), c.Act(f), employer.UpdateVacancy{ID: a.vacancy.ID, Version: desk.Version(f), Fields: a.fields})
		if _, again := domain.Replayed(err); again {
			v, err = p.Vacancies.Get(c.Context(), c.Actor, a.vacancy.ID)
		}
		if err == nil {
			return p.afterStep(c, s, v, f.Ticked(onlyThis))
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.stepPage(a, s)
}

// afterStep leads on: to the question of the occupation where the title leaves
// doubt, to the next page of a new vacancy, or back to what was being changed.
func (p *pages) afterStep(c *web.Context, s step, v employer.Vacancy, only bool) (web.Page, error) {
	if s.name == stepWork && v.OccupationID.IsZero() {
		matches, err := p.meanings(c, v)
		if err != nil {
			return web.Page{}, err
		}
		if len(matches) > 0 {
			to := stepURL(v.ID, stepOccupation)
			if only {
				to += "?" + onlyThis + "=1"
			}
			return web.Redirect(to, ""), nil
		}
	}
	switch {
	case v.State != employer.Draft && v.State != employer.Returned:
		return web.Redirect(vacancyURL(v.ID), "employer.vacancy.saved"), nil
	case only || s.name == stepPublication:
		return web.Redirect(vacancyURL(v.ID)+"/check", ""), nil
	}
	i := slices.IndexFunc(steps(), func(o step) bool { return o.name == s.name })
	next := steps()[i+1].name
	if next == stepOccupation {
		next = stepSkills
	}
	return web.Redirect(stepURL(v.ID, next), ""), nil
}

func (p *pages) stepPage(a *asked, s step) (web.Page, error) {
	c := a.Context
	v := stepView{Form: a.form, Action: vacanciesPath + "/new", Version: a.vacancy.Version}
	back := &ui.Link{Text: c.T("employer.vacancies.title"), URL: vacanciesPath}
	title := c.T("employer.step." + s.name + ".title")
	if !a.vacancy.ID.IsZero() {
		v.Action, v.Only = stepURL(a.vacancy.ID, s.name), a.form.Checked(onlyThis, "1")
		back = &ui.Link{Text: c.T("common.back"), URL: p.before(a, s, v.Only)}
		title = c.T("employer.step.title", "Step", title, "Vacancy", a.vacancy.Title)
	}
	if !v.Only && (a.vacancy.ID.IsZero() || a.vacancy.State == employer.Draft) {
		v.Progress = &ui.Progress{Step: s.number(), Total: lastStep}
	}
	var err error
	if v.View, err = s.view(p, a); err != nil {
		return web.Page{}, err
	}
	if a.form.Kind() == domain.KindStale {
		stored, saved := c.NewForm(), *a
		saved.fields = a.vacancy.Fields() // a's own are what was typed
		if err := s.fill(p, &saved, stored); err != nil {
			return web.Page{}, err
		}
		v.Conflict = desk.Compare(c, a.form, stored, s.compare(p, a))
	}
	return web.Page{
		Template: "employer/step" + s.name, Title: title, Data: v, Form: a.form, Back: back, Nav: vacanciesPath, Focused: true,
	}, nil
}

// before is the page a step was come from.
func (p *pages) before(a *asked, s step, only bool) string {
	if a.vacancy.State != employer.Draft && a.vacancy.State != employer.Returned {
		return vacancyURL(a.vacancy.ID)
	}
	if only {
		return vacancyURL(a.vacancy.ID) + "/check"
	}
	i := slices.IndexFunc(steps(), func(o step) bool { return o.name == s.name })
	if i == 0 {
		return vacanciesPath
	}
	name := steps()[i-1].name
	if name == stepOccupation {
		name = stepWork
	}
	return stepURL(a.vacancy.ID, name)
}

// ownVacancy reads a vacancy of the organisation. Others' public ones have a public page, not this one.
func (p *pages) ownVacancy(c *web.Context, id domain.ID) (employer.Vacancy, error) {
	v, err := p.Vacancies.Get(c.Context(), c.Actor, id)
	if err == nil && v.OrganisationID != c.Actor.OrganisationID {
		err = domain.NotFound("employer.ownVacancy")
	}
	if err != nil {
		return employer.Vacancy{}, err
	}
	return v, nil
}
