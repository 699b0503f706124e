package admin

import (
	"time"

	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// indexView is the data of "admin/index".
type indexView struct {
	Tag     ui.Tag
	Text    string // what it means for people
	Facts   ui.KeyValues
	Rebuild *ui.Button // nil while that is under way
}

// index tells how the searchable copy is, and lets it be made anew.
func (p *pages) index(c *web.Context) (web.Page, error) {
	state, err := p.Index.State(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	v := indexView{
		Tag:  ui.Tag{Text: c.T("admin.index.state." + state.State), Tone: indexTone(state.State)},
		Text: c.T("admin.index.text." + state.State), Facts: indexFacts(c, state),
	}
	if !state.Serving {
		v.Text = c.T("admin.index.not_serving")
	}
	if state.State != "rebuilding" {
		v.Rebuild = &ui.Button{Text: c.T("admin.index.rebuild"), URL: indexPath, Post: true, Secondary: true, Token: c.NewForm().Token}
	}
	return web.Page{Template: "admin/index", Title: c.T("admin.index.title"), Data: v}, nil
}

func indexTone(state string) ui.Tone {
	switch state {
	case "ready":
		return ui.Good
	case "failing":
		return ui.Bad
	}
	return ui.Warning
}

func indexFacts(c *web.Context, s matchmaking.IndexState) ui.KeyValues {
	lag := c.T("admin.index.no_lag")
	if s.Lag >= time.Second {
		lag = c.N("admin.index.seconds", int(s.Lag.Round(time.Second)/time.Second))
	}
	facts := ui.KeyValues{
		{Key: c.T("admin.index.lag"), Value: lag},
		{Key: c.T("admin.index.documents"), Value: c.Number(int64(s.Documents))},
		{Key: c.T("admin.index.size"), Value: c.Bytes(s.Bytes)},
		{Key: c.T("admin.index.segments"), Value: c.Number(int64(s.Segments))},
	}
	if s.Median > 0 {
		facts = append(facts, ui.KeyValue{
			Key:   c.T("admin.index.speed"),
			Value: c.T("admin.index.within", "Half", milliseconds(c, s.Median), "Most", milliseconds(c, s.Slowest)),
		})
	}
	if !s.Built.IsZero() {
		facts = append(facts, ui.KeyValue{Key: c.T("admin.index.built"), Value: c.Time(s.Built)})
	}
	if s.State == "rebuilding" {
		facts = append(facts, ui.KeyValue{Key: c.T("admin.index.written"), Value: c.Number(int64(s.Written))})
	}
	return facts
}

// milliseconds rounds up: these are bounds.
func milliseconds(c *web.Context, d time.Duration) string {
	return c.Number(int64((d + time.Millisecond - 1) / time.Millisecond))
}

// rebuild asks for a new copy. Asked twice, it is made once.
func (p *pages) rebuild(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Index.Rebuild(c.Context(), c.Act(f)); err != nil {
		return web.Page{}, err
	}
	return web.Redirect(indexPath, "admin.index.asked"), nil
}
