package rights

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// queueView is the data of "rights/queue".
type queueView struct {
	Open, Closed ui.TaskList
	Pager        ui.Pager
}

// queue lists what waits for an answer, the nearest due first, and what was answered.
func (p *pages) queue(c *web.Context) (web.Page, error) {
	open, err := p.Requests.List(c.Context(), c.Actor, rights.Filter{}, domain.Cursor{Limit: domain.MaxLimit})
	if err != nil {
		return web.Page{}, err
	}
	closed, err := p.Requests.List(c.Context(), c.Actor, rights.Filter{Closed: true}, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	v := queueView{Pager: desk.Pager(c, closed.Next)}
	for _, row := range open.Items {
		v.Open = append(v.Open, p.item(c, row))
	}
	for _, row := range closed.Items {
		v.Closed = append(v.Closed, p.item(c, row))
	}
	return web.Page{Template: "rights/queue", Title: c.T("rights.queue.title"), Data: v, Nav: web.HomePath(c.Actor.Role)}, nil
}

func (p *pages) item(c *web.Context, row rights.Row) ui.Task {
	who := strings.TrimSpace(row.Given + " " + row.Family)
	if who == "" {
		who = row.Person
	}
	return ui.Task{
		Title: kindWords(c, row.Request), URL: queuePath + "/" + string(row.Request.ID), Tag: p.tag(c, row.Request),
		Note: strings.Trim(who+" · "+row.Agency+" · "+p.facts(c, row.Request), " ·"),
	}
}

// requestView is the data of "rights/request".
type requestView struct {
	Heading    ui.Heading
	Facts      ui.KeyValues
	Paragraphs []string
	Form       *form.Form
	Action     string
	Version    int
	Decisions  []ui.Option
	Erase      bool // the form that removes the record
	Reference  string
	Held       []string
	Waits      string
	Story      ui.Timeline
}

// request is the page of one: what was asked, by when, and the answer.
func (p *pages) request(c *web.Context) (web.Page, error) { return p.requestPage(c, c.NewForm()) }

func (p *pages) requestPage(c *web.Context, f *form.Form) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	told, err := p.Requests.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	r := told.Request
	v := requestView{
		Heading: ui.Heading{Text: kindWords(c, r), Tags: ui.Tags{p.tag(c, r)}, Facts: []ui.Fact{{Icon: "calendar", Text: p.facts(c, r)}}},
		Form:    f, Action: queuePath + "/" + string(id), Version: r.Version, Reference: told.Person,
	}
	for line := range strings.Lines(r.Words) {
		if line = strings.TrimSpace(line); line != "" {
			v.Paragraphs = append(v.Paragraphs, line)
		}
	}
	v.Facts = p.requestFacts(c, told)
	for _, t := range rights.States(r.Kind).Offers(r.State, c.Actor.Role) {
		if t.Name != rights.Confirm && p.may(c, access.RequestHandle, r) {
			v.Decisions = append(v.Decisions, ui.Option{Value: t.Name, Label: c.T("reference.right_act." + t.Name)})
		}
		v.Erase = v.Erase || t.Name == rights.Confirm && p.may(c, access.RequestErase, r)
	}
	for _, h := range told.Holds {
		v.Held = append(v.Held, c.T("error.rights.hold."+string(h)))
	}
	if p.Clock.Now().Before(r.WaitsUntil) {
		v.Waits = c.T("rights.erase.waits", "Date", c.Day(r.WaitsUntil))
	}
	for _, s := range slices.Backward(told.Steps) {
		v.Story = append(v.Story, ui.Event{Icon: "clock", At: s.At, Title: c.T("rights.step." + s.Transition), By: c.T("reference.role." + string(s.ActorRole)), Text: stepReason(c, s)})
	}
	return web.Page{
		Template: "rights/request", Title: kindWords(c, r) + " – " + r.Reference, Data: v, Form: f, Nav: web.HomePath(c.Actor.Role),
		Back: &ui.Link{Text: c.T("rights.queue.title"), URL: queuePath},
	}, nil
}

func stepReason(c *web.Context, s domain.Step) string {
	if s.Transition == rights.Return {
		return c.T("error.rights.hold." + s.Reason)
	}
	return s.Reason
}

func (p *pages) may(c *web.Context, action access.Action, r rights.Request) bool {
	return p.Policy.Allows(c.Actor, action, r.Facts())
}

func (p *pages) requestFacts(c *web.Context, told rights.Told) ui.KeyValues {
	r := told.Request
	var out ui.KeyValues
	if name := strings.TrimSpace(told.Given + " " + told.Family); name != "" {
		out = append(out, ui.KeyValue{Key: c.T("rights.fact.person"), Value: ui.Link{Text: name, URL: peoplePath + "/" + string(r.PersonID)}})
	}
	if told.Person != "" {
		out = append(out, ui.KeyValue{Key: c.T("rights.field.reference"), Value: ui.Data(told.Person)})
	}
	return append(out, ui.KeyValue{Key: c.T("rights.field.agency"), Value: ui.Data(told.Agency)},
		ui.KeyValue{Key: c.T("rights.fact.mode"), Value: c.T("reference.right_mode." + string(r.Mode))})
}

// decide carries out what was chosen; removing somebody asks who it is first.
func (p *pages) decide(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	done := "rights.request.done"
	if f.Text("act", 20) == rights.Confirm {
		if _, err := p.Requests.Get(c.Context(), c.Actor, id); err != nil {
			return web.Page{}, err
		}
		if err := stepUp(c); err != nil {
			return web.Page{}, err
		}
		_, err = p.Requests.Confirm(c.Context(), c.Act(f), rights.Erase{ID: id, Version: desk.Version(f), Reference: f.Text("reference", 40)})
		done = "rights.erase.done"
	} else {
		in := rights.Decide{ID: id, Version: desk.Version(f), Act: f.Choice("decision", rights.Take, rights.Finish, rights.Refuse, rights.Withdraw), Reason: f.Paragraph("reason", rights.MaxReason)}
		if f.Require("error.required", "decision"); f.Failed() {
			return p.requestPage(c, f)
		}
		_, err = p.Requests.Decide(c.Context(), c.Act(f), in)
	}
	if desk.Settled(err) {
		return web.Redirect(queuePath+"/"+string(id), done), nil
	}
	if !f.Explain(err) {
		return web.Page{}, err
	}
	return p.requestPage(c, f)
}
