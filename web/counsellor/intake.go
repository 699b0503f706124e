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
	Tabs   ui.Tabs
	Check  bool // the ones to be checked
	People []waitingItem
	Pager  ui.Pager
}

type waitingItem struct {
	Name, URL, Reference, Place, Phone, Language string
	Waiting                                      ui.Tag
	How                                          string // how the record came in, "" for somebody who did it alone
	Take                                         ui.Button
	Clear                                        *ui.Button // of somebody to be checked
}

// intake is the agency's queue, the longest waiting first.
func (p *pages) intake(c *web.Context) (web.Page, error) { return p.intakePage(c, false, nil) }

// quarantine lists what came without proof of work: nobody is matched from it,
// and it never stands between those who wait.
func (p *pages) quarantine(c *web.Context) (web.Page, error) { return p.intakePage(c, true, nil) }

const quarantinePath = home + "/intake/to-check"

func (p *pages) intakePage(c *web.Context, check bool, failed *form.Form) (web.Page, error) {
	queue, title, path := p.Registrations.Intake, "counsellor.intake.title", home+"/intake"
	if check {
		queue, title, path = p.Registrations.Quarantined, "counsellor.quarantine.title", quarantinePath
	}
	list, err := queue(c.Context(), c.Actor, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	w := p.words(c)
	v := intakeView{Check: check, Pager: desk.Pager(c, list.Next), Tabs: ui.Tabs{Label: c.T("counsellor.intake.title"), Items: []ui.Tab{
		{Text: c.T("counsellor.intake.tab"), URL: home + "/intake"}, {Text: c.T("counsellor.quarantine.tab"), URL: quarantinePath},
	}}}
	for i := range v.Tabs.Items {
		v.Tabs.Items[i].Current = v.Tabs.Items[i].URL == path
	}
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
		if check {
			clear := act(c, c.T("counsellor.quarantine.clear"), home+"/intake/"+string(r.Registration.PersonID)+"/clear", r.Registration.Version)
			clear.About = item.Name
			item.Clear, item.Take.Secondary = &clear, true
		}
		v.People = append(v.People, item)
	}
	return web.Page{Template: "counsellor/intake", Title: c.T(title), Data: v, Form: failed}, nil
}

// clear lets somebody out of quarantine into the queue.
func (p *pages) clear(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	_, err = p.Registrations.Clear(c.Context(), c.Act(f), person.ChangeRegistration{PersonID: id, Version: desk.Version(f)})
	if desk.Settled(err) {
		return web.Redirect(quarantinePath, "counsellor.quarantine.cleared"), nil
	}
	if f.Explain(err) {
		return p.intakePage(c, true, f)
	}
	return web.Page{}, err
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
			return p.intakePage(c, false, f)
		}
		return web.Page{}, err
	}
	return web.Redirect(fileURL(file.ID), "counsellor.intake.taken"), nil
}
