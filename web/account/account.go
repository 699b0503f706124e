// Package account has the pages of one's own account, for everybody who signs in: name and language, password, the
// devices one is signed in on, API tokens; and the first page of roles that have no desk yet.
//
// Secrets are shown on the answer to the form that made them and nowhere else: sent again, the form says that the secret
// was shown. Passwords are never shown again, not even to who typed them.
package account

import (
	"embed"
	"time"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/ui"
)

//go:embed templates/*.html
var templates embed.FS

// Deps is what the pages call.
type Deps struct {
	Accounts *identity.Accounts
	Agencies *identity.Agencies
	Sessions *identity.Sessions
	Tokens   *identity.Tokens
	Contacts *identity.Contacts

	Registers *rights.Registers

	Country string // whose numbers are typed without a prefix
	Clock   domain.Clock
}

type pages struct{ Deps }

// New gives the area to web.New.
func New(d Deps) web.Area {
	p := &pages{d}
	return web.Area{Templates: layout.Source{Name: "account", Files: templates}, Register: p.register}
}

const (
	home         = web.AccountPath
	editPath     = home + "/edit"
	passwordPath = home + "/password"
	devicesPath  = home + "/devices"
	tokensPath   = home + "/tokens"
	startPath    = "/start"
)

func (p *pages) register(r *web.Router) {
	signedIn := web.SignedIn()
	r.Get(home, "account.home", signedIn, p.home)
	r.Get(editPath, "account.edit", signedIn, p.editForm)
	r.Post(editPath, "account.save", signedIn, p.save)
	r.Post(devicesPath, "account.device", signedIn, p.endDevice)
	r.Get(contactPath, "account.contact", signedIn, p.contactForm)
	r.Post(contactPath, "account.contact.ask", signedIn, p.askContact)
	r.Post(contactPath+"/stop", "account.contact.stop", signedIn, p.stopContact)

	// Jobseekers sign in by phone and use no programs.
	desks := web.Only(append(staff(), domain.RoleEmployer)...)
	r.Get(passwordPath, "account.password_form", desks, p.passwordForm)
	r.Post(passwordPath, "account.password", desks, p.changePassword)
	r.Get(tokensPath, "account.token_form", desks, p.tokenForm)
	r.Post(tokensPath, "account.token", desks, p.makeToken)
	r.Post(tokensPath+"/{id}/end", "account.token_end", desks, p.endToken)

	r.Get(startPath, "account.start", web.Only(domain.RoleAnalyst), p.start)
}

func staff() []domain.Role {
	var out []domain.Role
	for _, role := range domain.AccountRoles() {
		if role.Staff() {
			out = append(out, role)
		}
	}
	return out
}

// me reads the account that asks.
func (p *pages) me(c *web.Context) (identity.User, error) {
	return p.Accounts.Get(c.Context(), c.Actor, c.Actor.UserID)
}

// homeView is the data of "account/home".
type homeView struct {
	Facts    ui.KeyValues
	Password bool
	Devices  []desk.Device
	Desk     bool // programs may act for the account
	Team     *ui.Link
	Waiting  []waitingView // another address or number that does not count yet
	Tokens   ui.Table
}

