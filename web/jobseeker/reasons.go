package jobseeker

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/ui"
)

// reasons say why a vacancy fits: what is found, what is missing, what stands in the way. They say no more than the
// explanation of the match, which knows nothing of sex, age, origin or migration.
type reasons struct {
	Summary    string // "4 compétences sur 5", "" when the vacancy names none
	Found      ui.Tags
	Missing    ui.Tags
	Occupation string
	Obstacles  []string
}

func reasonsOf(c *web.Context, v employer.Vacancy, why matching.Explanation, names map[domain.ID]string) reasons {
	var out reasons
	own, met := desk.OwnWords(v), 0
	var practised []string
	for _, s := range why.Skills {
		name := names[s.Concept]
		if name == "" {
			name = own(s)
		}
		if s.Met {
			met++
			out.Found = append(out.Found, ui.Tag{Text: name, Tone: ui.Good, Icon: "check"})
			continue
		}
		if s.Practice != matching.Unpractised {
			practised = append(practised, name)
			continue
		}
		if s.Essential {
			name = c.T("jobseeker.why.essential", "Skill", name)
		}
		out.Missing = append(out.Missing, ui.Tag{Text: name, Tone: ui.Quiet, Icon: "circle"})
	}
	if len(why.Skills) > 0 {
		out.Summary = c.N("jobseeker.why.skills", met, "Total", len(why.Skills))
	}
	if why.Occupation.Relation != matching.Unrelated {
		out.Occupation = c.T("jobseeker.why.occupation." + why.Occupation.Relation.String())
	}
	if len(practised) > 0 {
		out.Occupation = strings.TrimSpace(out.Occupation + " " + c.T("jobseeker.why.practised", "Skills", c.List(practised)))
	}
	for _, condition := range why.Missed() {
		out.Obstacles = append(out.Obstacles, c.T("jobseeker.why.missed."+string(condition)))
	}
	return out
}

// skillNames names the skills of a list of matches in one reading.
func (p *pages) skillNames(c *web.Context, list []matchmaking.Opening) (map[domain.ID]string, error) {
	var all []matching.Explanation
	for _, one := range list {
		all = append(all, one.Why)
	}
	return p.namesOf(c, all...)
}

func (p *pages) namesOf(c *web.Context, list ...matching.Explanation) (map[domain.ID]string, error) {
	var ids []domain.ID
	for _, why := range list {
		for _, s := range why.Skills {
			ids = append(ids, s.Concept)
		}
	}
	return p.conceptNames(c, ids)
}

// conceptNames names concepts in the reader's language; unknown ones are absent.
func (p *pages) conceptNames(c *web.Context, ids []domain.ID) (map[domain.ID]string, error) {
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), domain.ID.IsZero)
	out := make(map[domain.ID]string, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	concepts, err := p.Concepts.Many(c.Context(), c.Actor, ids)
	if err != nil {
		return nil, err
	}
	for id, concept := range concepts {
		out[id], _ = concept.Name(string(c.Tag()))
	}
	return out, nil
}
