package matching

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Negotiable lists the hard conditions of which missing one makes a near miss: somebody can learn a language, pass a licence, move. Consent and
// the opening of a vacancy are not among them.
func Negotiable() []Condition {
	return []Condition{ConditionPlace, ConditionEducation, ConditionExperience, ConditionLanguages, ConditionLicences, ConditionAvailability}
}

// But asks for the records that miss one condition and meet all others. It says no where the plan does not ask for that condition.
func (p Plan) But(c Condition) (Plan, bool) {
	if p.Never || !slices.ContainsFunc(p.Filters, func(f Filter) bool { return f.Condition == c }) {
		return Plan{Never: true}, false
	}
	p.Missed = c
	return p, true
}

// Gap is a skill that somebody lacks for vacancies that are open to them.
type Gap struct {
	Concept domain.ID
	Words   string // where there is no concept
	// Opens counts the vacancies whose every essential skill they would then have; Helps those for which it is one of several missing.
	Opens, Helps int
	Points       int // that declaring it would add, over all of these vacancies
}

// Gaps counts what is missing for vacancies whose hard conditions are met: what training opens most. First the skill that opens most
// vacancies, then the one that helps with most, then the one worth most.
func Gaps(whys []Explanation, w Weights) []Gap {
	at := map[string]int{}
	var out []Gap
	for _, why := range whys {
		var missing []SkillResult
		for _, s := range why.Skills {
			if s.Essential && s.Points == 0 {
				missing = append(missing, s)
			}
		}
		for _, s := range missing {
			key := skillKey(s.Concept, s.Words)
			i, ok := at[key]
			if !ok {
				i = len(out)
				at[key], out = i, append(out, Gap{Concept: s.Concept, Words: s.Words})
			}
			if len(missing) == 1 {
				out[i].Opens++
			} else {
				out[i].Helps++
			}
			out[i].Points += s.Of * w.Evidence[Declared] / 100
		}
	}
	slices.SortStableFunc(out, compareGaps)
	return out
}

// Prospect is an occupation that somebody could turn to.
type Prospect struct {
	Occupation domain.ID
	Has, Of    int // of its essential skills
}

// Prospects ranks the occupations of which somebody has the largest share of the essential skills, and at least a third: those they have held are left
// out. Occupations that ask for a skill or two say too little.
func Prospects(p Profile, all []Prospect, most int) []Prospect {
	held, _ := p.held()
	var out []Prospect
	for _, o := range all {
		if _, done := held[o.Occupation]; !done && o.Of >= leastSkills && 3*o.Has >= o.Of {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, compareProspects)
	return out[:min(most, len(out))]
}

const leastSkills = 4

// Known lists the concepts of the skills that somebody has, by their word or by the work they did.
func (p Profile) Known() []domain.ID {
	var out []domain.ID
	for _, key := range sortedKeys(p.proofs()) {
		if key[0] != '~' {
			out = append(out, domain.ID(key))
		}
	}
	return out
}
