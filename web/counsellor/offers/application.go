package offers

import (
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

type applicationView struct {
	Heading  ui.Heading
	Turn     string // heading of what to do next
	Next     string
	NextHint string
	Phones   []phoneOf
	Caller   employerContact
	Ask      bool   // the person's answer is what is missing
	Asked    string // what a yes agrees to, to be read to the person
	Form     *form.Form
	Action   string
	Version  int
	Answers  []ui.Option
	Modes    []ui.Option
	Replies  []ui.Button
	Facts    ui.KeyValues
	Story    ui.Timeline
	Stale    *ui.Notice
}

// phoneOf is a number at which somebody can be spoken to; Owner says whose it is when it is not their own.
type phoneOf struct{ Number, Owner string }

// employerContact is whom to call about a vacancy.
type employerContact struct{ Name, Phone string }

// opened is an application with the records it joins.
type opened struct {
	placement.Application
	row     placement.ApplicationRow
	vacancy employer.Vacancy
	org     employer.Organisation // the zero value for an employer without a record
	person  *person.Person        // nil where the reader may not read the record
}

func (o opened) name() string { return nameIn(o.row) }

// account says whether a verified employer sees the application itself.
func (o opened) account() bool { return !o.Standing.OrganisationID.IsZero() }

// employerName is what the employer is called.
func (o opened) employerName() string { return o.row.EmployerName }

func (p *pages) openApplication(c *web.Context) (opened, error) {
	id, err := c.PathID("id")
	if err != nil {
		return opened{}, err
	}
	a, err := p.Applications.Get(c.Context(), c.Actor, id)
	if err != nil {
		return opened{}, err
	}
	o := opened{Application: a}
	rows, err := p.Applications.List(c.Context(), c.Actor, placement.ApplicationFilter{PersonID: a.PersonID, VacancyID: a.VacancyID}, domain.Cursor{Limit: domain.MaxLimit})
	if err != nil {
		return opened{}, err
	}
	if i := slices.IndexFunc(rows.Items, func(r placement.ApplicationRow) bool { return r.Application.ID == id }); i >= 0 {
		o.row = rows.Items[i]
	}
	if o.vacancy, err = p.Vacancies.Get(c.Context(), c.Actor, a.VacancyID); err != nil {
		return opened{}, err
	}
	if !o.vacancy.OrganisationID.IsZero() {
		if o.org, err = p.Organisations.Get(c.Context(), c.Actor, o.vacancy.OrganisationID); err != nil {
			return opened{}, err
		}
	}
	who, err := p.Jobseekers.Get(c.Context(), c.Actor, a.PersonID)
	switch domain.KindOf(err) {
	case domain.KindNotFound, domain.KindForbidden: // moved to another agency: the name stands in the list, the phone does not
		return o, nil
	}
	if err != nil {
		return opened{}, err
	}
	o.person = &who
	return o, nil
}

// phones lists the numbers at which somebody can be spoken to, the own first.
func (o opened) phones(c *web.Context) []phoneOf {
	if o.person == nil {
		return nil
	}
	var out []phoneOf
	for _, owner := range []person.PhoneOwner{person.OwnPhone, person.SharedPhone, person.HelperPhone} {
		for _, n := range o.person.Phones {
			if n.Owner != owner {
				continue
			}
			one := phoneOf{Number: n.Number}
			if owner != person.OwnPhone {
				one.Owner = c.T("reference.phone_owner." + string(owner))
			}
			out = append(out, one)
		}
	}
	return out
}

// application is the page of one application: whose turn it is, what may be recorded now, what happened.
func (p *pages) application(c *web.Context) (web.Page, error) {
	return p.applicationPage(c, c.NewForm())
}

func (p *pages) applicationPage(c *web.Context, f *form.Form) (web.Page, error) {
	o, err := p.openApplication(c)
	if err != nil {
		return web.Page{}, err
	}
	steps, err := p.Applications.History(c.Context(), c.Actor, o.ID)
	if err != nil {
		return web.Page{}, err
	}
	v := applicationView{
		Heading: ui.Heading{Text: o.name(), Tags: ui.Tags{applicationTag(c, o.Application)}, Facts: []ui.Fact{
			{Icon: "briefcase", Text: o.vacancy.Title}, {Icon: "clock", Text: c.T("employer.candidate.since", "Date", c.Day(o.StateSince))},
		}},
		Form: f, Action: applicationURL(o.ID) + "/answer", Version: o.Version, Phones: o.phones(c),
		Caller: employerContact{Name: o.employerName(), Phone: o.org.Phone},
	}
	p.turn(c, o, &v)
	v.Facts = p.applicationFacts(c, o)
	if err := p.placed(c, o, &v); err != nil {
		return web.Page{}, err
	}
	if v.Story, err = p.story(c, steps,
		func(s domain.Step) string { return c.T("offers.step." + s.Transition) },
		func(s domain.Step) string {
			if slices.Contains(placement.Refusals(), placement.Refusal(s.Reason)) {
				return c.T("reference.refusal." + s.Reason)
			}
			return s.Reason
		}); err != nil {
		return web.Page{}, err
	}
	if f.Kind() == domain.KindStale {
		v.Stale = stale(c, o)
	}
	return web.Page{
		Template: "offers/application", Title: c.T("offers.application.title", "Name", o.row.PersonReference, "Vacancy", o.vacancy.Title, "Reference", o.vacancy.Reference),
		Data: v, Form: f, Nav: vacanciesPath, Back: &ui.Link{Text: o.vacancy.Title, URL: vacancyURL(o.VacancyID) + "/applications"},
	}, nil
}

// stale says where an application stands, to somebody whose act came too late.
func stale(c *web.Context, o opened) *ui.Notice {
	return &ui.Notice{
		Tone: ui.Warning, Title: c.T("common.conflict.title"), Text: c.T("employer.answer.now", "State", c.T("offers.state."+string(o.State))),
	}
}

// turn says whose turn it is and offers what the state table and the policy allow.
func (p *pages) turn(c *web.Context, o opened, v *applicationView) {
	v.Turn, v.Next = c.T("employer.next.heading"), c.T("offers.turn."+string(o.State), "Name", o.name())
	if o.State == placement.Declined || o.State == placement.Withdrawn {
		v.Turn = c.T("offers.turn.over")
	}
	switch {
	case (o.State == placement.Consented || o.State == placement.Applied) && o.account():
		v.NextHint = c.T("offers.turn.hint_account")
	case o.State == placement.Consented || o.State == placement.Applied:
		v.NextHint = c.T("offers.turn.hint_phone")
	case slices.Contains(placement.WithEmployer(), o.State) && o.account():
		v.NextHint = c.T("offers.turn.hint_waits")
	case slices.Contains(placement.WithEmployer(), o.State):
		v.NextHint = c.T("offers.turn.hint_call")
	}
	url := applicationURL(o.ID)
	facts := o.Facts()
	for _, t := range placement.ApplicationStates().Offers(o.State, c.Actor.Role) {
		link := actLink(c.T("offers.reply."+t.Name), url+"/"+t.Name)
		switch t.Name {
		case "consent":
			if v.Ask = p.may(c, access.ApplicationAnswer, facts); v.Ask {
				v.Asked = profile.AskFor(c, o.employerName()).Body
				v.Answers = []ui.Option{{Value: answerYes, Label: c.T("offers.answer.yes")}, {Value: answerNo, Label: c.T("offers.answer.no")}}
				v.Modes = desk.Coded(c, "offers.mode.", placement.AnswerModes()...)
			}
		case "send":
			if p.may(c, access.ApplicationSend, facts) {
				v.Replies = append(v.Replies, mainButton(desk.Button(c, c.T("offers.reply.send"), url+"/send", o.Version)))
			}
		case "see", "offer":
			if p.may(c, access.ApplicationRespond, facts) {
				v.Replies = append(v.Replies, desk.Button(c, c.T("offers.reply."+t.Name), url+"/"+t.Name, o.Version))
			}
		case "hire":
			if p.may(c, access.ApplicationRespond, facts) {
				v.Replies = append([]ui.Button{mainButton(link)}, v.Replies...)
			}
		case "interview", "refuse":
			if p.may(c, access.ApplicationRespond, facts) {
				v.Replies = append(v.Replies, link)
			}
		case "decline":
			if o.State == placement.Offer && p.may(c, access.ApplicationAnswer, facts) {
				v.Replies = append(v.Replies, link)
			}
		case "withdraw":
			if p.may(c, access.ApplicationDrop, facts) {
				v.Replies = append(v.Replies, link)
			}
		}
	}
}

func (p *pages) applicationFacts(c *web.Context, o opened) ui.KeyValues {
	var out ui.KeyValues
	add := func(key string, value any) { out = append(out, ui.KeyValue{Key: c.T(key), Value: value}) }
	if o.person != nil {
		add("offers.application.person", ui.Link{Text: o.name(), URL: personURL(o.PersonID)})
	} else {
		add("offers.application.person", ui.Data(o.name()))
	}
	add("employer.candidate.vacancy", ui.Link{Text: o.vacancy.Title, URL: vacancyURL(o.VacancyID)})
	if o.employerName() != "" {
		add("offers.vacancy.employer", ui.Data(o.employerName()))
	}
	if !o.account() {
		add("offers.vacancy.source", ui.Data(source(c, o.vacancy)))
	}
	add("offers.application.posts", c.N("employer.hire.left", o.vacancy.PostsLeft()))
	add("offers.application.origin", c.T("offers.application.origin."+string(o.Origin)))
	if o.Consent != "" {
		add("offers.application.consent", p.consentWords(c, o))
	}
	if words := skillsMet(c, o.Application); words != "" {
		add("employer.candidate.skills", words)
	}
	if o.Refusal != "" {
		add("offers.application.refusal", c.T("reference.refusal."+string(o.Refusal)))
	}
	return out
}

// placed leads on from a hire to the placement it made.
func (p *pages) placed(c *web.Context, o opened, v *applicationView) error {
	if o.State != placement.Hired {
		return nil
	}
	list, err := p.Placements.List(c.Context(), c.Actor, placement.PlacementFilter{PersonID: o.PersonID, VacancyID: o.VacancyID}, domain.Cursor{})
	for _, row := range list.Items {
		if row.Placement.ApplicationID == o.ID {
			v.Facts = append(v.Facts, ui.KeyValue{Key: c.T("offers.application.placement"), Value: placementTag(c, row.Placement)})
			v.Replies = append(v.Replies, mainButton(actLink(c.T("offers.turn.placement"), placementURL(row.Placement.ID))))
		}
	}
	return err
}

func (p *pages) consentWords(c *web.Context, o opened) string {
	if o.Consent == person.ByClick {
		return c.T("reference.consent_mode." + string(o.Consent))
	}
	return c.T("offers.mode." + string(o.Consent))
}
