package offers

import (
	"strings"

	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

type vacancyView struct {
	Heading ui.Heading
	Notice  *ui.Notice
	Next    *ui.NextAction
	Tabs    ui.Tabs
	Facts   ui.KeyValues
	Acts    []ui.Button
	Public  string     // address of the public page, "" while it is not public
	Unknown *ui.Notice // the title is no known occupation, and somebody can say which one
	Other   string     // why nothing can be done here: another agency looks after it
}

// vacancy is the page of one vacancy: where it stands, what to do, what it says.
func (p *pages) vacancy(c *web.Context) (web.Page, error) {
	v, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	out := vacancyView{
		Heading: p.vacancyHeading(c, v), Notice: state(c, v), Tabs: vacancyTabs(c, v, vacancyURL(v.ID)), Next: p.vacancyNext(c, v), Acts: p.acts(c, v),
	}
	if v.Public() {
		out.Public = "/vacancies/" + string(v.ID)
	}
	if v.OccupationID.IsZero() && editable(v) && p.may(c, access.VacancyUpdate, v.Facts()) {
		proposed, err := p.occupations(c, v)
		if err != nil {
			return web.Page{}, err
		}
		if len(proposed) > 0 {
			out.Unknown = &ui.Notice{
				Title: c.T("offers.vacancy.unknown_occupation"), Text: c.T("offers.vacancy.unknown_text"),
				Link: ui.Link{Text: c.T("offers.vacancy.name_occupation"), URL: vacancyURL(v.ID) + "/edit#" + ui.FieldID("occupation")},
			}
		}
	}
	if !p.may(c, access.VacancySuspend, v.Facts()) {
		if out.Other, err = p.agencyName(c, v.AgencyID); err != nil {
			return web.Page{}, err
		}
	}
	if out.Facts, err = p.facts(c, v); err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Template: "offers/vacancy", Title: c.T("employer.vacancy.title", "Vacancy", v.Title, "Reference", v.Reference), Data: out,
		Back: &ui.Link{Text: c.T("common.nav.offers"), URL: vacanciesPath},
	}, nil
}

// openVacancy reads the vacancy of the address.
func (p *pages) openVacancy(c *web.Context) (employer.Vacancy, error) {
	id, err := c.PathID("id")
	if err != nil {
		return employer.Vacancy{}, err
	}
	return p.Vacancies.Get(c.Context(), c.Actor, id)
}

func (p *pages) vacancyHeading(c *web.Context, v employer.Vacancy) ui.Heading {
	return ui.Heading{Text: v.Title, Tags: ui.Tags{vacancyTag(c, v)}, Facts: p.shortFacts(c, v)}
}

func vacancyTabs(c *web.Context, v employer.Vacancy, current string) ui.Tabs {
	one := vacancyURL(v.ID)
	tabs := ui.Tabs{Label: c.T("employer.vacancy.tabs"), Items: []ui.Tab{
		{Text: c.T("employer.vacancy.tab"), URL: one},
		{Text: c.T("employer.matches.tab"), URL: one + "/matches"},
		{Text: c.T("offers.applications.title"), URL: one + "/applications"},
		{Text: c.T("employer.vacancy.story"), URL: one + "/history"},
	}}
	for i := range tabs.Items {
		tabs.Items[i].Current = tabs.Items[i].URL == current
	}
	return tabs
}

// state says why a vacancy is not public; nil for one that needs nothing said.
func state(c *web.Context, v employer.Vacancy) *ui.Notice {
	n := &ui.Notice{Tone: ui.Warning, Title: c.T("offers.notice." + string(v.State)), Text: v.Reason}
	switch v.State {
	case employer.Held:
		if c.Has("offers.why." + v.Reason) {
			n.Text = c.T("offers.why." + v.Reason)
		}
		if words := v.FeeWords(); len(words) > 0 {
			n.Text += " " + c.T("offers.vacancy.fee_words", "Words", strings.Join(words, ", "))
		}
	case employer.Returned, employer.Suspended, employer.Withdrawn, employer.Submitted, employer.Filled:
		n.Tone = ui.Info
		if v.Reason == employer.HeldComplaint || v.Reason == employer.HeldFee {
			n.Tone, n.Text = ui.Warning, c.T("offers.why."+v.Reason)
			if v.Reason == employer.HeldComplaint {
				n.Link = ui.Link{Text: c.T("offers.complaints.title"), URL: complaintsPath}
			}
		}
	case employer.Expired:
		n.Text = c.T("employer.held.expired_text")
	default:
		return nil
	}
	return n
}

