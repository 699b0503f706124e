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
	Rarity    Rarity
}

// Rarity is how much having a skill tells about somebody: what every trade needs tells little.
type Rarity int

// The steps of rarity.
const (
	Usual  Rarity = iota // also of words
	Common               // many occupations need it
	Rare                 // few do
	rarities
)

// String gives a stable code, for the API and for message keys.
func (r Rarity) String() string { return [...]string{"usual", "common", "rare"}[r] }

// The numbers of occupations that need a skill, from which it is usual, and common. In ESCO half of all skills are needed by three
// occupations or fewer, and a few dozen by more than a hundred.
const (
	usualFrom  = 15
	commonFrom = 100
)

// RarityOf tells the rarity of a skill by how many occupations need it. One that none is known to need is usual.
func RarityOf(occupations int) Rarity {
	switch {
	case occupations >= commonFrom:
		return Common
	case occupations >= usualFrom || occupations <= 0:
		return Usual
	}
	return Rare
}

// weight is the part of a need in the budget of its kind, against the others of its kind: a rare skill weighs twice a common one. The logarithm
// of rarity that text search uses would give six times; measured, it orders people no better, and a counsellor would not believe it.
func (r Rarity) weight() int { return [...]int{Usual: 3, Common: 2, Rare: 4}[r] }

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
	total := map[bool]int{}
	for _, n := range out {
		total[n.Essential] += n.Rarity.weight()
	}
	for i, n := range out {
		out[i].share = shareFor((total[n.Essential] + n.Rarity.weight() - 1) / n.Rarity.weight())
	}
	return out
}

// shares are the numbers by which a budget may be divided. There are few of them because each is a term of its own in the index of
// openings; a number in between takes the next larger one.
var shares = [...]int{1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 32, 40}

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

// Seniority is the experience a vacancy asks for, in bands.
type Seniority int

// The bands of experience asked for.
const (
	AsksNone Seniority = iota
	AsksSome           // under three years
	AsksMuch
	seniorities
)

// String gives a stable code, for the API and for message keys.
func (s Seniority) String() string { return [...]string{"none", "some", "much"}[s] }

func (o Opening) seniority() Seniority {
	switch months := o.monthsAsked(); {
	case months == 0:
		return AsksNone
	case months < 36:
		return AsksSome
	}
	return AsksMuch
}

// trait is what the terms of a vacancy's occupation must say of it: how much experience it asks for, and whether it names any skill.
type trait struct {
	asks Seniority
	bare bool // no skill is named: then also a distant occupation, or a wish, is all there is to go by
}

func (o Opening) trait() trait { return trait{o.seniority(), len(o.needs()) == 0} }

func (t trait) term() int {
	if t.bare {
		return int(t.asks) + int(seniorities)
	}
	return int(t.asks)
}

// traits lists one of each kind.
func traits() []trait {
	var all []trait
	for s := AsksNone; s < seniorities; s++ {
		all = append(all, trait{s, false}, trait{s, true})
	}
	return all
}
