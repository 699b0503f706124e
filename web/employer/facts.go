package employer

import (
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

// facts tells a vacancy as its pages of questions do, each fact with a link to
// the page that asked for it where it may be changed.
func (p *pages) facts(c *web.Context, o employer.Organisation, v employer.Vacancy, change bool) (ui.KeyValues, error) {
	link := func(step string) string {
		if !change {
			return ""
		}
		return stepURL(v.ID, step) + "?" + onlyThis + "=1"
	}
	occupation := c.T("employer.vacancy.no_occupation")
	if !v.OccupationID.IsZero() {
		concept, err := p.Concepts.Get(c.Context(), c.Actor, v.OccupationID)
		if err != nil {
			return nil, err
		}
		occupation = nameOf(c, concept)
	}
	w := p.words(c)
	facts := ui.KeyValues{{Key: c.T("employer.step.work.name"), Value: ui.Data(v.Title), ChangeURL: link(stepWork)}}
	if o.Kind == employer.KindBureau {
		facts = append(facts, ui.KeyValue{Key: c.T("employer.step.work.client"), Value: ui.Data(v.ClientName), ChangeURL: link(stepWork)})
	}
	return append(facts,
		ui.KeyValue{Key: c.T("employer.step.work.posts"), Value: c.Number(int64(v.Posts)), ChangeURL: link(stepWork)},
		ui.KeyValue{Key: c.T("employer.vacancy.occupation"), Value: ui.Data(occupation), ChangeURL: link(stepOccupation)},
		ui.KeyValue{Key: c.T("employer.vacancy.essential"), Value: skillTags(c, v, employer.Essential), ChangeURL: link(stepSkills)},
		ui.KeyValue{Key: c.T("employer.vacancy.optional"), Value: skillTags(c, v, employer.Optional), ChangeURL: link(stepSkills)},
		ui.KeyValue{Key: c.T("employer.vacancy.contract"), Value: said(c, desk.LabelOf(contracts(c), string(v.Contract))), ChangeURL: link(stepConditions)},
		ui.KeyValue{Key: c.T("employer.vacancy.where"), Value: ui.Data(said(c, p.where(c, v))), ChangeURL: link(stepConditions)},
		ui.KeyValue{Key: c.T("employer.vacancy.wage"), Value: said(c, vacancy.Wage(c, v)), ChangeURL: link(stepConditions)},
		ui.KeyValue{Key: c.T("employer.vacancy.education"), Value: desk.LabelOf(levels(c), strconv.Itoa(v.ISCEDMin)), ChangeURL: link(stepProfile)},
		ui.KeyValue{Key: c.T("employer.vacancy.experience"), Value: experience(c, v.ExperienceMonths), ChangeURL: link(stepProfile)},
		ui.KeyValue{Key: c.T("employer.vacancy.languages"), Value: ui.Data(said(c, c.List(w.Languages(v.Languages...)))), ChangeURL: link(stepProfile)},
		ui.KeyValue{Key: c.T("employer.vacancy.licences"), Value: ui.Data(said(c, strings.Join(v.Licences, ", "))), ChangeURL: link(stepProfile)},
		ui.KeyValue{Key: c.T("employer.vacancy.description"), Value: ui.Data(said(c, v.Description)), ChangeURL: link(stepPublication)},
		ui.KeyValue{Key: c.T("employer.vacancy.starts_on"), Value: said(c, c.Date(v.StartsOn)), ChangeURL: link(stepPublication)},
		ui.KeyValue{Key: c.T("employer.vacancy.open_until"), Value: said(c, c.Date(v.OpenUntil)), ChangeURL: link(stepPublication)},
		ui.KeyValue{Key: c.T("employer.vacancy.fee_free"), Value: feeFree(c, v), ChangeURL: link(stepPublication)},
	), nil
}

// said gives the words for an answer nobody gave.
func said(c *web.Context, words string) string {
	if words == "" {
		return c.T("employer.not_said")
	}
	return words
}

func feeFree(c *web.Context, v employer.Vacancy) string {
	if v.FeeFree {
		return c.T("employer.vacancy.fee_free_yes")
	}
	return c.T("employer.vacancy.fee_free_no")
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
