package protection

import (
	"errors"

	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// readable is how many entries are verified while somebody waits: a few
// seconds. A longer trail is read by the command, whose result shows here.
const readable = 50_000

// checksView is the data of "protection/checks".
type checksView struct {
	State    ui.Notice
	Length   ui.KeyValues
	Verify   *ui.Button // nil when the trail is too long for a page
	Verified ui.Table
	Anchors  ui.Table
}

// checks shows how far the trail goes, when it was last found whole, and which
// of its ends were noted elsewhere.
func (p *pages) checks(c *web.Context) (web.Page, error) {
	state, err := p.Trail.State(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	v := checksView{
		State: p.stateNotice(c, state), Verified: verifiedTable(c, state.Verified), Anchors: anchorTable(c, state.Anchors),
		Length: ui.KeyValues{
			{Key: c.T("protection.checks.entries"), Value: c.Number(state.Entries())},
			{Key: c.T("protection.checks.chains"), Value: c.Number(int64(len(state.Heads)))},
		},
	}
	v.State.Link = ui.Link{} // this is the page
	if state.Entries() <= readable {
		v.Verify = &ui.Button{Text: c.T("protection.checks.verify"), URL: checksPath, Post: true, Token: c.NewForm().Token}
	}
	return web.Page{Template: "protection/checks", Title: c.T("protection.checks.title"), Data: v}, nil
}

// verify reads the whole trail, where that is short.
func (p *pages) verify(c *web.Context) (web.Page, error) {
	if _, err := c.PostedForm(); err != nil {
		return web.Page{}, err
	}
	state, err := p.Trail.State(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	if state.Entries() > readable {
		return web.Redirect(checksPath, "protection.checks.too_long"), nil
	}
	var anchors []audit.Anchor
	for _, a := range state.Anchors {
		anchors = append(anchors, audit.Anchor{At: a.At, Heads: a.Heads})
	}
	_, err = p.Trail.Verify(c.Context(), c.Actor, anchors, nil)
	var broken *audit.BrokenError
	if errors.As(err, &broken) {
		return web.Redirect(checksPath, "protection.checks.found_broken"), nil
	}
	if err != nil {
		return web.Page{}, err
	}
	return web.Redirect(checksPath, "protection.checks.found_whole"), nil
}

func brokenWords(c *web.Context, check audit.Check) string {
	return c.T("protection.checks.broken_at", "Chain", check.Broken.Chain, "Seq", c.Number(check.Broken.Seq), "When", c.Time(check.At))
}

func verifiedTable(c *web.Context, list []audit.Check) ui.Table {
	t := ui.Table{
		Caption: c.T("protection.checks.verified"), CaptionHidden: true, Empty: c.T("protection.state.never"),
		Columns: []ui.Column{
			{Text: c.T("protection.entry.when")}, {Text: c.T("protection.checks.result")}, {Text: c.T("protection.checks.entries"), Number: true},
			{Text: c.T("protection.checks.anchors"), Number: true},
		},
	}
	for _, v := range list {
		result := ui.Tag{Text: c.T("protection.checks.whole"), Tone: ui.Good}
		if v.Broken != nil {
			result = ui.Tag{Text: c.T("protection.checks.broken_where", "Chain", v.Broken.Chain, "Seq", c.Number(v.Broken.Seq)), Tone: ui.Bad}
		}
		t.Rows = append(t.Rows, []any{c.Time(v.At), result, c.Number(v.Entries), c.Number(int64(v.Anchors))})
	}
	return t
}

func anchorTable(c *web.Context, list []audit.Check) ui.Table {
	t := ui.Table{
		Caption: c.T("protection.checks.anchors"), CaptionHidden: true, Empty: c.T("protection.state.no_anchor"),
		Columns: []ui.Column{{Text: c.T("protection.entry.when")}, {Text: c.T("protection.checks.entries"), Number: true}},
	}
	for _, a := range list {
		t.Rows = append(t.Rows, []any{c.Time(a.At), c.Number(a.Entries)})
	}
	return t
}
