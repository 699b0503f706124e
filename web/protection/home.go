package protection

import (
	"time"

	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// homeView is the data of "protection/home".
type homeView struct {
	State ui.Notice
	Now   ui.TaskList
}

// stale is after how long a check of the trail should be made again.
const stale = 7 * 24 * time.Hour

// home says first whether the trail can be trusted, and then where to go.
func (p *pages) home(c *web.Context) (web.Page, error) {
	state, err := p.Trail.State(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	v := homeView{State: p.stateNotice(c, state), Now: ui.TaskList{
		{Title: c.T("common.nav.trail"), URL: trailPath, Note: c.T("protection.home.trail")},
		{Title: c.T("protection.home.refused"), URL: trailPath + "?decision=" + refused, Note: c.T("protection.home.refused_note")},
		{Title: c.T("common.nav.checks"), URL: checksPath, Note: c.T("protection.home.checks")},
		{Title: c.T("common.nav.exports"), URL: exportsPath, Note: c.T("protection.home.exports")},
		{Title: c.T("rights.queue.title"), URL: "/requests", Note: c.T("protection.home.requests")},
		{Title: c.T("rights.retention.title"), URL: "/protection/retention", Note: c.T("protection.home.retention")},
		{Title: c.T("rights.transfer.title"), URL: "/protection/transfers", Note: c.T("protection.home.transfers")},
		{Title: c.T("common.your_data"), URL: "/privacy", Note: c.T("protection.home.privacy")},
	}}
	return web.Page{Template: "protection/home", Title: c.T("common.nav.home"), Data: v}, nil
}

// stateNotice sums up what was last done to vouch for the trail.
func (p *pages) stateNotice(c *web.Context, s audit.State) ui.Notice {
	link := ui.Link{Text: c.T("protection.state.see"), URL: checksPath}
	switch {
	case len(s.Verified) == 0:
		return ui.Notice{Tone: ui.Warning, Title: c.T("protection.state.never"), Text: c.T("protection.state.never_text"), Link: link}
	case s.Verified[0].Broken != nil:
		return ui.Notice{Tone: ui.Bad, Title: c.T("protection.state.broken"), Text: brokenWords(c, s.Verified[0]), Link: link}
	case len(s.Anchors) == 0:
		return ui.Notice{Tone: ui.Warning, Title: c.T("protection.state.no_anchor"), Text: c.T("protection.state.no_anchor_text"), Link: link}
	}
	last := s.Verified[0]
	text := c.T("protection.state.last", "When", c.Time(last.At), "N", c.Number(last.Entries))
	if p.Clock.Now().Sub(last.At) > stale {
		return ui.Notice{Tone: ui.Warning, Title: c.T("protection.state.old"), Text: text, Link: link}
	}
	return ui.Notice{Tone: ui.Good, Title: c.T("protection.state.whole"), Text: text}
}
