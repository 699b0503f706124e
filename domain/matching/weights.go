package matching

// Weights says what a match is worth, in points of a thousand and in per cent of them.
type Weights struct {
	// Essential is divided among the essential skills of a vacancy, Optional among the optional ones; Occupation goes to the closest
	// occupation held. Together they make the best possible score.
	Essential, Optional, Occupation int
	// Evidence is the share of a skill's points by level of evidence, in per cent.
	Evidence [evidenceLevels]int
	// Relation is the share of the occupation's points by closeness, in per cent.
	Relation [relations]int
	// Duration is the share of the occupation's points by time spent in it, in per cent.
	Duration [durations]int
}

// DefaultWeights are the weights in use, with the reason for each:
//
//   - 600 / 150 / 250: what somebody can do says more than what the post was called, and an optional skill must not outweigh an
//     essential one. A vacancy that names no skill can give at most 250: little is known, so little is claimed.
//   - Evidence 75 / 85 / 95 / 100: most skills are only declared, and people who learnt on the site rarely have papers; proof decides
//     between equals but does not bury the undocumented.
//   - Relation: the same occupation counts fully, its unit group (80) and its neighbours (75) nearly; the minor group (50) shares
//     tools and places, the sub-major group (25) little more than the sector. A wish (20) is no evidence, but it beats nothing.
//   - Duration 70 / 85 / 100 for under one year, under three, and more: experience saturates, and months are often rounded.
func DefaultWeights() Weights {
	return Weights{
		Essential: 600, Optional: 150, Occupation: 250,
		Evidence: [...]int{Declared: 75, Documented: 85, Assessed: 95, Certified: 100},
		Relation: [...]int{Unrelated: 0, Wished: 20, SubMajorGroup: 25, MinorGroup: 50, Neighbour: 75, UnitGroup: 80, SameOccupation: 100},
		Duration: [...]int{UnderOneYear: 70, UnderThreeYears: 85, ThreeYears: 100},
	}
}

// Relation is how an occupation held relates to the vacancy's.
type Relation int

// The relations of occupations.
const (
	Unrelated Relation = iota
	Wished
	SubMajorGroup
	MinorGroup
	Neighbour
	UnitGroup
	SameOccupation
	relations
)

// String gives a stable code, for the API and for message keys.
func (r Relation) String() string {
	return [...]string{"unrelated", "wished", "sub_major_group", "minor_group", "neighbour", "unit_group", "same"}[r]
}

// Duration is the time spent in an occupation, in bands.
type Duration int

// The bands of time in an occupation.
const (
	UnderOneYear Duration = iota
	UnderThreeYears
	ThreeYears
	durations
)

// String gives a stable code, for the API and for message keys.
func (d Duration) String() string {
	return [...]string{"under_one_year", "under_three_years", "three_years"}[d]
}

func durationOf(months int) Duration {
	switch {
	case months < 12:
		return UnderOneYear
	case months < 36:
		return UnderThreeYears
	}
	return ThreeYears
}

// groupRelation is the relation of two occupations that share an ISCO group of so many digits.
func groupRelation(digits int) Relation {
	switch digits {
	case 4:
		return UnitGroup
	case 3:
		return MinorGroup
	}
	return SubMajorGroup
}

// These two functions are the only places where points are rounded.

func (w Weights) skillPoints(n need, e Evidence) int {
	budget := w.Optional
	if n.Essential {
		budget = w.Essential
	}
	return budget / n.share * w.Evidence[e] / 100
}

func (w Weights) occupationPoints(r Relation, d Duration) int {
	if r == Wished {
		return w.Occupation * w.Relation[r] / 100
	}
	return w.Occupation * w.Relation[r] * w.Duration[d] / 10000
}