func (p *pages) home(c *web.Context) (web.Page, error) {
	u, err := p.me(c)
	if err != nil {
		return web.Page{}, err
	}
	sessions, err := p.Sessions.Mine(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	v := homeView{Password: u.PasswordHash != "" && u.Role != domain.RoleJobseeker, Devices: desk.DevicesOf(c, sessions, devicesPath), Desk: u.Role != domain.RoleJobseeker}
	if v.Facts, err = p.facts(c, u); err != nil {
		return web.Page{}, err
	}
	if v.Waiting, err = p.waiting(c); err != nil {
		return web.Page{}, err
	}
	if u.Role == domain.RoleLead || u.Role == domain.RoleEmployer {
		v.Team = &ui.Link{Text: c.T("myaccount.team.title." + string(u.Role)), URL: web.TeamPath}
	}
	if v.Desk {
		if v.Tokens, err = p.tokens(c); err != nil {
			return web.Page{}, err
		}
	}
	return web.Page{Template: "account/home", Title: c.T("common.my_account"), Data: v}, nil
}

func (p *pages) facts(c *web.Context, u identity.User) (ui.KeyValues, error) {
	name := ui.KeyValue{Key: c.T("myaccount.name"), Value: ui.Data(u.Name), ChangeURL: editPath}
	if u.Role == domain.RoleJobseeker { // the name is the record's
		name.ChangeURL = "/me/profile/names"
	}
	facts := ui.KeyValues{name}
	if u.Email != "" {
		facts = append(facts, ui.KeyValue{Key: c.T("myaccount.email"), Value: ui.Data(u.Email), ChangeURL: contactPath})
	}
	if u.Role == domain.RoleJobseeker {
		facts = append(facts, ui.KeyValue{Key: c.T("myaccount.contact.sign_in_phone"), Value: contact(identity.ContactPhone, u.Phone), ChangeURL: contactPath})
	}
	facts = append(facts, ui.KeyValue{Key: c.T("myaccount.role"), Value: c.T("reference.role." + string(u.Role))})
	if u.AgencyID != "" {
		agency, err := p.Agencies.Get(c.Context(), c.Actor, u.AgencyID)
		if err != nil {
			return nil, err
		}
		facts = append(facts, ui.KeyValue{Key: c.T("myaccount.agency"), Value: ui.Data(agency.Name)})
	}
	return append(facts, ui.KeyValue{
		Key: c.T("myaccount.language"), Value: ui.Data(desk.LabelOf(languages(), u.Language)), ChangeURL: editPath + "#f-language",
	}), nil
}

// languages lists what an account may prefer, each in its own words.
func languages() []ui.Option {
	var out []ui.Option
	for _, l := range lang.Languages() {
		out = append(out, ui.Option{Value: string(l.Tag), Label: l.Name})
	}
	return out
}

// editView is the data of "account/edit".
type editView struct {
	Form      *form.Form
	Version   int
	Named     bool // the name is the account's own
	Languages []ui.Option
	Conflict  *desk.Conflict
}

const maxName = 120

func (p *pages) editForm(c *web.Context) (web.Page, error) {
	u, err := p.me(c)
	if err != nil {
		return web.Page{}, err
	}
	return p.editPage(c, u, fill(c.NewForm(), u)), nil
}

func fill(f *form.Form, u identity.User) *form.Form {
	f.Set("name", u.Name)
	f.Set("language", u.Language)
	return f
}

func (p *pages) editPage(c *web.Context, u identity.User, f *form.Form) web.Page {
	v := editView{Form: f, Version: u.Version, Named: u.Role != domain.RoleJobseeker, Languages: languages()}
	v.Conflict = desk.Compare(c, f, fill(c.NewForm(), u), []desk.Compared{
		{Name: "name", Label: c.T("myaccount.name")}, {Name: "language", Label: c.T("myaccount.language"), Options: v.Languages},
	})
	return web.Page{
		Template: "account/edit", Title: c.T("myaccount.edit"), Data: v, Form: f, Back: &ui.Link{Text: c.T("common.my_account"), URL: home},
	}
}

// preferenceLife is how long the browser remembers the language.
const preferenceLife = 365 * 24 * time.Hour

// save changes name and language; the pages follow the language at once.
func (p *pages) save(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	u, err := p.me(c)
	if err != nil {
		return web.Page{}, err
	}
	in := identity.UpdateUser{ID: u.ID, Version: desk.Version(f)}
	if u.Role != domain.RoleJobseeker {
		name := f.Text("name", maxName)
		in.Name = &name
		f.Require("error.required", "name")
	}
	language := f.Choice("language", desk.Values(languages())...)
	in.Language = &language
	f.Require("error.required", "language")
	if !f.Failed() {
		_, err = p.Accounts.Update(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			page := web.Redirect(home, "myaccount.saved")
			page.Cookies = append(page.Cookies, c.Cookie(edge.LanguageCookie, language, preferenceLife))
			return page, nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
		if u, err = p.me(c); err != nil {
			return web.Page{}, err
		}
	}
	return p.editPage(c, u, f), nil
}

func (p *pages) endDevice(c *web.Context) (web.Page, error) {
	if err := desk.EndDevice(c, p.Sessions); err != nil {
		return web.Page{}, err
	}
	return web.Redirect(home, "common.device.ended"), nil
}
