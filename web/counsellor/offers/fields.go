package offers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/text"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

// maxSkills bounds the skills of one importance, in characters.
const maxSkills = 2000

// skillField is where the skills of one importance are typed, one a line.
func skillField(i employer.Importance) string { return "skills_" + string(i) }

func importances() []employer.Importance {
	return []employer.Importance{employer.Essential, employer.Optional}
}

// choices are the answers of the form of a vacancy.
type choices struct {
	Contracts, Places, Countries, Periods []ui.Option
	Occupations, Levels, Experience       []ui.Option
	Languages, Licences                   []ui.Option
	MinimumWage                           string // "" where none is known
	MaxDescription                        int
}

func (p *pages) choices(c *web.Context, v employer.Vacancy) choices {
	w := p.words(c)
	out := choices{
		Contracts: vacancy.Contracts(c), Places: w.Places(v.PlaceCode), Countries: w.Abroad(), Periods: vacancy.Periods(c),
		MaxDescription: employer.MaxDescription,
	}
	if wage, known := p.Places.Present().MinimumWage(p.today()); known {
		out.MinimumWage = c.Money(int64(wage.Monthly))
	}
	return out
}

// more adds the choices of what is asked only once a vacancy is recorded.
func (p *pages) more(c *web.Context, v employer.Vacancy, in *choices) error {
	w := p.words(c)
	in.Levels, in.Experience = vacancy.Levels(c), vacancy.Experiences(c, v.ExperienceMonths)
	in.Languages, in.Licences = w.LanguageOptions(), w.LicenceOptions()
	var err error
	in.Occupations, err = p.occupations(c, v)
	return err
}

// fill puts what is stored into the form.
func fill(f *form.Form, in employer.VacancyFields) *form.Form {
	for name, value := range map[string]string{
		"client_name": in.ClientName, "title": in.Title, "posts": strconv.Itoa(in.Posts), "contract": string(in.Contract),
		"place": in.PlaceCode, "abroad_country": in.AbroadCountry, "wage_period": string(in.WagePeriod), "description": in.Description,
		"occupation": string(in.OccupationID), "isced_min": strconv.Itoa(in.ISCEDMin), "experience_months": strconv.Itoa(in.ExperienceMonths),
	} {
		f.Set(name, value)
	}
	vacancy.SetAmount(f, "wage_min", in.WageMin)
	vacancy.SetAmount(f, "wage_max", in.WageMax)
	for _, i := range importances() {
		var words []string
		for _, s := range in.Skills {
			if s.Importance == i {
				words = append(words, s.Words)
			}
		}
		f.Set(skillField(i), strings.Join(words, "\n"))
	}
	f.SetDate("starts_on", in.StartsOn, "")
	f.SetDate("open_until", in.OpenUntil, "")
	f.Set("languages", in.Languages...)
	f.Set("licences", in.Licences...)
	if in.FeeFree {
		f.Set("fee_free", "1")
	}
	return f
}

// read reads the questions of the first form, in the order of the page. What it does not ask stays as it is in fields.
func (v choices) read(f *form.Form, stored []employer.SkillField, in *employer.VacancyFields) {
	in.ClientName, in.Title = f.Text("client_name", employer.MaxName), f.Text("title", employer.MaxName)
	if posts, given := f.Int("posts", 1, employer.MaxPosts); given {
		in.Posts = posts
	}
	in.Contract = employer.ContractKind(f.Choice("contract", desk.Values(v.Contracts)...))
	in.PlaceCode = f.Choice("place", desk.Values(v.Places)...)
	in.AbroadCountry = f.Choice("abroad_country", desk.Values(v.Countries)...)
	in.WageMin, in.WageMax = vacancy.Amount(f, "wage_min"), vacancy.Amount(f, "wage_max")
	in.WagePeriod = employer.WagePeriod(f.Choice("wage_period", desk.Values(v.Periods)...))
	in.Skills = readSkills(f, employer.Essential, stored, nil)
	in.Description = f.Paragraph("description", employer.MaxDescription)
	in.OpenUntil = f.Date("open_until")
	in.FeeFree = f.Ticked("fee_free")
}

// readMore reads what is asked only once a vacancy is recorded.
func (v choices) readMore(f *form.Form, stored []employer.SkillField, in *employer.VacancyFields) {
	chosen := f.Choice("occupation", desk.Values(v.Occupations)...)
	in.OccupationID = domain.ID(chosen)
	if chosen == noneOfThese {
		in.OccupationID = ""
	}
	in.Skills = readSkills(f, employer.Optional, stored, in.Skills)
	in.ISCEDMin = number(f.Choice("isced_min", desk.Values(v.Levels)...))
	in.ExperienceMonths = number(f.Choice("experience_months", desk.Values(v.Experience)...))
	in.Languages = f.Choices("languages", len(v.Languages), desk.Values(v.Languages)...)
	in.Licences = f.Choices("licences", len(v.Licences), desk.Values(v.Licences)...)
	in.StartsOn = f.Date("starts_on")
}

