package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
)

// registryView is where a registration stands, with what may be done to it.
type registryView struct {
	Facts   ui.KeyValues
	Buttons []ui.Button // renew it, open it again
	CloseTo string      // where closing is sent, "" where it may not be closed
	Version int
	Reasons []ui.Option
}

func (p *pages) registry(c *web.Context, who person.Person, noFile bool, may map[access.Action]bool, v *personView) error {
	r, err := p.Registrations.Of(c.Context(), c.Actor, who.ID)
	if err != nil {
		return err
	}
	agencies, err := p.agencies(c)
	if err != nil {
		return err
	}
	if (r.State == person.Intake || r.State == person.Quarantine) && p.Policy.Allows(c.Actor, access.MergeRead, r.Facts()) {
		if v.Likely, err = p.alike(c, who.ID); err != nil {
			return err
		}
	}
	out := registryView{Version: r.Version}
	fact := func(key string, value any) { out.Facts = append(out.Facts, ui.KeyValue{Key: c.T(key), Value: value}) }
	fact("counsellor.registry.state", ui.Tag{Text: c.T("reference.registration." + string(r.State)), Tone: registrationTone(r.State)})
	fact("counsellor.registry.since", c.Date(r.RegisteredOn))
	if r.State == person.Active && !r.RenewBy.IsZero() {
		fact("counsellor.registry.renew_by", c.Date(r.RenewBy))
	}
	if r.ClosedReason != "" {
		fact("counsellor.registry.why", c.T("reference.registration_close."+r.ClosedReason))
	}
	fact("counsellor.registry.agency", ui.Data(agencies[r.AgencyID]))
	entered, err := p.enteredBy(c, who.Entry)
	if err != nil {
		return err
	}
	fact("counsellor.registry.entered", entered)
	to := v.URL + "/registration"
	open := r.State == person.Active || r.State == person.Lapsed
	if open && may[access.RegistrationRenew] {
		out.Buttons = append(out.Buttons, act(c, c.T("counsellor.registry.renew"), to, r.Version, "change", person.Renew))
	}
	if r.State == person.Closed && may[access.RegistrationReopen] {
		out.Buttons = append(out.Buttons, act(c, c.T("counsellor.registry.reopen"), to, r.Version, "change", person.Reopen))
	}
	if (open || r.State == person.Intake) && may[access.RegistrationClose] {
		out.CloseTo, out.Reasons = to, desk.Coded(c, "reference.registration_close.", person.CloseReasons()...)
	}
	if noFile && r.State != person.Closed && p.Policy.Allows(c.Actor, access.CaseTake, r.Facts()) {
		take := act(c, c.T("counsellor.person.take"), home+"/intake/"+string(who.ID)+"/take", 0)
		take.Secondary, take.Small = false, false
		v.Take = &take
	}
	steps, err := p.Registrations.Steps(c.Context(), c.Actor, who.ID)
	if err != nil {
		return err
	}
	v.Registry = out
	v.Story, err = p.stepEntries(c, "counsellor.step.registration.", "reference.registration_close.", steps)
	return err
}

// enteredBy says who put the record in: the person, a helper, a colleague at the desk.
func (p *pages) enteredBy(c *web.Context, e person.Entry) (string, error) {
	mode, who := c.T("reference.entry_mode."+string(e.Mode)), e.HelperName
	if e.Mode == person.EntryStaff {
		names, err := p.staff(c, []domain.ID{e.By})
		if err != nil {
			return "", err
		}
		who = names[e.By]
	}
	if who == "" {
		return mode, nil
	}
	return c.T("counsellor.registry.entered_by", "Mode", mode, "Name", who), nil
}

func registrationTone(s domain.State) ui.Tone {
	switch s {
	case person.Active:
		return ui.Good
	case person.Lapsed, person.Intake:
		return ui.Warning
	}
	return ui.Quiet
}

// reopened is the reason kept with a registration opened again by its button.
const reopened = "reopened"

// changeRegistration renews, closes or reopens a registration.
func (p *pages) changeRegistration(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	in := person.ChangeRegistration{PersonID: id, Version: desk.Version(f)}
	change, said := f.Choice("change", person.Renew, person.Close, person.Reopen), ""
	if change == person.Close {
		in.Reason = f.Choice("reason", person.CloseReasons()...)
		f.Require("error.required", "reason")
	}
	if !f.Failed() {
		switch change {
		case person.Renew:
			_, err = p.Registrations.Renew(c.Context(), c.Act(f), in)
			said = "counsellor.registry.renewed"
		case person.Reopen:
			in.Reason = reopened
			_, err = p.Registrations.Reopen(c.Context(), c.Act(f), in)
			said = "counsellor.registry.reopened"
		default:
			_, err = p.Registrations.Close(c.Context(), c.Act(f), in)
			said = "counsellor.registry.closed"
		}
		if desk.Settled(err) {
			return web.Redirect(personURL(id), said), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	again(c, f)
	return p.personPage(c, id, f)
}
