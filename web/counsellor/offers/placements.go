package offers

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

type placementsView struct {
	Sections ui.Tabs
	Form     *form.Form
	States   []ui.Option
	Filter   ui.Filters
	List     ui.TaskList
	Pager    ui.Pager
}

// placements lists who got work, the newest first.
func (p *pages) placements(c *web.Context) (web.Page, error) {
	f := c.QueryForm()
	v := placementsView{
		Sections: sections(c, placementsPath), Form: f, States: desk.Coded(c, "reference.placement.", placement.PlacementStates().States...),
	}
	var filter placement.PlacementFilter
	if state := f.Choice("state", desk.Values(v.States)...); state != "" {
		filter.States = []domain.State{domain.State(state)}
		v.Filter = append(v.Filter, ui.Filter{Text: desk.LabelOf(v.States, state), RemoveURL: c.With("state", "")})
	}
	list, err := p.Placements.List(c.Context(), c.Actor, filter, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	for _, row := range list.Items {
		note := []string{row.VacancyTitle}
		if row.EmployerName != "" {
			note = append(note, row.EmployerName)
		}
		note = append(note, c.T("offers.placement.from", "Date", c.Date(row.Placement.StartsOn)))
		v.List = append(v.List, ui.Task{
			Title: placedName(row), URL: placementURL(row.Placement.ID), Tag: placementTag(c, row.Placement), Note: strings.Join(note, " · "),
		})
	}
	v.Pager = desk.Pager(c, list.Next)
	return web.Page{Template: "offers/placements", Title: c.T("offers.placements.title"), Data: v, Nav: vacanciesPath}, nil
}

func placedName(row placement.PlacementRow) string {
	return strings.TrimSpace(row.Given + " " + row.Family)
}

type placementView struct {
	Heading ui.Heading
	Next    *ui.NextAction
	Acts    []ui.Button
	Facts   ui.KeyValues
	Story   ui.Timeline
}

// openPlacement reads the placement of the address with the words a list shows beside it.
func (p *pages) openPlacement(c *web.Context) (placement.PlacementRow, error) {
	id, err := c.PathID("id")
	if err != nil {
		return placement.PlacementRow{}, err
	}
	one, err := p.Placements.Get(c.Context(), c.Actor, id)
	if err != nil {
		return placement.PlacementRow{}, err
	}
	list, err := p.Placements.List(c.Context(), c.Actor,
		placement.PlacementFilter{PersonID: one.PersonID, VacancyID: one.VacancyID}, domain.Cursor{Limit: domain.MaxLimit})
	out := placement.PlacementRow{Placement: one}
	for _, row := range list.Items {
		if row.Placement.ID == id {
			out = row
			out.Placement = one
		}
	}
	return out, err
}

// placement is the page of one placement: did it begin, does it last.
func (p *pages) placement(c *web.Context) (web.Page, error) {
	row, err := p.openPlacement(c)
	if err != nil {
		return web.Page{}, err
	}
	one := row.Placement
	v := placementView{Heading: ui.Heading{Text: placedName(row), Tags: ui.Tags{placementTag(c, one)}, Facts: []ui.Fact{
		{Icon: "briefcase", Text: row.VacancyTitle}, {Icon: "store", Text: row.EmployerName},
		{Icon: "calendar", Text: c.T("offers.placement.from", "Date", c.Date(one.StartsOn))},
	}}}
	if p.may(c, access.PlacementUpdate, one.Facts()) {
		for _, q := range workQuestions() {
			if offered(placement.PlacementStates(), one.State, c.Actor.Role, q.name) {
				v.Acts = append(v.Acts, actLink(c.T("offers.work."+q.name), placementURL(one.ID)+"/"+q.path))
			}
		}
		steps, err := p.Placements.History(c.Context(), c.Actor, one.ID)
		if err != nil {
			return web.Page{}, err
		}
		v.Story, err = p.story(c, steps,
			func(s domain.Step) string { return c.T("offers.work.step." + s.Transition) }, func(s domain.Step) string { return s.Reason })
		if err != nil {
			return web.Page{}, err
		}
	}
	if one.State == placement.Planned && len(v.Acts) > 0 {
		v.Acts[0] = mainButton(v.Acts[0])
		v.Next = &ui.NextAction{
			Heading: c.T("employer.next.heading"), Text: c.T("offers.next.start", "Date", c.Date(one.StartsOn)),
			Late: one.StartsOn.Before(p.today()), Buttons: v.Acts,
		}
		if p.today().Before(one.StartsOn) {
			v.Next.Text = c.T("offers.next.start_later", "Date", c.Date(one.StartsOn))
		}
		v.Acts = nil
	}
	if v.Facts, err = p.placementFacts(c, row); err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Template: "offers/placement", Title: c.T("offers.placement.title", "Name", row.VacancyReference, "Vacancy", row.VacancyTitle, "Date", c.Date(one.StartsOn)),
		Data: v, Nav: vacanciesPath, Back: &ui.Link{Text: c.T("offers.placements.title"), URL: placementsPath},
	}, nil
}

func (p *pages) placementFacts(c *web.Context, row placement.PlacementRow) (ui.KeyValues, error) {
	one := row.Placement
	out := ui.KeyValues{{Key: c.T("offers.application.person"), Value: ui.Link{Text: placedName(row), URL: personURL(one.PersonID)}}}
	add := func(key string, value any, said bool) {
		if said {
			out = append(out, ui.KeyValue{Key: c.T(key), Value: value})
		}
	}
	add("employer.candidate.vacancy", ui.Link{Text: row.VacancyTitle, URL: vacancyURL(one.VacancyID)}, !one.VacancyID.IsZero())
	add("offers.placement.application", ui.Link{Text: c.T("offers.placement.application_open"), URL: applicationURL(one.ApplicationID)}, !one.ApplicationID.IsZero())
	add("employer.vacancy.contract", c.T("reference.contract."+string(one.Kind)), true)
	add("employer.hire.ends_on", c.Date(one.EndsOn), !one.EndsOn.IsZero())
	add("employer.hire.wage", vacancy.Wage(c, employer.Vacancy{WageMin: one.Wage, WagePeriod: one.WagePeriod}), one.Wage > 0)
	add("offers.placement.channel", c.T("offers.application.origin."+channelOrigin(one.Channel)), true)
	add("offers.placement.ended_on", c.Date(one.EndedOn), !one.EndedOn.IsZero())
	add("offers.placement.before", ui.Link{Text: c.T("offers.placement.before_open"), URL: placementURL(one.PreviousID)}, !one.PreviousID.IsZero())
	return out, nil
}

// channelOrigin is the way a placement came about, in the words of applications.
func channelOrigin(ch placement.Channel) string {
	if ch == placement.ChannelDirect {
		return string(placement.OriginApplied)
	}
	return string(placement.OriginProposed)
}
