package counsellor

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// act is a form of one button about a record in some version; hidden are pairs of a name and a value.
func act(c *web.Context, text, url string, version int, hidden ...string) ui.Button {
	b := desk.Button(c, text, url, version)
	for i := 0; i+1 < len(hidden); i += 2 {
		b.Values[hidden[i]] = hidden[i+1]
	}
	return b
}

// posted reads a sent form about the record the address names.
func posted(c *web.Context) (domain.ID, *form.Form, error) {
	id, err := c.PathID("id")
	if err != nil {
		return "", nil, err
	}
	f, err := c.PostedForm()
	return id, f, err
}

// again gives a form that was refused a token of its own: nothing was done, so the next try is another act.
func again(c *web.Context, f *form.Form) { f.Token = c.NewForm().Token }

// backTo reads where a button's page was, and falls back when it is no page of the desk.
func backTo(f *form.Form, otherwise string) string {
	to := f.Text("back", 300)
	if to == home || strings.HasPrefix(to, home+"/") || strings.HasPrefix(to, home+"?") {
		return to
	}
	return otherwise
}

// Terms of a plan: days from today.
func terms(c *web.Context) []ui.Option {
	return desk.Coded(c, "counsellor.term.", "1", "3", "7", "14", "30", "90")
}

// due reads when something is due: a date, or else days from today.
func (p *pages) due(c *web.Context, f *form.Form, name string) domain.Date {
	on := f.Date(name)
	in := f.Choice(name+"_in", desk.Values(terms(c))...)
	if !on.IsZero() || in == "" || f.ErrorFor(name) != nil {
		return on
	}
	n := 0
	for _, digit := range in {
		n = 10*n + int(digit-'0')
	}
	return p.today().AddDays(n)
}

// staleNotice says on a form that came too late why it is shown again; nil for any other form.
func staleNotice(c *web.Context, f *form.Form) *ui.Notice {
	if f.Kind() != domain.KindStale {
		return nil
	}
	return &ui.Notice{Tone: ui.Warning, Title: c.T("common.conflict.title"), Text: c.T("common.conflict.text")}
}
