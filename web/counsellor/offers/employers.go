package offers

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/organisation"
	"github.com/baara-platform/baara/web/ui"
)

func verifications() []employer.Verification {
	return []employer.Verification{
		employer.VerificationPending, employer.VerificationFirst, employer.VerificationDone, employer.VerificationRefused,
	}
}

type employersView struct {
	Sections      ui.Tabs
	Form          *form.Form
	States, Whose []ui.Option
	Filter        ui.Filters
	ToVerify      ui.TaskList
	List          ui.TaskList
	Pager         ui.Pager
}

// employers lists organisations, those to verify first: of every agency, as the second of two may be from another one.
func (p *pages) employers(c *web.Context) (web.Page, error) {
	f := c.QueryForm()
	v := employersView{Sections: sections(c, employersPath), Form: f, States: desk.Coded(c, "reference.verification.", verifications()...)}
	for _, whose := range []string{whoseAgency, whoseAll} {
		v.Whose = append(v.Whose, ui.Option{Value: whose, Label: c.T("offers.employers.whose." + whose)})
	}
	filter := employer.OrganisationFilter{Words: f.Text("words", employer.MaxName)}
	if state := f.Choice("state", desk.Values(v.States)...); state != "" {
		filter.Verification = []employer.Verification{employer.Verification(state)}
		v.Filter = append(v.Filter, ui.Filter{Text: desk.LabelOf(v.States, state), RemoveURL: c.With("state", "")})
	}
	if f.Choice("whose", desk.Values(v.Whose)...) == whoseAgency {
		filter.AgencyID = c.Actor.AgencyID
		v.Filter = append(v.Filter, ui.Filter{Text: desk.LabelOf(v.Whose, whoseAgency), RemoveURL: c.With("whose", "")})
	} else {
		f.Set("whose", whoseAll)
	}
	if filter.Words != "" {
		v.Filter = append(v.Filter, ui.Filter{Text: filter.Words, RemoveURL: c.With("words", "")})
	}
	list, err := p.Organisations.List(c.Context(), c.Actor, filter, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	var waiting domain.Listing[employer.Organisation]
	if len(v.Filter) == 0 && c.Query(web.AfterParam) == "" {
		waiting, err = p.Organisations.List(c.Context(), c.Actor, employer.OrganisationFilter{
			Verification: []employer.Verification{employer.VerificationPending, employer.VerificationFirst},
		}, domain.Cursor{Limit: reviewShown})
		if err != nil {
			return web.Page{}, err
		}
		for _, o := range waiting.Items {
			v.ToVerify = append(v.ToVerify, p.employerItem(c, o))
		}
	}
	for _, o := range list.Items {
		if !slices.ContainsFunc(waiting.Items, func(w employer.Organisation) bool { return w.ID == o.ID }) { // those stand above
			v.List = append(v.List, p.employerItem(c, o))
		}
	}
	v.Pager = desk.Pager(c, list.Next)
	return web.Page{Template: "offers/employers", Title: c.T("offers.employers.title"), Data: v, Nav: vacanciesPath}, nil
}

func (p *pages) employerItem(c *web.Context, o employer.Organisation) ui.Task {
	notes := []string{desk.LabelOf(organisation.Kinds(c), string(o.Kind))}
	if at := p.words(c).Place(o.PlaceCode); at != "" {
		notes = append(notes, at)
	}
	notes = append(notes, o.Reference)
	if o.Verification == employer.VerificationFirst && o.FirstBy == c.Actor.UserID {
		notes = append(notes, c.T("offers.employers.yours"))
	}
	return ui.Task{Title: o.Name(), URL: employerURL(o.ID), Tag: verificationTag(c, o), Note: strings.Join(notes, " · ")}
}
