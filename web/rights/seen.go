package rights

import (
	"strings"

	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
)

// seenView is the data of "rights/seen".
type seenView struct {
	List  ui.TaskList
	Pager ui.Pager
}

// seen lists who saw or changed the reader's record, and why.
func (p *pages) seen(c *web.Context) (web.Page, error) {
	found, err := p.Seen.Seen(c.Context(), c.Actor, c.Actor.PersonID, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	v := seenView{Pager: desk.Pager(c, found.Next)}
	for _, l := range found.Items {
		v.List = append(v.List, look(c, l))
	}
	return web.Page{Template: "rights/seen", Title: c.T("rights.seen.title"), Data: v, Nav: "/me", Back: &ui.Link{Text: c.T("rights.mine.title"), URL: minePath}}, nil
}

// look says one line: what was done, when, by whom, and an emergency's reason.
func look(c *web.Context, l rights.Look) ui.Task {
	who := []string{c.Date(l.Day), c.T("reference.role." + string(l.Role))}
	for _, office := range []string{l.Agency, l.Employer} {
		if office != "" {
			who = append(who, office)
		}
	}
	if l.Times > 1 {
		who = append(who, c.N("rights.seen.times", l.Times))
	}
	out := ui.Task{Title: l.Action}
	if key := "protection.act." + l.Action; c.Has(key) {
		out.Title = c.T(key)
	}
	switch kind, reason, told := strings.Cut(l.Reason, ": "); {
	case l.Reason == string(access.Emergency):
		out.Tag = ui.Tag{Text: c.T("rights.value.emergency"), Tone: ui.Warning, Icon: "triangle-alert"}
	case told:
		out.Tag = ui.Tag{Text: c.T("rights.value.emergency"), Tone: ui.Warning, Icon: "triangle-alert"}
		who = append(who, c.T("reference.emergency."+kind), reason)
	}
	out.Note = strings.Join(who, " · ")
	return out
}
