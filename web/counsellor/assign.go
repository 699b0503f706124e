package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

type assignView struct {
	URL, Back   string
	Name, Owner string
	Form        *form.Form
	Stale       *ui.Notice
	Version     int
	Colleagues  []ui.Option
}

func (p *pages) assignForm(c *web.Context) (web.Page, error) { return p.assignPage(c, c.NewForm()) }

// assign gives the file to a colleague of its agency.
func (p *pages) assign(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	in := casework.AssignFile{ID: id, Version: desk.Version(f), OwnerID: domain.ID(f.Text("owner", 36)), Reason: f.Text("reason", maxWords)}
	if _, bad := domain.ParseID(string(in.OwnerID)); bad != nil {
		f.Fail("owner", "error.choice")
	}
	if !f.Failed() {
		var given casework.CaseFile
		given, err = p.Files.Assign(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			if err == nil && !p.Policy.Allows(c.Actor, access.CaseRead, given.Facts()) { // of another agency, and no more one's own
				return web.Redirect(home, "counsellor.assign.done"), nil
			}
			return web.Redirect(fileURL(id), "counsellor.assign.done"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	again(c, f)
	return p.assignPage(c, f)
}

func (p *pages) assignPage(c *web.Context, f *form.Form) (web.Page, error) {
	file, err := p.open(c)
	if err != nil {
		return web.Page{}, err
	}
	if !p.allowed(c, file.CaseFile).Assign {
		return web.Page{}, domain.Forbidden("counsellor.assign")
	}
	list, err := p.Files.Colleagues(c.Context(), c.Actor, file.AgencyID)
	if err != nil {
		return web.Page{}, err
	}
	v := assignView{
		URL: fileURL(file.ID) + "/referent", Back: fileURL(file.ID), Name: file.name(), Form: f, Version: file.Version,
		Owner: file.names[file.OwnerID], Stale: staleNotice(c, f),
	}
	for _, one := range list {
		if one.ID != file.OwnerID {
			v.Colleagues = append(v.Colleagues, ui.Option{Value: string(one.ID), Label: one.Name})
		}
	}
	return p.fileForm(c, file, "counsellor/assign", c.T("counsellor.assign.title", "Name", file.who.Reference), v, f), nil
}
