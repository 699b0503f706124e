package counsellor

import (
	"time"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const searchPath = home + "/search"

// maxAsked bounds what is typed to find somebody, in characters.
const maxAsked = 120

// askedLife is how long the answer is found again: going back from a record, or loading it again.
const askedLife = 15 * time.Minute

func searchTabs(c *web.Context) ui.Tabs {
	tabs := ui.Tabs{Label: c.T("counsellor.search.tabs"), Items: []ui.Tab{
		{Text: c.T("counsellor.search.by_name"), URL: searchPath}, {Text: c.T("counsellor.search.by_skill"), URL: searchPath + "/skills"},
	}}
	for i := range tabs.Items {
		tabs.Items[i].Current = tabs.Items[i].URL == c.Request.URL.Path
	}
	return tabs
}

type searchView struct {
	Tabs  ui.Tabs
	Form  *form.Form
	Asked bool
	Own   bool // other agencies' people are left out today
	Over  bool // what was asked is not known any more
	Found []foundItem
	Pager ui.Pager
}

// foundItem is a line of the name register: a person, or the agency to ask.
type foundItem struct {
	Name, URL, Reference, Place, Born string
	Aliases                           string
	Hidden                            *agencyView
	Reason                            string // why a record may be a duplicate
	NewTab                            bool   // keeps the form beside it as it is
}

// agencyView is whom to ask about somebody of another agency.
type agencyView struct {
	Name, Phone string
	Hint        string // of whom
}

// search asks for a name, and answers what was asked a moment ago. What is typed
// is personal: it is sent as a form, and the address of the answer carries it
// sealed, since a browser keeps addresses and what a page was asked with.
func (p *pages) search(c *web.Context) (web.Page, error) {
	v := searchView{Form: c.NewForm()}
	asked := c.Query("q")
	if asked == "" {
		return p.searchPage(c, v), nil
	}
	words, err := p.Asked.Take(asked, session(c), p.Clock.Now())
	if err != nil {
		v.Over = true
		return p.searchPage(c, v), nil
	}
	v.Form.Set("words", words)
	list, err := p.Jobseekers.Find(c.Context(), c.Actor, words, person.FindFilter{}, domain.Cursor{After: c.Query(web.AfterParam)})
	if err != nil {
		if v.Form.Explain(err) {
			return p.searchPage(c, v), nil
		}
		return web.Page{}, err
	}
	v.Asked, v.Own = true, list.OwnOnly
	if v.Found, err = p.foundItems(c, list.Items); err != nil {
		return web.Page{}, err
	}
	if list.Next != "" {
		v.Pager.NextURL = c.With(web.AfterParam, list.Next)
	}
	return p.searchPage(c, v), nil
}

func (p *pages) searchPage(c *web.Context, v searchView) web.Page {
	v.Tabs = searchTabs(c)
	return web.Page{Template: "counsellor/search", Title: c.T("counsellor.search.title"), Data: v, Form: v.Form}
}

// session is what words in an address are sealed for: signed out, they say nothing.
func session(c *web.Context) string { return edge.From(c.Context()).SessionHash(c.Context()) }

// find leads to the answer, in the name register: everybody with a record is in it, whatever they agreed to.
func (p *pages) find(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	words := f.Text("words", maxAsked)
	f.Require("error.required", "words")
	if f.Failed() {
		return p.searchPage(c, searchView{Form: f}), nil
	}
	return web.Redirect(searchPath+"?q="+p.Asked.Give(words, session(c), p.Clock.Now().Add(askedLife)), ""), nil
}

func (p *pages) foundItems(c *web.Context, list []person.Found) ([]foundItem, error) {
	agencies, err := p.agencyViews(c)
	if err != nil {
		return nil, err
	}
	w := p.words(c)
	out := make([]foundItem, len(list))
	for i, one := range list {
		if one.Hidden {
			agency := agencies[one.AgencyID]
			agency.Hint = one.Hint
			out[i] = foundItem{Hidden: &agency}
			continue
		}
		out[i] = foundItem{
			Name: fullName(one.Given, one.Family, one.Reference), URL: personURL(one.PersonID), Reference: one.Reference, Place: w.Place(one.Place),
		}
		if one.Detail != "" {
			out[i].Place = one.Detail + ", " + out[i].Place
		}
		if age, known := one.Birth.Age(p.today()); known {
			out[i].Born = c.N("counsellor.age", age)
		}
		for n, alias := range one.Aliases {
			if n > 0 {
				out[i].Aliases += ", "
			}
			out[i].Aliases += alias.Name
		}
	}
	return out, nil
}

// agencyViews reads all agencies: there are few.
func (p *pages) agencyViews(c *web.Context) (map[domain.ID]agencyView, error) {
	list, err := p.Agencies.List(c.Context(), c.Actor)
	if err != nil {
		return nil, err
	}
	out := make(map[domain.ID]agencyView, len(list))
	for _, a := range list {
		out[a.ID] = viewOf(c, a)
	}
	return out, nil
}

func viewOf(c *web.Context, a identity.Agency) agencyView {
	if a.Phone == "" {
		return agencyView{Name: a.Name, Phone: c.Site.HelpPhone}
	}
	return agencyView{Name: a.Name, Phone: a.Phone}
}
