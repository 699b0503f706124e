package rights

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// transfersView is the data of "rights/transfers".
type transfersView struct {
	Form          *form.Form
	Countries     []ui.Option
	Standing, Old []agreementItem
	Programs      ui.Table
}

type agreementItem struct {
	Title string
	Facts ui.KeyValues
	End   ui.Button
}

// transfers is the register of agreements on data that leaves the country.
func (p *pages) transfers(c *web.Context) (web.Page, error) { return p.transfersPage(c, c.NewForm()) }

func (p *pages) transfersPage(c *web.Context, f *form.Form) (web.Page, error) {
	all, err := p.Registers.Agreements(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	words := desk.WordsOf(c, p.Places.Present())
	v := transfersView{Form: f, Countries: words.Abroad()}
	for _, a := range all {
		one := agreementItem{Title: a.Recipient, Facts: AgreementFacts(c, words, a)}
		if !a.EndedAt.IsZero() {
			one.Facts = append(one.Facts, ui.KeyValue{Key: c.T("rights.transfer.ended_on"), Value: c.Day(a.EndedAt)})
			v.Old = append(v.Old, one)
			continue
		}
		one.End = desk.Button(c, c.T("rights.transfer.end"), transfersPath, 0)
		one.End.About, one.End.Values["end"] = a.Recipient, string(a.ID)
		v.Standing = append(v.Standing, one)
	}
	if v.Programs, err = p.programs(c); err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Template: "rights/transfers", Title: c.T("rights.transfer.title"), Data: v, Form: f, Nav: "/protection",
		Back: &ui.Link{Text: c.T("common.nav.home"), URL: "/protection"},
	}, nil
}

// programs lists where the programs of live tokens run. What somebody called a
// token is theirs.
func (p *pages) programs(c *web.Context) (ui.Table, error) {
	t := ui.Table{Caption: c.T("rights.transfer.programs"), CaptionHidden: true, Empty: c.T("myaccount.tokens.none"), Columns: []ui.Column{
		{Text: c.T("myaccount.token.where")}, {Text: c.T("myaccount.token.scopes")},
		{Text: c.T("rights.transfer.program_since")}, {Text: c.T("myaccount.token.until")},
	}}
	live, err := p.Tokens.Register(c.Context(), c.Actor)
	if err != nil {
		return t, err
	}
	standing, err := desk.Abroad(c, p.Registers)
	for _, one := range live {
		var scopes ui.Tags
		for _, words := range desk.ScopeWords(c, one.Scopes) {
			scopes = append(scopes, ui.Tag{Text: words, Tone: ui.Quiet})
		}
		t.Rows = append(t.Rows, []any{desk.RunsAt(c, one, standing), scopes, c.Day(one.CreatedAt), c.Day(one.ExpiresAt)})
	}
	return t, err
}

// AgreementFacts says what an agreement allows, to officers and to the public.
func AgreementFacts(c *web.Context, words desk.Words, a rights.Agreement) ui.KeyValues {
	period := []string{c.T("rights.transfer.from", "Day", c.Date(a.Since))}
	if !a.Until.IsZero() {
		period = append(period, c.T("rights.transfer.to", "Day", c.Date(a.Until)))
	}
	return ui.KeyValues{
		{Key: c.T("rights.transfer.country"), Value: words.Country(a.Country)},
		{Key: c.T("rights.transfer.purpose"), Value: ui.Data(a.Purpose)},
		{Key: c.T("rights.transfer.data"), Value: ui.Data(a.Data)},
		{Key: c.T("rights.transfer.authorisation"), Value: ui.Data(a.Authorisation)},
		{Key: c.T("rights.transfer.period"), Value: strings.Join(period, " ")},
	}
}

// changeTransfers records an agreement or ends one.
func (p *pages) changeTransfers(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	done := "rights.transfer.recorded"
	if end, notEnd := domain.ParseID(f.Text("end", 36)); notEnd == nil {
		done, err = "rights.transfer.ended", p.Registers.End(c.Context(), c.Act(f), end)
	} else {
		a := rights.Agreement{
			Recipient: f.Text("recipient", 200), Country: f.Text("country", 3), Purpose: f.Paragraph("purpose", 500), Data: f.Paragraph("data", 500),
			Authorisation: f.Text("authorisation", 100), Since: f.Date("since"), Until: f.Date("until"),
		}
		if !f.Failed() {
			_, err = p.Registers.Record(c.Context(), c.Act(f), a)
		}
	}
	if !f.Failed() && desk.Settled(err) {
		return web.Redirect(transfersPath, done), nil
	}
	if err != nil && !f.Explain(err) {
		return web.Page{}, err
	}
	return p.transfersPage(c, f)
}
