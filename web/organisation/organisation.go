// Package organisation asks what an employer organisation is, the same way of the employer itself and of the counsellor
// who met it or heard it on the phone. It has no pages of its own.
package organisation

import (
	"strings"

	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/phone"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// Limits of what is typed, in characters.
const (
	maxShort = 60
	maxEmail = 254
)

// Asker knows what the questions' answers are checked against.
type Asker struct {
	Places          *place.Directory
	Classifications taxonomy.Classifications
	Phones          phone.Parser
}

// Choices are the answers to choose from.
type Choices struct {
	Kinds, Sizes, Sections, Places []ui.Option
	Prefix                         string
}

// Choices lists them; present is the place the record has already.
func (a Asker) Choices(c *web.Context, present ...string) Choices {
	w := desk.WordsOf(c, a.Places.Present())
	return Choices{
		Kinds: Kinds(c), Sizes: Sizes(c), Sections: a.Sections(c), Places: w.Places(present...), Prefix: w.Prefix(),
	}
}

// Kinds lists the kinds of employer.
func Kinds(c *web.Context) []ui.Option {
	return desk.Coded(c, "reference.organisation_kind.", employer.OrganisationKinds()...)
}

// Sizes lists the size classes; their codes hold signs that message keys do not.
func Sizes(c *web.Context) []ui.Option {
	key := strings.NewReplacer("-", "_", "+", "_up")
	var out []ui.Option
	for _, code := range employer.Sizes() {
		out = append(out, ui.Option{Value: code, Label: c.T("reference.size." + key.Replace(code))})
	}
	return out
}

// Sections lists the branches of ISIC, by their letters.
func (a Asker) Sections(c *web.Context) []ui.Option {
	var out []ui.Option
	for _, section := range a.Classifications.ISIC.Level(1) {
		name, _ := section.Names.In(string(c.Tag()))
		out = append(out, ui.Option{Value: section.Code, Label: name})
	}
	return out
}

// Fill puts what is stored into a form.
func Fill(c *web.Context, f *form.Form, o employer.Organisation) *form.Form {
	for name, value := range map[string]string{
		"kind": string(o.Kind), "legal_name": o.LegalName, "trade_name": o.TradeName, "rccm": o.RCCM, "nif": o.NIF, "isic": o.ISIC,
		"size": o.Size, "place": o.PlaceCode, "address": o.Address, "contact_name": o.ContactName, "email": o.Email,
	} {
		f.Set(name, value)
	}
	if o.Phone != "" {
		f.Set("phone", c.Phone(o.Phone))
	}
	return f
}

// Read reads what is said about an organisation.
func (a Asker) Read(c *web.Context, f *form.Form) employer.OrganisationFields {
	w := desk.WordsOf(c, a.Places.Present())
	return employer.OrganisationFields{
		Kind:      employer.OrganisationKind(f.Choice("kind", desk.Values(Kinds(c))...)),
		LegalName: f.Text("legal_name", employer.MaxName), TradeName: f.Text("trade_name", employer.MaxName),
		RCCM: f.Text("rccm", maxShort), NIF: f.Text("nif", maxShort), ISIC: f.Choice("isic", desk.Values(a.Sections(c))...),
		Size: f.Choice("size", employer.Sizes()...), PlaceCode: f.Choice("place", desk.Values(w.Places(f.Value("place")))...),
		Address: f.Text("address", employer.MaxName), ContactName: f.Text("contact_name", employer.MaxName),
		Phone: a.ReadPhone(f, "phone"), Email: f.Text("email", maxEmail),
	}
}

// ReadPhone gives a number in E.164; what is not one of any country is an error beside the field.
func (a Asker) ReadPhone(f *form.Form, name string) string {
	return desk.Phone(f, name, a.Phones, a.Places.Present().Pack().Country)
}

// Compared names the fields for a conflict.
func (v Choices) Compared(c *web.Context) []desk.Compared {
	return []desk.Compared{
		{Name: "legal_name", Label: c.T("employer.organisation.legal_name")},
		{Name: "trade_name", Label: c.T("employer.organisation.trade_name")},
		{Name: "kind", Label: c.T("employer.organisation.kind"), Options: v.Kinds},
		{Name: "rccm", Label: c.T("employer.organisation.rccm")},
		{Name: "nif", Label: c.T("employer.organisation.nif")},
		{Name: "isic", Label: c.T("employer.organisation.section"), Options: v.Sections},
		{Name: "size", Label: c.T("employer.organisation.size"), Options: v.Sizes},
		{Name: "place", Label: c.T("employer.organisation.place"), Options: v.Places},
		{Name: "address", Label: c.T("employer.organisation.address")},
		{Name: "contact_name", Label: c.T("employer.organisation.contact")},
		{Name: "phone", Label: c.T("employer.organisation.phone")},
		{Name: "email", Label: c.T("employer.organisation.email")},
	}
}
