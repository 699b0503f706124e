package offers

import (
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// matchesShown is a page of ranked people.
const matchesShown = 20

type matchesView struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Notice  *ui.Notice // why nobody is shown
	Count   string
	Form    *form.Form
	List    []matchItem
	Near    []nearItem // who else could, on the first page
	Pager   ui.Pager
	Skills  []employer.RequiredSkill
	EditURL string
}

// matchItem is somebody who fits. Name and URL are empty for people of other agencies: Agency and Phone say whom to ask.
type matchItem struct {
	Rank      int
	Code      string
	Name, URL string
	Agency    string
	Phone     string
	Propose   *ui.Button
	Already   *alreadyProposed
	desk.Fit
}

// nearItem is somebody who misses one hard condition, and which.
type nearItem struct {
	matchItem
	Obstacle string
}

// alreadyProposed is the application that somebody has to this vacancy.
type alreadyProposed struct {
	Tag ui.Tag
	URL string
}

// matches ranks the people who fit a vacancy, each with why and one click to propose.
func (p *pages) matches(c *web.Context) (web.Page, error) { return p.matchesPage(c, c.NewForm()) }

func (p *pages) matchesPage(c *web.Context, f *form.Form) (web.Page, error) {
	v, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	out := matchesView{Heading: p.vacancyHeading(c, v), Tabs: vacancyTabs(c, v, vacancyURL(v.ID)+"/matches"), Skills: v.Skills, Form: f}
	if p.may(c, access.VacancyUpdate, v.Facts()) && editable(v) {
		out.EditURL = vacancyURL(v.ID) + "/edit#" + ui.FieldID(skillField(employer.Essential))
	}
	from := max(0, number(c.Query("from")))
	found, err := p.Matches.ForVacancy(c.Context(), c.Actor, v.ID, matching.Page{From: from, Size: matchesShown})
	switch domain.KindOf(err) {
	case domain.KindConflict:
		out.Notice = &ui.Notice{Title: c.T("employer.matches.none"), Text: c.T("employer.matches.not_open")}
	case domain.KindUnavailable:
		out.Notice = &ui.Notice{Tone: ui.Warning, Text: c.T("error.search.rebuilding")}
	default:
		if err != nil {
			return web.Page{}, err
		}
		out.Count = c.N("employer.matches.count", found.Total)
		if out.List, err = p.matchItems(c, v, found.List, from); err != nil {
			return web.Page{}, err
		}
		if from == 0 {
			if out.Near, err = p.nearItems(c, v); err != nil {
				return web.Page{}, err
			}
		}
	}
	one := vacancyURL(v.ID) + "/matches"
	if next := from + matchesShown; next < min(found.Total, matching.MaxDepth) {
		out.Pager.NextURL = one + "?from=" + strconv.Itoa(next)
	}
	if from > 0 {
		out.Pager.FirstURL = one
	}
	return web.Page{
		Template: "offers/matches", Title: c.T("employer.matches.title", "Vacancy", v.Title, "Reference", v.Reference), Data: out, Form: f,
		Back: &ui.Link{Text: c.T("common.nav.offers"), URL: vacanciesPath}, Nav: vacanciesPath,
	}, nil
}

