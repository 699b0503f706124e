package matching

// Weights says what a match is worth, in points of a thousand and in per cent of them. docs/matching.md tells how they were found.
type Weights struct {
	// Essential is divided among the essential skills of a vacancy, Optional among the optional ones; Occupation goes to the closest
	// occupation held. Together they make the best possible score.
	Essential, Optional, Occupation int
	// Evidence is the share of a skill's points by level of evidence, in per cent.
	Evidence [evidenceLevels]int
	// Practice is that share for a skill that was not said but belongs to an occupation held.
	Practice [practices]int
	// Relation is the share of the occupation's points by closeness, in per cent.
	Relation [relations]int
	// Recency is the share of the occupation's points by how long ago it was held, in per cent.
	Recency [recencies]int
	// Duration is the share of the occupation's points by time spent in it, in per cent, by what the vacancy asks for.
	Duration [seniorities][durations]int
}

// DefaultWeights are the weights in use, with the reason for each:
//
//   - 600 / 100 / 300: what somebody can do says more than what the post was called, and an optional skill must not outweigh an
//     essential one. A vacancy that names no skill can give at most 300: little is known, so little is claimed.
//   - Evidence 75 / 85 / 95 / 100: most skills are only declared, and people who learnt on the site rarely have papers; proof decides
//     between equals but does not bury the undocumented.
//   - Practice 30 for what the latest work demands, 12 for earlier or short work: who laid bricks for years can do it without having said so, yet
//     what somebody says must count more than what is guessed about them.
//   - Relation: the same occupation counts fully; its unit group nearly (75) where one of the two is known no nearer, because
//     it may be the same, and less (45) where another occupation of the group is known; neighbours (35) share skills, which
//     count by themselves; the minor group (25) shares tools and places, the sub-major group (8) little more than the
//     sector. A wish (15) is no evidence, but it beats nothing.
//   - Recency 100 / 45 / 25: the work of today is practised; the one left years ago must be taken up again.
//   - Duration: a vacancy that asks for no experience is nearly as good for a beginner (90 / 95 / 100); one that asks for
//     years means years in that work, where the hard condition counts those of any (75 / 90 / 100, 60 / 85 / 100). Not said
//     counts like the middle: forgetting is no fault.
func DefaultWeights() Weights {
	return Weights{
		Essential: 600, Optional: 100, Occupation: 300,
		Evidence: [...]int{Declared: 75, Documented: 85, Assessed: 95, Certified: 100},
		Practice: [...]int{Unpractised: 0, PractisedOnce: 12, PractisedLately: 30},
		Relation: [...]int{
			Unrelated: 0, SubMajorGroup: 8, Wished: 15, MinorGroup: 25, Neighbour: 35, UnitGroup: 45, UnitGroupOnly: 75, SameOccupation: 100,
		},
		Recency: [...]int{Lately: 100, Earlier: 45, LongAgo: 25},
		Duration: [...][durations]int{
			AsksNone: {UnderOneYear: 90, UnderThreeYears: 95, ThreeYears: 100, Unsaid: 95},
			AsksSome: {UnderOneYear: 75, UnderThreeYears: 90, ThreeYears: 100, Unsaid: 90},
			AsksMuch: {UnderOneYear: 60, UnderThreeYears: 85, ThreeYears: 100, Unsaid: 85},
		},
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
	UnitGroupOnly // of one of the two, nothing nearer than the group is known
	SameOccupation
	relations
)

// String gives a stable code, for the API and for message keys.
func (r Relation) String() string {
	return [...]string{"unrelated", "wished", "sub_major_group", "minor_group", "neighbour", "unit_group", "unit_group_only", "same"}[r]
}

// weak reports whether a relation says too little by itself: beside some skill of the vacancy's, or a closer occupation, it adds its points;
// alone it makes nobody a candidate of a vacancy that names skills. Somebody with none of seven skills who once worked in the same
// sector is no close profile.
func (r Relation) weak() bool { return r == Wished || r == SubMajorGroup || r == MinorGroup }

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

func (w Weights) skillPoints(n need, f proof) int {
	budget := w.Optional
	if n.Essential {
		budget = w.Essential
	}
	if f.practice != Unpractised {
		return budget / n.share * w.Practice[f.practice] / 100
	}
	return budget / n.share * w.Evidence[f.evidence] / 100
}

func (w Weights) occupationPoints(r Relation, s stint, asks Seniority) int {
	if r == Wished {
		return w.Occupation * w.Relation[r] / 100
	}
	return w.Occupation * w.Relation[r] * w.Recency[s.recency] * w.Duration[asks][s.duration()] / 1_000_000
}
