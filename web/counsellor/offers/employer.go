package offers

import (
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/organisation"
	"github.com/baara-platform/baara/web/ui"
)

type employerView struct {
	Heading   ui.Heading
	Form      *form.Form
	Notice    *ui.Notice
	Next      *ui.NextAction
	Path      *ui.Path
	Facts     ui.KeyValues
	Acts      []ui.Button
	Members   ui.Table
	Vacancies ui.TaskList
	Views     *viewsPart // nil for staff of other agencies
	Stopped   *ui.Notice // an open complaint
}

func (p *pages) openEmployer(c *web.Context) (employer.Organisation, error) {
	id, err := c.PathID("id")
	if err != nil {
		return employer.Organisation{}, err
	}
	return p.Organisations.Get(c.Context(), c.Actor, id)
}

// employer is the page of one organisation: whether it is real, who it is, what it offers.
func (p *pages) employer(c *web.Context) (web.Page, error) { return p.employerPage(c, c.NewForm()) }

func (p *pages) employerPage(c *web.Context, f *form.Form) (web.Page, error) {
	o, err := p.openEmployer(c)
	if err != nil {
		return web.Page{}, err
	}
	v := employerView{
		Form: f, Heading: ui.Heading{Text: o.Name(), Tags: ui.Tags{verificationTag(c, o)}, Facts: []ui.Fact{{Icon: "file-text", Text: o.Reference}}},
	}
	if o.Verification != employer.VerificationRefused {
		v.Path = verificationPath(c, o)
	} else {
		v.Notice = &ui.Notice{Tone: ui.Bad, Title: c.T("offers.employer.refused"), Text: o.Refusal}
		if o.Refusal == employer.HeldComplaint {
			v.Notice.Text, v.Notice.Link = c.T("offers.why.complaint"), ui.Link{Text: c.T("offers.complaints.title"), URL: complaintsPath}
		}
	}
	if o.Stopped {
		v.Stopped = &ui.Notice{
			Tone: ui.Warning, Title: c.T("offers.employer.stopped"), Text: c.T("offers.employer.stopped_text"),
			Link: ui.Link{Text: c.T("offers.complaints.title"), URL: complaintsPath},
		}
	}
	if v.Views, err = p.views(c, o); err != nil {
		return web.Page{}, err
	}
	p.verification(c, o, &v)
	if v.Facts, err = p.employerFacts(c, o); err != nil {
		return web.Page{}, err
	}
	members, err := p.Organisations.Members(c.Context(), c.Actor, o.ID)
	if err != nil {
		return web.Page{}, err
	}
	v.Members = ui.Table{
		Caption: c.T("offers.employer.accounts"), CaptionHidden: true, Empty: c.T("offers.employer.no_account"),
		Columns: []ui.Column{{Text: c.T("employer.members.name")}, {Text: c.T("employer.members.email")}, {Text: c.T("employer.members.since")}},
	}
	for _, m := range members {
		v.Members.Rows = append(v.Members.Rows, []any{ui.Data(m.Name), ui.Data(m.Email), c.Date(m.Since)})
	}
	list, err := p.Vacancies.List(c.Context(), c.Actor, employer.VacancyFilter{OrganisationID: o.ID}, domain.Cursor{Limit: reviewShown})
	if err != nil {
		return web.Page{}, err
	}
	for _, one := range list.Items {
		v.Vacancies = append(v.Vacancies, p.vacancyItem(c, one, nil))
	}
	return web.Page{
		Template: "offers/employer", Title: c.T("offers.employer.title", "Name", o.Name(), "Reference", o.Reference), Data: v, Form: f, Nav: vacanciesPath,
		Back: &ui.Link{Text: c.T("offers.employers.title"), URL: employersPath},
	}, nil
}

// verification offers what this reader may do about it. Whoever verified first waits for somebody else.
func (p *pages) verification(c *web.Context, o employer.Organisation, v *employerView) {
	url := employerURL(o.ID)
	mine := o.Verification == employer.VerificationFirst && o.FirstBy == c.Actor.UserID
	may := p.may(c, access.OrganisationVerify, o.Facts())
	switch {
	case !may:
	case o.Unproven && p.Clock.Now().Before(o.CreatedAt.Add(employer.VerifyDelay)):
		v.Notice = &ui.Notice{Tone: ui.Warning, Title: c.T("offers.employer.unproven"), Text: c.T("error.organisation.unproven")}
	case mine:
		v.Notice = &ui.Notice{Title: c.T("offers.employer.second_other"), Text: c.T("offers.employer.second_other_text")}
	case o.Verification == employer.VerificationPending || o.Verification == employer.VerificationFirst:
		verify := mainButton(desk.Button(c, c.T("offers.employer.verify."+string(o.Verification)), url+"/verify", o.Version))
		v.Next = &ui.NextAction{
			Heading: c.T("employer.next.heading"), Text: c.T("offers.employer.to_verify." + string(o.Verification)),
			Buttons: []ui.Button{verify, actLink(c.T("offers.employer.refuse"), url+"/refuse")},
		}
	case o.Verification == employer.VerificationRefused:
		v.Acts = append(v.Acts, desk.Button(c, c.T("offers.employer.verify.again"), url+"/verify", o.Version))
	}
	if p.may(c, access.VacancyRecord, access.Facts{AgencyID: c.Actor.AgencyID}) && o.Verification != employer.VerificationRefused {
		v.Acts = append(v.Acts, actLink(c.T("offers.employer.record"), vacanciesPath+"/new?organisation="+string(o.ID)))
	}
	if p.may(c, access.OrganisationUpdate, o.Facts()) {
		v.Acts = append(v.Acts, actLink(c.T("offers.employer.edit"), url+"/edit"))
	}
	if may && (mine || o.Verified()) {
		v.Acts = append(v.Acts, actLink(c.T("offers.employer.take_back"), url+"/refuse"))
	}
}