// matchItems names the people the reader may read; of the others it tells no more than their card.
func (p *pages) matchItems(c *web.Context, v employer.Vacancy, list []matchmaking.Candidate, from int) ([]matchItem, error) {
	whys := make([]matching.Explanation, len(list))
	for i, one := range list {
		whys[i] = one.Why
	}
	names, err := p.Concepts.Many(c.Context(), c.Actor, desk.FitOccupations(whys...))
	if err != nil {
		return nil, err
	}
	applications, err := p.applicationsOf(c, v.ID)
	if err != nil {
		return nil, err
	}
	agencies, err := p.agencies(c)
	if err != nil {
		return nil, err
	}
	w := p.words(c)
	out := make([]matchItem, 0, len(list))
	for i, one := range list {
		occupation := ""
		if concept, known := names[one.Why.Occupation.Occupation]; known {
			occupation = nameOf(c, concept)
		}
		item := matchItem{Rank: from + i + 1, Code: one.Card.Code, Fit: desk.FitOf(c, w, v, one.Card, one.Why, occupation)}
		if one.Person == nil {
			agency := agencies[one.AgencyID]
			item.Agency, item.Phone = agency.Name, agency.Phone
			out = append(out, item)
			continue
		}
		item.Name, item.URL = one.Person.FullName(), personURL(one.PersonID)
		a, has := applications[one.PersonID]
		if has {
			item.Already = &alreadyProposed{Tag: applicationTag(c, a), URL: applicationURL(a.ID)}
		}
		facts := access.Facts{PersonID: one.PersonID, AgencyID: one.AgencyID}
		if (!has || !a.Live()) && p.may(c, access.ApplicationPropose, facts) {
			item.Propose = proposeButton(c, v, item.Name, one.PersonID, from, has)
		}
		out = append(out, item)
	}
	return out, nil
}

// nearShown is how many people a page names who miss one condition.
const nearShown = 5

func (p *pages) nearItems(c *web.Context, v employer.Vacancy) ([]nearItem, error) {
	found, err := p.Matches.NearVacancy(c.Context(), c.Actor, v.ID)
	if err != nil {
		return nil, err
	}
	found = found[:min(nearShown, len(found))]
	items, err := p.matchItems(c, v, found, 0)
	out := make([]nearItem, len(items))
	for i, item := range items {
		item.Propose = nil // first the condition, or the vacancy, must change
		out[i].matchItem = item
		for _, missed := range found[i].Why.Missed() {
			out[i].Obstacle = c.T("offers.near.missed." + string(missed))
		}
	}
	return out, err
}

func proposeButton(c *web.Context, v employer.Vacancy, name string, person domain.ID, from int, again bool) *ui.Button {
	text := c.T("offers.matches.propose")
	if again {
		text = c.T("offers.matches.propose_again")
	}
	return &ui.Button{
		Text: text, About: name, URL: vacancyURL(v.ID) + "/propose?from=" + strconv.Itoa(from), Post: true, Small: true, Secondary: again,
		Token: c.NewForm().Token, Values: map[string]string{"person": string(person)},
	}
}

// applicationsOf gives each person's last application to a vacancy, as far as the reader may see them.
func (p *pages) applicationsOf(c *web.Context, v domain.ID) (map[domain.ID]placement.Application, error) {
	list, err := p.Applications.List(c.Context(), c.Actor, placement.ApplicationFilter{VacancyID: v}, domain.Cursor{Limit: domain.MaxLimit})
	out := map[domain.ID]placement.Application{}
	for _, row := range list.Items { // the newest first
		if _, known := out[row.Application.PersonID]; !known {
			out[row.Application.PersonID] = row.Application
		}
	}
	return out, err
}

// agencies gives every agency, with a phone somebody answers.
func (p *pages) agencies(c *web.Context) (map[domain.ID]identity.Agency, error) {
	list, err := p.Agencies.List(c.Context(), c.Actor)
	out := make(map[domain.ID]identity.Agency, len(list))
	for _, a := range list {
		if a.Phone == "" {
			a.Phone = c.Site.HelpPhone
		}
		out[a.ID] = a
	}
	return out, err
}

// propose suggests the vacancy to somebody. Pressed twice it is one proposal.
func (p *pages) propose(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	person, err := domain.ParseID(f.Value("person"))
	if err != nil {
		return web.Page{}, err
	}
	_, err = p.Applications.Propose(c.Context(), c.Act(f), placement.Begin{PersonID: person, VacancyID: id})
	if desk.Settled(err) {
		to := vacancyURL(id) + "/matches"
		if from := number(c.Query("from")); from > 0 {
			to += "?from=" + strconv.Itoa(from)
		}
		return web.Redirect(to, "offers.matches.proposed"), nil
	}
	if !f.Explain(err) {
		return web.Page{}, err
	}
	return p.matchesPage(c, f)
}