// vacancyNext is the one thing to do about a vacancy now, nil where there is nothing for this reader.
func (p *pages) vacancyNext(c *web.Context, v employer.Vacancy) *ui.NextAction {
	one, theirs := vacancyURL(v.ID), p.may(c, access.VacancySuspend, v.Facts())
	n := &ui.NextAction{Heading: c.T("employer.next.heading")}
	say := func(text, button, url string) {
		n.Text, n.Buttons = text, []ui.Button{{Text: button, URL: url, Small: true}}
	}
	by, soon := p.confirmBy(v)
	switch {
	case toReview(v) && p.may(c, access.VacancyPublish, v.Facts()):
		n.Late = true
		say(c.T("offers.next.review"), c.T("offers.review.open"), one+"/review")
	case publishable(v) && theirs:
		say(c.T("offers.next.draft"), c.T("offers.next.draft_button"), one+"/edit")
	case v.State == employer.Expired && theirs:
		say(c.T("offers.next.expired"), c.T("employer.vacancy.renew"), one+"/renew")
	case soon && theirs:
		n.Late, n.Text = true, c.T("offers.next.confirm", "Date", c.Date(by))
		n.Buttons = []ui.Button{mainButton(desk.Button(c, c.T("offers.next.confirm_button"), one+"/confirm", v.Version))}
	case v.Public():
		say(c.T("offers.next.matches"), c.T("offers.next.matches_button"), one+"/matches")
	default:
		return nil
	}
	return n
}

// acts are what this reader may do to a vacancy as it stands, besides the next action.
func (p *pages) acts(c *web.Context, v employer.Vacancy) []ui.Button {
	one := vacancyURL(v.ID)
	complain := actLink(c.T("offers.complaint.record"), one+"/complaint")
	if !p.may(c, access.VacancySuspend, v.Facts()) {
		return []ui.Button{complain}
	}
	can := func(name string) bool { return offered(employer.Machine(), v.State, c.Actor.Role, name) }
	var out []ui.Button
	link := func(key, url string, show bool) {
		if show {
			out = append(out, actLink(c.T(key), one+url))
		}
	}
	link("offers.vacancy.edit", "/edit", editable(v) && !publishable(v) && p.may(c, access.VacancyUpdate, v.Facts()))
	link("employer.vacancy.suspend", "/suspend", can("suspend"))
	if can("resume") {
		out = append(out, desk.Button(c, c.T("employer.vacancy.resume"), one+"/resume", v.Version))
	}
	link("employer.vacancy.prolong", "/renew", v.Public())
	link("employer.vacancy.raise", "/posts", v.Public() || v.State == employer.Filled)
	if v.Public() {
		out = append(out, desk.Button(c, c.T("employer.vacancy.elsewhere"), one+"/elsewhere", v.Version))
	}
	link("employer.vacancy.withdraw", "/withdraw", can("withdraw"))
	return append(out, complain)
}

// facts tells a vacancy with its source and its employer.
func (p *pages) facts(c *web.Context, v employer.Vacancy) (ui.KeyValues, error) {
	var facts ui.KeyValues
	if !v.OrganisationID.IsZero() {
		o, err := p.Organisations.Get(c.Context(), c.Actor, v.OrganisationID)
		if err != nil {
			return nil, err
		}
		facts = append(facts, ui.KeyValue{Key: c.T("offers.vacancy.employer"), Value: ui.Link{Text: o.Name(), URL: employerURL(o.ID)}},
			ui.KeyValue{Key: c.T("offers.employer.verification"), Value: verificationTag(c, o)})
	}
	if v.ClientName != "" {
		key := "offers.record.client"
		if !v.OrganisationID.IsZero() {
			key = "offers.record.bureau_client"
		}
		facts = append(facts, ui.KeyValue{Key: c.T(key), Value: ui.Data(v.ClientName)})
	}
	facts = append(facts, ui.KeyValue{Key: c.T("offers.vacancy.source"), Value: ui.Data(source(c, v))})
	occupation := c.T("employer.vacancy.no_occupation")
	if !v.OccupationID.IsZero() {
		concept, err := p.Concepts.Get(c.Context(), c.Actor, v.OccupationID)
		if err != nil {
			return nil, err
		}
		occupation = nameOf(c, concept)
	}
	change := vacancy.ChangeURLs{}
	if editable(v) && p.may(c, access.VacancyUpdate, v.Facts()) {
		edit := func(field string) string { return vacancyURL(v.ID) + "/edit#" + ui.FieldID(field) }
		change = vacancy.ChangeURLs{
			Posts: edit("posts"), Occupation: edit("occupation"), Skills: edit(skillField(employer.Essential)), Conditions: edit("contract"),
			Profile: edit("isced_min"), Text: edit("description"),
		}
	}
	facts = append(facts, vacancy.Record(c, p.Places.Present(), v, occupation, change)...)
	free := c.T("employer.vacancy.fee_free_no")
	if v.FeeFree {
		free = c.T("offers.vacancy.fee_free")
	}
	return append(facts, ui.KeyValue{Key: c.T("employer.vacancy.fee_free"), Value: free}), nil
}

// source says how the service learnt of a vacancy, and from whom.
func source(c *web.Context, v employer.Vacancy) string {
	from := c.T("reference.source." + string(v.Source))
	if v.SourceDetail != "" {
		return c.T("offers.vacancy.source_detail", "Source", from, "Detail", v.SourceDetail)
	}
	return from
}