// verificationPath shows how far the two verifications are.
func verificationPath(c *web.Context, o employer.Organisation) *ui.Path {
	at := map[employer.Verification]int{employer.VerificationPending: 0, employer.VerificationFirst: 1, employer.VerificationDone: 2}
	return &ui.Path{Label: c.T("employer.path.label"), Current: at[o.Verification], Steps: []string{
		c.T("employer.path.first"), c.T("employer.path.second"), c.T("offers.employer.verified"),
	}}
}

func (p *pages) employerFacts(c *web.Context, o employer.Organisation) (ui.KeyValues, error) {
	var out ui.KeyValues
	add := func(key string, value any, said bool) {
		if said {
			out = append(out, ui.KeyValue{Key: c.T(key), Value: value})
		}
	}
	names, err := p.Files.Names(c.Context(), c.Actor, slices.DeleteFunc([]domain.ID{o.FirstBy, o.SecondBy}, domain.ID.IsZero))
	if err != nil {
		return nil, err
	}
	agency, err := p.agencyName(c, o.AgencyID)
	if err != nil {
		return nil, err
	}
	add("offers.employer.kind", desk.LabelOf(organisation.Kinds(c), string(o.Kind)), true)
	add("employer.organisation.phone", ui.Phone(o.Phone), o.Phone != "")
	add("employer.organisation.contact", ui.Data(o.ContactName), o.ContactName != "")
	add("employer.organisation.email", ui.Data(o.Email), o.Email != "")
	add("employer.organisation.legal_name", ui.Data(o.LegalName), o.TradeName != "")
	add("employer.organisation.rccm", ui.Data(o.RCCM), o.RCCM != "")
	add("employer.organisation.nif", ui.Data(o.NIF), o.NIF != "")
	add("employer.organisation.section", desk.LabelOf(p.asker().Sections(c), o.ISIC), o.ISIC != "")
	add("employer.organisation.size", desk.LabelOf(organisation.Sizes(c), o.Size), o.Size != employer.SizeUnknown)
	add("employer.organisation.place", ui.Data(p.words(c).Place(o.PlaceCode)), o.PlaceCode != "")
	add("employer.organisation.address", ui.Data(o.Address), o.Address != "")
	add("offers.employer.agency", ui.Data(agency), true)
	add("employer.path.first", ui.Data(c.T("offers.employer.by", "Name", names[o.FirstBy], "Date", c.Day(o.FirstAt))), !o.FirstBy.IsZero())
	add("employer.path.second", ui.Data(c.T("offers.employer.by", "Name", names[o.SecondBy], "Date", c.Day(o.SecondAt))), !o.SecondBy.IsZero())
	return out, nil
}

// verify notes the first or the second verification.
func (p *pages) verify(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	o, err := p.Organisations.Verify(c.Context(), c.Act(f), employer.VerifyOrganisation{ID: id, Version: desk.Version(f)})
	if _, again := domain.Replayed(err); again {
		o, err = p.Organisations.Get(c.Context(), c.Actor, id)
	}
	if err == nil {
		done := "offers.employer.verified_first"
		if o.Verified() {
			done = "offers.employer.verified_now"
		}
		return web.Redirect(employerURL(id), done), nil
	}
	if !f.Explain(err) {
		return web.Page{}, err
	}
	return p.employerPage(c, f)
}

type refuseView struct {
	Form    *form.Form
	Action  string
	Back    string
	Version int
	Name    string
}

func (p *pages) refuseForm(c *web.Context) (web.Page, error) { return p.refusePage(c, c.NewForm()) }

func (p *pages) refusePage(c *web.Context, f *form.Form) (web.Page, error) {
	o, err := p.openEmployer(c)
	if err != nil {
		return web.Page{}, err
	}
	url := employerURL(o.ID)
	return web.Page{
		Template: "offers/refuse", Title: c.T("offers.refuse.title", "Name", o.Name()), Form: f, Nav: vacanciesPath,
		Data: refuseView{Form: f, Action: url + "/refuse", Back: url, Version: o.Version, Name: o.Name()},
		Back: &ui.Link{Text: o.Name(), URL: url},
	}, nil
}

// refuse says that an employer is not what it claims, and why: the employer reads it.
func (p *pages) refuse(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	in := employer.RefuseOrganisation{ID: id, Version: desk.Version(f), Reason: f.Text("reason", maxWords)}
	f.Require("error.required", "reason")
	if !f.Failed() {
		_, err = p.Organisations.Refuse(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			return web.Redirect(employerURL(id), "offers.refuse.done"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	return p.refusePage(c, f)
}
