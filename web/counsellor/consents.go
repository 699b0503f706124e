package counsellor

import (
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/person/wording"
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
	Withdraw         []ui.Button // one a way of saying it
	Proof            string      // address of the printable proof
}

// consentForm is what recording consents asks; registering at the desk asks the same.
type consentForm struct {
	Form      *form.Form
	Purposes  []ui.Option
	Modes     []ui.Option
	Minor     bool
	Languages []ui.Option // in which a text may have been read
	Aloud     []aloud
}

// aloud is the texts in a language that is not the reader's, for the person to read or hear.
type aloud struct {
	Language lang.Language
	Theirs   bool // what the person chose
	Texts    []wording.Text
}

// askConsents asks for consents; language is the person's, where it is known.
func askConsents(c *web.Context, f *form.Form, minor bool, language string, purposes ...person.Purpose) consentForm {
	v := consentForm{Form: f, Modes: desk.Coded(c, "reference.consent_mode.", person.StaffModes()...), Minor: minor}
	for _, l := range lang.Languages() {
		v.Languages = append(v.Languages, ui.Option{Value: string(l.Tag), Label: l.Name})
		if l.Tag == c.Tag() {
			continue
		}
		one := aloud{Language: l, Theirs: string(l.Tag) == language}
		for _, p := range purposes {
			one.Texts = append(one.Texts, profile.AskIn(c, p, l.Tag))
		}
		v.Aloud = append(v.Aloud, one)
	}
	for _, p := range purposes {
		v.Purposes = append(v.Purposes, ui.Option{
			Value: string(p), Label: profile.Ask(c, p).Title, Hint: profile.Ask(c, p).Body,
		})
	}
	return v
}

