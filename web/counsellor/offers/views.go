package offers

import (
	"strings"

	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// viewsPart is how many people an employer was shown, on its page.
type viewsPart struct {
	Facts  ui.KeyValues
	Alerts ui.TaskList
	Note   *ui.Button // says that somebody looked
	Raise  *ui.Button
}

// views reads it for the staff of the employer's agency; nil for others.
func (p *pages) views(c *web.Context, o employer.Organisation) (*viewsPart, error) {
	if !p.may(c, access.OrganisationViews, o.Facts()) {
		return nil, nil //nolint:nilnil // nothing is shown
	}
	s, err := p.Views.Of(c.Context(), c.Actor, o.ID)
	if err != nil {
		return nil, err
	}
	v := &viewsPart{Facts: ui.KeyValues{
		{Key: c.T("offers.views.today"), Value: c.N("offers.views.people", s.Today.Shown)},
		{Key: c.T("offers.views.limits"), Value: c.T("offers.views.limits_text", "Alert", s.Limits.Alert, "Stop", s.Limits.Stop)},
	}}
	for _, a := range s.Allowances {
		v.Facts = append(v.Facts, ui.KeyValue{
			Key: c.T("offers.views.allowance"), Value: ui.Data(c.T("offers.views.allowance_text", "Daily", a.Daily, "Until", c.Date(a.Until), "Reason", a.Reason)),
		})
	}
	waits := false
	for _, d := range s.Alerts {
		task := ui.Task{Title: c.Date(d.Day), Note: c.N("offers.views.people", d.Shown), Tag: ui.Tag{Text: c.T("offers.views.alert"), Tone: ui.Warning}}
		if !d.StoppedAt.IsZero() {
			task.Tag = ui.Tag{Text: c.T("offers.views.stop"), Tone: ui.Bad}
		}
		if d.NotedAt.IsZero() {
			waits = true
		} else {
			task.Note = strings.Join([]string{task.Note, c.T("offers.views.noted", "Date", c.Day(d.NotedAt))}, " · ")
		}
		v.Alerts = append(v.Alerts, task)
	}
	if waits {
		note := desk.Button(c, c.T("offers.views.note"), employerURL(o.ID)+"/views/note", 0)
		v.Note = &note
	}
	if p.may(c, access.OrganisationRaise, o.Facts()) {
		raise := actLink(c.T("offers.views.raise"), employerURL(o.ID)+"/views")
		v.Raise = &raise
	}
	return v, nil
}

// noteViews says that somebody looked at the alerts.
func (p *pages) noteViews(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Views.Note(c.Context(), c.Act(f), id); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(employerURL(id), "offers.views.noted_now"), nil
}

// raiseView is the data of "offers/raise".
type raiseView struct {
	Form    *form.Form
	Action  string
	Back    string
	Name    string
	Present int
}

func (p *pages) raiseForm(c *web.Context) (web.Page, error) { return p.raisePage(c, c.NewForm()) }

func (p *pages) raisePage(c *web.Context, f *form.Form) (web.Page, error) {
	o, err := p.openEmployer(c)
	if err != nil {
		return web.Page{}, err
	}
	s, err := p.Views.Of(c.Context(), c.Actor, o.ID)
	if err != nil {
		return web.Page{}, err
	}
	url := employerURL(o.ID)
	return web.Page{
		Template: "offers/raise", Title: c.T("offers.views.raise_title", "Name", o.Name()), Form: f, Nav: vacanciesPath,
		Data: raiseView{Form: f, Action: url + "/views", Back: url, Name: o.Name(), Present: s.Limits.Stop},
		Back: &ui.Link{Text: o.Name(), URL: url},
	}, nil
}

// raise lets the employer be shown more for a while.
func (p *pages) raise(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	daily, _ := f.Int("daily", 1, watch.MaxDaily)
	in := watch.RaiseViews{OrganisationID: id, Daily: daily, Until: f.Date("until"), Reason: f.Text("reason", maxWords)}
	f.Require("error.required", "daily", "reason")
	if !f.Failed() {
		_, err = p.Views.Raise(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(employerURL(id), "offers.views.raised"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.raisePage(c, f)
}
