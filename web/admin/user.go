package admin

import (
	"cmp"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// userView is the data of "admin/user".
type userView struct {
	Heading  ui.Heading
	Own      bool // one's own account is changed on its own page
	Facts    ui.KeyValues
	Password *ui.Button
	End      *ui.Button
	Reopen   *ui.Button
	Factors  *ui.Button // take lost second proofs away
	Leave    *ui.Button // end the membership
	Devices  []desk.Device
	Program  bool      // nobody signs in to it
	Tokens   *ui.Table // of a program
	Issue    *ui.Button
}

// user shows an account with what can be done about it.
func (p *pages) user(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	u, err := p.Accounts.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	sessions, err := p.Sessions.Of(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	v := userView{
		Heading: ui.Heading{Text: u.Name, Tags: ui.Tags{stateTag(c, u)}}, Own: id == c.Actor.UserID,
		Devices: desk.DevicesOf(c, sessions, userURL(id)+"/devices"),
	}
	if v.Facts, err = p.userFacts(c, u); err != nil {
		return web.Page{}, err
	}
	if v.Program = u.Role == domain.RoleAPIClient; v.Program {
		if v.Tokens, err = p.tokens(c, u.ID); err != nil {
			return web.Page{}, err
		}
		if u.MayAct() {
			v.Issue = &ui.Button{Text: c.T("myaccount.token.title"), URL: userURL(u.ID) + "/tokens", Small: true}
		}
	}
	if !v.Own {
		kinds, err := p.Factors.Kinds(c.Context(), u.ID)
		if err != nil {
			return web.Page{}, err
		}
		acts(c, u, len(kinds) > 0, &v)
	}
	return web.Page{
		Template: "admin/user", Title: c.T("admin.user.title", "Name", u.Name, "Email", cmp.Or(u.Email, c.T("reference.role."+string(u.Role)))), Data: v,
		Back: &ui.Link{Text: c.T("admin.users.title"), URL: usersPath},
	}, nil
}

// acts offers what the account's state allows.
func acts(c *web.Context, u identity.User, proofs bool, v *userView) {
	button := func(text, act string) *ui.Button {
		b := desk.Button(c, text, userURL(u.ID)+"/"+act, u.Version)
		return &b
	}
	if !u.DisabledAt.IsZero() {
		v.Reopen = button(c.T("admin.user.reopen"), "reopen")
		return
	}
	v.End = button(c.T("admin.user.end"), "end")
	if u.PasswordHash != "" {
		v.Password = button(c.T("admin.user.new_password"), "password")
	}
	if proofs {
		v.Factors = button(c.T("admin.user.no_factors"), "factors")
	}
	if u.AgencyID != "" || u.OrganisationID != "" {
		v.Leave = button(c.T("myaccount.leave.end"), "leave")
	}
}

// noFactors takes the second proofs of an account away, when they are lost.
func (p *pages) noFactors(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	if err := edge.From(c.Context()).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	if err := p.Factors.Reset(c.Context(), c.Act(f), id); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(userURL(id), "admin.user.factors_gone"), nil
}

// leave ends the membership of an account, and with it its access.
func (p *pages) leave(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Members.Leave(c.Context(), c.Act(f), id); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(userURL(id), "myaccount.leave.done"), nil
}

func (p *pages) userFacts(c *web.Context, u identity.User) (ui.KeyValues, error) {
	facts := ui.KeyValues{
		{Key: c.T("admin.user.role"), Value: c.T("reference.role." + string(u.Role))},
	}
	if u.Email != "" {
		facts = append(facts, ui.KeyValue{Key: c.T("admin.user.email"), Value: ui.Data(u.Email)})
	}
	if u.OrganisationID != "" {
		o, err := p.Organisations.Get(c.Context(), c.Actor, u.OrganisationID)
		if err != nil {
			return nil, err
		}
		facts = append(facts, ui.KeyValue{Key: c.T("myaccount.invite.organisation"), Value: ui.Data(o.Name() + " – " + o.Reference)})
	}
	if u.AgencyID != "" {
		agency, err := p.Agencies.Get(c.Context(), c.Actor, u.AgencyID)
		if err != nil {
			return nil, err
		}
		facts = append(facts, ui.KeyValue{Key: c.T("admin.user.agency"), Value: ui.Link{Text: agency.Name, URL: agencyURL(agency.ID)}})
	}
	facts = append(facts, ui.KeyValue{Key: c.T("admin.user.since"), Value: c.Day(u.CreatedAt)})
	if !u.DisabledAt.IsZero() {
		facts = append(facts, ui.KeyValue{Key: c.T("admin.user.ended_on"), Value: c.Day(u.DisabledAt)})
	}
	return facts, nil
}

// posted reads a sent form about the account the address names.
func posted(c *web.Context) (domain.ID, *form.Form, error) {
	id, err := c.PathID("id")
	if err != nil {
		return "", nil, err
	}
	f, err := c.PostedForm()
	return id, f, err
}

// newPassword answers with a password that replaces the one before.
func (p *pages) newPassword(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	if err := edge.From(c.Context()).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	_, password, err := p.Accounts.ResetPassword(c.Context(), c.Act(f), id, desk.Version(f))
	if !desk.Settled(err) {
		return changedMeanwhile(id, err)
	}
	return p.passwordPage(c, id, c.T("admin.user.password_made"), password)
}

func (p *pages) endUser(c *web.Context) (web.Page, error) {
	return p.setEnded(c, true, "admin.user.ended_now")
}

func (p *pages) reopenUser(c *web.Context) (web.Page, error) {
	return p.setEnded(c, false, "admin.user.reopened")
}

func (p *pages) setEnded(c *web.Context, over bool, done string) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	_, err = p.Accounts.Update(c.Context(), c.Act(f), identity.UpdateUser{ID: id, Version: desk.Version(f), Disabled: &over})
	if !desk.Settled(err) {
		return changedMeanwhile(id, err)
	}
	return web.Redirect(userURL(id), done), nil
}

// changedMeanwhile shows the account as it is now when somebody else was faster.
func changedMeanwhile(id domain.ID, err error) (web.Page, error) {
	if domain.KindOf(err) == domain.KindStale {
		return web.Redirect(userURL(id), "admin.user.changed"), nil
	}
	return web.Page{}, err
}

func (p *pages) endDevice(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	if err := desk.EndDevice(c, p.Sessions); err != nil {
		return web.Page{}, err
	}
	return web.Redirect(userURL(id), "common.device.ended"), nil
}
