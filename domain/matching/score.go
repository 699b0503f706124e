package matching

import "github.com/baara-platform/baara/domain"

// Explanation says why a person and a vacancy fit. It is an allow-list: what is not a field here can be neither shown as a reason nor
// have been one.
type Explanation struct {
	Conditions []ConditionResult
	Skills     []SkillResult // the vacancy's needs, in its order
	Occupation OccupationResult
}

// SkillResult is one need of the vacancy.
type SkillResult struct {
	Concept   domain.ID
	Words     string // the vacancy's own words, neutral; "" where only a concept was given
	Essential bool
	Met       bool
	Evidence  Evidence // meaningful when met
	Points    int
	Of        int // points of a certified skill
}

// OccupationResult is the closest occupation the person held, or looks for.
type OccupationResult struct {
	Relation   Relation
	Occupation domain.ID // which one, for SameOccupation and Neighbour
	ISCO       string    // the shared group, for UnitGroup, MinorGroup and SubMajorGroup
	Duration   Duration  // meaningful for relations above Wished
	Points     int
	Of         int
}

// Eligible reports whether every hard condition is met.
func (e Explanation) Eligible() bool {
	for _, c := range e.Conditions {
		if !c.Met {
			return false
		}
	}
	return true
}

// Missed returns the hard conditions that are not met.
func (e Explanation) Missed() []Condition {
	var missed []Condition
	for _, c := range e.Conditions {
		if !c.Met {
			missed = append(missed, c.Condition)
		}
	}
	return missed
}

// Points is the sum of what the explanation lists: the score.
func (e Explanation) Points() int {
	sum := e.Occupation.Points
	for _, s := range e.Skills {
		sum += s.Points
	}
	return sum
}

// Score returns the points, 0 to about a thousand, and their explanation. Points are also counted for a match that misses a hard condition, to
// tell a near miss from a stranger: ask Eligible before proposing anybody.
func Score(p Profile, o Opening, day domain.Date, w Weights) (int, Explanation) {
	e := Explanation{Conditions: conditions(p, o, day), Occupation: closest(p, o, w)}
	has := p.evidence()
	for _, n := range o.needs() {
		r := SkillResult{Concept: n.Concept, Words: n.Words, Essential: n.Essential, Of: w.skillPoints(n, Certified)}
		if level, ok := has[n.key]; ok {
			r.Met, r.Evidence, r.Points = true, level, w.skillPoints(n, level)
		}
		e.Skills = append(e.Skills, r)
	}
	return e.Points(), e
}

// closest finds the occupation held that is worth most for the vacancy.
func closest(p Profile, o Opening, w Weights) OccupationResult {
	best := OccupationResult{Of: w.occupationPoints(SameOccupation, ThreeYears)}
	take := func(r OccupationResult, months int) {
		r.Duration = durationOf(months)
		if r.Points = w.occupationPoints(r.Relation, r.Duration); r.Points > best.Points {
			r.Of = best.Of
			best = r
		}
	}
	occupations, groups := p.held()
	if months, ok := occupations[o.Occupation]; ok {
		take(OccupationResult{Relation: SameOccupation, Occupation: o.Occupation}, months)
	}
	for _, g := range iscoGroups(o.ISCO) {
		if months, ok := groups[g]; ok {
			take(OccupationResult{Relation: groupRelation(len(g)), ISCO: g}, months)
		}
	}
	for _, n := range o.Neighbours {
		if months, ok := occupations[n]; ok && n != "" {
			take(OccupationResult{Relation: Neighbour, Occupation: n}, months)
		}
	}
	for _, wish := range p.Wishes {
		same := wish.Occupation != "" && wish.Occupation == o.Occupation
		if same || (len(wish.ISCO) == 4 && wish.ISCO == o.ISCO) {
			take(OccupationResult{Relation: Wished, Occupation: wish.Occupation}, 0)
		}
	}
	return best
}
