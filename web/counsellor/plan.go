package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// maxWords bounds the words of a goal or an action, in characters.
const maxWords = 500

type planView struct {
	Summary    string
	Goals      []goalView
	GoalForm   *form.Form // nil where the reader may not plan
	ActionForm *form.Form
	GoalOpen   bool // the form is shown unfolded
	ActionOpen bool
	GoalList   []ui.Option
	Doers      []ui.Option
	Terms      []ui.Option
}

// goalView is a goal with its actions; one without words holds the actions of no goal.
type goalView struct {
	Words, Due string
	State      ui.Tag
	Actions    []actionView
	Buttons    []ui.Button
	Changeable bool // something seldom wanted may be done to it or its actions
}

type actionView struct {
	Words, Note string
	Late        bool
	State       ui.Tag      // once it is settled
	Done        *ui.Button  // while it is open
	More        []ui.Button // what is seldom wanted
}

func (p *pages) planView(c *web.Context, f casework.CaseFile, plan casework.PlanOf, may allowed, posted forms) planView {
	v := planView{Doers: desk.Coded(c, "reference.doer.", casework.ByJobseeker, casework.ByCounsellor, casework.ByPartner), Terms: terms(c)}
	done := 0
	byGoal := map[domain.ID][]actionView{}
	for _, a := range plan.Actions {
		if a.State == casework.Done {
			done++
		}
		byGoal[a.GoalID] = append(byGoal[a.GoalID], p.actionView(c, a, may.Plan))
	}
	if len(plan.Actions) > 0 {
		v.Summary = c.T("counsellor.plan.progress", "Done", done, "Total", len(plan.Actions))
	}
	for _, g := range plan.Goals {
		v.Goals = append(v.Goals, p.goalView(c, f, g, byGoal[g.ID], may.Plan))
		if g.State == casework.Open {
			v.GoalList = append(v.GoalList, ui.Option{Value: string(g.ID), Label: g.Words})
		}
	}
	if loose := byGoal[""]; len(loose) > 0 {
		v.Goals = append(v.Goals, goalView{Actions: loose, Changeable: may.Plan})
	}
	if !may.Plan {
		return v
	}
	v.GoalForm, v.GoalOpen = posted.goal, posted.goal != nil || len(plan.Goals) == 0
	if v.GoalForm == nil {
		v.GoalForm = c.NewForm()
		v.GoalForm.Set("first.doer", casework.ByJobseeker)
	}
	v.ActionForm, v.ActionOpen = posted.action, posted.action != nil
	if v.ActionForm == nil {
		v.ActionForm = c.NewForm()
		v.ActionForm.Set("action.doer", casework.ByJobseeker)
		if len(v.GoalList) == 1 {
			v.ActionForm.Set("action.goal", v.GoalList[0].Value)
		}
	}
	return v
}

func (p *pages) goalView(c *web.Context, f casework.CaseFile, g casework.Goal, actions []actionView, may bool) goalView {
	v := goalView{Words: g.Words, Actions: actions, Changeable: may}
	if g.State != casework.Open {
		v.State = ui.Tag{Text: c.T("reference.plan_state." + g.State), Tone: settledTone(g.State)}
	} else {
		v.Due, _ = late(c, g.DueOn, p.today())
	}
	if !may {
		return v
	}
	press := func(state, key string) {
		b := act(c, c.T(key), fileURL(f.ID)+"/goals/"+string(g.ID), g.Version, "state", state)
		b.About = g.Words
		v.Buttons = append(v.Buttons, b)
	}
	if g.State == casework.Open {
		press(casework.Reached, "counsellor.plan.reach")
		press(casework.Dropped, "counsellor.plan.drop")
	} else {
		press(casework.Open, "counsellor.plan.reopen")
	}
	return v
}

func (p *pages) actionView(c *web.Context, a casework.Action, may bool) actionView {
	v := actionView{Words: a.Words, Note: c.T("reference.doer." + a.Doer)}
	switch a.State {
	case casework.Done:
		v.State = ui.Tag{Text: c.T("reference.plan_state.done"), Tone: ui.Good, Icon: "check"}
		v.Note = c.T("counsellor.plan.done_on", "Date", c.Day(a.DoneAt))
	case casework.Dropped:
		v.State = ui.Tag{Text: c.T("reference.plan_state.dropped"), Tone: ui.Quiet}
	default:
		when, overdue := late(c, a.DueOn, p.today())
		if v.Late = overdue; when != "" {
			v.Note += " · " + when
		}
	}
	switch {
	case !may:
	case a.State == casework.Open:
		done := settleButton(c, a, casework.Done, "")
		v.Done, v.More = &done, []ui.Button{settleButton(c, a, casework.Dropped, "")}
	default:
		v.More = []ui.Button{settleButton(c, a, casework.Open, "")}
	}
	return v
}

