package rights

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/owndata"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// copyView is the data of "rights/copy".
type copyView struct {
	Form    *form.Form
	Action  string
	Formats []ui.Option
	Staff   bool
}

// The formats of a copy.
const (
	asPDF  = "pdf"
	asJSON = "json"
)

// whose is the person a copy is of: the one named in the address, for staff, or
// the reader.
func whose(c *web.Context) (id domain.ID, path, back string, err error) {
	if c.Actor.Role == domain.RoleJobseeker {
		return c.Actor.PersonID, copyPath, minePath, nil
	}
	if id, err = c.PathID("id"); err != nil {
		return "", "", "", err
	}
	path = peoplePath + "/" + string(id)
	return id, path + "/copy", path + "/rights", nil
}

func (p *pages) copyForm(c *web.Context) (web.Page, error) {
	id, _, _, err := whose(c)
	if err != nil {
		return web.Page{}, err
	}
	if c.Actor.Role != domain.RoleJobseeker { // before anything is said of somebody
		if _, err := p.Jobseekers.Get(c.Context(), c.Actor, id); err != nil {
			return web.Page{}, err
		}
	}
	if err := stepUp(c); err != nil {
		return web.Page{}, err
	}
	f := c.NewForm()
	f.Set("format", asPDF)
	return p.copyPage(c, f)
}

func (p *pages) copyPage(c *web.Context, f *form.Form) (web.Page, error) {
	_, action, back, err := whose(c)
	if err != nil {
		return web.Page{}, err
	}
	v := copyView{Form: f, Action: action, Staff: c.Actor.Role != domain.RoleJobseeker, Formats: []ui.Option{
		{Value: asPDF, Label: c.T("rights.copy.pdf"), Hint: c.T("rights.copy.pdf_hint")}, {Value: asJSON, Label: c.T("rights.copy.json"), Hint: c.T("rights.copy.json_hint")},
	}}
	return web.Page{Template: "rights/copy", Title: c.T("rights.copy.title"), Data: v, Form: f, Nav: web.HomePath(c.Actor.Role), Back: &ui.Link{Text: c.T("common.back"), URL: back}}, nil
}

// takeCopy sends the file. Each press is an export of its own, with its own number.
func (p *pages) takeCopy(c *web.Context) (web.Page, error) {
	id, _, _, err := whose(c)
	if err != nil {
		return web.Page{}, err
	}
	if c.Actor.Role != domain.RoleJobseeker {
		if _, err := p.Jobseekers.Get(c.Context(), c.Actor, id); err != nil {
			return web.Page{}, err
		}
	}
	if err := stepUp(c); err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	format := f.Choice("format", asPDF, asJSON)
	f.Require("error.required", "format")
	if f.Failed() {
		return p.copyPage(c, f)
	}
	made, err := p.Copies.Take(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	file := &web.File{Name: made.Export.Reference + "." + format, ContentType: "application/json; charset=utf-8"}
	if format == asJSON {
		file.Body, err = owndata.JSON(made)
	} else {
		words := c.Localizer
		if c.Dir() == "rtl" { // the document prints Latin script
			words = c.Speaking(string(lang.French))
		}
		file.ContentType = "application/pdf"
		file.Body, err = owndata.PDF(made, words, gazetteer{p.Places.Present(), string(words.Tag())})
	}
	return web.Page{File: file}, err
}

// gazetteer names areas and countries in one language.
type gazetteer struct {
	places *place.Gazetteer
	lang   string
}

func (g gazetteer) Place(code string) string {
	a, ok := g.places.Area(code)
	if !ok {
		return ""
	}
	name, _ := a.Names.In(g.lang)
	return name
}

func (g gazetteer) Country(code string) string {
	for _, choice := range g.places.Countries(g.lang) {
		if choice.Code == code {
			return choice.Name
		}
	}
	return ""
}
