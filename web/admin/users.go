package admin

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const (
	maxName  = 120
	maxEmail = 254
	ended    = "ended"
	living   = "living"
)

// usersView is the data of "admin/users".
type usersView struct {
	Form                    *form.Form
	Roles, Agencies, States []ui.Option
	Filter                  ui.Filters
	Table                   ui.Table
	Pager                   ui.Pager
	Export                  string
}

// users lists accounts of staff and employers; what narrows the list is in its address. Jobseekers' accounts are not
// listed: their names are the register's, and administering needs no list of them.
func (p *pages) users(c *web.Context) (web.Page, error) {
	v, filter, names, err := p.usersForm(c, c.QueryForm())
	if err != nil {
		return web.Page{}, err
	}
	list, err := p.Accounts.List(c.Context(), c.Actor, filter, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	v.Export = desk.WithQuery(c, usersExportPath)
	v.Table, v.Pager = usersTable(c, list.Items, names), desk.Pager(c, list.Next)
	return web.Page{Template: "admin/users", Title: c.T("admin.users.title"), Data: v}, nil
}

// usersForm reads what narrows the accounts, from an address or a sent form. It gives the names of agencies too.
func (p *pages) usersForm(c *web.Context, f *form.Form) (usersView, identity.UserFilter, map[domain.ID]string, error) {
	agencies, names, err := p.agencyNames(c)
	v := usersView{
		Form: f, Roles: roles(c, listed()), Agencies: agencyOptions(agencies),
		States: []ui.Option{{Value: living, Label: c.T("admin.users.living")}, {Value: ended, Label: c.T("admin.users.ended")}},
	}
	return v, userFilter(c, &v), names, err
}

// userFilter reads what narrows the list and notes it on the page.
func userFilter(c *web.Context, v *usersView) identity.UserFilter {
	out := identity.UserFilter{Roles: listed(), Words: v.Form.Text("words", maxName)}
	note := func(name, text string) {
		if text != "" {
			v.Filter = append(v.Filter, ui.Filter{Text: text, RemoveURL: c.With(name, "")})
		}
	}
	note("words", out.Words)
	if role := v.Form.Choice("role", desk.Values(v.Roles)...); role != "" {
		out.Roles = []domain.Role{domain.Role(role)}
		note("role", desk.LabelOf(v.Roles, role))
	}
	if agency := v.Form.Choice("agency", desk.Values(v.Agencies)...); agency != "" {
		out.AgencyID = domain.ID(agency)
		note("agency", desk.LabelOf(v.Agencies, agency))
	}
	if state := v.Form.Choice("state", ended, living); state != "" {
		over := state == ended
		out.Ended = &over
		note("state", desk.LabelOf(v.States, state))
	}
	return out
}

// listed are the roles whose accounts are administered here.
func listed() []domain.Role { return append(staff(), domain.RoleEmployer, domain.RoleAPIClient) }

func staff() []domain.Role {
	return []domain.Role{
		domain.RoleCounsellor, domain.RoleLead, domain.RoleAnalyst, domain.RoleAdministrator, domain.RoleDataProtection,
	}
}

func roles(c *web.Context, list []domain.Role) []ui.Option {
	return desk.Coded(c, "reference.role.", list...)
}

func agencyOptions(list []identity.Agency) []ui.Option {
	var out []ui.Option
	for _, a := range list {
		out = append(out, ui.Option{Value: string(a.ID), Label: a.Name})
	}
	return out
}

func usersTable(c *web.Context, list []identity.User, agencies map[domain.ID]string) ui.Table {
	t := ui.Table{
		Caption: c.T("admin.users.title"), CaptionHidden: true, Empty: c.T("admin.users.none"),
		Columns: []ui.Column{
			{Text: c.T("admin.user.name")}, {Text: c.T("admin.user.state")}, {Text: c.T("admin.user.role")}, {Text: c.T("admin.user.agency")},
			{Text: c.T("admin.user.email")},
		},
	}
	for _, u := range list {
		t.Rows = append(t.Rows, []any{
			ui.Link{Text: u.Name, URL: userURL(u.ID)}, stateTag(c, u), c.T("reference.role." + string(u.Role)), ui.Data(agencies[u.AgencyID]),
			ui.Data(u.Email),
		})
	}
	return t
}

func stateTag(c *web.Context, u identity.User) ui.Tag {
	if u.DisabledAt.IsZero() {
		return ui.Tag{Text: c.T("admin.user.open"), Tone: ui.Good}
	}
	return ui.Tag{Text: c.T("admin.user.ended"), Tone: ui.Quiet}
}
