package jobseeker

import (
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

// renewSoon is how many days before its end a registration can be renewed by the person.
const renewSoon = 30

// homeView is the data of "jobseeker/home".
type homeView struct {
	Name, Reference string
	Next            ui.NextAction
	Tasks           ui.TaskList
	Agency, Phone   string
	Joined          bool // another file stands for the person: see the agency
}

// home says what to do next, and how far everything is.
func (p *pages) home(c *web.Context) (web.Page, error) {
	me, err := p.me(c)
	if err != nil {
		return web.Page{}, err
	}
	registration, err := p.Registrations.Of(c.Context(), c.Actor, me.ID)
	if err != nil {
		return web.Page{}, err
	}
	agency, err := p.Agencies.Get(c.Context(), c.Actor, registration.AgencyID)
	if err != nil {
		return web.Page{}, err
	}
	if joined, err := p.Merges.Absorbed(c.Context(), c.Actor); err != nil || joined {
		v := homeView{Name: me.FullName(), Reference: me.Reference, Agency: agency.Name, Phone: agency.Phone, Joined: joined}
		return web.Page{Template: "jobseeker/home", Title: c.T("jobseeker.home.title"), Data: v}, err
	}
	live, err := p.liveApplications(c)
	if err != nil {
		return web.Page{}, err
	}
	consents, err := p.given(c)
	if err != nil {
		return web.Page{}, err
	}
	matches, err := p.Matches.ForPerson(c.Context(), c.Actor, me.ID, matching.Page{Size: 1})
	if err != nil && domain.KindOf(err) != domain.KindConflict && domain.KindOf(err) != domain.KindUnavailable {
		return web.Page{}, err
	}
	v := homeView{Name: me.FullName(), Reference: me.Reference, Agency: agency.Name, Phone: agency.Phone}
	v.Next = p.next(c, registration, live, consents, matches.Total)
	missing, err := p.missing(c, me)
	if err != nil {
		return web.Page{}, err
	}
	v.Tasks = ui.TaskList{
		{Title: c.T("common.nav.my_profile"), URL: profilePath, Note: missing, Tag: state(c, missing == "", "jobseeker.task.complete", "jobseeker.task.to_complete")},
		{Title: c.T("common.nav.my_matches"), URL: vacanciesPath, Note: c.N("public.vacancies.found", matches.Total)},
		{Title: c.T("common.nav.my_applications"), URL: applicationsPath, Note: c.N("jobseeker.applications.live", len(live)), Tag: toAnswer(c, live)},
		{Title: c.T("common.nav.my_consents"), URL: consentsPath, Note: c.T("jobseeker.consents.count", "N", len(consents), "Total", len(person.Asked()))},
		{Title: c.T("rights.mine.title"), URL: "/me/rights", Note: c.T("rights.seen.title")},
		{Title: c.T("jobseeker.devices.title"), URL: devicesPath, Note: c.T("jobseeker.devices.why")},
	}
	return web.Page{Template: "jobseeker/home", Title: c.T("jobseeker.home.title"), Data: v}, nil
}

func state(c *web.Context, good bool, yes, no string) ui.Tag {
	if good {
		return ui.Tag{Text: c.T(yes), Tone: ui.Good}
	}
	return ui.Tag{Text: c.T(no), Tone: ui.Warning}
}

func toAnswer(c *web.Context, live []placement.ApplicationRow) ui.Tag {
	if waiting(live) == 0 {
		return ui.Tag{}
	}
	return ui.Tag{Text: c.N("jobseeker.applications.to_answer", waiting(live)), Tone: ui.Warning}
}

// waiting counts the proposals and offers that wait for the person's answer.
func waiting(rows []placement.ApplicationRow) int {
	n := 0
	for _, r := range rows {
		if r.Application.State == placement.Proposed || r.Application.State == placement.Offer {
			n++
		}
	}
	return n
}

// next chooses the one thing to do now: what somebody waits for comes first.
func (p *pages) next(c *web.Context, r person.Registration, live []placement.ApplicationRow, given map[person.Purpose]person.Consent, matches int) ui.NextAction {
	one := func(text, button, url string) ui.NextAction {
		return ui.NextAction{Heading: c.T("jobseeker.next.title"), Text: text, Buttons: []ui.Button{{Text: c.T(button), URL: url}}}
	}
	today := domain.DateOf(p.Clock.Now())
	_, agreed := given[person.ForMatching]
	switch {
	case waiting(live) > 0:
		return one(c.N("jobseeker.next.answer", waiting(live)), "jobseeker.next.answer_button", applicationsPath)
	case r.State == person.Lapsed || r.State == person.Active && !r.RenewBy.IsZero() && !today.AddDays(renewSoon).Before(r.RenewBy):
		next := one(c.T("jobseeker.next.renew", "Date", c.Date(r.RenewBy)), "jobseeker.next.renew_button", homePath+"/renew")
		next.Late = r.State == person.Lapsed
		next.Buttons[0].Post, next.Buttons[0].Token = true, c.NewForm().Token
		next.Buttons[0].Values = map[string]string{"version": strconv.Itoa(r.Version)}
		return next
	case r.State == person.Closed:
		return one(c.T("jobseeker.next.closed"), "jobseeker.next.vacancies_button", "/vacancies")
	case r.State == person.Quarantine:
		return one(c.T("jobseeker.next.quarantine"), "jobseeker.next.vacancies_button", "/vacancies")
	case r.State == person.Intake:
		return one(c.T("jobseeker.next.intake"), "jobseeker.next.vacancies_button", "/vacancies")
	case !agreed:
		return one(c.T("jobseeker.next.consent"), "jobseeker.next.consent_button", consentsPath)
	case matches > 0:
		return one(c.N("jobseeker.next.matches", matches), "jobseeker.next.matches_button", vacanciesPath)
	}
	return one(c.T("jobseeker.next.profile"), "jobseeker.next.profile_button", profilePath)
}

// missing names the questions without an answer, "" when there is none.
func (p *pages) missing(c *web.Context, me person.Person) (string, error) {
	lines, err := profile.Lines(c, p.kit(), profile.AnswersOf(me))
	if err != nil {
		return "", err
	}
	var open []string
	for _, line := range lines {
		if len(line.Words) == 0 && line.Question != "groups" && line.Key != c.T("public.check.licences") {
			open = append(open, line.Key)
		}
	}
	if len(open) == 0 {
		return "", nil
	}
	return c.T("jobseeker.task.missing", "What", c.List(open)), nil
}

// renew keeps the registration standing.
func (p *pages) renew(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	version, _ := f.Int("version", 1, maxVersion)
	_, err = p.Registrations.Renew(c.Context(), c.Act(f), person.ChangeRegistration{PersonID: c.Actor.PersonID, Version: version})
	if !settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(homePath, "jobseeker.renewed"), nil
}
