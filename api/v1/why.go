package v1

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// Why says how a person and a vacancy fit: a closed list of reasons. Sex, age,
// origin, migration and displacement are not among them.
type Why struct {
	MetEssential int            `json:"met_essential" doc:"Essential skills the person has"`
	OfEssential  int            `json:"of_essential"`
	Conditions   []WhyCondition `json:"conditions"`
	Skills       []WhySkill     `json:"skills" doc:"What the vacancy asks for, in its order"`
	Occupation   WhyOccupation  `json:"occupation"`
}

// WhyCondition is a hard condition.
type WhyCondition struct {
	Code string `json:"code" enum:"open,consent,place,education,experience,languages,licences,availability"`
	Met  bool   `json:"met"`
}

// WhySkill is one skill the vacancy asks for.
type WhySkill struct {
	Concept   *ConceptRef `json:"concept,omitempty"`
	Words     string      `json:"words,omitempty" doc:"The vacancy's own, gender folded"`
	Essential bool        `json:"essential"`
	Met       bool        `json:"met"`
	Evidence  string      `json:"evidence,omitempty" enum:"declared,documented,assessed,certified"`
	Points    int         `json:"points"`
	Of        int         `json:"of"`
}

// WhyOccupation is the closest occupation held, or looked for.
type WhyOccupation struct {
	Relation   string      `json:"relation" enum:"unrelated,wished,sub_major_group,minor_group,neighbour,unit_group,same"`
	Occupation *ConceptRef `json:"occupation,omitempty"`
	ISCO       string      `json:"isco,omitempty" doc:"The shared group"`
	Points     int         `json:"points"`
	Of         int         `json:"of"`
}

func (n names) why(e matching.Explanation) Why {
	out := Why{
		Conditions: each(e.Conditions, func(c matching.ConditionResult) WhyCondition {
			return WhyCondition{Code: string(c.Condition), Met: c.Met}
		}),
		Skills: each(e.Skills, func(s matching.SkillResult) WhySkill {
			w := WhySkill{Concept: n.of(s.Concept), Words: s.Words, Essential: s.Essential, Met: s.Met, Points: s.Points, Of: s.Of}
			if s.Met {
				w.Evidence = s.Evidence.String()
			}
			return w
		}),
		Occupation: WhyOccupation{
			Relation: e.Occupation.Relation.String(), Occupation: n.of(e.Occupation.Occupation), ISCO: e.Occupation.ISCO,
			Points: e.Occupation.Points, Of: e.Occupation.Of,
		},
	}
	for _, s := range e.Skills {
		if s.Essential {
			out.OfEssential++
			if s.Met {
				out.MetEssential++
			}
		}
	}
	return out
}

func whyConcepts(e matching.Explanation) []domain.ID {
	out := []domain.ID{e.Occupation.Occupation}
	for _, s := range e.Skills {
		out = append(out, s.Concept)
	}
	return out
}
