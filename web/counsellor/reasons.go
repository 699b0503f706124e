package counsellor

import (
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
)

// reasons say to staff why a person and a vacancy fit, and what is missing.
// They say no more than the explanation of the match, which knows nothing of
// sex, age, origin or migration.
type reasons struct {
	Summary   string // "4 compétences sur 5", "" when the vacancy names none
	Met       ui.Tags
	Missing   ui.Tags
	Why       []string
	Obstacles []string // hard conditions that are not met
}

// reasonsOf words an explanation, its skills as the vacancy calls them; names are those of conceptsIn.
func reasonsOf(c *web.Context, v employer.Vacancy, why matching.Explanation, names names) reasons {
	var out reasons
	own := desk.OwnWords(v)
	met, proven := 0, 0
	var practised []string
	for _, s := range why.Skills {
		name := own(s)
		if s.Met {
			met++
			if s.Evidence > matching.Declared {
				proven++
			}
			out.Met = append(out.Met, ui.Tag{Text: name, Tone: ui.Good, Icon: "check"})
			continue
		}
		if s.Practice != matching.Unpractised {
			practised = append(practised, name)
			continue
		}
		if s.Essential {
			name = c.T("counsellor.why.essential", "Skill", name)
		}
		out.Missing = append(out.Missing, ui.Tag{Text: name, Tone: ui.Quiet, Icon: "circle"})
	}
	if len(why.Skills) > 0 {
		out.Summary = c.N("counsellor.why.skills", met, "Total", len(why.Skills))
	}
	occupation, name := why.Occupation, names[why.Occupation.Occupation]
	relation := c.T("counsellor.why.relation." + occupation.Relation.String())
	if name != "" {
		relation = c.T("counsellor.why.named", "Relation", relation, "Occupation", name)
	}
	if occupation.Relation > matching.Wished {
		time := c.T("counsellor.why.recency."+occupation.Recency.String(), "Time", c.T("counsellor.why.duration."+occupation.Duration.String()))
		relation = c.T("counsellor.why.during", "Relation", relation, "Time", time)
	}
	out.Why = append(out.Why, relation)
	if len(practised) > 0 {
		out.Why = append(out.Why, c.T("counsellor.why.practised", "Skills", c.List(practised)))
	}
	if proven > 0 {
		out.Why = append(out.Why, c.N("counsellor.why.proven", proven))
	}
	for _, condition := range why.Missed() {
		out.Obstacles = append(out.Obstacles, c.T("counsellor.why.missed."+string(condition)))
	}
	return out
}

// conceptsIn lists the occupations explanations name, to read their names in one query.
func conceptsIn(list ...matching.Explanation) []domain.ID {
	var ids []domain.ID
	add := func(id domain.ID) {
		if !id.IsZero() && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, why := range list {
		add(why.Occupation.Occupation)
	}
	return ids
}
