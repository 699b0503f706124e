package offers

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const complaintsPath = home + "/complaints"

func complaintURL(id domain.ID) string { return complaintsPath + "/" + string(id) }

func (p *pages) routesComplaints(r *web.Router, only web.Who) {
	const one = complaintsPath + "/{id}"
	r.Get(complaintsPath, "offers.complaints", only, p.complaints)
	r.Get(one, "offers.complaint", only, p.complaint)
	r.Post(one+"/decide", "offers.complaint.decide", only, p.decideComplaint)
	r.Get(vacanciesPath+"/{id}/complaint", "offers.complaint.new", only, p.newComplaint)
	r.Post(vacanciesPath+"/{id}/complaint", "offers.complaint.record", only, p.recordComplaint)
}

type complaintsView struct {
	Sections      ui.Tabs
	Open, Decided ui.TaskList
	Pager         ui.Pager
}

// complaints lists what waits for a decision, and what was decided.
func (p *pages) complaints(c *web.Context) (web.Page, error) {
	open, err := p.Complaints.List(c.Context(), c.Actor, watch.Filter{States: []domain.State{watch.Open}}, domain.Cursor{Limit: domain.MaxLimit})
	if err != nil {
		return web.Page{}, err
	}
	decided, err := p.Complaints.List(c.Context(), c.Actor, watch.Filter{States: []domain.State{watch.Unfounded, watch.Founded}}, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	v := complaintsView{Sections: sections(c, complaintsPath), Pager: desk.Pager(c, decided.Next)}
	for _, row := range open.Items {
		v.Open = append(v.Open, complaintItem(c, row))
	}
	for _, row := range decided.Items {
		v.Decided = append(v.Decided, complaintItem(c, row))
	}
	return web.Page{Template: "offers/complaints", Title: c.T("offers.complaints.title"), Data: v, Nav: vacanciesPath}, nil
}

func complaintItem(c *web.Context, r watch.Row) ui.Task {
	notes := []string{c.T("offers.complaint.about." + string(r.Complaint.Kind)), r.EmployerName, c.Day(r.Complaint.CreatedAt)}
	if notes[1] == "" {
		notes = append(notes[:1], notes[2])
	}
	return ui.Task{Title: r.VacancyTitle, URL: complaintURL(r.Complaint.ID), Note: strings.Join(notes, " · "), Tag: complaintTag(c, r.Complaint)}
}

func complaintTag(c *web.Context, x watch.Complaint) ui.Tag {
	tag := ui.Tag{Text: c.T("offers.complaint.state." + string(x.State)), Tone: ui.Quiet}
	switch x.State {
	case watch.Open:
		tag.Tone, tag.Icon = ui.Warning, "clock"
	case watch.Founded:
		tag.Tone = ui.Bad
	}
	return tag
}

// complaintView is the data of "offers/complaint".
type complaintView struct {
	Heading    ui.Heading
	Form       *form.Form
	Paragraphs []string
	Facts      ui.KeyValues
	Call       bool
	Effect     *ui.Notice
	Decide     bool
	Decisions  []ui.Option
	Action     string
	Version    int
	Story      ui.Timeline
}

// complaint is the page of one: what was said, about whom, and the decision.
func (p *pages) complaint(c *web.Context) (web.Page, error) { return p.complaintPage(c, c.NewForm()) }

func (p *pages) complaintPage(c *web.Context, f *form.Form) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	row, err := p.Complaints.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	x := row.Complaint
	v := complaintView{
		Heading: ui.Heading{Text: row.VacancyTitle, Tags: ui.Tags{complaintTag(c, x)}, Facts: []ui.Fact{
			{Icon: "triangle-alert", Text: c.T("offers.complaint.about." + string(x.Kind))}, {Icon: "calendar", Text: c.Day(x.CreatedAt)},
		}},
		Form: f, Call: x.Call, Action: complaintURL(id) + "/decide", Version: x.Version,
		Decide:    x.State == watch.Open && p.may(c, access.ComplaintDecide, x.Facts()),
		Decisions: desk.Coded(c, "offers.complaint.decision.", watch.Dismiss, watch.Uphold),
	}
	for line := range strings.Lines(x.Words) {
		if line = strings.TrimSpace(line); line != "" {
			v.Paragraphs = append(v.Paragraphs, line)
		}
	}
	if x.State == watch.Open {
		v.Effect = &ui.Notice{Tone: ui.Warning, Text: c.T("offers.complaint.stops")}
		if !x.Stops {
			v.Effect = &ui.Notice{Text: c.T("offers.complaint.stops_not")}
		}
	}
	if v.Facts, err = p.complaintFacts(c, row); err != nil {
		return web.Page{}, err
	}
	if p.may(c, access.ComplaintDecide, x.Facts()) {
		steps, err := p.Complaints.Steps(c.Context(), c.Actor, id)
		if err != nil {
			return web.Page{}, err
		}
		v.Story, err = p.story(c, steps, func(s domain.Step) string { return c.T("offers.complaint.story." + s.Transition) },
			func(s domain.Step) string { return s.Reason })
		if err != nil {
			return web.Page{}, err
		}
	}
	return web.Page{
		Template: "offers/complaint", Title: c.T("offers.complaint.title", "Vacancy", row.VacancyTitle, "Reference", row.VacancyReference), Data: v, Form: f,
		Back: &ui.Link{Text: c.T("offers.complaints.title"), URL: complaintsPath}, Nav: vacanciesPath,
	}, nil
}

