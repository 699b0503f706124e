package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// home is where the desk begins.
const home = "/counsellor"

func (p *pages) routesDay(r *web.Router, desk web.Who) {
	r.Get(home, "counsellor.today", desk, p.day)
	r.Get(home+"/intake", "counsellor.intake", desk, p.intake)
	r.Get(home+"/intake/to-check", "counsellor.quarantine", desk, p.quarantine)
	r.Post(home+"/intake/{id}/clear", "counsellor.clear", desk, p.clear)
	r.Post(home+"/intake/{id}/take", "counsellor.take", desk, p.take)
	r.Get(home+"/cases", "counsellor.cases", desk, p.caseload)
}

type dayView struct {
	Date    string
	Figures []figure
	Overdue []dueItem
	Today   []dueItem
	Silent  []silentItem
	Ending  []silentItem // consents that end soon
	Watch   ui.TaskList  // complaints to decide, employers that looked at many people
	Intake  int
	Idle    bool // nothing to do at all
	Lead    bool // works off likely duplicates
}

// figure is a number that leads to what it counts.
type figure struct{ Value, Text, URL string }

type dueItem struct {
	Name, URL, Words, Late string
	Done                   ui.Button
}

type silentItem struct {
	Name, URL, Since string
	Contact          ui.Button
}

// day is "Ma journée": what waits, the most pressing first, each with its act.
func (p *pages) day(c *web.Context) (web.Page, error) {
	day, err := p.Files.MyDay(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	today := p.today()
	v := dayView{Date: c.Date(today), Intake: day.Intake, Lead: c.Actor.Role == domain.RoleLead}
	v.Overdue = dueItems(c, day.Overdue, today)
	v.Today = dueItems(c, day.Today, today)
	for _, row := range day.Silent {
		url := fileURL(row.File.ID)
		v.Silent = append(v.Silent, silentItem{
			Name: fullName(row.Given, row.Family, row.Reference), URL: url, Since: p.silence(c, row.File),
			Contact: ui.Button{Text: c.T("counsellor.day.note_contact"), URL: url + "?contact=call#note", Small: true, Secondary: true},
		})
	}
	v.Figures = []figure{
		{c.Number(int64(len(v.Overdue))), c.N("counsellor.day.overdue", len(v.Overdue)), "#overdue"},
		{c.Number(int64(len(v.Silent))), c.N("counsellor.day.silent", len(v.Silent)), "#silent"},
		{c.Number(int64(day.Intake)), c.N("counsellor.day.intake", day.Intake), home + "/intake"},
		{c.Number(int64(day.Live)), c.N("counsellor.day.live", day.Live), home + "/cases?whose=mine"},
	}
	ending, err := p.Consents.Ending(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	for _, one := range ending {
		v.Ending = append(v.Ending, silentItem{
			Name: fullName(one.Given, one.Family, ""), URL: personURL(one.PersonID) + "/consents",
			Since: c.T("counsellor.consent.short_"+string(one.Purpose)) + " · " + c.T("counsellor.consent.until", "Date", c.Day(one.ExpiresAt)),
		})
	}
	waiting, err := p.Files.Notices(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	if n := waiting.Transfers; n > 0 {
		v.Figures = append(v.Figures, figure{c.Number(int64(n)), c.N("counsellor.day.transfers", n), transfersPath})
	}
	if n := waiting.Emergencies; n > 0 {
		v.Figures = append(v.Figures, figure{c.Number(int64(n)), c.N("counsellor.day.emergencies", n), emergenciesPath})
	}
	if v.Watch, err = p.watched(c); err != nil {
		return web.Page{}, err
	}
	v.Idle = len(v.Overdue)+len(v.Today)+len(v.Silent)+len(v.Ending)+len(v.Watch)+v.Intake+waiting.Transfers+waiting.Emergencies == 0
	return web.Page{Template: "counsellor/day", Title: c.T("counsellor.day.title"), Data: v}, nil
}

func dueItems(c *web.Context, actions []casework.DayAction, today domain.Date) []dueItem {
	out := make([]dueItem, len(actions))
	for i, a := range actions {
		name := fullName(a.Given, a.Family, a.Reference)
		done := settleButton(c, a.Action, casework.Done, home)
		done.About = name
		out[i] = dueItem{Name: name, URL: fileURL(a.Action.CaseID), Words: a.Action.Words, Done: done}
		out[i].Late, _ = late(c, a.Action.DueOn, today)
	}
	return out
}

// silence says for how long nobody was in touch.
func (p *pages) silence(c *web.Context, f casework.CaseFile) string {
	if f.LastContactAt.IsZero() {
		return c.N("counsellor.silence.never", days(domain.DateOf(f.OpenedAt), p.today()))
	}
	return c.N("counsellor.silence.since", days(domain.DateOf(f.LastContactAt), p.today()))
}
