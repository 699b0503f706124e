package counsellor

import (
	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/exchange/sheet"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const (
	casesPath      = "/counsellor/cases"
	caseExportPath = casesPath + "/export"
)

// caseNarrowing are the fields that narrow a caseload.
func caseNarrowing() []string { return []string{"whose", "stage", "needs", "region"} }

// exportForm shows a lead which files are about to be taken out as a table.
func (p *pages) exportForm(c *web.Context) (web.Page, error) {
	if err := p.mayExport(c); err != nil {
		return web.Page{}, err
	}
	return p.exportPage(c, desk.FromQuery(c, caseNarrowing()...))
}

// mayExport asks first whether somebody may at all, and then who they are.
func (p *pages) mayExport(c *web.Context) error {
	if err := p.Policy.Check(c.Actor, access.CaseExport, access.Facts{AgencyID: c.Actor.AgencyID}); err != nil {
		return err
	}
	return edge.From(c.Context()).RequireStepUp(c.Context())
}

func (p *pages) exportPage(c *web.Context, f *form.Form) (web.Page, error) {
	abroad, err := desk.Abroad(c, p.Registers)
	if err != nil {
		return web.Page{}, err
	}
	narrowed, _ := caseloadForm(c, p.words(c), f)
	v := desk.TakeOut{
		Form: f, Title: c.T("counsellor.export.title"), Whole: c.T("counsellor.export.whole"), Max: casework.MaxExport, URL: caseExportPath, Agreements: abroad,
	}
	return web.Page{
		Template: "counsellor/export", Title: v.Title, Data: v.Narrowed(narrowed.Filters, caseNarrowing()...), Form: f, Nav: casesPath,
		Back: &ui.Link{Text: c.T("common.nav.caseload"), URL: casesPath},
	}, nil
}

// export sends the file. Each press is an export of its own, with its own number.
func (p *pages) export(c *web.Context) (web.Page, error) {
	if err := p.mayExport(c); err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	w := p.words(c)
	_, filter := caseloadForm(c, w, f)
	if to := desk.Destination(f); !f.Failed() {
		file := desk.NewSheet(c, sheet.Caseload())
		made, err := p.Files.Export(c.Context(), c.Actor, filter, to, func(e domain.Export) func(casework.CaseRow) error {
			file.Begin(e)
			return func(r casework.CaseRow) error { return file.Row(sheet.CaseloadRow(r, w.Place(r.Place))...) }
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
