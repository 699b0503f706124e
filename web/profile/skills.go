package profile

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/web/ui"
)

// Bounds of the skills asked about.
const (
	skillsPerTrade = 8
	maxProposed    = 24
	maxOwnSkills   = 2000 // characters
)

// Skills asks what somebody can do well: the skills their trades usually need, to be ticked, and words for others.
func Skills() Question {
	return Question{
		Name: "skills",
		Fill: func(a *Asked) error {
			proposed, err := a.proposedSkills()
			if err != nil {
				return err
			}
			var ticked, own []string
			for _, s := range a.Answers.Skills {
				if slices.ContainsFunc(proposed, func(o ui.Option) bool { return o.Value == string(s.ConceptID) }) {
					ticked = append(ticked, string(s.ConceptID))
				} else {
					own = append(own, s.Words)
				}
			}
			a.Form.Set("skills", ticked...)
			a.Form.Set("own_skills", strings.Join(own, "\n"))
			return nil
		},
		Read: readSkills,
		View: func(a *Asked) (any, error) { return a.proposedSkills() },
	}
}

func readSkills(a *Asked) error {
	proposed, err := a.proposedSkills()
	if err != nil {
		return err
	}
	var allowed []string
	for _, o := range proposed {
		allowed = append(allowed, o.Value)
	}
	ticked := a.Form.Choices("skills", maxProposed, allowed...)
	own := lines(a.Form.Paragraph("own_skills", maxOwnSkills))
	if a.Form.Failed() {
		return nil
	}
	var out []person.Skill
	for _, o := range proposed {
		if slices.Contains(ticked, o.Value) {
			out = append(out, a.skill(person.Skill{Words: o.Label, ConceptID: domain.ID(o.Value), LinkScore: chosenScore}))
		}
	}
	for _, words := range own {
		out = append(out, a.skill(person.Skill{Words: words}))
	}
	a.Answers.Skills = out
	return nil
}

// skill keeps what is already known of a skill: how it was proven and where it was learnt.
func (a *Asked) skill(s person.Skill) person.Skill {
	for _, known := range a.Answers.Skills {
		if known.Words == s.Words || !s.ConceptID.IsZero() && known.ConceptID == s.ConceptID {
			return known
		}
	}
	return s
}

// proposedSkills are the skills of the trades, the indispensable ones of every trade first.
func (a *Asked) proposedSkills() ([]ui.Option, error) {
	var essential, optional []ui.Option
	seen := map[domain.ID]bool{}
	for _, w := range a.Answers.Wishes {
		if w.OccupationID.IsZero() {
			continue
		}
		related, err := a.Kit.Concepts.Related(a.Context.Context(), a.Actor, w.OccupationID)
		if err != nil {
			return nil, err
		}
		taken := 0
		for _, n := range related {
			needed := n.Kind == taxonomy.Essential || n.Kind == taxonomy.Optional
			if n.Inward || !needed || n.Concept.Kind != taxonomy.Skill || taken == skillsPerTrade || seen[n.Concept.ID] {
				continue
			}
			seen[n.Concept.ID] = true
			taken++
			name, _ := n.Concept.Name(string(a.Tag()))
			o := ui.Option{Value: string(n.Concept.ID), Label: name}
			if n.Kind == taxonomy.Essential {
				essential = append(essential, o)
			} else {
				optional = append(optional, o)
			}
		}
	}
	all := append(essential, optional...)
	return all[:min(len(all), maxProposed)], nil
}
