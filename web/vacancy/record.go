package vacancy

import (
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
)

// ChangeURLs lead to where the parts of a record are changed; "" where nobody may.
type ChangeURLs struct{ Posts, Occupation, Skills, Conditions, Profile, Text string }

// Record tells what a vacancy asks and offers to those who look after it: also
// what was not said, so that it can be asked.
func Record(c *web.Context, g *place.Gazetteer, v employer.Vacancy, occupation string, change ChangeURLs) ui.KeyValues {
	w := desk.WordsOf(c, g)
	where := ""
	if v.AbroadCountry != "" || v.PlaceCode != "" {
		where = Where(c, g, v)
	}
	return ui.KeyValues{
		{Key: c.T("employer.step.work.posts"), Value: c.Number(int64(v.Posts)), ChangeURL: change.Posts},
		{Key: c.T("employer.vacancy.occupation"), Value: ui.Data(occupation), ChangeURL: change.Occupation},
		{Key: c.T("employer.vacancy.essential"), Value: skillTags(c, v, employer.Essential), ChangeURL: change.Skills},
		{Key: c.T("employer.vacancy.optional"), Value: skillTags(c, v, employer.Optional), ChangeURL: change.Skills},
		{Key: c.T("employer.vacancy.contract"), Value: said(c, desk.LabelOf(Contracts(c), string(v.Contract))), ChangeURL: change.Conditions},
		{Key: c.T("employer.vacancy.where"), Value: ui.Data(said(c, where)), ChangeURL: change.Conditions},
		{Key: c.T("employer.vacancy.wage"), Value: said(c, Wage(c, v)), ChangeURL: change.Conditions},
		{Key: c.T("employer.vacancy.education"), Value: desk.LabelOf(Levels(c), strconv.Itoa(v.ISCEDMin)), ChangeURL: change.Profile},
		{Key: c.T("employer.vacancy.experience"), Value: experience(c, v.ExperienceMonths), ChangeURL: change.Profile},
		{Key: c.T("employer.vacancy.languages"), Value: ui.Data(said(c, c.List(w.Languages(v.Languages...)))), ChangeURL: change.Profile},
		{Key: c.T("employer.vacancy.licences"), Value: ui.Data(said(c, strings.Join(v.Licences, ", "))), ChangeURL: change.Profile},
		{Key: c.T("employer.vacancy.description"), Value: ui.Data(said(c, v.Description)), ChangeURL: change.Text},
		{Key: c.T("employer.vacancy.starts_on"), Value: said(c, c.Date(v.StartsOn)), ChangeURL: change.Text},
		{Key: c.T("employer.vacancy.open_until"), Value: said(c, c.Date(v.OpenUntil)), ChangeURL: change.Text},
	}
}

// said gives the words for an answer nobody gave.
func said(c *web.Context, words string) string {
	if words == "" {
		return c.T("employer.not_said")
	}
	return words
}

// skillTags shows the skills of one importance, or that there are none.
func skillTags(c *web.Context, v employer.Vacancy, i employer.Importance) any {
	var out ui.Tags
	for _, s := range v.Skills {
		if s.Importance == i {
			out = append(out, ui.Tag{Text: s.Words, Tone: ui.Quiet})
		}
	}
	if len(out) == 0 {
		return c.T("employer.not_said")
	}
	return out
}
