package security

import (
	"net/url"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const invitationPath = "/invitation"

// keptInvitation is the secret of the invitation this browser opened.
const keptInvitation = "invitation"

// maxSecret bounds the secret of an invitation, in characters.
const maxSecret = 100

// invitationView is the data of "security/invitation".
type invitationView struct {
	Form    *form.Form
	Gone    bool // it is not valid any more, or never was
	Role    string
	Email   string
	Agency  ui.Button // accept with the agency's own account instead
	Offered bool
}

// invitation shows what somebody is invited to. The secret is in the link alone: the page's forms carry it hidden, and no
// other address does.
func (p *pages) invitation(c *web.Context) (web.Page, error) {
	f := c.NewForm()
	f.Set("code", c.Query("code"))
	return p.invitationPage(c, f)
}

func (p *pages) invitationPage(c *web.Context, f *form.Form) (web.Page, error) {
	v := invitationView{Form: f}
	page := web.Page{Template: "security/invitation", Title: c.T("security.invitation.title"), Form: f, NoIndex: true, Focused: true}
	if err := front(c).SpendPublic(c.Context()); err != nil {
		return web.Page{}, err
	}
	i, err := p.Invitations.Read(c.Context(), f.Value("code"))
	switch {
	case domain.KindOf(err) == domain.KindNotFound:
		v.Gone = true
	case err != nil:
		return web.Page{}, err
	default:
		v.Role, v.Email = c.T("reference.role."+string(i.Role)), i.Email
		if f.Value("name") == "" && !f.Failed() {
			f.Set("name", i.Name)
		}
		if v.Offered = p.Provider != nil && i.Role.Staff(); v.Offered {
			front(c).Keep(c.Context(), keptInvitation, f.Value("code"))
			v.Agency = ui.Button{Text: c.T("security.agency.with", "Name", p.Provider.Name()), URL: agencyPath + "?invited=1", Secondary: true}
		}
	}
	page.Data = v
	return page, nil
}

// accept makes the account and signs its holder in.
func (p *pages) accept(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in := identity.Accept{
		Secret: f.Text("code", maxSecret), Name: f.Text("name", 120), Password: f.Secret("password", identity.MaxPassword), Language: string(c.Tag()),
	}
	again := f.Secret("again", identity.MaxPassword)
	f.Require("error.required", "name")
	if in.Password != again && !f.Failed() {
		f.Fail("again", "security.invitation.differs")
	}
	if !f.Failed() {
		var user identity.User
		if err = front(c).SpendPublic(c.Context()); err == nil {
			user, err = p.Invitations.Accept(c.Context(), c.Actor, in)
		}
		if err == nil {
			return p.enter(c, user, "")
		}
		if domain.KindOf(err) != domain.KindNotFound && !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.invitationPage(c, f)
}

func secondWith(next string) string {
	return web.SecondPath + "?next=" + url.QueryEscape(web.Local(next))
}
