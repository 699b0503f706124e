package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

type duplicatesView struct {
	List []duplicateItem
	Form *form.Form // asks for the reference of another file; nil in the agency's list
	URL  string
	Name string
}

// duplicateItem is a pair of files, or the other one of a pair.
type duplicateItem struct {
	Title, URL, Facts, Reason string
	Apart                     ui.Button
}

// duplicates lists files of the agency that may be one person's, for a lead to work off.
func (p *pages) duplicates(c *web.Context) (web.Page, error) {
	pairs, err := p.Merges.Duplicates(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	v := duplicatesView{}
	for _, pair := range pairs {
		kept, gone := pair.Other, pair.One // the older file stays, unless the lead turns them round
		apart := act(c, c.T("counsellor.merge.apart"), personURL(kept.ID)+"/apart/"+string(gone.ID), 0, "back", duplicatesPath)
		apart.About = pairTitle(kept, gone)
		v.List = append(v.List, duplicateItem{
			Title: pairTitle(kept, gone), URL: personURL(kept.ID) + "/merge/" + string(gone.ID), Facts: kept.Reference + " · " + gone.Reference,
			Reason: c.T("counsellor.duplicate." + string(pair.Reason)), Apart: apart,
		})
	}
	return web.Page{Template: "counsellor/duplicates", Title: c.T("counsellor.duplicates.title"), Data: v, Nav: searchPath,
		Back: &ui.Link{Text: c.T("counsellor.search.title"), URL: searchPath}}, nil
}

func (p *pages) personDuplicates(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	return p.personDuplicatesPage(c, id, c.NewForm())
}

func (p *pages) personDuplicatesPage(c *web.Context, id domain.ID, f *form.Form) (web.Page, error) {
	candidates, err := p.Merges.Candidates(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	who, err := p.Jobseekers.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	v := duplicatesView{Form: f, URL: personURL(id) + "/duplicates", Name: nameOf(who)}
	for _, l := range candidates {
		apart := act(c, c.T("counsellor.merge.apart"), personURL(id)+"/apart/"+string(l.Person.ID), 0)
		apart.About = nameOf(l.Person)
		v.List = append(v.List, duplicateItem{
			Title: nameOf(l.Person), URL: personURL(id) + "/merge/" + string(l.Person.ID), Facts: l.Person.Reference,
			Reason: c.T("counsellor.duplicate." + string(l.Reason)), Apart: apart,
		})
	}
	return web.Page{
		Template: "counsellor/duplicates", Title: c.T("counsellor.duplicates.of", "Name", who.Reference), Data: v, Form: f, Nav: searchPath,
		Back: &ui.Link{Text: v.Name, URL: personURL(id)},
	}, nil
}

// otherFile leads to the file of a reference somebody read on a paper or heard.
func (p *pages) otherFile(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	if _, err := p.Merges.Candidates(c.Context(), c.Actor, id); err != nil { // who may not look for duplicates finds nothing either
		return web.Page{}, err
	}
	reference := f.Text("reference", 40)
	f.Require("error.required", "reference")
	if !f.Failed() {
		found, err := p.Jobseekers.Find(c.Context(), c.Actor, reference, person.FindFilter{AgencyID: c.Actor.AgencyID}, domain.Cursor{})
		if err != nil && !f.Explain(err) {
			return web.Page{}, err
		}
		for _, one := range found.Items {
			if !one.Hidden && one.PersonID != id && len(found.Items) == 1 {
				return web.Redirect(personURL(id)+"/merge/"+string(one.PersonID), ""), nil
			}
		}
		if err == nil {
			f.Fail("reference", "error.merge.no_such_file")
		}
	}
	again(c, f)
	return p.personDuplicatesPage(c, id, f)
}

// alike lists files that may be the same person's as somebody's whom nobody has seen yet: who registers alone is warned of
// nothing, and is refused nothing.
func (p *pages) alike(c *web.Context, id domain.ID) ([]foundItem, error) {
	likely, err := p.Merges.Candidates(c.Context(), c.Actor, id)
	if err != nil || len(likely) == 0 {
		return nil, err
	}
	found := make([]person.Found, len(likely))
	for i, l := range likely {
		o := l.Person
		found[i] = person.Found{
			PersonID: o.ID, Reference: o.Reference, Given: o.Given, Family: o.Family, Aliases: o.Aliases, Birth: o.Birth,
			Place: o.Residence.Place, Detail: o.Residence.Detail,
		}
	}
	items, err := p.foundItems(c, found)
	for i := range items {
		items[i].Reason = c.T("counsellor.duplicate." + string(likely[i].Reason))
	}
	return items, err
}
