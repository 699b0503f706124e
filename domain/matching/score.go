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
	Rarity    Rarity
	Met       bool      // it was said
	Evidence  Evidence  // meaningful when met
	Practice  Practice  // when not met: how far the work done speaks for it
	From      domain.ID // the occupation that does
	Points    int
	Of        int // points of a certified skill
}

// OccupationResult is the closest occupation the person held, or looks for.
type OccupationResult struct {
	Relation   Relation
	Occupation domain.ID // which one, for SameOccupation and Neighbour
	ISCO       string    // the shared group, for UnitGroup, MinorGroup and SubMajorGroup
	Recency    Recency   // meaningful for relations above Wished
	Duration   Duration  // meaningful for relations above Wished
	Asks       Seniority // what the vacancy asks for: how much the duration matters
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
	e := Explanation{Conditions: conditions(p, o, day)}
	has := p.proofs()
	some := false // something speaks for the person, whatever the occupation
	for _, n := range o.needs() {
		r := SkillResult{Concept: n.Concept, Words: n.Words, Essential: n.Essential, Rarity: n.Rarity, Of: w.skillPoints(n, proof{evidence: Certified})}
		if f, ok := has[n.key]; ok {
			r.Points = w.skillPoints(n, f)
			if r.Practice, r.From = f.practice, f.from; f.practice == Unpractised {
				r.Met, r.Evidence = true, f.evidence
			}
			some = some || r.Points > 0
		}
		e.Skills = append(e.Skills, r)
	}
	e.Occupation = closest(p, o, w, some || len(e.Skills) == 0)
	return e.Points(), e
}

// closest finds the occupation held that is worth most for the vacancy; a weak relation only where there is no other, and where something else
// speaks for the person.
func closest(p Profile, o Opening, w Weights, weakCounts bool) OccupationResult {
	none := OccupationResult{Of: w.occupationPoints(SameOccupation, stint{months: maxMonths}, o.seniority()), Asks: o.seniority()}
	strong, weak := none, none
	trait := o.trait()
	take := func(r OccupationResult, s stint) {
		best := &strong
		if r.Relation.weak() && !trait.bare {
			best = &weak
		}
		r.Of, r.Asks, r.Recency, r.Duration = none.Of, none.Asks, s.recency, s.duration()
		if r.Points = w.occupationPoints(r.Relation, s, trait.asks); r.Points > best.Points {
			*best = r
		}
	}
	occupations, groups := p.held()
	if s, ok := occupations[o.Occupation]; ok {
		take(OccupationResult{Relation: SameOccupation, Occupation: o.Occupation}, s)
	}
	for _, g := range iscoGroups(o.ISCO) {
		if s, ok := groups[g]; ok {
			take(OccupationResult{Relation: o.groupRelation(g), ISCO: g}, s)
		}
	}
	if s, ok := groups[loose(o.ISCO)]; ok {
		take(OccupationResult{Relation: UnitGroupOnly, ISCO: o.ISCO}, s)
	}
	for _, n := range o.Neighbours {
		if s, ok := occupations[n]; ok && n != "" {
			take(OccupationResult{Relation: Neighbour, Occupation: n}, s)
		}
	}
	for _, wish := range p.Wishes {
		same := wish.Occupation != "" && wish.Occupation == o.Occupation
		if same || (len(wish.ISCO) == unitDigits && wish.ISCO == o.ISCO) {
			take(OccupationResult{Relation: Wished, Occupation: wish.Occupation}, stint{})
		}
	}
	if strong.Points > 0 || !weakCounts {
		return strong
	}
	return weak
}

// groupRelation is the relation to a vacancy of work in one of its groups.
func (o Opening) groupRelation(g string) Relation {
	if r := groupRelation(len(g)); r != UnitGroup || o.Occupation != "" {
		return r
	}
	return UnitGroupOnly
}
