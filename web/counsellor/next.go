package counsellor

import (
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// nextView is the one thing to do now.
type nextView struct {
	Heading, Text, Hint string
	Late                bool
	Typed               bool // the text is somebody's own words
	Phone               *phoneView
	Buttons             []ui.Button
}

// next chooses the open action that is due first. Without one it says what the
// stage asks for.
func (p *pages) next(c *web.Context, f aFile, plan casework.PlanOf, may allowed) *nextView {
	out := &nextView{}
	if phones := p.phones(c, f.who); len(phones) > 0 {
		out.Phone = &phones[0]
	}
	action, found := plan.Next()
	if !found {
		out.Heading = c.T("counsellor.next.heading")
		out.Text = c.T("counsellor.next.none." + string(f.Stage))
		if may.Plan {
			out.Buttons = append(out.Buttons, ui.Button{Text: c.T("counsellor.plan.add_goal"), URL: "#goal", Small: true})
		}
		return out
	}
	out.Text, out.Typed = action.Words, true
	when, overdue := late(c, action.DueOn, p.today())
	out.Late, out.Heading = overdue, c.T("counsellor.next.heading")
	if when != "" {
		out.Heading = c.T("counsellor.next.heading_when", "When", when)
	}
	out.Hint = c.T("reference.doer." + action.Doer)
	if may.Plan {
		done := settleButton(c, action, casework.Done, "")
		done.Secondary = false
		out.Buttons = append(out.Buttons, done)
	}
	if may.Note {
		out.Buttons = append(out.Buttons, ui.Button{Text: c.T("counsellor.note.add"), URL: "#note", Small: true, Secondary: true})
	}
	return out
}
