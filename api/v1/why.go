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
	Code string `json:"code" enum:"open,consent,place,education,experience,languages,licences,availability,hazard"`
	Met  bool   `json:"met"`
}

// WhySkill is one skill the vacancy asks for.
type WhySkill struct {
	Concept   *ConceptRef `json:"concept,omitempty"`
	Words     string      `json:"words,omitempty" doc:"The vacancy's own, gender folded"`
	Essential bool        `json:"essential"`
	Rarity    string      `json:"rarity" enum:"common,usual,rare" doc:"How many occupations need it: a rare one weighs more"`
	Met       bool        `json:"met" doc:"The person says so"`
	Evidence  string      `json:"evidence,omitempty" enum:"declared,documented,assessed,certified"`
	Practice  string      `json:"practice,omitempty" enum:"once,lately" doc:"Not said, but essential to an occupation held"`
	From      *ConceptRef `json:"from,omitempty" doc:"That occupation"`
	Points    int         `json:"points"`
	Of        int         `json:"of"`
}

// WhyOccupation is the closest occupation held, or looked for.
type WhyOccupation struct {
	Relation   string      `json:"relation" enum:"unrelated,wished,sub_major_group,minor_group,neighbour,unit_group,unit_group_only,same"`
	Occupation *ConceptRef `json:"occupation,omitempty"`
	ISCO       string      `json:"isco,omitempty" doc:"The shared group"`
	Recency    string      `json:"recency,omitempty" enum:"lately,earlier,long_ago" doc:"How long ago it was held"`
	Duration   string      `json:"duration,omitempty" enum:"under_one_year,under_three_years,three_years,unsaid" doc:"How long it was held"`
	Points     int         `json:"points"`
	Of         int         `json:"of"`
}

func (n names) why(e matching.Explanation) Why {
	out := Why{
		Conditions: each(e.Conditions, func(c matching.ConditionResult) WhyCondition {
			return WhyCondition{Code: string(c.Condition), Met: c.Met}
		}),
		Skills: each(e.Skills, func(s matching.SkillResult) WhySkill {
			w := WhySkill{
				Concept: n.of(s.Concept), Words: s.Words, Essential: s.Essential, Rarity: s.Rarity.String(), Met: s.Met, From: n.of(s.From),
				Points: s.Points, Of: s.Of,
			}
			switch {
			case s.Met:
				w.Evidence = s.Evidence.String()
			case s.Practice != matching.Unpractised:
				w.Practice = s.Practice.String()
			}
			return w
		}),
		Occupation: WhyOccupation{
			Relation: e.Occupation.Relation.String(), Occupation: n.of(e.Occupation.Occupation), ISCO: e.Occupation.ISCO,
			Points: e.Occupation.Points, Of: e.Occupation.Of,
		},
	}
	if e.Occupation.Relation > matching.Wished {
		out.Occupation.Recency, out.Occupation.Duration = e.Occupation.Recency.String(), e.Occupation.Duration.String()
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
		out = append(out, s.Concept, s.From)
	}
	return out
}
