package jobseeker

import (
	"slices"
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

// applicationsView is the data of "jobseeker/applications".
type applicationsView struct {
	ToAnswer, Live, Ended []applicationLine
	Pager                 ui.Pager
	Empty                 bool
}

// applicationLine is one application with what the person can do about it.
type applicationLine struct {
	Title, URL, Employer, Text, Since string
	Asked                             string // what saying yes agrees to, "" where nothing is asked
	Tag                               ui.Tag
	Buttons                           []ui.Button
	Withdraw                          *ui.Button
	Complain                          string // address of the form
}

// applications lists proposals and the person's own applications.
func (p *pages) applications(c *web.Context) (web.Page, error) {
	found, err := p.Applications.List(c.Context(), c.Actor, placement.ApplicationFilter{PersonID: c.Actor.PersonID}, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	v := applicationsView{Empty: len(found.Items) == 0}
	for _, row := range found.Items {
		line := lineOf(c, row)
		switch a := row.Application; {
		case len(line.Buttons) > 0:
			v.ToAnswer = append(v.ToAnswer, line)
		case a.Live():
			v.Live = append(v.Live, line)
		default:
			v.Ended = append(v.Ended, line)
		}
	}
	if found.Next != "" {
		v.Pager.NextURL = c.With(web.AfterParam, found.Next)
	}
	if c.Query(web.AfterParam) != "" {
		v.Pager.FirstURL = applicationsPath
	}
	return web.Page{Template: "jobseeker/applications", Title: c.T("common.nav.my_applications"), Data: v}, nil
}

// What a person can do about an application.
const (
	actAccept   = "accept"
	actDecline  = "decline"
	actWithdraw = "withdraw"
)

func lineOf(c *web.Context, row placement.ApplicationRow) applicationLine {
	a := row.Application
	line := applicationLine{
		Title: row.VacancyTitle, URL: vacanciesPath + "/" + string(a.VacancyID), Employer: row.EmployerName, Since: c.Day(a.StateSince), Complain: complaintPath(a.VacancyID),
		Text: c.T("jobseeker.application." + string(a.State) + ".text"), Tag: ui.Tag{Text: c.T("jobseeker.application." + string(a.State) + ".name"), Tone: tone(a.State)},
	}
	button := func(act, text string, secondary bool) ui.Button {
		return ui.Button{
			Text: c.T(text), About: row.VacancyTitle, URL: applicationsPath + "/" + string(a.ID), Post: true, Small: true, Secondary: secondary,
			Token: c.NewForm().Token, Values: map[string]string{"act": act, "version": strconv.Itoa(a.Version)},
		}
	}
	switch a.State {
	case placement.Proposed:
		line.Asked = profile.AskFor(c, row.EmployerName).Body
		line.Buttons = []ui.Button{button(actAccept, "jobseeker.applications.accept", false), button(actDecline, "jobseeker.applications.decline", true)}
	case placement.Offer:
		line.Buttons = []ui.Button{button(actDecline, "jobseeker.applications.decline", true)}
	case placement.Consented, placement.Applied, placement.Sent, placement.Seen, placement.Interview:
		withdraw := button(actWithdraw, "jobseeker.applications.withdraw", true)
		line.Withdraw = &withdraw
	}
	return line
}

func tone(s domain.State) ui.Tone {
	switch s {
	case placement.Proposed, placement.Offer:
		return ui.Warning
	case placement.Hired, placement.Interview:
		return ui.Good
	case placement.Consented, placement.Applied, placement.Sent, placement.Seen:
		return ui.Info
	}
	return ui.Quiet
}

// answer accepts or declines a proposal, or takes an application back.
func (p *pages) answer(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	version, _ := f.Int("version", 1, maxVersion)
	act := placement.Act{ID: id, Version: version}
	done := ""
	switch f.Choice("act", actAccept, actDecline, actWithdraw) {
	case actAccept:
		done = "jobseeker.applications.accepted"
		_, err = p.Applications.Consent(c.Context(), c.Act(f), placement.Answer{Act: act, Language: string(c.Tag())})
	case actDecline:
		done = "jobseeker.applications.declined"
		_, err = p.Applications.Decline(c.Context(), c.Act(f), act)
	case actWithdraw:
		done = "jobseeker.applications.withdrawn"
		_, err = p.Applications.Withdraw(c.Context(), c.Act(f), act)
	default:
		err = domain.NotFound("jobseeker.answer")
	}
	switch domain.KindOf(err) {
	case domain.KindStale, domain.KindConflict:
		if _, again := domain.Replayed(err); !again { // the list shows where it stands now
			return web.Redirect(applicationsPath, "jobseeker.applications.changed"), nil
		}
	}
	if !settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(applicationsPath, done), nil
}

// apply makes the person's own application.
func (p *pages) apply(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	_, err = p.Applications.Apply(c.Context(), c.Act(f), placement.Begin{VacancyID: id, Language: string(c.Tag())})
	if settled(err) {
		return web.Redirect(applicationsPath, "jobseeker.applications.applied"), nil
	}
	if !f.Explain(err) {
		return web.Page{}, err
	}
	f.Token = c.NewForm().Token
	return p.vacancyPage(c, f)
}

// liveApplications lists what something may still come of.
func (p *pages) liveApplications(c *web.Context) ([]placement.ApplicationRow, error) {
	found, err := p.Applications.List(c.Context(), c.Actor,
		placement.ApplicationFilter{PersonID: c.Actor.PersonID, States: placement.LiveStates()}, domain.Cursor{Limit: domain.MaxLimit})
	return found.Items, err
}

// applied says where the person's own application to a vacancy stands; empty without one that is alive.
func (p *pages) applied(c *web.Context, vacancy domain.ID) (ui.Notice, error) {
	live, err := p.liveApplications(c)
	if err != nil {
		return ui.Notice{}, err
	}
	i := slices.IndexFunc(live, func(r placement.ApplicationRow) bool { return r.Application.VacancyID == vacancy })
	if i < 0 {
		return ui.Notice{}, nil
	}
	line := lineOf(c, live[i])
	return ui.Notice{Title: line.Tag.Text, Text: line.Text, Link: ui.Link{Text: c.T("common.nav.my_applications"), URL: applicationsPath}}, nil
}
