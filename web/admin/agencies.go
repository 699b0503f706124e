package admin

import (
	"slices"

	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const maxCode = 20

// agenciesView is the data of "admin/agencies".
type agenciesView struct{ Table ui.Table }

// agencies lists the offices of the service. They are few: the list has no pages.
func (p *pages) agencies(c *web.Context) (web.Page, error) {
	list, _, err := p.agencyNames(c)
	if err != nil {
		return web.Page{}, err
	}
	w := p.words(c)
	t := ui.Table{
		Caption: c.T("common.nav.agencies"), CaptionHidden: true, Empty: c.T("admin.agencies.none"),
		Columns: []ui.Column{
			{Text: c.T("admin.agency.name")}, {Text: c.T("admin.agency.code")}, {Text: c.T("admin.agency.place")},
			{Text: c.T("admin.agency.serves")}, {Text: c.T("admin.agency.phone")},
		},
	}
	for _, a := range list {
		var serves any = ui.Tag{Text: c.T("admin.agency.serves_none"), Tone: ui.Warning}
		if len(a.Serves) > 0 {
			serves = ui.Data(c.List(placeNames(w, a.Serves)))
		}
		var number any = ""
		if a.Phone != "" {
			number = ui.Phone(a.Phone)
		}
		t.Rows = append(t.Rows, []any{ui.Link{Text: a.Name, URL: agencyURL(a.ID)}, ui.Data(a.Code), ui.Data(w.Place(a.PlaceCode)), serves, number})
	}
	return web.Page{Template: "admin/agencies", Title: c.T("common.nav.agencies"), Data: agenciesView{t}}, nil
}

func placeNames(w desk.Words, codes []string) []string {
	var out []string
	for _, code := range codes {
		out = append(out, w.Place(code))
	}
	return out
}

// agencyView is the data of "admin/agency".
type agencyView struct {
	Form            *form.Form
	Action, Heading string
	Version         int
	Places          []ui.Option
	Regions, Within []ui.Option // what it may serve: whole regions, and parts of one
	Open            bool        // some part is chosen
	Prefix          string
	Conflict        *desk.Conflict
}

func (p *pages) newAgency(c *web.Context) (web.Page, error) {
	return p.agencyPage(c, identity.Agency{}, c.NewForm()), nil
}

func (p *pages) agency(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	a, err := p.Agencies.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	return p.agencyPage(c, a, p.fillAgency(c, c.NewForm(), a)), nil
}

func (p *pages) fillAgency(c *web.Context, f *form.Form, a identity.Agency) *form.Form {
	f.Set("code", a.Code)
	f.Set("name", a.Name)
	f.Set("place", a.PlaceCode)
	if a.Phone != "" {
		f.Set("phone", c.Phone(a.Phone))
	}
	regions := desk.Values(p.regions(c))
	for _, code := range a.Serves {
		field := "within"
		if slices.Contains(regions, code) {
			field = "regions"
		}
		f.Add(field, code)
	}
	return f
}

// regions are what an agency may serve as a whole; within what lies directly inside them.
func (p *pages) regions(c *web.Context) []ui.Option {
	var out []ui.Option
	for _, region := range p.Places.Present().RegionChoices(string(c.Tag())) {
		out = append(out, ui.Option{Value: region.Code, Label: region.Name})
	}
	return out
}

func (p *pages) within(c *web.Context, present ...string) []ui.Option {
	regions := desk.Values(p.regions(c))
	return slices.DeleteFunc(p.words(c).Places(present...), func(o ui.Option) bool { return slices.Contains(regions, o.Value) })
}

func (p *pages) agencyPage(c *web.Context, a identity.Agency, f *form.Form) web.Page {
	w := p.words(c)
	v := agencyView{
		Form: f, Action: agenciesPath + "/new", Heading: c.T("admin.agency.new"), Version: a.Version, Places: w.Places(a.PlaceCode),
		Regions: p.regions(c), Within: p.within(c, a.Serves...), Open: f.Value("within") != "", Prefix: w.Prefix(),
	}
	title := v.Heading
	if a.ID != "" {
		v.Action, v.Heading = agencyURL(a.ID), c.T("admin.agency.edit")
		title = c.T("admin.agency.title", "Name", a.Name)
		v.Conflict = desk.Compare(c, f, p.fillAgency(c, c.NewForm(), a), []desk.Compared{
			{Name: "name", Label: c.T("admin.agency.name")}, {Name: "code", Label: c.T("admin.agency.code")},
			{Name: "place", Label: c.T("admin.agency.place"), Options: v.Places}, {Name: "phone", Label: c.T("admin.agency.phone")},
			{Name: "regions", Label: c.T("admin.agency.serves"), Options: v.Regions},
			{Name: "within", Label: c.T("admin.agency.within"), Options: v.Within},
		})
	}
	return web.Page{
		Template: "admin/agency", Title: title, Form: f, Data: v, Back: &ui.Link{Text: c.T("common.nav.agencies"), URL: agenciesPath},
	}
}

func (p *pages) createAgency(c *web.Context) (web.Page, error) {
	return p.storeAgency(c, identity.Agency{})
}

func (p *pages) saveAgency(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	a, err := p.Agencies.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	return p.storeAgency(c, a)
}

// storeAgency writes a new agency, or a as the form says.
func (p *pages) storeAgency(c *web.Context, a identity.Agency) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in := identity.SaveAgency{
		ID: a.ID, Version: desk.Version(f), Name: f.Text("name", maxName), Code: f.Text("code", maxCode),
		PlaceCode: f.Choice("place", desk.Values(p.words(c).Places(a.PlaceCode))...),
		Phone:     desk.Phone(f, "phone", p.Phones, p.Places.Present().Pack().Country),
	}
	regions, within := desk.Values(p.regions(c)), desk.Values(p.within(c, a.Serves...))
	in.Serves = append(f.Choices("regions", len(regions), regions...), f.Choices("within", len(within), within...)...)
	f.Require("error.required", "name", "code", "place")
	if !f.Failed() {
		_, err = p.Agencies.Save(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(agenciesPath, "admin.agency.saved"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
		if a.ID != "" { // somebody else may have changed it
			if a, err = p.Agencies.Get(c.Context(), c.Actor, a.ID); err != nil {
				return web.Page{}, err
			}
		}
	}
	return p.agencyPage(c, a, f), nil
}
