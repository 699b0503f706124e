package offers

import (
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// story tells what happened to a record, newest first: who of the service did it by name, others by what they are. words
// gives the message of a transition and turns a coded reason into words.
func (p *pages) story(c *web.Context, steps []domain.Step, title func(domain.Step) string, why func(domain.Step) string) (ui.Timeline, error) {
	var ids []domain.ID
	for _, s := range steps {
		if !s.ActorID.IsZero() && !slices.Contains(ids, s.ActorID) {
			ids = append(ids, s.ActorID)
		}
	}
	names, err := p.Files.Names(c.Context(), c.Actor, ids)
	if err != nil {
		return nil, err
	}
	var out ui.Timeline
	for _, s := range slices.Backward(steps) {
		e := ui.Event{Icon: "clock", At: s.At, Title: title(s), By: names[s.ActorID], Text: why(s)}
		if e.By == "" {
			e.By = c.T("offers.by." + by(s.ActorRole))
		}
		out = append(out, e)
	}
	return out, nil
}

// by says on whose side an act was.
func by(role domain.Role) string {
	switch role {
	case domain.RoleEmployer:
		return "employer"
	case domain.RoleJobseeker:
		return "person"
	case domain.RoleSystem:
		return "baara"
	}
	return "service"
}

type historyView struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Story   ui.Timeline
}

// vacancyHistory tells who changed a vacancy's state, and why.
func (p *pages) vacancyHistory(c *web.Context) (web.Page, error) {
	v, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	steps, err := p.Vacancies.History(c.Context(), c.Actor, v.ID)
	if err != nil {
		return web.Page{}, err
	}
	story, err := p.story(c, steps,
		func(s domain.Step) string { return c.T("employer.story." + s.Transition) },
		func(s domain.Step) string {
			if c.Has("offers.why." + s.Reason) {
				return c.T("offers.why." + s.Reason)
			}
			return s.Reason
		})
	if err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Template: "offers/history", Title: c.T("offers.history.title", "Vacancy", v.Title, "Reference", v.Reference), Nav: vacanciesPath,
		Data: historyView{Heading: p.vacancyHeading(c, v), Tabs: vacancyTabs(c, v, vacancyURL(v.ID)+"/history"), Story: story},
		Back: &ui.Link{Text: c.T("common.nav.offers"), URL: vacanciesPath},
	}, nil
}

// agencyName names an agency; "" for none.
func (p *pages) agencyName(c *web.Context, id domain.ID) (string, error) {
	if id.IsZero() {
		return c.Site.Operator, nil
	}
	agency, err := p.Agencies.Get(c.Context(), c.Actor, id)
	return agency.Name, err
}
