package counsellor

import (
	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const emergenciesPath = home + "/emergencies"

func (p *pages) routesEmergencies(r *web.Router, desk web.Who) {
	r.Get(emergenciesPath, "counsellor.emergencies", desk, p.emergencies)
	r.Get(emergenciesPath+"/open", "counsellor.emergency.open_form", desk, p.emergencyForm)
	r.Post(emergenciesPath+"/open", "counsellor.emergency.open", desk, p.openInEmergency)
	r.Post(emergenciesPath+"/{id}/end", "counsellor.emergency.end", desk, p.endEmergency)
	r.Post(emergenciesPath+"/{id}/seen", "counsellor.emergency.seen", desk, p.seeEmergency)
}

type emergencyForm struct {
	Form  *form.Form
	URL   string
	Hint  string
	Kinds []ui.Option
	Max   int
}

// emergencyForm asks why another agency's file must be opened at once. Who opens one says again who they are first.
func (p *pages) emergencyForm(c *web.Context) (web.Page, error) {
	f := c.NewForm()
	f.Set("hint", c.Query("hint"))
	return p.emergencyPage(c, f)
}

func (p *pages) emergencyPage(c *web.Context, f *form.Form) (web.Page, error) {
	v := emergencyForm{
		Form: f, URL: emergenciesPath + "/open", Hint: f.Value("hint"), Max: casework.MaxReason,
		Kinds: desk.Coded(c, "reference.emergency.", casework.EmergencyKinds()...),
	}
	if v.Hint == "" {
		return web.Page{}, domain.NotFound("counsellor.emergency")
	}
	if err := edge.From(c.Context()).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Template: "counsellor/emergency", Title: c.T("counsellor.emergency.title"), Data: v, Form: f, Nav: searchPath,
		Back: &ui.Link{Text: c.T("counsellor.search.title"), URL: searchPath},
	}, nil
}

func (p *pages) openInEmergency(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	if err := edge.From(c.Context()).RequireStepUp(c.Context()); err != nil {
		return web.Page{}, err
	}
	in := casework.OpenFile{
		Hint: f.Text("hint", maxHint), Kind: f.Choice("kind", casework.EmergencyKinds()...), Reason: f.Paragraph("reason", casework.MaxReason),
	}
	f.Require("error.required", "kind", "reason")
	if !f.Failed() {
		o, err := p.Emergencies.Open(c.Context(), c.Act(f), in)
		if done, repeated := domain.Replayed(err); repeated {
			var row casework.EmergencyRow
			row, err = p.Emergencies.Get(c.Context(), c.Actor, done)
			o = row.Emergency
		}
		if err == nil && o.PersonID.IsZero() { // repeated after its end
			return web.Redirect(emergenciesPath, ""), nil
		}
		if err == nil {
			return web.Redirect(personURL(o.PersonID), "counsellor.emergency.opened"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	again(c, f)
	return p.emergencyPage(c, f)
}

// bannerView says on the pages of somebody whose file was opened until when, and ends it.
type bannerView struct {
	Until string
	End   ui.Button
}

// banner is there for who reads somebody by an emergency alone.
func (p *pages) banner(c *web.Context, who domain.ID) (*bannerView, error) {
	o, err := p.Emergencies.Mine(c.Context(), c.Actor, who)
	if domain.KindOf(err) == domain.KindNotFound {
		return nil, nil //nolint:nilnil // no opening is no error here, and the pointer says so
	}
	if err != nil {
		return nil, err
	}
	return &bannerView{
		Until: c.Time(o.Until), End: act(c, c.T("counsellor.emergency.end"), emergenciesPath+"/"+string(o.ID)+"/end", o.Version),
	}, nil
}

type emergenciesView struct {
	Lead  bool
	List  []emergencyItem
	Pager ui.Pager
}

type emergencyItem struct {
	Name, URL  string // of the person, where the reader may know
	By, Agency string
	Owner      string
	Kind       string
	Reason     string
	When       string
	State      ui.Tag
	End, Seen  *ui.Button
}

// emergencies lists one's own openings, and for a lead those of the agency's people and staff.
func (p *pages) emergencies(c *web.Context) (web.Page, error) {
	found, err := p.Emergencies.List(c.Context(), c.Actor, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	agencies, err := p.agencies(c)
	if err != nil {
		return web.Page{}, err
	}
	var who []domain.ID
	for _, row := range found.Items {
		who = append(who, row.Emergency.UserID)
	}
	staff, err := p.staff(c, who)
	if err != nil {
		return web.Page{}, err
	}
	v := emergenciesView{Lead: c.Actor.Role == domain.RoleLead, Pager: desk.Pager(c, found.Next)}
	for _, row := range found.Items {
		v.List = append(v.List, p.emergencyItem(c, row, staff, agencies))
	}
	return web.Page{
		Template: "counsellor/emergencies", Title: c.T("counsellor.emergencies.title"), Data: v, Nav: home,
		Back: &ui.Link{Text: c.T("counsellor.day.title"), URL: home},
	}, nil
}

func (p *pages) emergencyItem(c *web.Context, row casework.EmergencyRow, staff, agencies names) emergencyItem {
	o := row.Emergency
	out := emergencyItem{
		Name: fullName(row.Given, row.Family, row.Reference), By: staff[o.UserID], Agency: agencies[o.AgencyID], Owner: agencies[o.OwnerAgencyID],
		Kind: c.T("reference.emergency." + o.Kind), Reason: o.Reason, When: c.Time(o.OpenedAt),
		State: ui.Tag{Text: c.T("counsellor.emergencies.over"), Tone: ui.Quiet},
	}
	if !o.PersonID.IsZero() {
		out.URL = personURL(o.PersonID)
	}
	if o.Live(p.Clock.Now()) {
		out.State = ui.Tag{Text: c.T("counsellor.emergencies.until", "Time", c.Time(o.Until)), Tone: ui.Warning, Icon: "clock"}
	}
	end, see := p.Emergencies.May(c.Actor, o)
	to := emergenciesPath + "/" + string(o.ID)
	if end {
		b := act(c, c.T("counsellor.emergency.end"), to+"/end", o.Version)
		out.End = &b
	}
	if see {
		b := act(c, c.T("counsellor.emergencies.mark"), to+"/seen", o.Version)
		out.Seen = &b
	}
	return out
}

func (p *pages) endEmergency(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	_, err = p.Emergencies.End(c.Context(), c.Act(f), id, desk.Version(f))
	if kind := domain.KindOf(err); desk.Settled(err) || kind == domain.KindConflict || kind == domain.KindStale { // it is over
		return web.Redirect(emergenciesPath, "counsellor.emergency.ended"), nil
	}
	return web.Page{}, err
}

func (p *pages) seeEmergency(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	if _, err = p.Emergencies.See(c.Context(), c.Act(f), id); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(emergenciesPath, "counsellor.emergencies.marked"), nil
}
