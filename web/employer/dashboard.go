package employer

import (
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// shown bounds each list of the dashboard; the pages behind it show the rest.
const shown = 10

type dashboardView struct {
	Name      string
	Notice    *ui.Notice
	Next      ui.NextAction
	Figures   ui.Figures
	People    ui.TaskList
	Vacancies ui.TaskList
	Hired     ui.TaskList
}

// dashboard says what waits for the employer before anything else.
func (p *pages) dashboard(c *web.Context) (web.Page, error) {
	o, err := p.own(c)
	if err != nil {
		return web.Page{}, err
	}
	inbox, err := p.Applications.Inbox(c.Context(), c.Actor, waiting(), domain.Cursor{Limit: domain.MaxLimit})
	if err != nil {
		return web.Page{}, err
	}
	vacancies, err := p.Vacancies.List(c.Context(), c.Actor, employer.VacancyFilter{
		View: employer.ViewOrganisation, States: []domain.State{
			employer.Draft, employer.Returned, employer.Held, employer.Submitted, employer.Published, employer.PartlyFilled, employer.Expired,
		},
	}, domain.Cursor{Limit: domain.MaxLimit})
	if err != nil {
		return web.Page{}, err
	}
	hired, err := p.Placements.List(c.Context(), c.Actor, placement.PlacementFilter{}, domain.Cursor{Limit: shown})
	if err != nil {
		return web.Page{}, err
	}
	v := dashboardView{Name: o.Name(), Notice: unverified(c, o), Figures: figures(c, vacancies.Items, inbox)}
	for _, row := range inbox.Items[:min(shown, len(inbox.Items))] {
		v.People = append(v.People, candidateTask(c, row))
	}
	for _, one := range vacancies.Items {
		if task, needed := p.vacancyTask(c, one); needed && len(v.Vacancies) < shown {
			v.Vacancies = append(v.Vacancies, task)
		}
	}
	for _, row := range hired.Items {
		v.Hired = append(v.Hired, ui.Task{
			Title: fullName(row.Given, row.Family), Note: row.VacancyTitle + " · " + c.T("employer.hired.from", "Date", c.Date(row.Placement.StartsOn)),
			Tag: ui.Tag{Text: c.T("reference.placement." + string(row.Placement.State)), Tone: ui.Good},
		})
	}
	v.Next = p.next(c, inbox.Items, vacancies.Items)
	return web.Page{Template: "employer/dashboard", Title: c.T("common.nav.dashboard"), Data: v}, nil
}

func fullName(given, family string) string {
	if given == "" || family == "" {
		return given + family
	}
	return given + " " + family
}

func figures(c *web.Context, vacancies []employer.Vacancy, inbox domain.Listing[placement.InboxRow]) ui.Figures {
	open, posts := 0, 0
	for _, v := range vacancies {
		if v.Public() {
			open++
			posts += v.PostsLeft()
		}
	}
	return ui.Figures{
		{Value: c.Number(int64(open)), Text: c.N("employer.dashboard.open", open)},
		{Value: c.Number(int64(posts)), Text: c.N("employer.dashboard.posts", posts)},
		{Value: c.Number(int64(len(inbox.Items))), Text: c.N("employer.dashboard.waiting", len(inbox.Items))},
	}
}

func candidateTask(c *web.Context, row placement.InboxRow) ui.Task {
	who := row.Candidate.Name
	if !row.Candidate.Known {
		who = row.Candidate.Code
	}
	return ui.Task{
		Title: who, URL: candidateURL(row.Candidate.ApplicationID),
		Note: c.T("employer.dashboard.since", "Vacancy", row.VacancyTitle, "Date", c.Day(row.Candidate.StateSince)),
		Tag:  candidateTag(c, row.Candidate.State),
	}
}

// vacancyTask is a vacancy as something to do; needed is false for one that runs by itself.
func (p *pages) vacancyTask(c *web.Context, v employer.Vacancy) (task ui.Task, needed bool) {
	task = ui.Task{Title: v.Title, URL: vacancyURL(v.ID), Tag: vacancyTag(c, v)}
	by, soon := p.confirmBy(v)
	switch {
	case v.State == employer.Draft:
		task.URL += "/check"
		task.Note = c.T("employer.dashboard.finish")
	case soon:
		task.Note = c.T("employer.dashboard.confirm", "Date", c.Date(by))
		task.Tag = ui.Tag{Text: c.T("employer.dashboard.to_confirm"), Tone: ui.Warning}
	case v.Public():
		return task, false
	default:
		if n := held(c, v); n != nil {
			task.Note = n.Text
		}
	}
	return task, true
}

// next chooses the one thing to do now: people first, then texts sent back,
// then drafts, then a first vacancy.
func (p *pages) next(c *web.Context, inbox []placement.InboxRow, vacancies []employer.Vacancy) ui.NextAction {
	button := func(text, url string) []ui.Button { return []ui.Button{{Text: text, URL: url, Small: true}} }
	unseen := slices.IndexFunc(inbox, func(r placement.InboxRow) bool { return r.Candidate.State == placement.Sent })
	if unseen >= 0 {
		row := inbox[unseen]
		return ui.NextAction{
			Heading: c.T("employer.next.heading"), Text: c.T("employer.next.answer", "Name", row.Candidate.Name, "Vacancy", row.VacancyTitle),
			Buttons: button(c.T("employer.next.answer_button"), candidateURL(row.Candidate.ApplicationID)),
		}
	}
	for _, state := range []domain.State{employer.Returned, employer.Draft, employer.Expired} {
		i := slices.IndexFunc(vacancies, func(v employer.Vacancy) bool { return v.State == state })
		if i < 0 {
			continue
		}
		url := vacancyURL(vacancies[i].ID)
		if state != employer.Expired {
			url += "/check"
		}
		return ui.NextAction{
			Heading: c.T("employer.next.heading"), Text: c.T("employer.next."+string(state), "Vacancy", vacancies[i].Title),
			Buttons: button(c.T("employer.next.open_button"), url),
		}
	}
	return ui.NextAction{
		Heading: c.T("employer.next.heading"), Text: c.T("employer.next.create"),
		Buttons: button(c.T("employer.vacancies.new"), vacanciesPath+"/new"),
	}
}
