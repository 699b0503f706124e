package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// maxDetail bounds the words beside a need, in characters.
const maxDetail = 500

type needsView struct {
	URL, Back string
	Name      string
	Detailed  bool // some need has words beside it
	Form      *form.Form
	Version   int
	Needs     []ui.Option
	Conflict  *desk.Conflict
}

func detailField(kind string) string { return "detail." + kind }

// fillNeeds puts a file's needs into a form.
func fillNeeds(f *form.Form, file casework.CaseFile) {
	var kinds []string
	for _, b := range file.Barriers {
		kinds = append(kinds, b.Kind)
		f.Set(detailField(b.Kind), b.Detail)
	}
	f.Set("barriers", kinds...)
}

// needsForm asks what stands in the way of work, as needs: never a diagnosis.
func (p *pages) needsForm(c *web.Context) (web.Page, error) {
	file, err := p.open(c)
	if err != nil {
		return web.Page{}, err
	}
	f := c.NewForm()
	fillNeeds(f, file.CaseFile)
	return p.needsPage(c, file, f)
}

func (p *pages) saveNeeds(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	in := casework.SaveBarriers{ID: id, Version: desk.Version(f)}
	for _, kind := range f.Choices("barriers", len(casework.BarrierKinds()), casework.BarrierKinds()...) {
		in.Barriers = append(in.Barriers, casework.Barrier{Kind: kind, Detail: f.Text(detailField(kind), maxDetail)})
	}
	if !f.Failed() {
		_, err = p.Files.SetBarriers(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(fileURL(id), "counsellor.needs.saved"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	file, err := p.open(c)
	if err != nil {
		return web.Page{}, err
	}
	return p.needsPage(c, file, f)
}

func (p *pages) needsPage(c *web.Context, file aFile, f *form.Form) (web.Page, error) {
	if !p.allowed(c, file.CaseFile).Plan {
		return web.Page{}, domain.Forbidden("counsellor.needs")
	}
	v := needsView{
		URL: fileURL(file.ID) + "/needs", Back: fileURL(file.ID), Name: file.name(), Form: f, Version: file.Version, Needs: desk.Coded(c, "reference.barrier.", casework.BarrierKinds()...),
	}
	stored := c.NewForm()
	fillNeeds(stored, file.CaseFile)
	fields := []desk.Compared{{Name: "barriers", Label: c.T("counsellor.needs.label"), Options: v.Needs}}
	for _, n := range v.Needs {
		fields = append(fields, desk.Compared{Name: detailField(n.Value), Label: n.Label})
	}
	v.Conflict = desk.Compare(c, f, stored, fields)
	for _, n := range v.Needs {
		v.Detailed = v.Detailed || f.Value(detailField(n.Value)) != ""
	}
	return p.fileForm(c, file, "counsellor/needs", c.T("counsellor.needs.title", "Name", file.who.Reference), v, f), nil
}
