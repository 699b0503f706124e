package counsellor

import (
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

func fileURL(id domain.ID) string { return home + "/cases/" + string(id) }

func (p *pages) routesFile(r *web.Router, desk web.Who) {
	const file = home + "/cases/{id}"
	r.Get(caseExportPath, "counsellor.caseload.export", desk, p.exportForm)
	r.Post(caseExportPath, "counsellor.caseload.export.take", desk, p.export)
	r.Get(file, "counsellor.file", desk, p.file)
	r.Post(file+"/notes", "counsellor.file.note", desk, p.writeNote)
	r.Get(file+"/notes/{note}", "counsellor.file.amend_form", desk, p.amendForm)
	r.Post(file+"/notes/{note}", "counsellor.file.amend", desk, p.amend)
	r.Post(file+"/goals", "counsellor.file.goal", desk, p.addGoal)
	r.Post(file+"/actions", "counsellor.file.action", desk, p.addAction)
	r.Post(file+"/actions/{action}", "counsellor.file.settle", desk, p.settle)
	r.Post(file+"/goals/{goal}", "counsellor.file.settle_goal", desk, p.settleGoal)
	r.Get(file+"/stage", "counsellor.file.stage_form", desk, p.stageForm)
	r.Post(file+"/stage", "counsellor.file.stage", desk, p.moveStage)
	r.Get(file+"/referent", "counsellor.file.assign_form", desk, p.assignForm)
	r.Post(file+"/referent", "counsellor.file.assign", desk, p.assign)
	r.Get(file+"/share", "counsellor.file.share_form", desk, p.shareForm)
	r.Post(file+"/share", "counsellor.file.share", desk, p.share)
	r.Post(file+"/shares/{share}/end", "counsellor.file.unshare", desk, p.endShare)
	r.Get(file+"/needs", "counsellor.file.needs_form", desk, p.needsForm)
	r.Post(file+"/needs", "counsellor.file.needs", desk, p.saveNeeds)
	r.Get(file+"/history", "counsellor.file.history", desk, p.fileHistory)
	r.Get(file+"/summary", "counsellor.file.summary", desk, p.summary)
}

type fileView struct {
	URL       string
	PersonURL string
	Heading   ui.Heading
	Notice    *ui.Notice
	Emergency *bannerView
	Next      *nextView
	Path      *ui.Path
	Moves     []ui.Button
	Tabs      ui.Tabs
	Plan      planView
	Story     []entry
	More      bool // the history holds more than the page shows
	Note      *noteView
	Card      cardView
	Nearby    ui.TaskList
	NearbyWhy *ui.Notice // why there are no matches, when there are none to show
	Work      ui.TaskList
	Manage    ui.TaskList
	May       allowed
}

// allowed is what the reader may do to the file.
type allowed struct{ Plan, Note, Stage, Assign, Share, Offer, Update, Journey, Match, Propose bool }

func (p *pages) allowed(c *web.Context, f casework.CaseFile) allowed {
	may := func(a access.Action) bool { return p.Policy.Allows(c.Actor, a, f.Facts()) }
	live := f.Live()
	return allowed{
		Plan: live && may(access.CasePlan), Note: may(access.CaseNote), Stage: may(access.CaseStage),
		Assign: live && may(access.CaseAssign), Share: live && may(access.CaseShare), Offer: live && may(access.TransferGive),
		Update: may(access.PersonUpdate), Journey: live && may(access.PersonReadMigration), Match: live && may(access.PersonMatch),
		Propose: live && may(access.ApplicationPropose),
	}
}

// forms are the forms of a file's page. The one that was sent and refused is
// given; the others are fresh.
type forms struct{ note, goal, action, other *form.Form }

func (f forms) failed() *form.Form {
	for _, one := range []*form.Form{f.note, f.goal, f.action, f.other} {
		if one != nil && one.Failed() {
			return one
		}
	}
	return nil
}

// file is the page of a case file: what to do next before anything else.
func (p *pages) file(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	return p.filePage(c, id, forms{})
}

// aFile is what every page of a file begins with.
type aFile struct {
	casework.CaseFile
	who      person.Person
	agencies names
	names    names // of staff
}

func (f aFile) name() string { return nameOf(f.who) }

func (p *pages) open(c *web.Context) (aFile, error) {
	id, err := c.PathID("id")
	if err != nil {
		return aFile{}, err
	}
	return p.openFile(c, id)
}

func (p *pages) openFile(c *web.Context, id domain.ID) (aFile, error) {
	f, err := p.Files.Get(c.Context(), c.Actor, id)
	if err != nil {
		return aFile{}, err
	}
	out := aFile{CaseFile: f}
	if out.who, err = p.Jobseekers.Get(c.Context(), c.Actor, f.PersonID); err != nil {
		return aFile{}, err
	}
	if out.agencies, err = p.agencies(c); err != nil {
		return aFile{}, err
	}
	out.names, err = p.Files.Names(c.Context(), c.Actor, append([]domain.ID{f.OwnerID}, f.SharedWith...))
	return out, err
}

func (p *pages) filePage(c *web.Context, id domain.ID, posted forms) (web.Page, error) {
	f, err := p.openFile(c, id)
	if err != nil {
		return web.Page{}, err
	}
	plan, err := p.Files.Plan(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	v := fileView{URL: fileURL(id), PersonURL: personURL(f.PersonID), May: p.allowed(c, f.CaseFile)}
	v.Heading, v.Notice = p.heading(c, f), p.fileNotice(c, f)
	if slices.Contains(f.OpenedBy, c.Actor.UserID) {
		if v.Emergency, err = p.banner(c, f.PersonID); err != nil {
			return web.Page{}, err
		}
	}
	v.Tabs = p.fileTabs(c, f.CaseFile, v.URL)
	if f.Stage != casework.Closed {
		v.Next, v.Path = p.next(c, f, plan, v.May), stagePath(c, f.CaseFile)
	}
	if v.May.Stage {
		v.Moves = p.moves(c, f.CaseFile)
	}
	v.Manage = manage(c, v)
	v.Plan = p.planView(c, f.CaseFile, plan, v.May, posted)
	if v.May.Note {
		v.Note = p.noteView(c, posted.note)
	}
	if v.Story, v.More, err = p.story(c, f, storyShown); err != nil {
		return web.Page{}, err
	}
	if v.Card, err = p.card(c, f); err != nil {
		return web.Page{}, err
	}
	if v.Work, err = p.applicationsOf(c, f.PersonID); err != nil {
		return web.Page{}, err
	}
	if v.May.Match {
		if v.Nearby, v.NearbyWhy, err = p.nearby(c, f.who); err != nil {
			return web.Page{}, err
		}
	}
	return web.Page{
		Template: "counsellor/file", Title: c.T("counsellor.file.title", "Reference", f.who.Reference), Data: v,
		Back: &ui.Link{Text: c.T("counsellor.caseload.title"), URL: home + "/cases"}, Form: posted.failed(),
	}, nil
}

// manage lists the pages that change the file as a whole, as far as the reader may.
func manage(c *web.Context, v fileView) ui.TaskList {
	var out ui.TaskList
	add := func(may bool, key, url string) {
		if may {
			out = append(out, ui.Task{Title: c.T(key), URL: url})
		}
	}
	add(v.May.Plan, "counsellor.needs.link", v.URL+"/needs")
	add(v.May.Journey, "counsellor.journey.link", v.PersonURL+"/journey")
	add(v.May.Stage, "counsellor.stage.link", v.URL+"/stage")
	add(v.May.Assign, "counsellor.assign.link", v.URL+"/referent")
	add(v.May.Share, "counsellor.share.link", v.URL+"/share")
	add(v.May.Offer, "counsellor.offer_transfer.link", v.PersonURL+"/transfer")
	return out
}

// heading says who it is, where things stand, and warns of silence.
func (p *pages) heading(c *web.Context, f aFile) ui.Heading {
	h := ui.Heading{Text: f.name(), Tags: ui.Tags{stageTag(c, f.Stage)}}
	if p.silent(f.CaseFile) {
		h.Tags = append(h.Tags, ui.Tag{Text: p.silence(c, f.CaseFile), Tone: ui.Warning, Icon: "triangle-alert"})
	}
	h.Facts = p.personFacts(c, f.who)
	owner := f.names[f.OwnerID]
	if agency := f.agencies[f.AgencyID]; agency != "" {
		owner += " (" + agency + ")"
	}
	h.Facts = append(h.Facts, ui.Fact{Icon: "user", Text: c.T("counsellor.file.owner", "Name", owner)})
	return h
}

// fileNotice says why a file is not worked on: closed or suspended.
func (p *pages) fileNotice(c *web.Context, f aFile) *ui.Notice {
	switch f.Stage {
	case casework.Closed:
		return &ui.Notice{Title: c.T("counsellor.file.closed_on", "Date", c.Day(f.ClosedAt)), Text: c.T("reference.case_close." + f.CloseReason)}
	case casework.Suspended:
		return &ui.Notice{Tone: ui.Warning, Title: c.T("counsellor.file.suspended_until", "Date", c.Date(f.SuspendedUntil))}
	}
	return nil
}

// fileTabs leads between the pages of a file, as far as the reader may.
func (p *pages) fileTabs(c *web.Context, f casework.CaseFile, current string) ui.Tabs {
	file, who := fileURL(f.ID), f.PersonID
	tabs := ui.Tabs{Label: c.T("counsellor.file.tabs")}
	for _, t := range []ui.Tab{
		{Text: c.T("counsellor.file.tab_overview"), URL: file},
		{Text: c.T("counsellor.file.tab_record"), URL: personURL(who)},
		{Text: c.T("counsellor.file.tab_matches"), URL: personURL(who) + "/vacancies"},
		{Text: c.T("counsellor.file.tab_history"), URL: file + "/history"},
		{Text: c.T("counsellor.file.tab_summary"), URL: file + "/summary"},
	} {
		if t.URL == personURL(who)+"/vacancies" && !p.Policy.Allows(c.Actor, access.PersonMatch, f.Facts()) {
			continue
		}
		t.Current = t.URL == current
		tabs.Items = append(tabs.Items, t)
	}
	return tabs
}

// stagePath shows the stages of a file; a suspended one stands where it stopped.
func stagePath(c *web.Context, f casework.CaseFile) *ui.Path {
	stages := []domain.State{casework.Assessment, casework.Planning, casework.Active, casework.Placed, casework.FollowUp}
	at := f.Stage
	if at == casework.Suspended {
		at = f.SuspendedFrom
	}
	out := &ui.Path{Label: c.T("counsellor.file.path"), Current: max(0, slices.Index(stages, at))}
	for _, s := range stages {
		out.Steps = append(out.Steps, c.T("reference.stage."+string(s)))
	}
	return out
}
