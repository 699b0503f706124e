package public

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/layout"
	webrights "github.com/baara-platform/baara/web/rights"
	"github.com/baara-platform/baara/web/ui"
)

// privacy says what is kept of people, why and for how long, and what they may ask for.
func (p *pages) privacy(c *web.Context) (web.Page, error) {
	v := privacyView{Site: c.Site, Account: c.Actor.Role == domain.RoleJobseeker || c.Actor.UserID.IsZero(), Declared: c.T("rights.register.undeclared")}
	if number := p.Registers.Declaration(); number != "" {
		v.Declared = c.T("rights.register.declared", "Number", number)
	}
	periods := map[rights.RuleKind]rights.Rule{}
	for _, r := range rights.Retention() {
		periods[r.Kind] = r
	}
	for _, one := range rights.Processings() {
		said := func(what string) string { return c.T("rights.processing." + one.Name + "." + what) }
		var kept []string
		for _, kind := range one.Keeps {
			kept = append(kept, c.T("rights.keep."+string(kind)+".title")+" – "+webrights.Period(c, periods[kind]))
		}
		v.Processings = append(v.Processings, processingView{Title: said("title"), Facts: ui.KeyValues{
			{Key: c.T("rights.register.purpose"), Value: said("purpose")}, {Key: c.T("rights.register.basis"), Value: c.T("rights.basis." + string(one.Basis))},
			{Key: c.T("rights.register.data"), Value: said("data")}, {Key: c.T("rights.register.recipients"), Value: said("recipients")},
			{Key: c.T("rights.register.kept"), Value: strings.Join(kept, "; ")}, {Key: c.T("rights.register.security"), Value: said("security")},
		}})
	}
	agreements, err := p.Registers.InForce(c.Context(), c.Actor)
	if err != nil {
		return web.Page{}, err
	}
	words := desk.WordsOf(c, p.Places.Present())
	for _, a := range agreements {
		v.Agreements = append(v.Agreements, agreementView{a.Recipient, webrights.AgreementFacts(c, words, a)})
	}
	return web.Page{Template: "public/privacy", Title: c.T("public.privacy.title"), Data: v}, nil
}

// privacyView is the data of "public/privacy": what the service says of itself,
// and the register of what it does with data.
type privacyView struct {
	Site        layout.Site
	Account     bool // whoever reads may have an account of one's own record
	Declared    string
	Processings []processingView
	Agreements  []agreementView // on data that leaves the country, in force today
}

type agreementView struct {
	Recipient string
	Facts     ui.KeyValues
}

type processingView struct {
	Title string
	Facts ui.KeyValues
}

// accessibility says how far the pages can be used by everybody and whom to tell where they cannot.
func (p *pages) accessibility(c *web.Context) (web.Page, error) {
	return web.Page{Template: "public/accessibility", Title: c.T("public.accessibility.title"), Data: c.Site}, nil
}

// languagesView is the data of "public/languages".
type languagesView struct {
	Current lang.Tag
	List    []lang.Language
}

// languages lets people choose a language and says which texts no native reader has checked yet.
func (p *pages) languages(c *web.Context) (web.Page, error) {
	return web.Page{Template: "public/languages", Title: c.T("public.languages.title"), Data: languagesView{c.Tag(), lang.Languages()}}, nil
}
