package employer

import (
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/organisation"
	"github.com/baara-platform/baara/web/ui"
)

type organisationView struct {
	Heading ui.Heading
	Notice  *ui.Notice
	Path    *ui.Path
	Facts   ui.KeyValues
	Members ui.Table
}

// organisation shows what the service knows of the employer, how far its
// verification is and who acts for it.
func (p *pages) organisation(c *web.Context) (web.Page, error) {
	o, err := p.own(c)
	if err != nil {
		return web.Page{}, err
	}
	members, err := p.Organisations.Members(c.Context(), c.Actor, o.ID)
	if err != nil {
		return web.Page{}, err
	}
	v := organisationView{
		Heading: ui.Heading{Text: o.Name(), Tags: ui.Tags{verificationTag(c, o)}, Facts: []ui.Fact{{Icon: "file-text", Text: o.Reference}}},
		Notice:  unverified(c, o), Facts: p.organisationFacts(c, o), Members: membersTable(c, members),
	}
	if o.Verification != employer.VerificationRefused {
		v.Path = verificationPath(c, o)
	}
	return web.Page{Template: "employer/organisation", Title: c.T("common.nav.organisation"), Data: v}, nil
}

func verificationTag(c *web.Context, o employer.Organisation) ui.Tag {
	tag := ui.Tag{Text: c.T("reference.verification." + string(o.Verification)), Tone: ui.Warning}
	switch o.Verification {
	case employer.VerificationDone:
		tag.Tone, tag.Icon = ui.Good, "check"
	case employer.VerificationRefused:
		tag.Tone = ui.Bad
	}
	return tag
}

// verificationPath shows the way from the sign-up to the first candidates.
func verificationPath(c *web.Context, o employer.Organisation) *ui.Path {
	at := map[employer.Verification]int{
		employer.VerificationPending: 1, employer.VerificationFirst: 2, employer.VerificationDone: 3,
	}
	return &ui.Path{Label: c.T("employer.path.label"), Current: at[o.Verification], Steps: []string{
		c.T("employer.path.signed_up"), c.T("employer.path.first"), c.T("employer.path.second"), c.T("employer.path.verified"),
	}}
}

func (p *pages) organisationFacts(c *web.Context, o employer.Organisation) ui.KeyValues {
	w := p.words(c)
	const edit = home + "/organisation/edit"
	facts := ui.KeyValues{
		{Key: c.T("employer.organisation.legal_name"), Value: ui.Data(o.LegalName), ChangeURL: edit},
		{Key: c.T("employer.organisation.trade_name"), Value: ui.Data(o.TradeName), ChangeURL: edit + "#f-trade_name"},
		{Key: c.T("employer.organisation.kind"), Value: desk.LabelOf(organisation.Kinds(c), string(o.Kind)), ChangeURL: edit + "#f-kind"},
		{Key: c.T("employer.organisation.rccm"), Value: ui.Data(o.RCCM), ChangeURL: edit + "#f-rccm"},
		{Key: c.T("employer.organisation.nif"), Value: ui.Data(o.NIF), ChangeURL: edit + "#f-nif"},
		{Key: c.T("employer.organisation.section"), Value: desk.LabelOf(p.asker().Sections(c), o.ISIC), ChangeURL: edit + "#f-isic"},
		{Key: c.T("employer.organisation.size"), Value: desk.LabelOf(organisation.Sizes(c), o.Size), ChangeURL: edit + "#f-size"},
		{Key: c.T("employer.organisation.place"), Value: ui.Data(w.Place(o.PlaceCode)), ChangeURL: edit + "#f-place"},
		{Key: c.T("employer.organisation.address"), Value: ui.Data(o.Address), ChangeURL: edit + "#f-address"},
		{Key: c.T("employer.organisation.contact"), Value: ui.Data(o.ContactName), ChangeURL: edit + "#f-contact_name"},
	}
	if o.Phone != "" {
		facts = append(facts, ui.KeyValue{Key: c.T("employer.organisation.phone"), Value: ui.Phone(o.Phone), ChangeURL: edit + "#f-phone"})
	}
	return append(facts, ui.KeyValue{Key: c.T("employer.organisation.email"), Value: ui.Data(o.Email), ChangeURL: edit + "#f-email"})
}

func membersTable(c *web.Context, members []employer.Member) ui.Table {
	t := ui.Table{
		Caption: c.T("employer.members.title"), CaptionHidden: true, Empty: c.T("employer.members.none"),
		Columns: []ui.Column{{Text: c.T("employer.members.name")}, {Text: c.T("employer.members.email")}, {Text: c.T("employer.members.since")}},
	}
	for _, m := range members {
		t.Rows = append(t.Rows, []any{ui.Data(m.Name), ui.Data(m.Email), c.Date(m.Since)})
	}
	return t
}

// asker asks what an organisation is.
func (p *pages) asker() organisation.Asker {
	return organisation.Asker{Places: p.Places, Classifications: p.Classifications, Phones: p.Phones}
}

type organisationFormView struct {
	organisation.Choices
	Form     *form.Form
	Version  int
	Verified bool
	Conflict *desk.Conflict
}

func (p *pages) organisationForm(c *web.Context) (web.Page, error) {
	o, err := p.own(c)
	if err != nil {
		return web.Page{}, err
	}
	return p.organisationFormPage(c, o, organisation.Fill(c, c.NewForm(), o)), nil
}

func (p *pages) saveOrganisation(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in := employer.UpdateOrganisation{ID: c.Actor.OrganisationID, Version: desk.Version(f), Fields: p.asker().Read(c, f)}
	f.Require("error.required", "kind", "legal_name", "place")
	if !f.Failed() {
		_, err = p.Organisations.Update(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(home+"/organisation", "employer.organisation.saved"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	o, err := p.own(c)
	if err != nil {
		return web.Page{}, err
	}
	return p.organisationFormPage(c, o, f), nil
}

func (p *pages) organisationFormPage(c *web.Context, o employer.Organisation, f *form.Form) web.Page {
	v := organisationFormView{Form: f, Version: o.Version, Choices: p.asker().Choices(c, o.PlaceCode), Verified: o.Verified()}
	v.Conflict = desk.Compare(c, f, organisation.Fill(c, c.NewForm(), o), v.Compared(c))
	return web.Page{
		Template: "employer/organisationform", Title: c.T("employer.organisation.edit"), Data: v, Form: f,
		Back: &ui.Link{Text: c.T("common.nav.organisation"), URL: home + "/organisation"},
	}
}
