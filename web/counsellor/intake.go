package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

type intakeView struct {
	People []waitingItem
	Pager  ui.Pager
}

type waitingItem struct {
	Name, URL, Reference, Place, Phone, Language string
	Waiting                                      ui.Tag
	How                                          string // how the record came in, "" for somebody who did it alone
	Take                                         ui.Button
}

// intake is the agency's queue, the longest waiting first.
func (p *pages) intake(c *web.Context) (web.Page, error) { return p.intakePage(c, nil) }

func (p *pages) intakePage(c *web.Context, failed *form.Form) (web.Page, error) {
	list, err := p.Registrations.Intake(c.Context(), c.Actor, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	w := p.words(c)
	v := intakeView{Pager: desk.Pager(c, list.Next)}
	for i, r := range list.Items {
		item := waitingItem{
			Name: fullName(r.Given, r.Family, r.Reference), URL: personURL(r.Registration.PersonID), Reference: r.Reference,
			Place: w.Place(r.Place), Phone: r.Phone, Language: w.Language(r.Language),
			Waiting: waiting(c, days(r.Registration.RegisteredOn, p.today())),
		}
		if r.EntryMode != person.EntrySelf {
			item.How = c.T("reference.entry_mode." + string(r.EntryMode))
		}
		item.Take = act(c, c.T("counsellor.intake.take"), home+"/intake/"+string(r.Registration.PersonID)+"/take", 0)
		item.Take.Secondary = i > 0 // the longest waiting first
		item.Take.About = item.Name
		v.People = append(v.People, item)
	}
	return web.Page{Template: "counsellor/intake", Title: c.T("counsellor.intake.title"), Data: v, Form: failed}, nil
}

// lateIntake is after how many days somebody has waited too long for a first contact.
const lateIntake = 7

func waiting(c *web.Context, days int) ui.Tag {
	switch {
	case days <= 0:
		return ui.Tag{Text: c.T("counsellor.intake.today"), Tone: ui.Quiet}
	case days >= lateIntake:
		return ui.Tag{Text: c.N("counsellor.intake.waiting", days), Tone: ui.Warning, Icon: "clock"}
	}
	return ui.Tag{Text: c.N("counsellor.intake.waiting", days), Tone: ui.Quiet}
}

// take opens the person's file with one click and shows it. Who was slower sees that a colleague took it.
func (p *pages) take(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	file, err := p.Files.Take(c.Context(), c.Act(f), id)
	if again, done := domain.Replayed(err); done {
		file.ID, err = again, nil
	}
	if err != nil {
		if f.Explain(err) {
			return p.intakePage(c, f)
		}
		return web.Page{}, err
	}
	return web.Redirect(fileURL(file.ID), "counsellor.intake.taken"), nil
}
