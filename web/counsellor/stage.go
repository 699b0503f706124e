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

// moves are the changes of stage that need nothing but a click.
func (p *pages) moves(c *web.Context, f casework.CaseFile) []ui.Button {
	var out []ui.Button
	quick := []string{casework.Plan, casework.Activate, casework.Follow, casework.Resume}
	for _, t := range casework.Stages().Offers(f.Stage, c.Actor.Role) {
		if slices.Contains(quick, t.Name) {
			out = append(out, act(c, c.T("counsellor.move."+t.Name), fileURL(f.ID)+"/stage", f.Version, "transition", t.Name))
		}
	}
	return out
}

type stageView struct {
	URL, Back   string
	Name, Now   string
	Form        *form.Form
	Stale       *ui.Notice
	Version     int
	Transitions []ui.Option
	Reasons     []ui.Option
	Closes      bool
	Suspends    bool
	Reopens     bool
}

func (p *pages) stageForm(c *web.Context) (web.Page, error) {
	f := c.NewForm()
	f.Set("transition", c.Query("to"))
	return p.stagePage(c, f)
}

func (p *pages) moveStage(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	in := casework.MoveFile{ID: id, Version: desk.Version(f), Transition: f.Text("transition", 40), Until: f.Date("until")}
	f.Require("error.required", "transition")
	if in.Transition == casework.Close {
		in.Reason = f.Choice("close_reason", casework.CloseReasons()...)
	} else {
		in.Reason = f.Text("reason", maxWords)
	}
	if !f.Failed() {
		_, err = p.Files.Move(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(fileURL(id), "counsellor.stage.moved"), nil
		}
		err = desk.Renamed(err, func(name string) string {
			if name == "reason" && in.Transition == casework.Close {
				return "close_reason"
			}
			return name
		})
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	again(c, f)
	return p.stagePage(c, f)
}

func (p *pages) stagePage(c *web.Context, f *form.Form) (web.Page, error) {
	file, err := p.open(c)
	if err != nil {
		return web.Page{}, err
	}
	if !p.allowed(c, file.CaseFile).Stage {
		return web.Page{}, domain.Forbidden("counsellor.stage")
	}
	v := stageView{
		URL: fileURL(file.ID) + "/stage", Back: fileURL(file.ID), Name: file.name(), Now: c.T("reference.stage." + string(file.Stage)), Stale: staleNotice(c, f), Form: f,
		Version: file.Version, Reasons: desk.Coded(c, "reference.case_close.", casework.CloseReasons()...)}
	for _, t := range casework.Stages().Offers(file.Stage, c.Actor.Role) {
		v.Transitions = append(v.Transitions, ui.Option{Value: t.Name, Label: c.T("counsellor.move." + t.Name)})
		v.Closes = v.Closes || t.Name == casework.Close
		v.Suspends = v.Suspends || t.Name == casework.Suspend
		v.Reopens = v.Reopens || t.Name == casework.Reopen
	}
	return p.fileForm(c, file, "counsellor/stage", c.T("counsellor.stage.title", "Name", file.who.Reference), v, f), nil
}

// fileForm is the page of a form about a file.
func (p *pages) fileForm(c *web.Context, f aFile, template, title string, view any, posted *form.Form) web.Page {
	return web.Page{
		Template: template, Title: title, Data: view, Form: posted, Nav: home + "/cases",
		Back: &ui.Link{Text: f.name(), URL: fileURL(f.ID)},
	}
}
