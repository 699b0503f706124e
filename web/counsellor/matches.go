package counsellor

import (
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

// How many matches a page shows.
const (
	nearbyShown = 3
	perPage     = 10
)

func vacancyURL(id domain.ID) string     { return home + "/vacancies/" + string(id) }
func applicationURL(id domain.ID) string { return home + "/applications/" + string(id) }

// matchesView are the vacancies that fit somebody, the best first.
type matchesView struct {
	Heading ui.Heading
	Tabs    *ui.Tabs
	Notice  *ui.Notice // why there are none
	Summary string
	List    []matchItem
	Near    []vacancy.Near // on the first page
	Ways    vacancy.Ways   // on the first page
	Pager   ui.Pager
}

// matchItem is one vacancy with the reasons and what may be done.
type matchItem struct {
	Rank        int
	Line        vacancy.Line
	Reasons     reasons
	Propose     *ui.Button
	Application *ui.Task // one that is under way already
}

// vacanciesFor ranks the open vacancies for one person.
func (p *pages) vacanciesFor(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	return p.matchesPage(c, id, nil)
}

func (p *pages) matchesPage(c *web.Context, id domain.ID, failed *form.Form) (web.Page, error) {
	who, err := p.Jobseekers.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	file, err := p.liveFile(c, id)
	if err != nil {
		return web.Page{}, err
	}
	var v matchesView
	page := p.aboutPerson(c, who, file, "counsellor/matches", &v.Heading, &v.Tabs)
	page.Title, page.Form = c.T("counsellor.matches.title", "Reference", who.Reference), failed
	from, _ := c.QueryForm().Int("from", 0, matching.MaxDepth-perPage)
	found, err := p.Matches.PageFor(c.Context(), c.Actor, who.ID, matching.Page{From: from, Size: perPage})
	notice, err := p.unranked(c, who, err)
	if err != nil {
		return web.Page{}, err
	}
	if v.Notice = notice; notice == nil {
		v.Summary = c.N("counsellor.matches.found", found.Total)
		if v.List, err = p.matchItems(c, id, found.List, from); err != nil {
			return web.Page{}, err
		}
		if from == 0 {
			if v.Near, v.Ways, err = p.further(c, found); err != nil {
				return web.Page{}, err
			}
		}
		if next := from + perPage; next < found.Total && next+perPage <= matching.MaxDepth {
			v.Pager.NextURL = c.With("from", strconv.Itoa(next))
		}
		if from > 0 {
			v.Pager.FirstURL = c.With("from", "")
		}
	}
	page.Data = v
	return page, nil
}

// unranked says why there is no list of vacancies that fit: nobody may be
// matched, or the index is away. Other errors stay errors.
func (p *pages) unranked(c *web.Context, who person.Person, err error) (*ui.Notice, error) {
	switch domain.KindOf(err) {
	case domain.KindConflict:
		notice, err := p.unmatched(c, who)
		return &notice, err
	case domain.KindUnavailable:
		return &ui.Notice{Tone: ui.Warning, Text: c.T("error.search.rebuilding")}, nil
	}
	return nil, err
}

// unmatched says what keeps somebody from being matched, with the way to change it.
func (p *pages) unmatched(c *web.Context, who person.Person) (ui.Notice, error) {
	consents, err := p.Consents.Of(c.Context(), c.Actor, who.ID)
	if err != nil {
		return ui.Notice{}, err
	}
	switch {
	case p.agreed(consents, person.ForMatching) == nil:
		return ui.Notice{
			Tone: ui.Warning, Title: c.T("counsellor.matches.no_consent"), Text: c.T("counsellor.matches.no_consent_text"),
			Link: ui.Link{Text: c.T("counsellor.consents.manage"), URL: personURL(who.ID) + "/consents"},
		}, nil
	case who.Mobility.Absent(p.today()):
		return ui.Notice{Tone: ui.Warning, Title: c.T("counsellor.field.absent_until", "Date", c.Date(who.Mobility.AbsentUntil))}, nil
	}
	return ui.Notice{
		Tone: ui.Warning, Title: c.T("counsellor.matches.not_active"),
		Link: ui.Link{Text: c.T("counsellor.matches.to_record"), URL: personURL(who.ID)},
	}, nil
}

func (p *pages) matchItems(c *web.Context, id domain.ID, list []matchmaking.Opening, from int) ([]matchItem, error) {
	explained := make([]matching.Explanation, len(list))
	for i, one := range list {
		explained[i] = one.Why
	}
	names, err := p.names(c, conceptsIn(explained...))
	if err != nil {
		return nil, err
	}
	live, err := p.Applications.List(c.Context(), c.Actor, placement.ApplicationFilter{PersonID: id, States: placement.LiveStates()}, domain.Cursor{})
	if err != nil {
		return nil, err
	}
	may, err := p.mayPropose(c, id)
	if err != nil {
		return nil, err
	}
	g := p.Places.Present()
	out := make([]matchItem, len(list))
	for i, one := range list {
		item := matchItem{
			Rank: from + i + 1, Line: vacancy.LineOf(c, g, one.Vacancy, one.Employer, vacancyURL(one.Vacancy.ID)),
			Reasons: reasonsOf(c, one.Vacancy, one.Why, names),
		}
		for _, row := range live.Items {
			if row.Application.VacancyID == one.Vacancy.ID {
				item.Application = &ui.Task{Title: c.T("counsellor.matches.under_way"), URL: applicationURL(row.Application.ID), Tag: applicationTag(c, row.Application)}
			}
		}
		if may && item.Application == nil {
			b := act(c, c.T("counsellor.matches.propose"), personURL(id)+"/vacancies", 0, "vacancy", string(one.Vacancy.ID))
			b.Secondary, b.About = i > 0, one.Vacancy.Title
			item.Propose = &b
		}
		out[i] = item
	}
	return out, nil
}

func (p *pages) mayPropose(c *web.Context, id domain.ID) (bool, error) {
	may, err := p.Jobseekers.Allowed(c.Context(), c.Actor, id, access.ApplicationPropose)
	return may[access.ApplicationPropose], err
}

// propose suggests a vacancy to somebody, who will be told and asked.
func (p *pages) propose(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	wanted, err := domain.ParseID(f.Text("vacancy", 36))
	if err != nil {
		return web.Page{}, err
	}
	_, err = p.Applications.Propose(c.Context(), c.Act(f), placement.Begin{PersonID: id, VacancyID: wanted})
	if desk.Settled(err) {
		return web.Redirect(personURL(id)+"/vacancies", "counsellor.matches.proposed"), nil
	}
	if !f.Explain(err) {
		return web.Page{}, err
	}
	return p.matchesPage(c, id, f)
}

// nearby lists the vacancies that fit best, for the side of a file.
func (p *pages) nearby(c *web.Context, who person.Person) (ui.TaskList, *ui.Notice, error) {
	found, err := p.Matches.ForPerson(c.Context(), c.Actor, who.ID, matching.Page{Size: nearbyShown})
	notice, err := p.unranked(c, who, err)
	if err != nil || notice != nil {
		return nil, notice, err
	}
	var out ui.TaskList
	g := p.Places.Present()
	for _, one := range found.List {
		why := reasonsOf(c, one.Vacancy, one.Why, nil)
		note := vacancy.Where(c, g, one.Vacancy)
		if why.Summary != "" {
			note = why.Summary + " · " + note
		}
		out = append(out, ui.Task{Title: one.Vacancy.Title, URL: vacancyURL(one.Vacancy.ID), Note: note})
	}
	return out, nil, nil
}

// applicationsOf lists somebody's applications, the live ones first.
func (p *pages) applicationsOf(c *web.Context, id domain.ID) (ui.TaskList, error) {
	found, err := p.Applications.List(c.Context(), c.Actor, placement.ApplicationFilter{PersonID: id}, domain.Cursor{})
	if err != nil {
		return nil, err
	}
	var live, ended ui.TaskList
	for _, row := range found.Items {
		task := ui.Task{Title: row.VacancyTitle, URL: applicationURL(row.Application.ID), Note: row.EmployerName, Tag: applicationTag(c, row.Application)}
		if row.Application.Live() {
			live = append(live, task)
		} else {
			ended = append(ended, task)
		}
	}
	return append(live, ended...), nil
}

func applicationTag(c *web.Context, a placement.Application) ui.Tag {
	tag := ui.Tag{Text: c.T("reference.application." + string(a.State)), Tone: ui.Quiet}
	switch {
	case a.State == placement.Hired:
		tag.Tone = ui.Good
	case a.State == placement.Proposed || a.State == placement.Offer:
		tag.Tone = ui.Warning
	case a.Live():
		tag.Tone = ui.Info
	}
	return tag
}
