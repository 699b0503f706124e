package admin

import (
	"strconv"
	"strings"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const (
	clientPath   = usersPath + "/new-program"
	maxTokenName = 60
	maxReference = 40
)

// clientFormView is the data of "admin/client".
type clientFormView struct {
	Form     *form.Form
	Agencies []ui.Option
}

// clientForm asks for a program: an account that nobody signs in to.
func (p *pages) clientForm(c *web.Context) (web.Page, error) { return p.clientPage(c, c.NewForm()) }

func (p *pages) clientPage(c *web.Context, f *form.Form) (web.Page, error) {
	agencies, _, err := p.agencyNames(c)
	return web.Page{
		Template: "admin/client", Title: c.T("admin.client.new"), Form: f, Data: clientFormView{Form: f, Agencies: agencyOptions(agencies)},
		Back: &ui.Link{Text: c.T("admin.users.title"), URL: usersPath},
	}, err
}

// createClient makes a program's account and leads to it, where its tokens are issued.
func (p *pages) createClient(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	agencies, _, err := p.agencyNames(c)
	if err != nil {
		return web.Page{}, err
	}
	in := identity.NewClient{Name: f.Text("name", maxName), AgencyID: domain.ID(f.Choice("agency", desk.Values(agencyOptions(agencies))...))}
	if in.OrganisationID, err = p.organisation(c, f); err != nil {
		return web.Page{}, err
	}
	in.Until = f.Date("until")
	f.Require("error.required", "name")
	if !f.Failed() {
		made, err := p.Clients.Create(c.Context(), c.Act(f), in)
		id := made.ID
		if again, repeated := domain.Replayed(err); repeated {
			id = again
		}
		if desk.Settled(err) {
			return web.Redirect(userURL(id), "admin.client.made"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.clientPage(c, f)
}

// organisation looks an employer up by the reference that was typed; "" when none was.
func (p *pages) organisation(c *web.Context, f *form.Form) (domain.ID, error) {
	reference := strings.ToUpper(f.Text("organisation", maxReference))
	if reference == "" {
		return "", nil
	}
	found, err := p.Organisations.List(c.Context(), c.Actor, employer.OrganisationFilter{Words: reference}, domain.Cursor{})
	for _, o := range found.Items {
		if o.Reference == reference {
			return o.ID, err
		}
	}
	f.Fail("organisation", "error.audit.about")
	return "", err
}

// tokens lists a program's tokens, each with what ends it.
func (p *pages) tokens(c *web.Context, id domain.ID) (*ui.Table, error) {
	found, err := p.Clients.Tokens(c.Context(), c.Actor, id)
	if err != nil {
		return nil, err
	}
	standing, err := desk.Abroad(c, p.Registers)
	if err != nil {
		return nil, err
	}
	t := ui.Table{
		Caption: c.T("myaccount.tokens.title"), CaptionHidden: true, Empty: c.T("myaccount.tokens.none"),
		Columns: []ui.Column{{Text: c.T("myaccount.token.name")}, {Text: c.T("myaccount.token.scopes")}, {Text: c.T("myaccount.token.where")}, {Text: c.T("myaccount.token.until")}, {Text: c.T("myaccount.token.end")}},
	}
	for _, k := range found {
		if !k.RevokedAt.IsZero() {
			continue
		}
		end := desk.Button(c, c.T("myaccount.token.revoke"), userURL(id)+"/tokens/end", 0)
		end.About = k.Name
		end.Values["token"] = string(k.ID)
		var scopes ui.Tags
		for _, words := range desk.ScopeWords(c, k.Scopes) {
			scopes = append(scopes, ui.Tag{Text: words, Tone: ui.Quiet})
		}
		t.Rows = append(t.Rows, []any{ui.Data(k.Name), scopes, desk.RunsAt(c, k, standing), c.Day(k.ExpiresAt), end})
	}
	return &t, nil
}

// tokenFormView is the data of "admin/token".
type tokenFormView struct {
	Form         *form.Form
	URL, Cancel  string
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
	u, err := p.program(c)
	if err != nil {
		return web.Page{}, err
	}
	scopes := p.Clients.Scopes(u)
	v := tokenFormView{Form: f, URL: userURL(u.ID) + "/tokens", Cancel: userURL(u.ID)}
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
		Template: "admin/token", Title: c.T("myaccount.token.title"), Form: f, Data: v, Nav: usersPath, Back: &ui.Link{Text: u.Name, URL: userURL(u.ID)},
	}, nil
}

// program reads the account the address names, which must be a program's.
func (p *pages) program(c *web.Context) (identity.User, error) {
	id, err := c.PathID("id")
	if err != nil {
		return identity.User{}, err
	}
	u, err := p.Accounts.Get(c.Context(), c.Actor, id)
	if err == nil && u.Role != domain.RoleAPIClient {
		err = domain.NotFound("admin.program")
	}
	return u, err
}

// issuedView is the data of "admin/issued": a token, this once.
type issuedView struct {
	Name, Secret string
	Again        string // why it is not shown
	URL          string
}

// issueToken answers with the token to hand over.
func (p *pages) issueToken(c *web.Context) (web.Page, error) {
	if err := edge.From(c.Context()).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	u, err := p.program(c)
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in := identity.NewToken{Name: f.Text("name", maxTokenName), Scopes: f.Choices("scopes", domain.MaxLimit, p.Clients.Scopes(u)...), Where: desk.Destination(f)}
	in.Days, _ = f.Int("days", 1, identity.MaxTokenDays)
	f.Require("error.required", "name", "scopes", "days")
	if in.Where == (domain.Destination{}) {
		f.Fail("recipient", "error.export.recipient")
	}
	if !f.Failed() {
		_, secret, err := p.Clients.Issue(c.Context(), c.Act(f), u.ID, in)
		if desk.Settled(err) {
			v := issuedView{Name: in.Name, Secret: secret, URL: userURL(u.ID)}
			if err != nil {
				v.Again = c.T("myaccount.token.shown")
			}
			return web.Page{
				Template: "admin/issued", Secret: true, Title: c.T("myaccount.token.made"), Data: v, Nav: usersPath, Back: &ui.Link{Text: u.Name, URL: userURL(u.ID)}, NoIndex: true,
			}, nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.tokenPage(c, f)
}

// endToken makes a program's token useless at once.
func (p *pages) endToken(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	token, err := domain.ParseID(f.Text("token", len(domain.ID("00000000-0000-0000-0000-000000000000"))))
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Tokens.Revoke(c.Context(), c.Act(f), token); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(userURL(id), "myaccount.token.ended"), nil
}
