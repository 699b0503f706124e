package employer

import (
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/text"
	"github.com/baara-platform/baara/web"
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
	Rank      int
	Code      string
	Score     string
	Available ui.Tag
	Met       ui.Tags
	Missing   ui.Tags
	Facts     []ui.Fact
	Why       []string
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
	if !o.Verified() {
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
	var ids []domain.ID
	for _, one := range list {
		if !one.Why.Occupation.Occupation.IsZero() {
			ids = append(ids, one.Why.Occupation.Occupation)
		}
	}
	names, err := p.Concepts.Many(c.Context(), c.Actor, ids)
	if err != nil {
		return nil, err
	}
	own := ownWords(v)
	w := p.words(c)
	out := make([]matchItem, 0, len(list))
	for i, one := range list {
		item := matchItem{Rank: from + i + 1, Code: one.Card.Code, Available: available(c, one)}
		met := 0
		for _, s := range one.Why.Skills {
			words := own[string(s.Concept)]
			if words == "" {
				words = own[s.Words]
			}
			if s.Met {
				met++
				item.Met = append(item.Met, ui.Tag{Text: words, Tone: ui.Good, Icon: "check"})
			} else {
				if s.Essential {
					words = c.T("employer.matches.essential", "Skill", words)
				}
				item.Missing = append(item.Missing, ui.Tag{Text: words, Tone: ui.Quiet, Icon: "circle"})
			}
		}
		if len(one.Why.Skills) > 0 {
			item.Score = c.N("employer.matches.score", met, "Total", len(one.Why.Skills))
		}
		if region := w.Place(one.Card.Region); region != "" {
			item.Facts = append(item.Facts, ui.Fact{Icon: "map-pin", Text: region})
		}
		var spoken []string
		for _, l := range one.Card.Languages {
			spoken = append(spoken, l.Code)
		}
		if len(spoken) > 0 {
			item.Facts = append(item.Facts, ui.Fact{Icon: "languages", Text: c.List(w.Languages(spoken...))})
		}
		occupation := ""
		if concept, known := names[one.Why.Occupation.Occupation]; known {
			occupation = nameOf(c, concept)
		}
		item.Why = p.reasons(c, one.Why, occupation)
		out = append(out, item)
	}
	return out, nil
}

// ownWords finds the employer's words for a need by concept and by neutral words.
func ownWords(v employer.Vacancy) map[string]string {
	out := map[string]string{}
	for _, s := range v.Skills {
		if !s.ConceptID.IsZero() {
			out[string(s.ConceptID)] = s.Words
		}
		out[text.Neutral(s.Words)] = s.Words
	}
	return out
}

// available says from when somebody could begin.
func available(c *web.Context, one matchmaking.Candidate) ui.Tag {
	if one.Card.AvailableFrom.IsZero() {
		return ui.Tag{Text: c.T("employer.matches.available"), Tone: ui.Good}
	}
	return ui.Tag{Text: c.T("employer.matches.available_from", "Date", c.Date(one.Card.AvailableFrom)), Tone: ui.Quiet}
}

// reasons tells what counted, from the explanation alone.
func (p *pages) reasons(c *web.Context, why matching.Explanation, occupation string) []string {
	var out []string
	for _, s := range why.Conditions {
		if s.Met && s.Condition != matching.ConditionOpen && s.Condition != matching.ConditionConsent {
			out = append(out, c.T("employer.condition."+string(s.Condition)))
		}
	}
	relation := why.Occupation.Relation
	switch {
	case relation == matching.Unrelated:
		out = append(out, c.T("employer.relation.unrelated"))
	case occupation != "":
		out = append(out, c.T("employer.relation.named", "Occupation", occupation, "Time", c.T("employer.duration."+why.Occupation.Duration.String())))
	default:
		out = append(out, c.T("employer.relation."+relation.String()))
	}
	proven := 0
	for _, s := range why.Skills {
		if s.Met && s.Evidence > matching.Declared {
			proven++
		}
	}
	if proven > 0 {
		out = append(out, c.N("employer.matches.proven", proven))
	}
	return out
}
