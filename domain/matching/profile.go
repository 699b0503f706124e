package matching

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/text"
)

// Profile is what matching knows of a person who is registered and consents to be matched.
type Profile struct {
	ID domain.ID
	// Mobility holds the codes of the places where the person would work; Anywhere stands for all of them.
	Mobility []string
	Anywhere bool
	// ISCED is the highest level attained, 0–8; 0 also stands for unknown.
	ISCED       int
	Experiences []Experience
	Wishes      []Wish
	Skills      []Skill
	Languages   []string // ISO 639 codes
	Licences    []string // categories
	// AvailableFrom is zero for "now".
	AvailableFrom domain.Date
	// MatchableUntil is the last day of the consent to be matched; zero means no end.
	MatchableUntil domain.Date
	// WaitingSince is the day of registration: who has waited longest comes first among equals.
	WaitingSince domain.Date
}

// Experience is an occupation held. One of Occupation and ISCO may be empty.
type Experience struct {
	Occupation domain.ID
	ISCO       string // 1–4 digits
	Months     int
}

// Wish is an occupation looked for.
type Wish struct {
	Occupation domain.ID
	ISCO       string
}

// Skill is a skill somebody has: a concept of the taxonomy, or words where none was found.
type Skill struct {
	Concept  domain.ID
	Words    string
	Evidence Evidence
}

// Evidence says how sure a skill is.
type Evidence int

// The levels of evidence, weakest first.
const (
	Declared Evidence = iota
	Documented
	Assessed
	Certified
	evidenceLevels
)

// String gives the stored code.
func (e Evidence) String() string {
	return [...]string{"declared", "documented", "assessed", "certified"}[e]
}

// ParseEvidence reads a stored code; an unknown one counts as declared, the weakest.
func ParseEvidence(code string) Evidence {
	for e := Declared; e < evidenceLevels; e++ {
		if e.String() == code {
			return e
		}
	}
	return Declared
}

// months is the total experience, as the hard condition counts it: summed, overlaps included.
func (p Profile) months() int {
	total := 0
	for _, e := range p.Experiences {
		total += max(0, e.Months)
	}
	return min(total, maxMonths)
}

// maxMonths keeps the total within the three digits of its term.
const maxMonths = 999

// evidence returns the best evidence for each skill of the profile, by skill key.
func (p Profile) evidence() map[string]Evidence {
	best := make(map[string]Evidence, len(p.Skills))
	for _, s := range p.Skills {
		key := skillKey(s.Concept, s.Words)
		if had, ok := best[key]; key != "" && (!ok || s.Evidence > had) {
			best[key] = s.Evidence
		}
	}
	return best
}

// skillKey names a skill in comparisons and in the index: its concept, else the stems of its words in alphabetical order. A skill has one key,
// so one skill can never be counted twice.
func skillKey(concept domain.ID, words string) string {
	if concept != "" {
		return string(concept)
	}
	stems := text.Stems(words)
	if len(stems) == 0 {
		return ""
	}
	slices.Sort(stems)
	return "~" + strings.Join(slices.Compact(stems), " ")
}

// held sums the months spent in each occupation and each ISCO group of two, three and four digits.
func (p Profile) held() (occupations map[domain.ID]int, groups map[string]int) {
	occupations, groups = map[domain.ID]int{}, map[string]int{}
	for _, e := range p.Experiences {
		months := max(0, e.Months)
		if e.Occupation != "" {
			occupations[e.Occupation] += months
		}
		for _, g := range iscoGroups(e.ISCO) {
			groups[g] += months
		}
	}
	return occupations, groups
}

// iscoGroups returns the unit, minor and sub-major group of a code, as far as it has the digits.
func iscoGroups(code string) []string {
	var groups []string
	for n := 4; n >= 2; n-- {
		if len(code) >= n {
			groups = append(groups, code[:n])
		}
	}
	return groups
}
