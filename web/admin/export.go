package admin

import (
	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/sheet"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const usersExportPath = usersPath + "/export"

// userNarrowing are the fields that narrow the list of accounts.
func userNarrowing() []string { return []string{"words", "role", "agency", "state"} }

// exportForm shows which accounts are about to be taken out as a table, to who said again who they are.
func (p *pages) exportForm(c *web.Context) (web.Page, error) {
	if err := edge.From(c.Context()).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	return p.exportPage(c, desk.FromQuery(c, userNarrowing()...))
}

func (p *pages) exportPage(c *web.Context, f *form.Form) (web.Page, error) {
	narrowed, _, _, err := p.usersForm(c, f)
	if err != nil {
		return web.Page{}, err
	}
	abroad, err := desk.Abroad(c, p.Registers)
	if err != nil {
		return web.Page{}, err
	}
	v := desk.TakeOut{
		Form: f, Title: c.T("admin.export.title"), Whole: c.T("admin.export.whole"), Max: identity.MaxExport, URL: usersExportPath, Agreements: abroad,
	}
	return web.Page{
		Template: "admin/export", Title: v.Title, Data: v.Narrowed(narrowed.Filter, userNarrowing()...), Form: f, Nav: usersPath,
		Back: &ui.Link{Text: c.T("admin.users.title"), URL: usersPath},
	}, nil
}

// export sends the file. Each press is an export of its own, with its own number.
func (p *pages) export(c *web.Context) (web.Page, error) {
	if err := edge.From(c.Context()).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	_, filter, agencies, err := p.usersForm(c, f)
	if err != nil {
		return web.Page{}, err
	}
	if to := desk.Destination(f); !f.Failed() {
		file := desk.NewSheet(c, sheet.Accounts())
		made, err := p.Accounts.Export(c.Context(), c.Actor, filter, to, func(e domain.Export) func(identity.User) error {
			file.Begin(e)
			return func(u identity.User) error { return file.Row(sheet.AccountRow(u, agencies[u.AgencyID])...) }
		})
		if err == nil {
			return file.Page(made)
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.exportPage(c, f)
}
