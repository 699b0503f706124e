package profile

import (
	"context"
	"slices"
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/web"
)

// Line is one thing that was answered, in words, with the question that asked it.
type Line struct {
	Question string
	Key      string
	Words    []string // parts; none where nothing was said
	Typed    bool     // somebody's own words: shown in their own direction, never translated
}

// TradeNames names trades in the reader's language where they are linked, else in the words that were typed.
func TradeNames(c *web.Context, k Kit, wishes []person.Wish) ([]string, error) {
	ids := make([]domain.ID, 0, len(wishes))
	for _, w := range wishes {
		ids = append(ids, w.OccupationID)
	}
	concepts, err := namesOf(c.Context(), c.Actor, k.Concepts, ids)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(wishes))
	for i, w := range wishes {
		out[i] = w.Words
		if t := slices.IndexFunc(trades(), func(t trade) bool { return t.words == w.Words }); t >= 0 {
			out[i] = c.T("public.ask.trade." + trades()[t].code)
		} else if concept, ok := concepts[w.OccupationID]; ok {
			out[i], _ = concept.Name(string(c.Tag()))
		}
	}
	return out, nil
}

// namesOf reads the concepts of the ids that are not empty.
func namesOf(ctx context.Context, actor domain.Actor, concepts Concepts, ids []domain.ID) (map[domain.ID]taxonomy.Concept, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), domain.ID.IsZero)
	if len(ids) == 0 {
		return nil, nil
	}
	return concepts.Many(ctx, actor, ids)
}

// Lines says in words what was answered, in the order of the questions: for checking before sending, and for the
// profile.
func Lines(c *web.Context, k Kit, ans person.Answers) ([]Line, error) {
	g, lang := k.Places.Present(), string(c.Tag())
	names, err := TradeNames(c, k, ans.Wishes)
	if err != nil {
		return nil, err
	}
	var phones []string
	for _, p := range ans.Phones {
		phones = append(phones, c.Phone(p.Number))
	}
	var skills, spoken, licences, groups, schools []string
	for _, s := range ans.Skills {
		skills = append(skills, s.Words)
	}
	for _, l := range ans.Languages {
		spoken = append(spoken, l.Code)
	}
	for _, l := range ans.Licences {
		licences = append(licences, l.Category)
	}
	for _, one := range ans.Groups {
		groups = append(groups, c.T("reference.group."+string(one)))
	}
	if ans.ISCED != nil {
		schools = append(schools, c.T("reference.isced."+strconv.Itoa(*ans.ISCED)))
	}
	for _, e := range ans.Educations {
		schools = append(schools, c.T("reference.education."+string(e.Kind)))
	}
	return []Line{
		{Question: "names", Key: c.T("public.check.name"), Words: some(ans.FullName(), dit(ans.Aliases)), Typed: true},
		{Question: "phone", Key: c.T("public.check.phone"), Words: phones, Typed: true},
		{Question: "birth", Key: c.T("public.check.birth"), Words: some(birthWords(c, ans.Birth), sexWords(c, ans.Sex))},
		{Question: "home", Key: c.T("public.check.home"), Words: homeWords(c, k, ans.Residence), Typed: true},
		{Question: "around", Key: c.T("public.check.mobility"), Words: mobilityWords(c, k, ans)},
		{Question: "trades", Key: c.T("public.check.trades"), Words: names, Typed: true},
		{Question: "skills", Key: c.T("public.check.skills"), Words: skills, Typed: true},
		{Question: "experience", Key: c.T("public.check.experience"), Words: experienceWords(c, k, ans), Typed: true},
		{Question: "schooling", Key: c.T("public.check.schooling"), Words: schools},
		{Question: "languages", Key: c.T("public.check.languages"), Words: labelsOf(g.Languages(lang), spoken), Typed: true},
		{Question: "languages", Key: c.T("public.check.licences"), Words: licences, Typed: true},
		{Question: "groups", Key: c.T("public.check.groups"), Words: append(groups, abroadWords(c, ans.WorkedAbroad)...)},
	}, nil
}

func some(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}

func birthWords(c *web.Context, b person.Birth) string {
	year := strconv.Itoa(b.Year)
	switch b.Precision {
	case person.BirthDay:
		return c.Date(b.Date)
	case person.BirthYear:
		return c.T("public.check.born_in", "Year", year)
	case person.BirthAbout:
		return c.T("public.check.born_about", "Year", year)
	}
	return ""
}

func sexWords(c *web.Context, s person.Sex) string {
	if s == "" {
		return ""
	}
	return c.T("reference.sex." + string(s))
}

func homeWords(c *web.Context, k Kit, r person.Residence) []string {
	var out []string
	if r.Detail != "" {
		out = append(out, r.Detail)
	}
	path := k.Places.Present().Path(r.Place)
	for _, area := range slices.Backward(path) {
		name, _ := area.Names.In(string(c.Tag()))
		out = append(out, name)
	}
	if r.Kind == person.Nomadic || r.Kind == person.NowhereFixed {
		out = append(out, c.T("public.ask.home."+string(r.Kind)))
	}
	return out
}

func mobilityWords(c *web.Context, k Kit, ans person.Answers) []string {
	g, lang := k.Places.Present(), string(c.Tag())
	region, ok := g.RegionOf(ans.Residence.Place)
	if !ok {
		return nil
	}
	name, _ := region.Names.In(lang)
	kind := mobilityOf(ans.Mobility)
	out := []string{c.T("public.ask.mobility."+kind, "Region", name)}
	if kind == mobilitySome {
		out = append(out, labelsOf(g.RegionChoices(lang), ans.Mobility.Places)...)
	}
	return out
}

func experienceWords(c *web.Context, k Kit, ans person.Answers) []string {
	wishes := make([]person.Wish, len(ans.Experience))
	for i, e := range ans.Experience {
		wishes[i] = person.Wish{Words: e.Title, OccupationID: e.OccupationID}
	}
	names, err := TradeNames(c, k, wishes)
	if err != nil {
		return nil
	}
	var out []string
	for i, e := range ans.Experience {
		out = append(out, c.T("public.check.worked", "Trade", names[i], "Time", c.T("public.ask.period."+periodOf(e.Months))))
	}
	if len(ans.Wishes) > 0 && len(out) == 0 {
		out = append(out, c.T("public.check.not_worked"))
	}
	return out
}

func abroadWords(c *web.Context, answer person.Answer) []string {
	switch answer {
	case person.Yes:
		return []string{c.T("public.check.abroad.yes")}
	case person.No:
		return []string{c.T("public.check.abroad.no")}
	}
	return nil
}
