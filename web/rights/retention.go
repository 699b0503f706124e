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
	Table ui.Table
	Due   int
	Form  *form.Form
	Holds []holdItem
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
	v := retentionView{Form: f, Table: ui.Table{
		Caption: c.T("rights.retention.title"), CaptionHidden: true, Columns: []ui.Column{
			{Text: c.T("rights.retention.kind")}, {Text: c.T("rights.retention.period")}, {Text: c.T("rights.retention.reason")},
			{Text: c.T("rights.retention.due"), Number: true}, {Text: c.T("rights.retention.held"), Number: true},
		},
	}}
	for _, l := range lines {
		due, held := c.Number(int64(l.Rows)), c.Number(int64(l.Held))
		if l.Alone || l.Never {
			due, held = c.T("rights.retention.alone"), ""
		}
		if l.Never {
			due = c.T("rights.retention.never")
		}
		v.Due += l.Rows
		v.Table.Rows = append(v.Table.Rows, []any{
			c.T("rights.keep." + string(l.Kind) + ".title"), Period(c, l.Rule), c.T("rights.keep." + string(l.Kind) + ".reason"), due, held,
		})
	}
	for _, h := range holds {
		b := desk.Button(c, c.T("rights.hold.lift"), keepPath, 0)
		b.About, b.Values["lift"] = h.Person, string(h.ID)
		v.Holds = append(v.Holds, holdItem{Text: h.Person + " · " + c.Day(h.PlacedAt) + " · " + h.Reason, Lift: b})
	}
	return web.Page{Template: "rights/retention", Title: c.T("rights.retention.title"), Data: v, Form: f, Nav: "/protection", Back: &ui.Link{Text: c.T("common.nav.home"), URL: "/protection"}}, nil
}

// Period says how long a kind of record is kept, and whether that is settled.
func Period(c *web.Context, r rights.Rule) string {
	var out string
	switch {
	case r.Never:
		return c.T("rights.period.never")
	case r.Months > 0:
		out = c.N("rights.period.months", r.Months)
	default:
		out = c.N("rights.period.days", r.Days)
	}
	return out + " " + c.T("rights.keep."+string(r.Kind)+".from") + ". " + c.T("rights.source."+string(r.Source))
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
