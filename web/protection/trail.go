package protection

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// Values of the filter by decision.
const (
	allowed = "allowed"
	refused = "refused"
)

// Limits of what is typed to narrow the trail, in characters.
const (
	maxWho  = 80
	maxCode = 40
)

// trailView is the data of "protection/trail".
type trailView struct {
	Form                               *form.Form
	Roles, Agencies, Actions, Decision []ui.Option
	Filters                            ui.Filters
	Entries                            ui.TaskList
	Pager                              ui.Pager
	Export                             string // where what is shown is taken out
}

// trail lists entries, newest first; everything that narrows the list is in its address.
func (p *pages) trail(c *web.Context) (web.Page, error) {
	v, filter, err := p.trailForm(c, c.QueryForm())
	if err != nil {
		return web.Page{}, err
	}
	var found audit.Page
	if !v.Form.Failed() {
		found, err = p.Trail.List(c.Context(), c.Actor, filter, c.Cursor())
		if err != nil && !v.Form.Explain(err) {
			return web.Page{}, err
		}
	}
	for _, e := range found.Items {
		v.Entries = append(v.Entries, line(c, e, found.Names))
	}
	v.Pager, v.Export = desk.Pager(c, found.Next), desk.WithQuery(c, exportPath)
	return web.Page{Template: "protection/trail", Title: c.T("protection.trail.title"), Data: v, Form: v.Form}, nil
}

// trailForm reads what narrows the trail, from an address or a sent form, and notes it on the page.
func (p *pages) trailForm(c *web.Context, f *form.Form) (trailView, audit.Filter, error) {
	list, names, err := p.agencies(c)
	if err != nil {
		return trailView{}, audit.Filter{}, err
	}
	v := trailView{
		Form: f, Roles: roles(c), Agencies: agencyOptions(list), Actions: nouns(c),
		Decision: []ui.Option{{Value: allowed, Label: c.T("protection.decision.allowed")}, {Value: refused, Label: c.T("protection.decision.refused")}},
	}
	note := func(name, label, text string) {
		if text != "" {
			v.Filters = append(v.Filters, ui.Filter{Text: c.T("protection.filter", "What", c.T(label), "Value", text), RemoveURL: c.With(name, "")})
		}
	}
	var out audit.Filter
	out.Who = f.Text("who", maxWho)
	note("who", "protection.who", out.Who)
	out.About = f.Text("about", maxWho)
	note("about", "protection.about", out.About)
	out.Role = domain.Role(f.Choice("role", desk.Values(v.Roles)...))
	note("role", "protection.role", desk.LabelOf(v.Roles, string(out.Role)))
	if out.Action = f.Text("action", maxCode); !strings.Contains(out.Action, ".") {
		out.Action = f.Choice("action", desk.Values(v.Actions)...)
	} else { // one act: from a link
		v.Actions = append([]ui.Option{{Value: out.Action, Label: actWords(c, out.Action)}}, v.Actions...)
	}
	note("action", "protection.action", desk.LabelOf(v.Actions, out.Action))
	out.AgencyID = domain.ID(f.Choice("agency", desk.Values(v.Agencies)...))
	note("agency", "protection.agency", names[out.AgencyID])
	if decision := f.Choice("decision", allowed, refused); decision != "" {
		was := decision == allowed
		out.Allowed = &was
		note("decision", "protection.answer", desk.LabelOf(v.Decision, decision))
	}
	if d := day(f, "from"); !d.IsZero() {
		out.From = d.Time()
		note("from", "protection.from", c.Date(d))
	}
	if d := day(f, "until"); !d.IsZero() {
		out.Until = d.AddDays(1).Time() // the day named is in it
		note("until", "protection.until", c.Date(d))
	}
	return v, out, nil
}

// day reads a day as browsers send it: 2026-11-27.
func day(f *form.Form, name string) domain.Date {
	typed := f.Text(name, maxCode)
	if typed == "" {
		return domain.Date{}
	}
	d, err := domain.ParseDate(typed)
	if err != nil {
		f.Fail(name, "error.date.invalid")
	}
	return d
}

// line is an entry in a list: what was done, by whom, to what, when.
func line(c *web.Context, e audit.Entry, names map[domain.ID]string) ui.Task {
	t := ui.Task{Title: actWords(c, e.Action), URL: entryURL(e), Note: c.Time(e.At) + " · " + whoWords(c, e, names)}
	if about := aboutWords(e, names); about != "" {
		t.Note += " · " + about
	}
	if !e.Allowed {
		t.Tag = ui.Tag{Text: c.T("protection.decision.refused"), Tone: ui.Bad, Icon: "triangle-alert"}
	}
	return t
}

func whoWords(c *web.Context, e audit.Entry, names map[domain.ID]string) string {
	role := c.T("reference.role." + string(e.ActorRole))
	if name := names[e.ActorID]; name != "" {
		return name + ", " + role
	}
	return role
}

// aboutWords are the references of what an entry is about, "" where nothing has one.
func aboutWords(e audit.Entry, names map[domain.ID]string) string {
	var out []string
	for _, id := range []domain.ID{e.RecordID, e.PersonID} {
		if name := names[id]; name != "" && id != e.ActorID && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}

// actWords says an act in words, its code where nobody has given it any.
func actWords(c *web.Context, action string) string {
	if key := "protection.act." + action; c.Has(key) {
		return c.T(key)
	}
	return action
}

// kindWords says a kind of record in words.
func kindWords(c *web.Context, kind string) string {
	if key := "protection.noun." + kind; c.Has(key) {
		return c.T(key)
	}
	return kind
}

// nouns lists what acts are about.
func nouns(c *web.Context) []ui.Option {
	var out []ui.Option
	for _, noun := range Nouns() {
		out = append(out, ui.Option{Value: noun, Label: c.T("protection.noun." + noun)})
	}
	return out
}

// Nouns are what acts of the trail are about, in the order of the list.
func Nouns() []string {
	return []string{
		"person", "registration", "case", "note", "intake", "application", "placement", "vacancy", "organisation", "account", "session",
		"factor", "token", "invitation", "member", "link", "message", "agency", "audit", "index", "place", "taxonomy",
		"rights", "request", "hold", "retention", "agreement",
	}
}

func roles(c *web.Context) []ui.Option {
	return desk.Coded(c, "reference.role.", append(domain.AccountRoles(), domain.RoleAnonymous, domain.RoleSystem)...)
}

func agencyOptions(list []identity.Agency) []ui.Option {
	var out []ui.Option
	for _, a := range list {
		out = append(out, ui.Option{Value: string(a.ID), Label: a.Name})
	}
	return out
}
