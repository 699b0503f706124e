package matching

import "github.com/baara-platform/baara/domain"

// Recency is how long ago an occupation was held.
type Recency int

// The steps of recency. The latest work counts as such also where no year is known.
const (
	Lately  Recency = iota // now, or ended at most five years ago
	Earlier                // before other work of an unknown year, or ended at most fifteen years ago
	LongAgo                // ended longer ago
	recencies
)

// String gives a stable code, for the API and for message keys.
func (r Recency) String() string { return [...]string{"lately", "earlier", "long_ago"}[r] }

// The years after which work counts as earlier, and as long ago: hands remember, tools and rules change.
const (
	latelyYears  = 5
	earlierYears = 15
)

// RecencyOf tells the recency of work that ended in a year, 0 for now, seen from another. ended is negative where the year is not known;
// then first says whether it may be the latest: where the order of a record is that of time, only the work named first is.
func RecencyOf(ended, now int, first bool) Recency {
	switch {
	case ended < 0 && first, ended == 0, ended > 0 && now-ended <= latelyYears:
		return Lately
	case ended < 0, now-ended <= earlierYears:
		return Earlier
	}
	return LongAgo
}

// Duration is the time spent in an occupation, in bands.
type Duration int

// The bands of time in an occupation. Many people do not remember: not to say is a band of its own, between the others in worth.
const (
	UnderOneYear Duration = iota
	UnderThreeYears
	ThreeYears
	Unsaid
	durations
)

// String gives a stable code, for the API and for message keys.
func (d Duration) String() string {
	return [...]string{"under_one_year", "under_three_years", "three_years", "unsaid"}[d]
}

func durationOf(months int) Duration {
	switch {
	case months <= 0:
		return Unsaid
	case months < 12:
		return UnderOneYear
	case months < 36:
		return UnderThreeYears
	}
	return ThreeYears
}

// Practice is how far an occupation held speaks for its essential skills, where they were not said.
type Practice int

// The steps of practice.
const (
	Unpractised Practice = iota
	PractisedOnce
	PractisedLately
	practices
)

// String gives a stable code, for the API and for message keys.
func (f Practice) String() string { return [...]string{"none", "once", "lately"}[f] }

// stint is all the time somebody spent in an occupation or a group.
type stint struct {
	months  int
	recency Recency // of the latest
}

func (s stint) duration() Duration { return durationOf(s.months) }

// term numbers a stint in terms of the index: an occupation has few that differ.
func (s stint) term() int { return int(s.duration())*int(recencies) + int(s.recency) }

// stints lists one of each kind.
func stints() []stint {
	var all []stint
	for _, months := range [...]int{0, 1, 12, 36} {
		for r := Lately; r < recencies; r++ {
			all = append(all, stint{months, r})
		}
	}
	return all
}

// practice: a year of the work, or a time not said, teaches what it demands; less, or longer ago, speaks for it less; a few months long
// ago for nothing.
func (s stint) practice() Practice {
	short := s.duration() == UnderOneYear
	switch {
	case s.recency == Lately && !short:
		return PractisedLately
	case s.recency == Lately, s.recency == Earlier && !short:
		return PractisedOnce
	}
	return Unpractised
}

func add[K comparable](held map[K]stint, key K, e Experience) {
	had, ok := held[key]
	if !ok {
		had.recency = e.Recency
	}
	held[key] = stint{had.months + max(0, e.Months), min(had.recency, e.Recency)}
}

// held sums the time spent in each occupation and each ISCO group of two, three and four digits. Work whose occupation is not known nearer than
// its unit group is also summed under loose(group).
func (p Profile) held() (occupations map[domain.ID]stint, groups map[string]stint) {
	occupations, groups = map[domain.ID]stint{}, map[string]stint{}
	for _, e := range p.Experiences {
		if e.Occupation != "" {
			add(occupations, e.Occupation, e)
		}
		for _, g := range iscoGroups(e.ISCO) {
			add(groups, g, e)
			if e.Occupation == "" && len(g) == unitDigits {
				add(groups, loose(g), e)
			}
		}
	}
	return occupations, groups
}

// loose names a unit group where nothing nearer is known of an occupation.
func loose(group string) string { return "=" + group }

const unitDigits = 4

// iscoGroups returns the unit, minor and sub-major group of a code, as far as it has the digits.
func iscoGroups(code string) []string {
	var groups []string
	for n := unitDigits; n >= 2; n-- {
		if len(code) >= n {
			groups = append(groups, code[:n])
		}
	}
	return groups
}