// complete notes what is missing before everybody may read the vacancy.
func (p *pages) complete(f *form.Form, in employer.VacancyFields) {
	f.Require("error.required", "posts", "contract")
	if in.PlaceCode == "" && in.AbroadCountry == "" && f.ErrorFor("place") == nil {
		f.Fail("place", "employer.step.conditions.nowhere")
	}
	if !in.OpenUntil.IsZero() && in.OpenUntil.Before(p.today()) {
		f.Fail("open_until", "error.date.past")
	}
	if !in.FeeFree {
		f.Fail("fee_free", "offers.record.fee_missing")
	}
}

// readSkills adds the skills of one importance to a list, each once. One that the vacancy has already keeps its link.
func readSkills(f *form.Form, i employer.Importance, stored, list []employer.SkillField) []employer.SkillField {
	for _, words := range vacancy.Lines(f.Paragraph(skillField(i), maxSkills)) {
		if len([]rune(words)) > employer.MaxName {
			f.Fail(skillField(i), "employer.step.skills.too_long", "Max", employer.MaxName)
			return list
		}
		same := func(o employer.SkillField) bool { return text.Fold(o.Words) == text.Fold(words) }
		if slices.ContainsFunc(list, same) {
			continue
		}
		s := employer.SkillField{Words: words, Importance: i}
		if at := slices.IndexFunc(stored, same); at >= 0 {
			s.Words, s.ConceptID = stored[at].Words, stored[at].ConceptID
		}
		list = append(list, s)
	}
	if len(list) > employer.MaxSkills {
		f.Fail(skillField(i), "error.too_many_choices", "Max", employer.MaxSkills)
	}
	return list
}

// compared names the fields for a conflict.
func (v choices) compared(c *web.Context) []desk.Compared {
	return []desk.Compared{
		{Name: "client_name", Label: c.T("offers.record.client")}, {Name: "title", Label: c.T("employer.step.work.name")},
		{Name: "posts", Label: c.T("employer.step.work.posts")},
		{Name: "contract", Label: c.T("employer.vacancy.contract"), Options: v.Contracts},
		{Name: "place", Label: c.T("employer.step.conditions.place"), Options: v.Places},
		{Name: "abroad_country", Label: c.T("employer.step.conditions.abroad"), Options: v.Countries},
		{Name: "wage_min", Label: c.T("offers.record.wage_min")}, {Name: "wage_max", Label: c.T("offers.record.wage_max")},
		{Name: "wage_period", Label: c.T("employer.step.conditions.wage_period"), Options: v.Periods},
		{Name: skillField(employer.Essential), Label: c.T("employer.step.skills.essential")},
		{Name: skillField(employer.Optional), Label: c.T("employer.step.skills.optional")},
		{Name: "description", Label: c.T("offers.record.description")},
		{Name: "open_until", Label: c.T("employer.vacancy.open_until"), Date: true},
		{Name: "occupation", Label: c.T("employer.vacancy.occupation"), Options: v.Occupations},
		{Name: "isced_min", Label: c.T("employer.vacancy.education"), Options: v.Levels},
		{Name: "experience_months", Label: c.T("employer.vacancy.experience"), Options: v.Experience},
		{Name: "languages", Label: c.T("employer.vacancy.languages"), Options: v.Languages},
		{Name: "licences", Label: c.T("employer.vacancy.licences"), Options: v.Licences},
		{Name: "starts_on", Label: c.T("employer.vacancy.starts_on"), Date: true},
	}
}

// proposals is how many occupations are proposed for a title.
const proposals = 6

// noneOfThese is the answer of somebody who finds no proposal right.
const noneOfThese = "none"

// occupations are what the stored title may mean, the present one among them.
func (p *pages) occupations(c *web.Context, v employer.Vacancy) ([]ui.Option, error) {
	found, err := p.Concepts.Link(c.Context(), c.Actor, taxonomy.Query{
		Kind: taxonomy.Occupation, Words: v.Title, Lang: string(c.Tag()), Limit: proposals,
	})
	if err != nil && domain.KindOf(err) != domain.KindInvalid { // a title of signs alone means nothing
		return nil, err
	}
	var out []ui.Option
	listed := v.OccupationID.IsZero()
	for _, m := range found {
		out = append(out, ui.Option{Value: string(m.Concept.ID), Label: nameOf(c, m.Concept)})
		listed = listed || m.Concept.ID == v.OccupationID
	}
	if !listed {
		concept, err := p.Concepts.Get(c.Context(), c.Actor, v.OccupationID)
		if err != nil {
			return nil, err
		}
		out = append([]ui.Option{{Value: string(concept.ID), Label: nameOf(c, concept)}}, out...)
	}
	if len(out) == 0 {
		return nil, nil
	}
	return append(out, ui.Option{Value: noneOfThese, Label: c.T("offers.edit.no_occupation")}), nil
}

func nameOf(c *web.Context, concept taxonomy.Concept) string {
	name, _ := concept.Name(string(c.Tag()))
	return name
}

// number reads a choice of digits.
func number(chosen string) int {
	n, err := strconv.Atoi(chosen)
	if err != nil {
		return 0 // nothing chosen
	}
	return n
}
