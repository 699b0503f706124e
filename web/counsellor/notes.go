package counsellor

import (
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

type noteView struct {
	Form         *form.Form
	Open         bool
	Contacts     []ui.Option
	Visibilities []ui.Option
	Max          int
}

func (p *pages) noteView(c *web.Context, posted *form.Form) *noteView {
	v := &noteView{
		Form: posted, Open: posted != nil, Max: casework.MaxNote, Contacts: desk.Coded(c, "reference.contact.", casework.ContactKinds()...),
		Visibilities: desk.Coded(c, "reference.visibility.", casework.VisibleFile, casework.VisibleTeam, casework.VisibleAuthor),
	}
	if posted == nil {
		v.Form = c.NewForm()
		v.Form.Set("visibility", casework.VisibleFile)
		v.Form.Set("contact", "none")
		if asked := c.QueryForm().Choice("contact", casework.ContactKinds()...); asked != "" {
			v.Form.Set("contact", asked)
			v.Open = true
		}
	}
	return v
}

func (p *pages) writeNote(c *web.Context) (web.Page, error) {
	return p.onFile(c, func(id domain.ID, f *form.Form) error {
		in := casework.WriteNote{
			CaseID: id, Body: f.Paragraph("body", casework.MaxNote), Contact: f.Choice("contact", casework.ContactKinds()...),
			Visibility: f.Choice("visibility", casework.VisibleFile, casework.VisibleTeam, casework.VisibleAuthor),
		}
		if f.Failed() {
			return nil
		}
		_, err := p.Files.WriteNote(c.Context(), c.Act(f), in)
		return err
	}, "counsellor.note.written", "#story", func(f *form.Form) forms { return forms{note: f} })
}

type amendView struct {
	URL   string
	Form  *form.Form
	Entry entry
	Max   int
}

// amendForm corrects a note: the note stays, the correction stands below it.
func (p *pages) amendForm(c *web.Context) (web.Page, error) { return p.amendPage(c, c.NewForm()) }

func (p *pages) amend(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	note, err := c.PathID("note")
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in := casework.WriteNote{CaseID: id, Amends: note, Body: f.Paragraph("body", casework.MaxNote)}
	if !f.Failed() {
		_, err = p.Files.WriteNote(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(fileURL(id)+"#story", "counsellor.note.amended"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.amendPage(c, f)
}

func (p *pages) amendPage(c *web.Context, f *form.Form) (web.Page, error) {
	file, err := p.open(c)
	if err != nil {
		return web.Page{}, err
	}
	if !p.allowed(c, file.CaseFile).Note {
		return web.Page{}, domain.Forbidden("counsellor.amend")
	}
	note, err := c.PathID("note")
	if err != nil {
		return web.Page{}, err
	}
	notes, err := p.Files.Notes(c.Context(), c.Actor, file.ID)
	if err != nil {
		return web.Page{}, err
	}
	i := slices.IndexFunc(notes, func(n casework.Note) bool { return n.ID == note && n.Amends.IsZero() })
	if i < 0 {
		return web.Page{}, domain.NotFound("counsellor.amend")
	}
	v := amendView{URL: fileURL(file.ID) + "/notes/" + string(note), Form: f, Entry: noteEntry(c, notes[i], "", false), Max: casework.MaxNote}
	return web.Page{
		Template: "counsellor/amend", Title: c.T("counsellor.note.amend_title", "Name", file.who.Reference), Data: v, Form: f,
		Back: &ui.Link{Text: file.name(), URL: fileURL(file.ID)},
	}, nil
}
