package employer

import (
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
)

type candidatesView struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Notice  *ui.Notice
	List    ui.TaskList
	Pager   ui.Pager
}

// candidates lists who applied or was sent for a vacancy: by pseudonym until a counsellor sent them.
func (p *pages) candidates(c *web.Context) (web.Page, error) {
	v, o, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	found, err := p.Applications.Candidates(c.Context(), c.Actor, v.ID, c.Cursor())
	if stopped, is := p.stopped(c, o, err, ui.Link{Text: v.Title, URL: vacancyURL(v.ID)}); is {
		return stopped, nil
	}
	if err != nil {
		return web.Page{}, err
	}
	out := candidatesView{
		Heading: p.vacancyHeading(c, v), Tabs: p.vacancyTabs(c, v, vacancyURL(v.ID)+"/candidates"), Notice: unverified(c, o),
		Pager: desk.Pager(c, found.Next),
	}
	for _, one := range found.Items {
		task := ui.Task{Title: one.Code, Tag: candidateTag(c, one.State), Note: skillsMet(c, one)}
		if one.Known {
			task.Title = one.Name
		}
		if !one.ApplicationID.IsZero() {
			task.URL = candidateURL(one.ApplicationID)
		}
		out.List = append(out.List, task)
	}
	return web.Page{
		Template: "employer/candidates", Title: c.T("employer.candidates.title", "Vacancy", v.Title, "Reference", v.Reference), Data: out,
		Back: &ui.Link{Text: c.T("employer.vacancies.title"), URL: vacanciesPath},
	}, nil
}

// skillsMet says how many indispensable skills somebody had when it began; "" where the vacancy asked for none.
func skillsMet(c *web.Context, one placement.Candidate) string {
	if one.OfEssential == 0 {
		return ""
	}
	return c.N("employer.candidate.essential", one.MetEssential, "Total", one.OfEssential)
}

type candidateView struct {
	Heading ui.Heading
	Known   bool
	Phone   string
	Email   string
	Agency  string
	Help    string // the agency's phone
	Facts   ui.KeyValues
	Answers []ui.Button
	Hire    *ui.Button
	Over    *ui.Notice
}

// opened is a candidate with the vacancy it is for.
type opened struct {
	placement.Candidate
	vacancy employer.Vacancy
}

// name is how the page calls somebody: the name once introduced, else the pseudonym.
func (o opened) name() string {
	if o.Known {
		return o.Name
	}
	return o.Code
}

// openCandidate reads the candidate of the address.
func (p *pages) openCandidate(c *web.Context) (opened, error) {
	id, err := c.PathID("id")
	if err != nil {
		return opened{}, err
	}
	one, err := p.Applications.Candidate(c.Context(), c.Actor, id)
	if err != nil {
		return opened{}, err
	}
	v, err := p.ownVacancy(c, one.VacancyID)
	return opened{Candidate: one, vacancy: v}, err
}

// candidate shows somebody a counsellor sent, how to reach them, and the answers that are possible.
func (p *pages) candidate(c *web.Context) (web.Page, error) {
	o, err := p.own(c)
	if err != nil {
		return web.Page{}, err
	}
	one, err := p.openCandidate(c)
	if stopped, is := p.stopped(c, o, err, ui.Link{Text: c.T("employer.vacancies.title"), URL: vacanciesPath}); is {
		return stopped, nil
	}
	if err != nil {
		return web.Page{}, err
	}
	out := candidateView{
		Heading: ui.Heading{Text: one.name(), Tags: ui.Tags{candidateTag(c, one.State)}, Facts: []ui.Fact{
			{Icon: "briefcase", Text: one.vacancy.Title}, {Icon: "clock", Text: c.T("employer.candidate.since", "Date", c.Day(one.StateSince))},
		}},
		Known: one.Known, Phone: one.Phone, Email: one.Email, Facts: ui.KeyValues{
			{Key: c.T("employer.candidate.vacancy"), Value: ui.Link{Text: one.vacancy.Title, URL: vacancyURL(one.vacancy.ID)}},
			{Key: c.T("employer.candidate.code"), Value: ui.Data(one.Code)},
		},
	}
	if words := skillsMet(c, one.Candidate); words != "" {
		out.Facts = append(out.Facts, ui.KeyValue{Key: c.T("employer.candidate.skills"), Value: words})
	}
	if one.Refusal != "" {
		out.Facts = append(out.Facts, ui.KeyValue{Key: c.T("employer.candidate.refusal"), Value: c.T("reference.refusal." + string(one.Refusal))})
	}
	if out.Agency, out.Help, err = p.agencyOf(c, o); err != nil {
		return web.Page{}, err
	}
	p.answers(c, one, &out)
	return web.Page{
		Template: "employer/candidate", Title: c.T("employer.candidate.title", "Name", one.Code, "Vacancy", one.vacancy.Title), Data: out,
		Back: &ui.Link{Text: one.vacancy.Title, URL: vacancyURL(one.vacancy.ID) + "/candidates"}, Nav: vacanciesPath,
	}, nil
}

// answers offers what the application's state allows.
func (p *pages) answers(c *web.Context, one opened, out *candidateView) {
	url := candidateURL(one.ApplicationID)
	for _, t := range placement.ApplicationStates().Offers(one.State, domain.RoleEmployer) {
		link := ui.Button{Text: c.T("employer.answer." + t.Name), URL: url + "/" + t.Name, Small: true, Secondary: true}
		switch t.Name {
		case "see":
			out.Answers = append(out.Answers, desk.Button(c, c.T("employer.answer.see"), url+"/seen", one.Version))
		case "offer":
			out.Answers = append(out.Answers, desk.Button(c, c.T("employer.answer.offer"), url+"/offer", one.Version))
		case "interview", "refuse":
			out.Answers = append(out.Answers, link)
		case "hire":
			link.Secondary = false
			out.Hire = &link
		}
	}
	if len(out.Answers) == 0 && out.Hire == nil {
		out.Over = &ui.Notice{Text: c.T("employer.candidate.over." + over(one.State))}
	}
}

// over groups the states in which nothing is left to answer.
func over(state domain.State) string {
	switch {
	case state == placement.Hired:
		return "hired"
	case slices.Contains([]domain.State{placement.Withdrawn, placement.Declined}, state):
		return "withdrawn"
	}
	return "closed"
}
