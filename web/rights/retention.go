package rights

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// retentionView is the data of "rights/retention".
type retentionView struct {
	Groups []retentionGroup
	Due    int
	Form   *form.Form
	Holds  []holdItem
}

// retentionGroup are the periods of one source.
type retentionGroup struct {
	Title string
	List  ui.TaskList
}

type holdItem struct {
	Text string
	Lift ui.Button
}

// retention says what would be removed, before anything is.
func (p *pages) retention(c *web.Context) (web.Page, error) { return p.retentionPage(c, c.NewForm()) }

func (p *pages) retentionPage(c *web.Context, f *form.Form) (web.Page, error) {
	lines, err := p.Keeping.Report(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	holds, err := p.Requests.LegalHolds(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	v := retentionView{Form: f}
	at := map[rights.Source]int{}
	for _, l := range lines {
		if _, known := at[l.Rule.Source]; !known {
			at[l.Rule.Source] = len(v.Groups)
			v.Groups = append(v.Groups, retentionGroup{Title: c.T("rights.source." + string(l.Rule.Source))})
		}
		g := &v.Groups[at[l.Rule.Source]]
		g.List = append(g.List, ui.Task{
			Title: c.T("rights.keep." + string(l.Kind) + ".title"), Note: length(c, l.Rule) + ". " + c.T("rights.keep."+string(l.Kind)+".reason"), Tag: dueTag(c, l),
		})
		v.Due += l.Rows
	}
	for _, h := range holds {
		b := desk.Button(c, c.T("rights.hold.lift"), keepPath, 0)
		b.About, b.Values["lift"] = h.Person, string(h.ID)
		v.Holds = append(v.Holds, holdItem{Text: h.Person + " · " + c.Day(h.PlacedAt) + " · " + h.Reason, Lift: b})
	}
	return web.Page{Template: "rights/retention", Title: c.T("rights.retention.title"), Data: v, Form: f, Nav: "/protection", Back: &ui.Link{Text: c.T("common.nav.home"), URL: "/protection"}}, nil
}

// dueTag says what is due of a kind of record, and what something holds.
func dueTag(c *web.Context, l rights.Line) ui.Tag {
	switch {
	case l.Never:
		return ui.Tag{Text: c.T("rights.retention.never"), Tone: ui.Quiet}
	case l.Alone:
		return ui.Tag{Text: c.T("rights.retention.alone"), Tone: ui.Quiet}
	}
	tag := ui.Tag{Text: c.N("rights.retention.due", l.Rows), Tone: ui.Quiet}
	if l.Rows > 0 {
		tag.Tone = ui.Warning
	}
	if l.Held > 0 {
		tag.Text += " · " + c.N("rights.retention.held", l.Held)
	}
	return tag
}

// Period says how long a kind of record is kept, and whether that is settled.
func Period(c *web.Context, r rights.Rule) string {
	if r.Never {
		return length(c, r)
	}
	return length(c, r) + ". " + c.T("rights.source."+string(r.Source))
}

// length says how long a kind of record is kept, and from when.
func length(c *web.Context, r rights.Rule) string {
	from := " " + c.T("rights.keep."+string(r.Kind)+".from")
	switch {
	case r.Never:
		return c.T("rights.period.never")
	case r.Months > 0:
		return c.N("rights.period.months", r.Months) + from
	case r.Minutes > 0:
		return c.N("rights.period.minutes", r.Minutes) + from
	default:
		return c.N("rights.period.days", r.Days) + from
	}
}

// applyRetention removes what is due, places a hold or lifts one.
func (p *pages) applyRetention(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	done := "rights.retention.done"
	lift, notLift := domain.ParseID(f.Text("lift", 36))
	switch {
	case notLift == nil:
		done, err = "rights.hold.lifted", p.Requests.Lift(c.Context(), c.Act(f), lift)
	case f.Text("act", 10) == "hold":
		done, err = "rights.hold.placed", p.Requests.Place(c.Context(), c.Act(f), f.Text("person", 40), f.Paragraph("reason", 500))
	default:
		if err := stepUp(c); err != nil {
			return web.Page{}, err
		}
		_, err = p.Keeping.Apply(c.Context(), c.Act(f))
	}
	if desk.Settled(err) {
		return web.Redirect(keepPath, done), nil
	}
	if !f.Explain(err) {
		return web.Page{}, err
	}
	return p.retentionPage(c, f)
}
