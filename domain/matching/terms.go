package matching

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/baara-platform/baara/domain"
)

// The fields of the match index. Those of a person start with p, those of a vacancy with o. This is all that is indexed for
// matching; there is no field for a name, a contact, a note, sex, age, origin, migration or protection.
const (
	fieldSkill     = "p.skill" // skill key | evidence or practice
	fieldHeld      = "p.held"  // occupation | duration and recency
	fieldGroup     = "p.group" // ISCO group | duration and recency
	fieldWish      = "p.wish"  // occupation or ISCO unit group
	fieldMobility  = "p.place"
	fieldISCED     = "p.isced"
	fieldMonths    = "p.months"
	fieldSpeaks    = "p.lang"
	fieldLicence   = "p.licence"
	fieldAvailable = "p.from"
	fieldMatchable = "p.until"
	fieldAdult     = "p.adult" // day from which hazardous work is allowed

	fieldNeed       = "o.need"       // skill key | share, essential
	fieldWant       = "o.want"       // skill key | share, optional
	fieldOccupation = "o.occupation" // occupation | trait
	fieldNeighbour  = "o.near"       // occupation | trait
	fieldOpenGroup  = "o.group"      // ISCO group | trait
	fieldPlace      = "o.place"
	fieldISCEDMin   = "o.isced"
	fieldMonthsMin  = "o.months"
	fieldLanguages  = "o.lang"
	fieldLicences   = "o.licence"
	fieldStart      = "o.start"
	fieldOpenFrom   = "o.from"
	fieldOpenUntil  = "o.until"
	fieldPostsLeft  = "o.left"
	fieldHazard     = "o.hazard"
)

// Fields lists them all: what an index of matches may contain.
func Fields() []string {
	return []string{
		fieldSkill, fieldHeld, fieldGroup, fieldWish, fieldMobility, fieldISCED, fieldMonths, fieldSpeaks, fieldLicence, fieldAvailable,
		fieldMatchable, fieldAdult, fieldNeed, fieldWant, fieldOccupation, fieldNeighbour, fieldOpenGroup, fieldPlace, fieldISCEDMin, fieldMonthsMin,
		fieldLanguages, fieldLicences, fieldStart, fieldOpenFrom, fieldOpenUntil, fieldPostsLeft, fieldHazard,
	}
}

const (
	anywhere  = "*" // a person's mobility
	nowhere   = "-" // a vacancy without a place
	firstDay  = "0000-00-00"
	lastDay   = "9999-12-31"
	postsLeft = "1"
	harmless  = "0"
	hazardous = "1"
)

// Terms maps a field to the terms a record has in it, sorted, without repetition.
type Terms map[string][]string

func (t Terms) add(field string, terms ...string) { t[field] = append(t[field], terms...) }

func (t Terms) done() Terms {
	for field, terms := range t {
		slices.Sort(terms)
		t[field] = slices.Compact(terms)
	}
	return t
}

// ProfileTerms returns the terms of a person in the match index.
func ProfileTerms(p Profile) Terms {
	t := Terms{}
	for key, f := range p.proofs() {
		t.add(fieldSkill, compound(key, f.level()))
	}
	occupations, groups := p.held()
	for id, s := range occupations {
		t.add(fieldHeld, compound(string(id), s.term()))
	}
	for g, s := range groups {
		t.add(fieldGroup, compound(g, s.term()))
	}
	for _, w := range p.Wishes {
		if w.Occupation != "" {
			t.add(fieldWish, string(w.Occupation))
		}
		if len(w.ISCO) == 4 {
			t.add(fieldWish, w.ISCO)
		}
	}
	t.add(fieldMobility, p.Mobility...)
	if p.Anywhere {
		t.add(fieldMobility, anywhere)
	}
	t.add(fieldISCED, strconv.Itoa(p.ISCED))
	t.add(fieldMonths, monthsTerm(p.months()))
	t.add(fieldSpeaks, p.Languages...)
	t.add(fieldLicence, p.Licences...)
	t.add(fieldAvailable, dayTerm(p.AvailableFrom, firstDay))
	t.add(fieldMatchable, dayTerm(p.MatchableUntil, lastDay))
	t.add(fieldAdult, dayTerm(p.AdultOn, firstDay))
	return t.done()
}

// OpeningTerms returns the terms of a vacancy in the match index.
func OpeningTerms(o Opening) Terms {
	t := Terms{}
	for _, n := range o.needs() {
		field := fieldWant
		if n.Essential {
			field = fieldNeed
		}
		t.add(field, compound(n.key, n.share))
	}
	trait := o.trait().term()
	if o.Occupation != "" {
		t.add(fieldOccupation, compound(string(o.Occupation), trait))
	}
	for _, n := range o.Neighbours {
		if n != "" {
			t.add(fieldNeighbour, compound(string(n), trait))
		}
	}
	for _, g := range iscoGroups(o.ISCO) {
		if len(g) == unitDigits && o.Occupation == "" {
			g = loose(g) // a vacancy is in one of the two, where its people are in both
		}
		t.add(fieldOpenGroup, compound(g, trait))
	}
	t.add(fieldPlace, o.Places...)
	if len(o.Places) == 0 {
		t.add(fieldPlace, nowhere)
	}
	t.add(fieldISCEDMin, strconv.Itoa(o.ISCEDMin))
	t.add(fieldMonthsMin, monthsTerm(o.monthsAsked()))
	t.add(fieldLanguages, o.Languages...)
	t.add(fieldLicences, o.Licences...)
	t.add(fieldStart, dayTerm(o.StartsOn, firstDay))
	t.add(fieldOpenFrom, dayTerm(o.OpenFrom, firstDay))
	t.add(fieldOpenUntil, dayTerm(o.OpenUntil, lastDay))
	if o.PostsLeft > 0 {
		t.add(fieldPostsLeft, postsLeft)
	}
	if Hazardous(o.ISCO) {
		t.add(fieldHazard, hazardous)
	} else {
		t.add(fieldHazard, harmless)
	}
	return t.done()
}

func compound(key string, n int) string { return key + "|" + strconv.Itoa(n) }

// monthsTerm and dayTerm sort as the values they write.
func monthsTerm(n int) string { return fmt.Sprintf("%03d", n) }

func dayTerm(d domain.Date, zero string) string {
	if d.IsZero() {
		return zero
	}
	return d.String()
}
