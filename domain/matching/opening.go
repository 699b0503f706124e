package matching

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/text"
)

// Opening is what matching knows of a vacancy.
type Opening struct {
	ID domain.ID
	// Places holds the code of the place of work and of every place that contains it; empty means anywhere.
	Places           []string
	ISCEDMin         int
	ExperienceMonths int
	Languages        []string // all are required
	Licences         []string // all are required
	Skills           []Need
	Occupation       domain.ID
	ISCO             string
	// Neighbours are occupations whose holders are close to this one; never the occupation itself.
	Neighbours []domain.ID
	// StartsOn is zero for "as soon as possible".
	StartsOn domain.Date
	// OpenFrom and OpenUntil bound the days on which people may be proposed, both included; zero means no bound.
	OpenFrom, OpenUntil domain.Date
	PostsLeft           int
	// WaitingSince is the day of publication.
	WaitingSince domain.Date
}

// Need is a skill a vacancy asks for.
type Need struct {
	Concept   domain.ID
	Words     string
	Essential bool
}

// need is a Need with its key, as scoring uses it.
type need struct {
	Need
	key   string
	share int // by how many its budget is divided
}

// needs returns the distinct needs in the order given: essential wins over optional where a vacancy says both, and a need without
// words is dropped.
func (o Opening) needs() []need {
	var out []need
	seen := map[string]int{}
	for _, n := range o.Skills {
		key := skillKey(n.Concept, n.Words)
		if key == "" {
			continue
		}
		if i, ok := seen[key]; ok {
			out[i].Essential = out[i].Essential || n.Essential
			continue
		}
		seen[key] = len(out)
		n.Words = text.Neutral(n.Words)
		out = append(out, need{Need: n, key: key})
	}
	essential := 0
	for _, n := range out {
		if n.Essential {
			essential++
		}
	}
	for i := range out {
		if out[i].Essential {
			out[i].share = shareFor(essential)
		} else {
			out[i].share = shareFor(len(out) - essential)
		}
	}
	return out
}

// shares are the numbers by which a budget may be divided. There are few of them because each is a term of its own in the index of
// openings; a count in between takes the next larger one.
var shares = [...]int{1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40}

func shareFor(n int) int {
	for _, s := range shares {
		if n <= s {
			return s
		}
	}
	return shares[len(shares)-1]
}

// open reports whether people may be proposed on the day.
func (o Opening) open(day domain.Date) bool {
	return o.PostsLeft > 0 &&
		(o.OpenFrom.IsZero() || !day.Before(o.OpenFrom)) &&
		(o.OpenUntil.IsZero() || !o.OpenUntil.Before(day))
}

// start is the day on which work can begin, seen from day.
func (o Opening) start(day domain.Date) domain.Date {
	if o.StartsOn.IsZero() || o.StartsOn.Before(day) {
		return day
	}
	return o.StartsOn
}
