package counsellor

import (
	"errors"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

// Parts of a record that the desk asks about in its own way; the others are questions of web/profile.
const (
	partIdentity     = "identity"
	partContact      = "contact"
	partProof        = "proof"
	partAvailability = "availability"
)

// parts lists what can be changed of a record, a page each. The desk knows more of a name and of phones than a
// public form asks.
func (p *pages) parts() []profile.Section {
	asked := slices.DeleteFunc(profile.Sections(), func(s profile.Section) bool { return s.Name == "names" || s.Name == "phone" })
	return append([]profile.Section{p.identityPart(), p.contactPart(), proofPart(), availabilityPart()}, asked...)
}

type editView struct {
	Form         *form.Form
	Action, Back string
	Name         string
	Version      int
	Question     profile.View
	// Theirs is what the record holds now, when it changed while the page was open.
	Theirs ui.KeyValues
}

// editing reads the record a page of a part is about.
func (p *pages) editing(c *web.Context) (person.Person, profile.Section, error) {
	id, err := c.PathID("id")
	if err != nil {
		return person.Person{}, profile.Section{}, err
	}
	all := p.parts()
	i := slices.IndexFunc(all, func(s profile.Section) bool { return s.Name == c.Path("part") })
	if i < 0 {
		return person.Person{}, profile.Section{}, domain.NotFound("counsellor.edit")
	}
	who, err := p.Jobseekers.Get(c.Context(), c.Actor, id)
	if err != nil {
		return person.Person{}, profile.Section{}, err
	}
	may, err := p.Jobseekers.Allowed(c.Context(), c.Actor, id, access.PersonUpdate)
	if err == nil && !may[access.PersonUpdate] {
		err = domain.Forbidden("counsellor.edit")
	}
	return who, all[i], err
}

func (p *pages) editForm(c *web.Context) (web.Page, error) {
	who, part, err := p.editing(c)
	if err != nil {
		return web.Page{}, err
	}
	answers := profile.AnswersOf(who)
	a := &profile.Asked{Context: c, Kit: p.kit(), Form: c.NewForm(), Answers: &answers, HasSecret: true}
	if before, err := part.Before(a); err != nil || before != "" {
		return web.Redirect(personURL(who.ID)+"/edit/"+before, ""), err
	}
	if err := part.Fill(a); err != nil {
		return web.Page{}, err
	}
	return p.editPage(a, who, part, who.Version, nil)
}

// edit changes one part. When somebody else changed the record meanwhile, the page shows what is stored beside what was
// typed; saving again then decides.
func (p *pages) edit(c *web.Context) (web.Page, error) {
	who, part, err := p.editing(c)
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	answers := profile.AnswersOf(who)
	a := &profile.Asked{Context: c, Kit: p.kit(), Form: f, Answers: &answers, HasSecret: true}
	if err := part.Read(a); err != nil {
		return web.Page{}, err
	}
	version := desk.Version(f)
	if !f.Failed() {
		in := person.UpdatePerson{ID: who.ID, Version: version}
		part.Change(&in, a.Answers)
		_, err = p.Jobseekers.Update(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return p.edited(a, who.ID, part)
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	again(c, f)
	var theirs ui.KeyValues
	if stale(err) {
		version = who.Version
		if theirs, err = p.stored(c, who, part.Name); err != nil {
			return web.Page{}, err
		}
	}
	return p.editPage(a, who, part, version, theirs)
}

// stale says that the record, or what this very form did before, is no longer what the page was made from.
func stale(err error) bool {
	var e *domain.Error
	return domain.KindOf(err) == domain.KindStale || errors.As(err, &e) && e.Key == "error.once.other_payload"
}

func (p *pages) edited(a *profile.Asked, id domain.ID, part profile.Section) (web.Page, error) {
	next, err := profile.After(a, part)
	if err != nil {
		return web.Page{}, err
	}
	if next != "" {
		return web.Redirect(personURL(id)+"/edit/"+next, ""), nil
	}
	return web.Redirect(personURL(id), "counsellor.edit.saved"), nil
}

// stored says what the record holds now for one part.
func (p *pages) stored(c *web.Context, who person.Person, part string) (ui.KeyValues, error) {
	all, err := p.recordParts(c, who, true)
	if err != nil {
		return nil, err
	}
	var out ui.KeyValues
	for _, one := range all {
		for _, fact := range one.Facts {
			if strings.HasSuffix(fact.ChangeURL, "/edit/"+part) {
				out = append(out, ui.KeyValue{Key: fact.Key, Value: fact.Value})
			}
		}
	}
	return out, nil
}

func (p *pages) editPage(a *profile.Asked, who person.Person, part profile.Section, version int, theirs ui.KeyValues) (web.Page, error) {
	view, err := profile.Show(part.Question, a)
	if err != nil {
		return web.Page{}, err
	}
	region := ""
	if area, ok := p.Places.Present().RegionOf(a.Answers.Residence.Place); ok {
		region, _ = area.Names.In(string(a.Tag()))
	}
	title := a.T("counsellor.edit.title", "Part", a.T(part.Title, "Region", region), "Name", who.Reference)
	return web.Page{
		Template: "counsellor/edit", Title: title, Form: a.Form, Nav: home + "/cases",
		Data: editView{
			Form: a.Form, Action: personURL(who.ID) + "/edit/" + part.Name, Back: personURL(who.ID), Name: nameOf(who), Version: version,
			Question: view, Theirs: theirs,
		},
		Back: &ui.Link{Text: nameOf(who), URL: personURL(who.ID)},
	}, nil
}
