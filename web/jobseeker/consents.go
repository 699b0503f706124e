package jobseeker

import (
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

// consentsView is the data of "jobseeker/consents".
type consentsView struct{ List []consentView }

type consentView struct {
	Title, Text, Since string
	Tag                ui.Tag
	Button             ui.Button
}

// given reads the person's live consents by purpose.
func (p *pages) given(c *web.Context) (map[person.Purpose]person.Consent, error) {
	all, err := p.Consents.Of(c.Context(), c.Actor, c.Actor.PersonID)
	if err != nil {
		return nil, err
	}
	out := map[person.Purpose]person.Consent{}
	for _, consent := range all {
		if consent.Live(p.Clock.Now()) {
			out[consent.Purpose] = consent
		}
	}
	return out, nil
}

// What a person can do about a consent.
const (
	actGive = "give"
	actEnd  = "end"
)

// consents shows what the person agreed to, each purpose with the button that changes it.
func (p *pages) consents(c *web.Context) (web.Page, error) {
	given, err := p.given(c)
	if err != nil {
		return web.Page{}, err
	}
	v := consentsView{}
	for _, purpose := range person.Purposes() {
		one := consentView{
			Title: c.T("public.consent." + string(purpose) + ".title"), Text: c.T("public.consent." + string(purpose) + ".text"),
			Tag: ui.Tag{Text: c.T("jobseeker.consents.no"), Tone: ui.Quiet},
			Button: ui.Button{
				Text: c.T("public.ask.agree"), URL: consentsPath, Post: true, Small: true, Token: c.NewForm().Token,
				Values: map[string]string{"purpose": string(purpose), "act": actGive},
			},
		}
		if consent, yes := given[purpose]; yes {
			one.Tag = ui.Tag{Text: c.T("jobseeker.consents.yes"), Tone: ui.Good, Icon: "check"}
			one.Since = c.T("jobseeker.consents.since", "Date", c.Day(consent.GivenAt))
			one.Button.Text, one.Button.Secondary = c.T("jobseeker.consents.withdraw"), true
			one.Button.Values["act"] = actEnd
		}
		one.Button.About = one.Title
		v.List = append(v.List, one)
	}
	return web.Page{Template: "jobseeker/consents", Title: c.T("common.nav.my_consents"), Data: v}, nil
}

// consent gives or withdraws one consent. It acts at once.
func (p *pages) consent(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	purpose := person.Purpose(f.Text("purpose", 20))
	if !slices.Contains(person.Purposes(), purpose) {
		return web.Page{}, domain.NotFound("jobseeker.consent")
	}
	done := "jobseeker.consents.withdrawn"
	if f.Choice("act", actGive, actEnd) == actGive {
		done = "jobseeker.consents.given"
		err = p.give(c, c.Act(f), purpose)
	} else {
		err = p.Consents.Withdraw(c.Context(), c.Act(f), c.Actor.PersonID, purpose)
	}
	if !settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(consentsPath, done), nil
}

// give records a click; for somebody under 18 the guardian named in the record stands for it.
func (p *pages) give(c *web.Context, actor domain.Actor, purpose person.Purpose) error {
	me, err := p.me(c)
	if err != nil {
		return err
	}
	in := person.GiveConsent{
		PersonID: me.ID, Purpose: purpose, TextVersion: profile.ConsentText, Language: string(c.Tag()), Mode: person.ByClick,
	}
	if me.Birth.Minor(domain.DateOf(p.Clock.Now())) {
		in.Mode, in.Representative = person.ByRepresentative, me.Guardian
	}
	_, err = p.Consents.Give(c.Context(), actor, in)
	return err
}
