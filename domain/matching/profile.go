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
	// AdultOn is the first day on which the law lets the person do hazardous work, rounded up to a month; zero for who may
	// already. It is all that matching knows of an age, and counts for nothing else.
	AdultOn domain.Date
	// MatchableUntil is the last day of the consent to be matched; zero means no end.
	MatchableUntil domain.Date
	// WaitingSince is the day of registration: who has waited longest comes first among equals.
	WaitingSince domain.Date
}

// Experience is an occupation held. One of Occupation and ISCO may be empty.
type Experience struct {
	Occupation domain.ID
	ISCO       string // 1–4 digits
	Months     int    // 0 when it was not said
	Recency    Recency
	// Skills are what the taxonomy calls essential to the occupation: who did the work could do them, whether they say so or not.
	Skills []domain.ID
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

// adult reports whether the person may be put to hazardous work on the day.
func (p Profile) adult(day domain.Date) bool { return p.AdultOn.IsZero() || !day.Before(p.AdultOn) }

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

// proof is why somebody counts as having a skill: they say so, with some evidence, or else the work they did speaks for it.
type proof struct {
	practice Practice // Unpractised where the skill was said
	evidence Evidence // meaningful where the skill was said
	from     domain.ID
}

// level numbers the proofs in terms of the index.
func (f proof) level() int {
	if f.practice == Unpractised {
		return int(f.evidence)
	}
	return int(evidenceLevels) + int(f.practice) - 1
}

// proofs lists every kind, each once.
func proofs() []proof {
	var all []proof
	for e := Declared; e < evidenceLevels; e++ {
		all = append(all, proof{evidence: e})
	}
	for f := PractisedOnce; f < practices; f++ {
		all = append(all, proof{practice: f})
	}
	return all
}

// proofs returns the best proof for each skill of the profile, by skill key. What somebody says or shows always stands before what their work
// suggests.
func (p Profile) proofs() map[string]proof {
	best := make(map[string]proof, len(p.Skills))
	for _, s := range p.Skills {
		key := skillKey(s.Concept, s.Words)
		if had, ok := best[key]; key != "" && (!ok || s.Evidence > had.evidence) {
			best[key] = proof{evidence: s.Evidence}
		}
	}
	occupations, _ := p.held()
	for _, e := range p.Experiences {
		found := proof{practice: occupations[e.Occupation].practice(), from: e.Occupation}
		if e.Occupation == "" || found.practice == Unpractised {
			continue
		}
		for _, s := range e.Skills {
			key := skillKey(s, "")
			had, ok := best[key]
			if key != "" && (!ok || had.practice != Unpractised && found.practice > had.practice) {
				best[key] = found
			}
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
