package counsellor

import (
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// summaryView is what is printed and handed over: the plan for the person, the record for a colleague. Notes are not in
// it: they are for those who follow the file.
type summaryView struct {
	Heading  ui.Heading
	Tabs     ui.Tabs
	Printed  string
	Operator string
	Plan     planView
	Card     cardView
	Work     ui.TaskList
}

// summary is the page of a file to print.
func (p *pages) summary(c *web.Context) (web.Page, error) {
	f, err := p.open(c)
	if err != nil {
		return web.Page{}, err
	}
	plan, err := p.Files.Plan(c.Context(), c.Actor, f.ID)
	if err != nil {
		return web.Page{}, err
	}
	v := summaryView{
		Heading: p.heading(c, f), Tabs: p.fileTabs(c, f.CaseFile, fileURL(f.ID)+"/summary"), Operator: c.Site.Operator,
		Printed: c.Date(p.today()), Plan: p.planView(c, f.CaseFile, without(plan, casework.Dropped), allowed{}, forms{}),
	}
	if v.Card, err = p.card(c, f); err != nil {
		return web.Page{}, err
	}
	if v.Work, err = p.applicationsOf(c, f.PersonID); err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Template: "counsellor/summary", Title: c.T("counsellor.summary.title", "Reference", f.who.Reference), Data: v,
		Back: &ui.Link{Text: c.T("counsellor.caseload.title"), URL: home + "/cases"}, Nav: home + "/cases",
	}, nil
}

// without leaves out goals and actions in a state.
func without(plan casework.PlanOf, state string) casework.PlanOf {
	var out casework.PlanOf
	for _, g := range plan.Goals {
		if g.State != state {
			out.Goals = append(out.Goals, g)
		}
	}
	for _, a := range plan.Actions {
		if a.State != state {
			out.Actions = append(out.Actions, a)
		}
	}
	return out
}