// readConsents reads which purposes somebody agreed to and how. guardian stands in for a representative nobody named.
func readConsents(f *form.Form, guardian string) []person.GiveConsent {
	purposes := f.Choices("purposes", len(person.Asked()), codes(person.Asked())...)
	one := person.GiveConsent{
		TextVersion: wording.Current, Mode: person.ConsentMode(f.Choice("mode", codes(person.StaffModes())...)),
		Witness: f.Text("witness", maxName), Representative: f.Text("representative", maxName),
		RepresentativePhone: f.Text("representative_phone", maxPhone), Paper: f.Text("paper", maxName),
		Language: f.Choice("consent_language", tags()...), // "" is the person's own
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

func tags() []string {
	var out []string
	for _, l := range lang.Languages() {
		out = append(out, string(l.Tag))
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
	mode := person.ConsentMode(f.Choice("mode", codes(person.StaffModes())...))
	if application := f.Text("application", 40); application != "" {
		err = p.endContact(c, f, application)
	} else {
		err = p.Consents.Withdraw(c.Context(), c.Act(f), person.WithdrawConsent{PersonID: id, Purpose: person.Purpose(f.Text("purpose", 20)), Mode: mode})
	}
	if !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(personURL(id)+"/consents", "counsellor.consents.withdrawn"), nil
}

// endContact takes somebody's name back from one employer.
func (p *pages) endContact(c *web.Context, f *form.Form, application string) error {
	id, err := domain.ParseID(application)
	if err != nil {
		return err
	}
	return p.Applications.EndContact(c.Context(), c.Act(f), id)
}

// withdrawButtons are one a way in which somebody may say that a consent ends.
func withdrawButtons(c *web.Context, url, about string, values ...string) []ui.Button {
	var out []ui.Button
	for _, mode := range person.StaffModes() {
		b := act(c, c.T("reference.consent_mode."+string(mode)), url+"/withdraw", 0, append([]string{"mode", string(mode)}, values...)...)
		b.About = about
		out = append(out, b)
	}
	return out
}

// proof shows one consent to be printed.
func (p *pages) consentProof(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	consent, err := c.PathID("consent")
	if err != nil {
		return web.Page{}, err
	}
	one, err := p.Consents.One(c.Context(), c.Actor, id, consent)
	if err != nil {
		return web.Page{}, err
	}
	who, err := p.Jobseekers.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	may, err := p.Jobseekers.Allowed(c.Context(), c.Actor, id, access.PersonConsent)
	if err != nil {
		return web.Page{}, err
	}
	v := profile.Proof(c, one, nameOf(who), who.Reference)
	if may[access.PersonConsent] {
		v.Offer(p.Consents.Reaches(who), act(c, c.T("jobseeker.proof.send_to"), personURL(id)+"/consents/"+string(consent)+"/send", 0))
	}
	return web.Page{
		Template: "profile/proof", Title: c.T("counsellor.consents.proof_of", "Name", who.Reference), Data: v,
		Nav: home + "/cases", Back: &ui.Link{Text: c.T("counsellor.consents.heading"), URL: personURL(id) + "/consents"},
	}, nil
}

// sendProof has the proof of one consent sent to the person.
func (p *pages) sendProof(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	consent, err := c.PathID("consent")
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Consents.SendProof(c.Context(), c.Act(f), id, consent); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(personURL(id)+"/consents/"+string(consent), "jobseeker.proof.sent"), nil
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
	for _, purpose := range person.Asked() {
		if one := p.agreed(all, purpose); one != nil {
			s := p.standing(c, v.URL, *one)
			s.Withdraw = withdrawButtons(c, v.URL, s.Title, "purpose", string(purpose))
			v.Standing = append(v.Standing, s)
			if one.ExpiresAt.IsZero() || one.ExpiresAt.Sub(p.Clock.Now()) > endsSoon {
				continue
			}
		}
		open = append(open, purpose) // also one that ends soon: it can be renewed
	}
	for _, one := range all {
		if one.Purpose == person.ForSharing && one.Live(p.Clock.Now()) {
			s := p.standing(c, v.URL, one)
			s.Withdraw = withdrawButtons(c, v.URL, s.Title, "application", string(one.ApplicationID))
			if one.ApplicationID.IsZero() {
				s.Withdraw = withdrawButtons(c, v.URL, s.Title, "purpose", string(person.ForSharing))
			}
			v.Standing = append(v.Standing, s)
		}
	}
	v.Asked = askConsents(c, f, who.Birth.Minor(p.today()), who.Contact.Language, open...)
	if v.Asked.Minor && f.Value("mode") == "" {
		f.Set("mode", string(person.ByRepresentative))
		f.Set("representative", who.Guardian)
	}
	v.Ended = p.endedConsents(c, all)
	return web.Page{
		Template: "counsellor/consents", Title: c.T("counsellor.consents.title", "Name", who.Reference), Data: v, Form: f, Nav: home + "/cases",
		Back: &ui.Link{Text: nameOf(who), URL: personURL(id)},
	}, nil
}

// endsSoon is when a consent that ends may be renewed.
const endsSoon = 30 * 24 * time.Hour

func (p *pages) standing(c *web.Context, url string, one person.Consent) standing {
	s := standing{
		Title: profile.ConsentTitle(c, one), How: how(c, one), Proof: url + "/" + string(one.ID),
		Tag: ui.Tag{Text: c.T("counsellor.consent.yes"), Tone: ui.Good, Icon: "check"},
	}
	if !one.ExpiresAt.IsZero() {
		s.Tag.Text = c.T("counsellor.consent.until", "Date", c.Day(one.ExpiresAt))
	}
	return s
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
		what := ui.Link{Text: c.T("counsellor.consent.short_" + string(one.Purpose)), URL: personURL(one.PersonID) + "/consents/" + string(one.ID)}
		if one.Employer != "" {
			what.Text = profile.ConsentTitle(c, one)
		}
		t.Rows = append(t.Rows, []any{what, c.Day(one.GivenAt), end})
	}
	return t
}
