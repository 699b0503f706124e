package employer

import (
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
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
	facts := ui.KeyValues{{Key: c.T("employer.step.work.name"), Value: ui.Data(v.Title), ChangeURL: link(stepWork)}}
	if o.Kind == employer.KindBureau {
		facts = append(facts, ui.KeyValue{Key: c.T("employer.step.work.client"), Value: ui.Data(v.ClientName), ChangeURL: link(stepWork)})
	}
	facts = append(facts, vacancy.Record(c, p.Places.Present(), v, occupation, vacancy.ChangeURLs{
		Posts: link(stepWork), Occupation: link(stepOccupation), Skills: link(stepSkills), Conditions: link(stepConditions),
		Profile: link(stepProfile), Text: link(stepPublication),
	})...)
	return append(facts, ui.KeyValue{Key: c.T("employer.vacancy.fee_free"), Value: feeFree(c, v), ChangeURL: link(stepPublication)}), nil
}

func feeFree(c *web.Context, v employer.Vacancy) string {
	if v.FeeFree {
		return c.T("employer.vacancy.fee_free_yes")
	}
	return c.T("employer.vacancy.fee_free_no")
}