func (p *pages) complaintFacts(c *web.Context, row watch.Row) (ui.KeyValues, error) {
	x := row.Complaint
	facts := ui.KeyValues{{Key: c.T("offers.complaint.vacancy"), Value: ui.Link{Text: row.VacancyTitle, URL: vacancyURL(x.VacancyID)}}}
	switch {
	case !x.OrganisationID.IsZero():
		facts = append(facts, ui.KeyValue{Key: c.T("offers.vacancy.employer"), Value: ui.Link{Text: row.EmployerName, URL: employerURL(x.OrganisationID)}})
	case row.EmployerName != "":
		facts = append(facts, ui.KeyValue{Key: c.T("offers.vacancy.employer"), Value: ui.Data(row.EmployerName)})
	}
	name := strings.TrimSpace(row.Given + " " + row.Family)
	switch {
	case name != "":
		facts = append(facts, ui.KeyValue{Key: c.T("offers.complaint.person"), Value: ui.Link{Text: name, URL: personURL(x.PersonID)}})
	case x.PersonID.IsZero():
		facts = append(facts, ui.KeyValue{Key: c.T("offers.complaint.person"), Value: c.T("offers.complaint.nobody")})
	default:
		facts = append(facts, ui.KeyValue{Key: c.T("offers.complaint.person"), Value: c.T("offers.complaint.elsewhere")})
	}
	agency, err := p.agencyName(c, x.AgencyID)
	return append(facts, ui.KeyValue{Key: c.T("offers.complaint.agency"), Value: ui.Data(agency)}), err
}

// decideComplaint ends it.
func (p *pages) decideComplaint(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	decision := f.Choice("decision", watch.Dismiss, watch.Uphold)
	in := watch.Decide{ID: id, Version: desk.Version(f), Founded: decision == watch.Uphold, Reason: f.Paragraph("reason", watch.MaxWords)}
	f.Require("error.required", "decision", "reason")
	if !f.Failed() {
		_, err = p.Complaints.Decide(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(complaintURL(id), "offers.complaint.done."+decision), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.complaintPage(c, f)
}

// newComplaintView is the data of "offers/newcomplaint".
type newComplaintView struct {
	Form   *form.Form
	Action string
	Back   string
	Title  string
	Kinds  []ui.Option
}

// newComplaint records what somebody said at the desk or on the phone.
func (p *pages) newComplaint(c *web.Context) (web.Page, error) {
	f := c.NewForm()
	f.Set("person", c.Query("person"))
	return p.newComplaintPage(c, f)
}

func (p *pages) newComplaintPage(c *web.Context, f *form.Form) (web.Page, error) {
	v, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	one := vacancyURL(v.ID)
	return web.Page{
		Template: "offers/newcomplaint", Title: c.T("offers.complaint.record"), Form: f, Nav: vacanciesPath,
		Data: newComplaintView{Form: f, Action: one + "/complaint", Back: one, Title: v.Title, Kinds: desk.Coded(c, "offers.complaint.about.", watch.Kinds()...)},
		Back: &ui.Link{Text: v.Title, URL: one},
	}, nil
}

func (p *pages) recordComplaint(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	kinds := desk.Values(desk.Coded(c, "offers.complaint.about.", watch.Kinds()...))
	in := watch.Complain{
		VacancyID: id, Kind: watch.Kind(f.Choice("kind", kinds...)), Words: f.Paragraph("words", watch.MaxWords), Call: f.Ticked("call"),
	}
	if person := f.Value("person"); person != "" {
		if in.PersonID, err = domain.ParseID(person); err != nil {
			return web.Page{}, err
		}
	}
	f.Require("error.required", "kind")
	if !f.Failed() {
		made, err := p.Complaints.Make(c.Context(), c.Act(f), in)
		if again, done := domain.Replayed(err); done {
			made.ID, err = again, nil
		}
		if err == nil {
			return web.Redirect(complaintURL(made.ID), "offers.complaint.recorded"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.newComplaintPage(c, f)
}