func settledTone(state string) ui.Tone {
	if state == casework.Dropped {
		return ui.Quiet
	}
	return ui.Good
}

// settleButton says how an action ended; back is the page to return to, "" for the file's.
func settleButton(c *web.Context, a casework.Action, state, back string) ui.Button {
	text := map[string]string{
		casework.Done: c.T("counsellor.plan.done"), casework.Dropped: c.T("counsellor.plan.drop"), casework.Open: c.T("counsellor.plan.reopen"),
	}[state]
	b := act(c, text, fileURL(a.CaseID)+"/actions/"+string(a.ID), a.Version, "state", state)
	if back != "" {
		b.Values["back"] = back
	}
	b.About = a.Words
	return b
}

// addGoal writes a goal and its first action: one form on the page of the file.
func (p *pages) addGoal(c *web.Context) (web.Page, error) {
	return p.onFile(c, func(id domain.ID, f *form.Form) error {
		in := casework.AddGoal{CaseID: id, Words: f.Text("words", maxWords), DueOn: p.due(c, f, "due_on")}
		in.First = casework.AddAction{
			Words: f.Text("first.words", maxWords), Doer: f.Choice("first.doer", casework.ByJobseeker, casework.ByCounsellor, casework.ByPartner),
			DueOn: p.due(c, f, "first.due_on"),
		}
		if f.Failed() {
			return nil
		}
		_, err := p.Files.AddGoal(c.Context(), c.Act(f), in)
		return err
	}, "counsellor.plan.goal_added", "#plan", func(f *form.Form) forms { return forms{goal: f} })
}

func (p *pages) addAction(c *web.Context) (web.Page, error) {
	return p.onFile(c, func(id domain.ID, f *form.Form) error {
		in := casework.AddAction{CaseID: id, Words: f.Text("action.words", maxWords), GoalID: domain.ID(f.Text("action.goal", 36))}
		in.Doer = f.Choice("action.doer", casework.ByJobseeker, casework.ByCounsellor, casework.ByPartner)
		in.DueOn = p.due(c, f, "action.due_on")
		if in.GoalID != "" {
			if _, err := domain.ParseID(string(in.GoalID)); err != nil {
				f.Fail("action.goal", "error.choice")
			}
		}
		if f.Failed() {
			return nil
		}
		_, err := p.Files.AddAction(c.Context(), c.Act(f), in)
		return desk.Renamed(err, func(name string) string { return "action." + name })
	}, "counsellor.plan.action_added", "#plan", func(f *form.Form) forms { return forms{action: f} })
}

// settle says how an action ended, from the file or from the day's page.
func (p *pages) settle(c *web.Context) (web.Page, error) {
	action, err := c.PathID("action")
	if err != nil {
		return web.Page{}, err
	}
	page, err := p.onFile(c, func(_ domain.ID, f *form.Form) error {
		in := casework.SettleAction{ID: action, Version: desk.Version(f), State: f.Choice("state", casework.Open, casework.Done, casework.Dropped)}
		_, err := p.Files.Settle(c.Context(), c.Act(f), in)
		return err
	}, "counsellor.plan.settled", "#plan", func(f *form.Form) forms { return forms{other: f} })
	if err == nil && page.RedirectTo != "" {
		page.RedirectTo = backTo(form.Query(c.Request.PostForm), page.RedirectTo)
	}
	return page, err
}

func (p *pages) settleGoal(c *web.Context) (web.Page, error) {
	goal, err := c.PathID("goal")
	if err != nil {
		return web.Page{}, err
	}
	return p.onFile(c, func(_ domain.ID, f *form.Form) error {
		in := casework.SettleGoal{ID: goal, Version: desk.Version(f), State: f.Choice("state", casework.Open, casework.Reached, casework.Dropped)}
		_, err := p.Files.SettleGoal(c.Context(), c.Act(f), in)
		return err
	}, "counsellor.plan.settled", "#plan", func(f *form.Form) forms { return forms{other: f} })
}

// onFile is the frame of an act on the page of a file: what was refused comes
// back on that page, with what was typed.
func (p *pages) onFile(c *web.Context, do func(domain.ID, *form.Form) error, said, anchor string, shown func(*form.Form) forms) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	err = do(id, f)
	switch {
	case !f.Failed() && desk.Settled(err):
		return web.Redirect(fileURL(id)+anchor, said), nil
	case err != nil && !f.Explain(err):
		return web.Page{}, err
	}
	again(c, f)
	return p.filePage(c, id, shown(f))
}
