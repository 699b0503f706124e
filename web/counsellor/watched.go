package counsellor

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// watchShown is how many complaints the day shows.
const watchShown = 10

// watched lists what must be looked at before anything else: complaints, which
// hold somebody back until they are decided, and employers that were shown more
// people than usual.
func (p *pages) watched(c *web.Context) (ui.TaskList, error) {
	open, err := p.Complaints.List(c.Context(), c.Actor, watch.Filter{States: []domain.State{watch.Open}}, domain.Cursor{Limit: watchShown})
	if err != nil {
		return nil, err
	}
	var out ui.TaskList
	for _, r := range open.Items {
		notes := []string{c.T("offers.complaint.about." + string(r.Complaint.Kind))}
		if r.EmployerName != "" {
			notes = append(notes, r.EmployerName)
		}
		if r.Complaint.Call {
			notes = append(notes, c.T("offers.complaint.call"))
		}
		out = append(out, ui.Task{
			Title: r.VacancyTitle, URL: home + "/complaints/" + string(r.Complaint.ID), Note: strings.Join(notes, " · "),
			Tag: ui.Tag{Text: c.T("counsellor.day.complaint"), Tone: ui.Bad},
		})
	}
	asked, err := p.Requests.List(c.Context(), c.Actor, rights.Filter{}, domain.Cursor{Limit: watchShown})
	if err != nil {
		return nil, err
	}
	for _, r := range asked.Items { // what people ask about their data, the nearest due first
		tag := ui.Tag{Text: c.T("reference.right_state." + string(r.Request.State)), Tone: ui.Warning}
		if r.Request.Overdue(p.Requests.Today()) {
			tag = ui.Tag{Text: c.T("rights.overdue"), Tone: ui.Bad}
		}
		out = append(out, ui.Task{
			Title: c.T("rights.queue.title") + " – " + c.T("reference.right_kind."+string(r.Request.Kind)), URL: "/requests/" + string(r.Request.ID), Tag: tag,
			Note: r.Request.Reference + " · " + c.T("rights.due", "Date", c.Date(r.Request.DueOn)),
		})
	}
	alerts, err := p.Views.Alerts(c.Context(), c.Actor)
	if err != nil {
		return nil, err
	}
	for _, a := range alerts {
		tag := ui.Tag{Text: c.T("offers.views.alert"), Tone: ui.Warning}
		if !a.Day.StoppedAt.IsZero() {
			tag = ui.Tag{Text: c.T("offers.views.stop"), Tone: ui.Bad}
		}
		out = append(out, ui.Task{
			Title: a.Organisation, URL: home + "/employers/" + string(a.Day.OrganisationID) + "#views", Tag: tag,
			Note: c.T("counsellor.day.views", "Date", c.Date(a.Day.Day), "People", c.N("offers.views.people", a.Day.Shown)),
		})
	}
	return out, nil
}
