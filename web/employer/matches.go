package employer

import (
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
)

// matchesShown is a page of ranked people.
const matchesShown = 20

type matchesView struct {
	Heading   ui.Heading
	Tabs      ui.Tabs
	Notice    *ui.Notice // why nobody is shown
	Count     string
	List      []matchItem
	Pager     ui.Pager
	Skills    []needItem
	Phone     string // of the agency that looks after the employer
	Agency    string
	SkillsURL string
}

// needItem is a skill the vacancy asks for.
type needItem struct {
	Words     string
	Essential bool
}

// matchItem is somebody who fits, by pseudonym.
type matchItem struct {
	Rank int
	Code string
	desk.Fit
}

// matches ranks the people who fit the vacancy. Before the organisation is
// verified, and while the vacancy takes nobody, it says so instead.
func (p *pages) matches(c *web.Context) (web.Page, error) {
	v, o, err := p.openVacancy(c)
	if err != nil {
		return web.Page{}, err
	}
	out := matchesView{
		Heading: p.vacancyHeading(c, v), Tabs: p.vacancyTabs(c, v, vacancyURL(v.ID)+"/matches"), SkillsURL: stepURL(v.ID, stepSkills) + "?" + onlyThis + "=1",
	}
	for _, s := range v.Skills {
		out.Skills = append(out.Skills, needItem{Words: s.Words, Essential: s.Importance == employer.Essential})
	}
	if out.Agency, out.Phone, err = p.agencyOf(c, o); err != nil {
		return web.Page{}, err
	}
	page := web.Page{
		Template: "employer/matches", Title: c.T("employer.matches.title", "Vacancy", v.Title, "Reference", v.Reference),
		Back: &ui.Link{Text: c.T("employer.vacancies.title"), URL: vacanciesPath},
	}
	if !o.SeesPeople() {
		out.Notice = unverified(c, o)
		page.Data = out
		return page, nil
	}
	from := number(c.Query("from"))
	found, err := p.Matches.ForVacancy(c.Context(), c.Actor, v.ID, matching.Page{From: max(0, from), Size: matchesShown})
	switch domain.KindOf(err) {
	case domain.KindConflict, domain.KindUnavailable:
		out.Notice = &ui.Notice{Title: c.T("employer.matches.none"), Text: c.T("employer.matches.not_open")}
		if domain.KindOf(err) == domain.KindUnavailable {
			out.Notice.Text = c.T("error.search.rebuilding")
		}
		page.Data = out
		return page, nil
	}
	if err != nil {
		if stopped, is := p.stopped(c, o, err, ui.Link{Text: v.Title, URL: vacancyURL(v.ID)}); is {
			return stopped, nil
		}
		return web.Page{}, err
	}
	out.Count = c.N("employer.matches.count", found.Total)
	if out.List, err = p.matchItems(c, v, found.List, from); err != nil {
		return web.Page{}, err
	}
	if from+matchesShown < min(found.Total, matching.MaxDepth) {
		out.Pager.NextURL = c.With("from", strconv.Itoa(from+matchesShown))
	}
	if from > 0 {
		out.Pager.FirstURL = c.With("from", "")
	}
	page.Data = out
	return page, nil
}

// agencyOf names the agency that looks after an employer and its phone; the service's own where there is none.
func (p *pages) agencyOf(c *web.Context, o employer.Organisation) (name, phone string, err error) {
	if o.AgencyID.IsZero() {
		return c.Site.Operator, c.Site.HelpPhone, nil
	}
	agency, err := p.Agencies.Get(c.Context(), c.Actor, o.AgencyID)
	if agency.Phone == "" {
		agency.Phone = c.Site.HelpPhone
	}
	return agency.Name, agency.Phone, err
}

// matchItems turns cards into the page's items, with the names of their occupations in one query.
func (p *pages) matchItems(c *web.Context, v employer.Vacancy, list []matchmaking.Candidate, from int) ([]matchItem, error) {
	whys := make([]matching.Explanation, len(list))
	for i, one := range list {
		whys[i] = one.Why
	}
	names, err := p.Concepts.Many(c.Context(), c.Actor, desk.FitOccupations(whys...))
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
		out = append(out, matchItem{
			Rank: from + i + 1, Code: one.Card.Code, Fit: desk.FitOf(c, w, v, one.Card, one.Why, occupation),
		})
	}
	return out, nil
}
