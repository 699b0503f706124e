package employer

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/text"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

// Bounds of the skills asked for.
const (
	skillsProposed = 10   // of each importance
	maxOwnSkills   = 2000 // characters
)

// skillsAsked are the skills an occupation usually needs, to be ticked. They
// are given by the taxonomy, essential and optional apart.
type skillsAsked struct{ Essential, Optional []ui.Option }

func (s skillsAsked) of(i employer.Importance) []ui.Option {
	if i == employer.Essential {
		return s.Essential
	}
	return s.Optional
}

// Fields of the page, by importance: those to tick and those in own words.
func tickedField(i employer.Importance) string { return "skills_" + string(i) }
func ownField(i employer.Importance) string    { return "own_" + string(i) }

func importances() []employer.Importance {
	return []employer.Importance{employer.Essential, employer.Optional}
}

// skillsStep asks what the person must be able to do, and what would be welcome.
func skillsStep() step {
	return step{
		name: stepSkills,
		fill: func(p *pages, a *asked, into *form.Form) error {
			proposed, err := p.skillsOf(a)
			if err != nil {
				return err
			}
			for _, i := range importances() {
				var ticked, own []string
				for _, s := range a.fields.Skills {
					switch {
					case s.Importance != i:
					case slices.Contains(desk.Values(proposed.of(i)), string(s.ConceptID)):
						ticked = append(ticked, string(s.ConceptID))
					default:
						own = append(own, s.Words)
					}
				}
				into.Set(tickedField(i), ticked...)
				into.Set(ownField(i), strings.Join(own, "\n"))
			}
			return nil
		},
		read: func(p *pages, a *asked) error {
			proposed, err := p.skillsOf(a)
			if err != nil {
				return err
			}
			var out []employer.SkillField
			for _, i := range importances() {
				ticked := a.form.Choices(tickedField(i), skillsProposed, desk.Values(proposed.of(i))...)
				for _, o := range proposed.of(i) {
					if slices.Contains(ticked, o.Value) {
						out = a.require(out, employer.SkillField{Words: o.Label, ConceptID: domain.ID(o.Value), Importance: i})
					}
				}
				for _, words := range vacancy.Lines(a.form.Paragraph(ownField(i), maxOwnSkills)) {
					if len([]rune(words)) > employer.MaxName {
						a.form.Fail(ownField(i), "employer.step.skills.too_long", "Max", employer.MaxName)
					}
					out = a.require(out, employer.SkillField{Words: words, Importance: i})
				}
			}
			if len(out) > employer.MaxSkills {
				a.form.Fail(ownField(employer.Essential), "error.too_many_choices", "Max", employer.MaxSkills)
			}
			a.fields.Skills = out
			return nil
		},
		view: func(p *pages, a *asked) (any, error) { return p.skillsOf(a) },
		compare: func(p *pages, a *asked) []desk.Compared {
			proposed, err := p.skillsOf(a)
			if err != nil {
				return nil
			}
			var out []desk.Compared
			for _, i := range importances() {
				out = append(out,
					desk.Compared{Name: tickedField(i), Label: a.T("employer.step.skills." + string(i)), Options: proposed.of(i)},
					desk.Compared{Name: ownField(i), Label: a.T("employer.step.skills.own_" + string(i))})
			}
			return out
		},
	}
}

// require adds a skill once. One that the vacancy has already keeps its words
// and its link.
func (a *asked) require(list []employer.SkillField, s employer.SkillField) []employer.SkillField {
	same := func(o employer.SkillField) bool {
		return text.Fold(o.Words) == text.Fold(s.Words) || !s.ConceptID.IsZero() && o.ConceptID == s.ConceptID
	}
	if slices.ContainsFunc(list, same) {
		return list
	}
	if i := slices.IndexFunc(a.vacancy.Fields().Skills, same); i >= 0 {
		known := a.vacancy.Fields().Skills[i]
		s.Words, s.ConceptID = known.Words, known.ConceptID
	}
	return append(list, s)
}

// skillsOf reads what the vacancy's occupation usually needs; nothing where
// no occupation is known.
func (p *pages) skillsOf(a *asked) (skillsAsked, error) {
	var out skillsAsked
	if a.vacancy.OccupationID.IsZero() {
		return out, nil
	}
	related, err := p.Concepts.Related(a.Context.Context(), a.Actor, a.vacancy.OccupationID)
	if err != nil {
		return out, err
	}
	for _, n := range related {
		if n.Inward || n.Concept.Kind != taxonomy.Skill {
			continue
		}
		o := ui.Option{Value: string(n.Concept.ID), Label: nameOf(a.Context, n.Concept)}
		switch {
		case n.Kind == taxonomy.Essential && len(out.Essential) < skillsProposed:
			out.Essential = append(out.Essential, o)
		case n.Kind == taxonomy.Optional && len(out.Optional) < skillsProposed:
			out.Optional = append(out.Optional, o)
		}
	}
	return out, nil
}
