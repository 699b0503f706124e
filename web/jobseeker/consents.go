package jobseeker

import (
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/person/wording"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

// consentsView is the data of "jobseeker/consents".
type consentsView struct {
	List      []consentView
	Employers []consentView // who may have the name
	All       *ui.Button    // takes it back from all of them
	Ended     []consentView
}

type consentView struct {
	Title, Text, Since string
	Tag                ui.Tag
	Button             ui.Button
	Proof              string // address of the printable proof, "" without a consent
}

// given reads the person's live consents by purpose, those to employers aside.
func (p *pages) given(c *web.Context) (map[person.Purpose]person.Consent, error) {
	all, err := p.Consents.Of(c.Context(), c.Actor, c.Actor.PersonID)
	if err != nil {
		return nil, err
	}
	out := map[person.Purpose]person.Consent{}
	for _, consent := range all {
		if consent.Live(p.Clock.Now()) && slices.Contains(person.Asked(), consent.Purpose) {
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
	all, err := p.Consents.Of(c.Context(), c.Actor, c.Actor.PersonID)
	if err != nil {
		return web.Page{}, err
	}
	now, v := p.Clock.Now(), consentsView{}
	for _, purpose := range person.Asked() {
		i := slices.IndexFunc(all, func(one person.Consent) bool { return one.Purpose == purpose && one.Live(now) })
		if i < 0 {
			text := profile.Ask(c, purpose)
			v.List = append(v.List, consentView{
				Title: text.Title, Text: text.Body, Tag: ui.Tag{Text: c.T("jobseeker.consents.no"), Tone: ui.Quiet},
				Button: consentButton(c, "public.ask.agree", text.Title, "purpose", string(purpose), "act", actGive),
			})
			continue
		}
		v.List = append(v.List, p.agreed(c, all[i]))
	}
	for _, one := range all {
		switch {
		case one.Purpose != person.ForSharing || one.ApplicationID.IsZero():
		case one.Live(now):
			line := p.agreed(c, one)
			line.Button = consentButton(c, "jobseeker.consents.withdraw", line.Title, "application", string(one.ApplicationID), "act", actEnd)
			v.Employers = append(v.Employers, line)
		default:
			v.Ended = append(v.Ended, consentView{
				Title: profile.ConsentTitle(c, one), Since: c.T("jobseeker.consents.ended_on", "Date", c.Day(one.WithdrawnAt)), Proof: proofPath(one.ID),
			})
		}
	}
	if len(v.Employers) > 1 {
		button := consentButton(c, "jobseeker.consents.withdraw_all", "", "purpose", string(person.ForSharing), "act", actEnd)
		v.All = &button
	}
	return web.Page{Template: "jobseeker/consents", Title: c.T("common.nav.my_consents"), Data: v}, nil
}

// agreed is a consent that stands. One that ends soon can be renewed with the same button.
func (p *pages) agreed(c *web.Context, one person.Consent) consentView {
	v := consentView{
		Title: profile.ConsentTitle(c, one), Tag: ui.Tag{Text: c.T("jobseeker.consents.yes"), Tone: ui.Good, Icon: "check"},
		Since: c.T("jobseeker.consents.since", "Date", c.Day(one.GivenAt)), Proof: proofPath(one.ID),
	}
	if told, known := profile.Told(c, one); known {
		v.Text = told.Body
	}
	v.Button = consentButton(c, "jobseeker.consents.withdraw", v.Title, "purpose", string(one.Purpose), "act", actEnd)
	if !one.ExpiresAt.IsZero() && one.ExpiresAt.Sub(p.Clock.Now()) <= endsSoon {
		v.Tag = ui.Tag{Text: c.T("jobseeker.consents.ends_on", "Date", c.Day(one.ExpiresAt)), Tone: ui.Warning}
	}
	return v
}

// endsSoon is when the page begins to say that a consent ends.
const endsSoon = 30 * 24 * time.Hour

func proofPath(id domain.ID) string { return consentsPath + "/" + string(id) }

func consentButton(c *web.Context, text, about string, values ...string) ui.Button {
	b := ui.Button{
		Text: c.T(text), About: about, URL: consentsPath, Post: true, Small: true, Token: c.NewForm().Token, Values: map[string]string{},
		Secondary: text != "public.ask.agree",
	}
	for i := 0; i+1 < len(values); i += 2 {
		b.Values[values[i]] = values[i+1]
	}
	return b
}

// proof shows one consent to be printed.
func (p *pages) proof(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	one, err := p.Consents.One(c.Context(), c.Actor, c.Actor.PersonID, id)
	if err != nil {
		return web.Page{}, err
	}
	me, err := p.me(c)
	if err != nil {
		return web.Page{}, err
	}
	v := profile.Proof(c, one, me.FullName(), me.Reference)
	v.Offer(p.Consents.Reaches(me), ui.Button{
		Text: c.T("jobseeker.proof.send"), URL: proofPath(id) + "/send", Post: true, Secondary: true, Token: c.NewForm().Token,
	})
	return web.Page{
		Template: "profile/proof", Title: c.T("jobseeker.proof.title"), Data: v, Nav: consentsPath,
		Back: &ui.Link{Text: c.T("common.nav.my_consents"), URL: consentsPath},
	}, nil
}

// sendProof has the proof of one consent sent to the person's own phone.
func (p *pages) sendProof(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Consents.SendProof(c.Context(), c.Act(f), c.Actor.PersonID, id); !settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(proofPath(id), "jobseeker.proof.sent"), nil
}

// consent gives or withdraws one consent. It acts at once.
func (p *pages) consent(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	purpose, application := person.Purpose(f.Text("purpose", 20)), f.Text("application", 40)
	act := f.Choice("act", actGive, actEnd)
	done := "jobseeker.consents.withdrawn"
	switch {
	case application != "" && act == actEnd:
		err = p.endContact(c, c.Act(f), application)
	case !slices.Contains(person.Purposes(), purpose):
		return web.Page{}, domain.NotFound("jobseeker.consent")
	case act == actGive:
		done = "jobseeker.consents.given"
		err = p.give(c, c.Act(f), purpose)
	default:
		err = p.Consents.Withdraw(c.Context(), c.Act(f), person.WithdrawConsent{PersonID: c.Actor.PersonID, Purpose: purpose})
	}
	if !settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(consentsPath, done), nil
}

// endContact takes the name back from one employer.
func (p *pages) endContact(c *web.Context, actor domain.Actor, application string) error {
	id, err := domain.ParseID(application)
	if err != nil {
		return err
	}
	return p.Applications.EndContact(c.Context(), actor, id)
}

// give records a click; for somebody under 18 the guardian named in the record stands for it.
func (p *pages) give(c *web.Context, actor domain.Actor, purpose person.Purpose) error {
	me, err := p.me(c)
	if err != nil {
		return err
	}
	in := person.GiveConsent{
		PersonID: me.ID, Purpose: purpose, TextVersion: wording.Current, Language: string(c.Tag()), Mode: person.ByClick,
	}
	if me.Birth.Minor(domain.DateOf(p.Clock.Now())) {
		in.Mode, in.Representative = person.ByRepresentative, me.Guardian
	}
	_, err = p.Consents.Give(c.Context(), actor, in)
	return err
}
