package protection

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/domain/exchange/sheet"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// narrowing are the fields that narrow the trail.
func narrowing() []string {
	return []string{"who", "about", "role", "action", "agency", "decision", "from", "until"}
}

// exportForm shows what is about to be taken out, to who said again who they are.
func (p *pages) exportForm(c *web.Context) (web.Page, error) {
	if err := front(c).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	return p.exportPage(c, desk.FromQuery(c, narrowing()...))
}

func (p *pages) exportPage(c *web.Context, f *form.Form) (web.Page, error) {
	narrowed, _, err := p.trailForm(c, f)
	if err != nil {
		return web.Page{}, err
	}
	abroad, err := desk.Abroad(c, p.Registers)
	if err != nil {
		return web.Page{}, err
	}
	v := desk.TakeOut{
		Form: f, Title: c.T("protection.export.title"), Whole: c.T("protection.export.whole"), Max: audit.MaxExport, URL: exportPath, Agreements: abroad,
	}
	return web.Page{
		Template: "protection/export", Title: v.Title, Data: v.Narrowed(narrowed.Filters, narrowing()...), Form: f, Nav: trailPath,
		Back: &ui.Link{Text: c.T("protection.trail.title"), URL: trailPath},
	}, nil
}

// export sends the file. Each press is an export of its own, with its own number.
func (p *pages) export(c *web.Context) (web.Page, error) {
	if err := front(c).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	_, filter, err := p.trailForm(c, f)
	if err != nil {
		return web.Page{}, err
	}
	if to := desk.Destination(f); !f.Failed() {
		file := desk.NewSheet(c, sheet.Trail())
		made, err := p.Trail.Export(c.Context(), c.Actor, filter, to, func(e domain.Export) func(audit.Entry, map[domain.ID]string) error {
			file.Begin(e)
			return func(e audit.Entry, names map[domain.ID]string) error { return file.Row(sheet.TrailRow(e, names)...) }
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

// exportsView is the data of "protection/exports".
type exportsView struct {
	Table ui.Table
	Pager ui.Pager
}

// exports lists what left in files.
func (p *pages) exports(c *web.Context) (web.Page, error) {
	found, names, err := p.Trail.Exports(c.Context(), c.Actor, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	v := exportsView{Pager: desk.Pager(c, found.Next), Table: ui.Table{
		Caption: c.T("protection.exports.title"), CaptionHidden: true, Empty: c.T("protection.exports.none"),
		Columns: []ui.Column{
			{Text: c.T("export.column.export")}, {Text: c.T("protection.entry.when")}, {Text: c.T("protection.exports.what")},
			{Text: c.T("protection.who")}, {Text: c.T("protection.role")}, {Text: c.T("export.recipient")}, {Text: c.T("protection.exports.lines"), Number: true},
		},
	}}
	for _, e := range found.Items {
		v.Table.Rows = append(v.Table.Rows, []any{
			ui.Link{Text: e.Reference, URL: trailPath + "?about=" + string(e.ID)}, c.Time(e.MadeAt), kindWords(c, e.Kind), ui.Data(names[e.MadeBy]),
			c.T("reference.role." + string(e.MadeRole)), destination(c, e), c.Number(int64(e.Lines)),
		})
	}
	return web.Page{Template: "protection/exports", Title: c.T("protection.exports.title"), Data: v}, nil
}

// destination says who got a file, and whether it left the country.
func destination(c *web.Context, e domain.Export) any {
	if e.Agreement != "" {
		return ui.Link{Text: c.T("export.abroad", "Recipient", e.Recipient), URL: "/protection/transfers"}
	}
	return ui.Data(e.Recipient)
}
