package account

import (
	"slices"
	"strconv"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const maxTokenName = 60

// tokens lists the account's tokens that may still be used, and those that ended by themselves.
func (p *pages) tokens(c *web.Context) (ui.Table, error) {
	found, err := p.Tokens.Mine(c.Context(), c.Actor)
	if err != nil {
		return ui.Table{}, err
	}
	standing, err := desk.Abroad(c, p.Registers)
	if err != nil {
		return ui.Table{}, err
	}
	table := ui.Table{
		Caption: c.T("myaccount.tokens.title"), CaptionHidden: true, Empty: c.T("myaccount.tokens.none"),
		Columns: []ui.Column{
			{Text: c.T("myaccount.token.name")}, {Text: c.T("myaccount.token.scopes")}, {Text: c.T("myaccount.token.where")}, {Text: c.T("myaccount.token.until")},
			{Text: c.T("myaccount.token.used")}, {Text: c.T("myaccount.token.end")},
		},
	}
	for _, t := range found {
		if !t.RevokedAt.IsZero() {
			continue
		}
		used := c.T("myaccount.token.never_used")
		if !t.LastUsedAt.IsZero() {
			used = c.Time(t.LastUsedAt)
		}
		var last any = ui.Tag{Text: c.T("myaccount.token.expired"), Tone: ui.Quiet}
		if p.Clock.Now().Before(t.ExpiresAt) {
			button := desk.Button(c, c.T("myaccount.token.revoke"), tokensPath+"/"+string(t.ID)+"/end", 0)
			button.About = t.Name
			last = button
		}
		var scopes ui.Tags
		for _, words := range desk.ScopeWords(c, t.Scopes) {
			scopes = append(scopes, ui.Tag{Text: words, Tone: ui.Quiet})
		}
		table.Rows = append(table.Rows, []any{ui.Data(t.Name), scopes, desk.RunsAt(c, t, standing), c.Day(t.ExpiresAt), used, last})
	}
	return table, nil
}

// tokenView is the data of "account/token".
type tokenView struct {
	Form         *form.Form
	Scopes, Days []ui.Option
	Agreements   []ui.Option // under which a program may run abroad today
}

// tokenForm asks who one is first: a token outlives the session.
func (p *pages) tokenForm(c *web.Context) (web.Page, error) {
	if err := edge.From(c.Context()).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	return p.tokenPage(c, c.NewForm())
}

func (p *pages) tokenPage(c *web.Context, f *form.Form) (web.Page, error) {
	scopes := p.Tokens.Scopes(c.Actor)
	v := tokenView{Form: f}
	var err error
	if v.Agreements, err = desk.Abroad(c, p.Registers); err != nil {
		return web.Page{}, err
	}
	for i, words := range desk.ScopeWords(c, scopes) {
		v.Scopes = append(v.Scopes, ui.Option{Value: scopes[i], Label: words})
	}
	for _, days := range identity.TokenLives() {
		v.Days = append(v.Days, ui.Option{Value: strconv.Itoa(days), Label: c.N("myaccount.token.days", days)})
	}
	return web.Page{
		Template: "account/token", Title: c.T("myaccount.token.title"), Form: f, Data: v, Back: &ui.Link{Text: c.T("common.my_account"), URL: home},
	}, nil
}

// secretView is the data of "account/secret": a token, this once.
type secretView struct {
	Name, Secret string
	Again        string // why it is not shown
}

// makeToken answers with the token itself: the page is kept nowhere, and the form sent again shows no token.
func (p *pages) makeToken(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	if err := edge.From(c.Context()).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	in := identity.NewToken{
		Name: f.Text("name", maxTokenName), Scopes: f.Choices("scopes", domain.MaxLimit, p.Tokens.Scopes(c.Actor)...), Where: desk.Destination(f),
	}
	in.Days, _ = f.Int("days", 1, identity.MaxTokenDays)
	f.Require("error.required", "name", "scopes", "days")
	if in.Where == (domain.Destination{}) {
		f.Fail("recipient", "error.export.recipient")
	}
	if !f.Failed() && !slices.Contains(identity.TokenLives(), in.Days) {
		f.Fail("days", "error.choice")
	}
	if !f.Failed() {
		made, secret, err := p.Tokens.Create(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			v := secretView{Name: made.Name, Secret: secret}
			if err != nil {
				v = secretView{Name: in.Name, Again: c.T("myaccount.token.shown")}
			}
			return web.Page{
				Template: "account/secret", Secret: true, Title: c.T("myaccount.token.made"), Data: v, Back: &ui.Link{Text: c.T("common.my_account"), URL: home},
			}, nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.tokenPage(c, f)
}

// endToken makes a token useless at once.
func (p *pages) endToken(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Tokens.Revoke(c.Context(), c.Act(f), id); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(home, "myaccount.token.ended"), nil
}
