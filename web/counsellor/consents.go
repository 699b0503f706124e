package counsellor

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

type consentsView struct {
	Name     string
	URL      string
	Standing []standing
	Asked    consentForm
	Form     *form.Form
	Ended    ui.Table
}

// standing is a purpose somebody agreed to, with how and the way back.
type standing struct {
	Title, Text, How string
	Tag              ui.Tag
	Withdraw         ui.Button
}

// consentForm is what recording consents asks; registering at the desk asks the same.
type consentForm struct {
	Form     *form.Form
	Purposes []ui.Option
	Modes    []ui.Option
	Minor    bool
}

// staffModes are the ways a consent is given at the desk.
func staffModes() []person.ConsentMode {
	return []person.ConsentMode{person.ByWriting, person.ByWord, person.ByThumbprint, person.ByRepresentative}
}

func askConsents(c *web.Context, f *form.Form, minor bool, purposes ...person.Purpose) consentForm {
	v := consentForm{Form: f, Modes: desk.Coded(c, "reference.consent_mode.", staffModes()...), Minor: minor}
	for _, p := range purposes {
		v.Purposes = append(v.Purposes, ui.Option{
			Value: string(p), Label: c.T("public.consent." + string(p) + ".title"), Hint: c.T("public.consent." + string(p) + ".text"),
		})
	}
	return v
}

// readConsents reads which purposes somebody agreed to and how. guardian stands in for a representative nobody named.
func readConsents(f *form.Form, guardian string) []person.GiveConsent {
	purposes := f.Choices("purposes", len(person.Purposes()), codes(person.Purposes())...)
	one := person.GiveConsent{
		TextVersion: profile.ConsentText, Mode: person.ConsentMode(f.Choice("mode", codes(staffModes())...)),
		Witness: f.Text("witness", maxName), Representative: f.Text("representative", maxName),
	}
	if len(purposes) > 0 {
		f.Require("error.required", "mode")
	}
	if one.Mode == person.ByRepresentative && one.Representative == "" {
		one.Representative = guardian
	}
	var out []person.GiveConsent
	for _, p := range purposes {
		one.Purpose = person.Purpose(p)
		out = append(out, one)
	}
	return out
}

// consentsForm shows what somebody agreed to, and records more.
func (p *pages) consentsForm(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	return p.consentsPage(c, id, c.NewForm())
}

// giveConsent records what was written, said or thumbprinted at the desk. Each purpose is an act of its own.
func (p *pages) giveConsent(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	who, err := p.Jobseekers.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	given := readConsents(f, who.Guardian)
	if len(given) == 0 && !f.Failed() {
		f.Fail("purposes", "error.required")
	}
	if !f.Failed() {
		for _, one := range given {
			one.PersonID = id
			if _, err = p.Consents.Give(c.Context(), desk.Then(c.Act(f), string(one.Purpose)), one); !desk.Settled(err) {
				break
			}
			err = nil
		}
		if err == nil {
			return web.Redirect(personURL(id)+"/consents", "counsellor.consents.given"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	again(c, f)
	return p.consentsPage(c, id, f)
}

// withdrawConsent ends one consent at once.
func (p *pages) withdrawConsent(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	err = p.Consents.Withdraw(c.Context(), c.Act(f), id, person.Purpose(f.Text("purpose", 20)))
	if !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(personURL(id)+"/consents", "counsellor.consents.withdrawn"), nil
}

func (p *pages) consentsPage(c *web.Context, id domain.ID, f *form.Form) (web.Page, error) {
	who, err := p.Jobseekers.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	may, err := p.Jobseekers.Allowed(c.Context(), c.Actor, id, access.PersonConsent)
	if err != nil {
		return web.Page{}, err
	}
	if !may[access.PersonConsent] {
		return web.Page{}, domain.Forbidden("counsellor.consents")
	}
	all, err := p.Consents.Of(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	v := consentsView{Name: nameOf(who), URL: personURL(id) + "/consents", Form: f}
	var open []person.Purpose
	for _, purpose := range person.Purposes() {
		one := p.agreed(all, purpose)
		if one == nil {
			open = append(open, purpose)
			continue
		}
		s := standing{
			Title: c.T("public.consent." + string(purpose) + ".title"), Text: c.T("public.consent." + string(purpose) + ".text"),
			How: how(c, *one), Tag: p.consentTag(c, all, purpose),
			Withdraw: act(c, c.T("counsellor.consents.withdraw"), v.URL+"/withdraw", 0, "purpose", string(purpose)),
		}
		s.Withdraw.About = s.Title
		v.Standing = append(v.Standing, s)
	}
	v.Asked = askConsents(c, f, who.Birth.Minor(p.today()), open...)
	if v.Asked.Minor && f.Value("mode") == "" {
		f.Set("mode", string(person.ByRepresentative))
		f.Set("representative", who.Guardian)
	}
	v.Ended = p.endedConsents(c, all)
	return web.Page{
		Template: "counsellor/consents", Title: c.T("counsellor.consents.title", "Name", nameOf(who)), Data: v, Form: f, Nav: home + "/cases",
		Back: &ui.Link{Text: nameOf(who), URL: personURL(id)},
	}, nil
}

// how says when and in which way somebody agreed, and before whom.
func how(c *web.Context, one person.Consent) string {
	parts := []string{c.Day(one.GivenAt), c.T("reference.consent_mode." + string(one.Mode))}
	if one.Witness != "" {
		parts = append(parts, c.T("counsellor.consents.witness_was", "Name", one.Witness))
	}
	if one.Representative != "" {
		parts = append(parts, one.Representative)
	}
	return strings.Join(parts, " · ")
}

// endedConsents lists what no longer counts: it shows that withdrawing worked.
func (p *pages) endedConsents(c *web.Context, all []person.Consent) ui.Table {
	t := ui.Table{
		Caption: c.T("counsellor.consents.ended"),
		Columns: []ui.Column{{Text: c.T("counsellor.consents.purpose")}, {Text: c.T("counsellor.consents.given_on")}, {Text: c.T("counsellor.consents.end")}},
	}
	for _, one := range all {
		if one.Live(p.Clock.Now()) {
			continue
		}
		end := c.T("counsellor.consents.expired_on", "Date", c.Day(one.ExpiresAt))
		switch {
		case one.Replaced:
			end = c.T("counsellor.consents.replaced_on", "Date", c.Day(one.WithdrawnAt))
		case !one.WithdrawnAt.IsZero():
			end = c.T("counsellor.consents.withdrawn_on", "Date", c.Day(one.WithdrawnAt))
		}
		t.Rows = append(t.Rows, []any{c.T("counsellor.consent.short_" + string(one.Purpose)), c.Day(one.GivenAt), end})
	}
	return t
}
