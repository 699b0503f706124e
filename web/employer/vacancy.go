package employer

import (
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
)

type vacancyView struct {
	Heading ui.Heading
	Notice  *ui.Notice
	Next    *ui.NextAction
	Tabs    ui.Tabs
	Facts   ui.KeyValues
	Acts    []ui.Button
	Public  string // address of the public page, "" while it is not public
	Story   ui.Timeline
}

// vacancy is the page of one vacancy: where it stands, what to do, what it says.
func (p *pages) vacancy(c *web.Context) (web.Page, error) {
	v, o, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	history, err := p.Vacancies.History(c.Context(), c.Actor, v.ID)
	if err != nil {
		return web.Page{}, err
	}
	out := vacancyView{
		Heading: p.vacancyHeading(c, v), Notice: held(c, v), Tabs: p.vacancyTabs(c, v, vacancyURL(v.ID)),
		Next: p.vacancyNext(c, v), Acts: p.acts(c, v), Story: story(c, history),
	}
	if v.State == employer.Held && v.Reason == employer.HeldUnverified {
		out.Notice = unverified(c, o)
	}
	if v.Public() {
		out.Public = "/vacancies/" + string(v.ID)
	}
	if out.Facts, err = p.facts(c, o, v, editable(v)); err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Template: "employer/vacancy", Title: c.T("employer.vacancy.title", "Vacancy", v.Title, "Reference", v.Reference), Data: out,
		Back: &ui.Link{Text: c.T("employer.vacancies.title"), URL: vacanciesPath},
	}, nil
}

// openVacancy reads the vacancy of the address with its organisation.
func (p *pages) openVacancy(c *web.Context) (employer.Vacancy, employer.Organisation, error) {
	id, err := c.PathID("id")
	if err != nil {
		return employer.Vacancy{}, employer.Organisation{}, err
	}
	v, err := p.ownVacancy(c, id)
	if err != nil {
		return employer.Vacancy{}, employer.Organisation{}, err
	}
	o, err := p.own(c)
	return v, o, err
}

func (p *pages) vacancyHeading(c *web.Context, v employer.Vacancy) ui.Heading {
	return ui.Heading{Text: v.Title, Tags: ui.Tags{vacancyTag(c, v)}, Facts: p.shortFacts(c, v)}
}

func (p *pages) vacancyTabs(c *web.Context, v employer.Vacancy, current string) ui.Tabs {
	one := vacancyURL(v.ID)
	tabs := ui.Tabs{Label: c.T("employer.vacancy.tabs"), Items: []ui.Tab{
		{Text: c.T("employer.vacancy.tab"), URL: one},
		{Text: c.T("employer.candidates.tab"), URL: one + "/candidates"},
		{Text: c.T("employer.matches.tab"), URL: one + "/matches"},
	}}
	for i := range tabs.Items {
		tabs.Items[i].Current = tabs.Items[i].URL == current
	}
	return tabs
}

// vacancyNext is the one thing to do about a vacancy now, nil when it runs by itself.
func (p *pages) vacancyNext(c *web.Context, v employer.Vacancy) *ui.NextAction {
	one := vacancyURL(v.ID)
	link := func(text, url string) []ui.Button { return []ui.Button{{Text: text, URL: url, Small: true}} }
	n := &ui.NextAction{Heading: c.T("employer.next.heading")}
	by, soon := p.confirmBy(v)
	switch {
	case v.State == employer.Draft:
		n.Text, n.Buttons = c.T("employer.vacancy.next_draft"), link(c.T("employer.vacancy.check"), one+"/check")
	case v.State == employer.Returned:
		n.Text, n.Buttons = c.T("employer.vacancy.next_returned"), link(c.T("employer.vacancy.check"), one+"/check")
	case v.State == employer.Expired:
		n.Text, n.Buttons = c.T("employer.vacancy.next_expired"), link(c.T("employer.vacancy.renew"), one+"/renew")
	case soon:
		confirm := desk.Button(c, c.T("employer.vacancy.confirm"), one+"/confirm", v.Version)
		confirm.Secondary = false
		n.Late, n.Text, n.Buttons = true, c.T("employer.vacancy.next_confirm", "Date", c.Date(by)), []ui.Button{confirm}
	case v.Public():
		n.Text, n.Buttons = c.T("employer.vacancy.next_matches"), link(c.T("employer.matches.tab"), one+"/matches")
	default:
		return nil
	}
	return n
}

// acts are what an employer may do to a vacancy as it stands.
func (p *pages) acts(c *web.Context, v employer.Vacancy) []ui.Button {
	one := vacancyURL(v.ID)
	var offered []string
	for _, t := range employer.Machine().Offers(v.State, domain.RoleEmployer) {
		offered = append(offered, t.Name)
	}
	link := func(key, url string) ui.Button {
		return ui.Button{Text: c.T(key), URL: one + url, Small: true, Secondary: true}
	}
	var out []ui.Button
	if slices.Contains(offered, "suspend") {
		out = append(out, desk.Button(c, c.T("employer.vacancy.suspend"), one+"/suspend", v.Version))
	}
	if slices.Contains(offered, "resume") && v.Reason != employer.HeldComplaint && v.Reason != employer.HeldFee {
		out = append(out, desk.Button(c, c.T("employer.vacancy.resume"), one+"/resume", v.Version))
	}
	if v.Public() {
		out = append(out, link("employer.vacancy.prolong", "/renew"))
	}
	if v.Public() {
		out = append(out, desk.Button(c, c.T("employer.vacancy.elsewhere"), one+"/elsewhere", v.Version))
	}
	if v.Public() || v.State == employer.Filled {
		out = append(out, link("employer.vacancy.raise", "/posts"))
	}
	if slices.Contains(offered, "withdraw") {
		out = append(out, link("employer.vacancy.withdraw", "/withdraw"))
	}
	return out
}

// story tells what happened, newest first: by whose side, not by whom.
func story(c *web.Context, steps []domain.Step) ui.Timeline {
	var out ui.Timeline
	for _, s := range slices.Backward(steps) {
		e := ui.Event{Icon: "clock", At: s.At, Title: c.T("employer.story." + s.Transition), By: c.T("employer.by." + by(s.ActorRole)), Text: s.Reason}
		if slices.Contains([]string{employer.HeldFee, employer.HeldUnverified, employer.HeldComplaint, employer.FilledElsewhere}, s.Reason) {
			e.Text = c.T("employer.why." + s.Reason)
		}
		out = append(out, e)
	}
	return out
}

func by(role domain.Role) string {
	switch role {
	case domain.RoleEmployer:
		return "us"
	case domain.RoleSystem:
		return "baara"
	}
	return "service"
}
