package rights

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// mineView is the data of "rights/mine", for the person and, with Name, for
// staff who write down what somebody asks at the counter.
type mineView struct {
	Name, Action string
	Links        ui.TaskList
	List         []mineItem
	Form         *form.Form
	Kinds        []ui.Option
	Purposes     []ui.Option
	Days, Wait   int
}

type mineItem struct {
	Title, Facts, Reason string
	Refused              bool
	Tag                  ui.Tag
	Withdraw             *ui.Button
	URL                  string
}

func (p *pages) mine(c *web.Context) (web.Page, error) { return p.minePage(c, c.NewForm()) }

func (p *pages) minePage(c *web.Context, f *form.Form) (web.Page, error) {
	v := p.askView(c, f, minePath)
	v.Links = ui.TaskList{
		{Title: c.T("rights.seen.title"), URL: seenPath, Note: c.T("rights.mine.seen")},
		{Title: c.T("rights.copy.title"), URL: copyPath, Note: c.T("rights.mine.copy")},
		{Title: c.T("common.nav.my_profile"), URL: "/me/profile", Note: c.T("rights.mine.profile")},
		{Title: c.T("common.nav.my_consents"), URL: "/me/consents", Note: c.T("rights.mine.consents")},
	}
	var err error
	if v.List, err = p.asked(c, ""); err != nil {
		return web.Page{}, err
	}
	return web.Page{Template: "rights/mine", Title: c.T("rights.mine.title"), Data: v, Form: f, Nav: "/me", Back: &ui.Link{Text: c.T("common.nav.home"), URL: "/me"}}, nil
}

func (p *pages) askView(c *web.Context, f *form.Form, action string) mineView {
	return mineView{
		Form: f, Action: action, Kinds: desk.Coded(c, "reference.right_kind.", rights.Kinds()...), Purposes: purposes(c),
		Days: p.Requests.Days(), Wait: p.Requests.WaitDays(),
	}
}

func purposes(c *web.Context) []ui.Option {
	return desk.Coded(c, "reference.right_purpose.", rights.Purposes()...)
}

// asked lists what was asked by one's self, or for the person named.
func (p *pages) asked(c *web.Context, of domain.ID) ([]mineItem, error) {
	var out []mineItem
	for _, closed := range []bool{false, true} {
		found, err := p.Requests.List(c.Context(), c.Actor, rights.Filter{PersonID: of, Closed: closed}, domain.Cursor{})
		if err != nil {
			return nil, err
		}
		for _, row := range found.Items {
			r := row.Request
			item := mineItem{Title: kindWords(c, r), Facts: p.facts(c, r), Reason: r.Reason, Refused: r.State == rights.Refused, Tag: p.tag(c, r)}
			if of != "" {
				item.URL = queuePath + "/" + string(r.ID)
			} else if r.State == rights.Received || r.State == rights.InProgress {
				b := desk.Button(c, c.T("rights.mine.withdraw"), minePath, r.Version)
				b.About, b.Values["withdraw"] = item.Title, string(r.ID)
				item.Withdraw = &b
			}
			out = append(out, item)
		}
	}
	return out, nil
}

func kindWords(c *web.Context, r rights.Request) string {
	words := c.T("reference.right_kind." + string(r.Kind))
	if r.Purpose != "" {
		words += " – " + desk.LabelOf(purposes(c), r.Purpose)
	}
	return words
}

func (p *pages) facts(c *web.Context, r rights.Request) string {
	facts := []string{r.Reference, c.Day(r.CreatedAt)}
	if r.Open() {
		facts = append(facts, c.T("rights.due", "Date", c.Date(r.DueOn)))
		if p.Clock.Now().Before(r.WaitsUntil) {
			facts = append(facts, c.T("rights.waits", "Date", c.Day(r.WaitsUntil)))
		}
	}
	return strings.Join(facts, " · ")
}

func (p *pages) tag(c *web.Context, r rights.Request) ui.Tag {
	if r.Overdue(p.Requests.Today()) {
		return ui.Tag{Text: c.T("rights.overdue"), Tone: ui.Bad, Icon: "triangle-alert"}
	}
	tag := ui.Tag{Text: c.T("reference.right_state." + string(r.State)), Tone: ui.Quiet}
	switch r.State {
	case rights.Received, rights.InProgress, rights.Confirmed:
		tag.Tone, tag.Icon = ui.Warning, "clock"
	case rights.Done:
		tag.Tone, tag.Icon = ui.Good, "check"
	}
	return tag
}

// ask makes a request, or takes one back.
func (p *pages) ask(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	if id, err := domain.ParseID(f.Text("withdraw", 36)); err == nil {
		_, err = p.Requests.Decide(c.Context(), c.Act(f), rights.Decide{ID: id, Version: desk.Version(f), Act: rights.Withdraw})
		if !desk.Settled(err) {
			return web.Page{}, err
		}
		return web.Redirect(minePath, "rights.mine.withdrawn"), nil
	}
	in := readAsk(f)
	if !f.Failed() {
		_, err = p.Requests.Make(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(minePath, "rights.mine.done"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.minePage(c, f)
}

func readAsk(f *form.Form) rights.Ask {
	kinds := make([]string, 0, len(rights.Kinds()))
	for _, k := range rights.Kinds() {
		kinds = append(kinds, string(k))
	}
	in := rights.Ask{Kind: rights.Kind(f.Choice("kind", kinds...)), Purpose: f.Choice("purpose", rights.Purposes()...), Words: f.Paragraph("words", rights.MaxWords)}
	if in.Kind != rights.Objection {
		in.Purpose = "" // a box left ticked says nothing about another request
	}
	f.Require("error.required", "kind")
	return in
}

// ofPerson is where staff write down what somebody asks at the counter.
func (p *pages) ofPerson(c *web.Context) (web.Page, error) { return p.personPage(c, c.NewForm()) }

func (p *pages) personPage(c *web.Context, f *form.Form) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	who, err := p.Jobseekers.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	back := peoplePath + "/" + string(id)
	v := p.askView(c, f, back+"/rights")
	v.Name = who.FullName()
	v.Links = ui.TaskList{{Title: c.T("rights.person.copy"), URL: back + "/copy", Note: c.T("rights.person.copy_note")}}
	if v.List, err = p.asked(c, id); err != nil {
		return web.Page{}, err
	}
	return web.Page{Template: "rights/mine", Title: c.T("rights.person.title"), Data: v, Form: f, Nav: "/counsellor/cases", Back: &ui.Link{Text: c.T("common.back"), URL: back}}, nil
}

func (p *pages) recordFor(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in := readAsk(f)
	in.PersonID = id
	if !f.Failed() {
		made, err := p.Requests.Make(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			to := peoplePath + "/" + string(id) + "/rights"
			if !made.ID.IsZero() {
				to = queuePath + "/" + string(made.ID)
			}
			return web.Redirect(to, "rights.person.done"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.personPage(c, f)
}
