package matching

import (
	"slices"
	"strconv"

	"github.com/baara-platform/baara/domain"
)

// Plan is a question to an engine that holds the terms of many records: which of them pass every filter, and what are they worth?
type Plan struct {
	// Never is set when no record can pass.
	Never   bool
	Filters []Filter // all must pass
	// Missed turns one condition round: of its filters at least one must not pass.
	Missed Condition
	Groups []Group // their values are added
}

// Filter is one hard condition over one field. Exactly one of the three kinds applies.
type Filter struct {
	Condition Condition
	Field     string
	Kind      FilterKind
	Terms     []string // for AnyOf and OnlyFrom, sorted
	Min, Max  string   // for Between, both included; "" leaves the side open
}

// FilterKind says what a filter demands.
type FilterKind int

// The kinds of filters.
const (
	AnyOf    FilterKind = iota // the record has one of the terms
	Between                    // the record has a term in the range; every record has exactly one term in such a field
	OnlyFrom                   // the record has no term but these: "every language asked for is one she speaks"
)

// Group is a set of alternatives of which the first that a record has counts.
type Group struct{ Alternatives []Alternative } // the weak last, the heaviest first, without repetition of a term

// Alternative is a term and its value in points.
type Alternative struct {
	Field, Term string
	Points      int
	// Weak alternatives count only for a record that has points from elsewhere: they stand in the last group.
	Weak bool
}

// PlanCandidates asks for the people who fit a vacancy on a day.
func PlanCandidates(o Opening, day domain.Date, w Weights) Plan {
	p := Plan{Never: !o.open(day)}
	p.Filters = ConsentFilters(day)
	if len(o.Places) > 0 {
		p.anyOf(ConditionPlace, fieldMobility, append([]string{anywhere}, o.Places...)...)
	}
	if o.ISCEDMin > 0 {
		p.between(ConditionEducation, fieldISCED, strconv.Itoa(o.ISCEDMin), "")
	}
	if o.monthsAsked() > 0 {
		p.between(ConditionExperience, fieldMonths, monthsTerm(o.monthsAsked()), "")
	}
	for _, l := range o.Languages {
		p.anyOf(ConditionLanguages, fieldSpeaks, l)
	}
	for _, l := range o.Licences {
		p.anyOf(ConditionLicences, fieldLicence, l)
	}
	p.between(ConditionAvailability, fieldAvailable, "", o.start(day).String())
	if Hazardous(o.ISCO) {
		p.between(ConditionHazard, fieldAdult, "", day.String())
	}

	for _, n := range o.needs() {
		var g Group
		for _, f := range proofs() {
			g.add(fieldSkill, compound(n.key, f.level()), w.skillPoints(n, f), false)
		}
		p.group(g)
	}
	p.group(occupationsFor(o, w))
	return p
}

// occupationsFor are the occupations that count for a vacancy.
func occupationsFor(o Opening, w Weights) Group {
	var g Group
	trait := o.trait()
	weak := func(r Relation) bool { return r.weak() && !trait.bare }
	for _, s := range stints() {
		held := func(field, key string, r Relation) {
			g.add(field, compound(key, s.term()), w.occupationPoints(r, s, trait.asks), weak(r))
		}
		if o.Occupation != "" {
			held(fieldHeld, string(o.Occupation), SameOccupation)
		}
		for _, n := range o.Neighbours {
			if n != "" {
				held(fieldHeld, string(n), Neighbour)
			}
		}
		for _, code := range iscoGroups(o.ISCO) {
			held(fieldGroup, code, o.groupRelation(code))
			if len(code) == unitDigits {
				held(fieldGroup, loose(code), UnitGroupOnly)
			}
		}
	}
	wished := w.occupationPoints(Wished, stint{}, trait.asks)
	if o.Occupation != "" {
		g.add(fieldWish, string(o.Occupation), wished, weak(Wished))
	}
	if len(o.ISCO) == unitDigits {
		g.add(fieldWish, o.ISCO, wished, weak(Wished))
	}
	return g
}

// PlanOpenings asks for the vacancies that fit a person on a day.
func PlanOpenings(who Profile, day domain.Date, w Weights) Plan {
	p := Plan{Never: !who.MatchableUntil.IsZero() && who.MatchableUntil.Before(day)}
	p.Filters = OpenFilters(day)
	if !who.Anywhere {
		p.anyOf(ConditionPlace, fieldPlace, append([]string{nowhere}, who.Mobility...)...)
	}
	p.between(ConditionEducation, fieldISCEDMin, "", strconv.Itoa(who.ISCED))
	p.between(ConditionExperience, fieldMonthsMin, "", monthsTerm(who.months()))
	p.onlyFrom(ConditionLanguages, fieldLanguages, who.Languages)
	p.onlyFrom(ConditionLicences, fieldLicences, who.Licences)
	if day.Before(who.AvailableFrom) {
		p.between(ConditionAvailability, fieldStart, who.AvailableFrom.String(), "")
	}
	if !who.adult(day) {
		p.anyOf(ConditionHazard, fieldHazard, harmless)
	}

	has := who.proofs()
	for _, key := range sortedKeys(has) {
		var g Group
		for _, share := range shares {
			n := need{key: key, share: share}
			g.add(fieldWant, compound(key, share), w.skillPoints(n, has[key]), false)
			n.Essential = true
			g.add(fieldNeed, compound(key, share), w.skillPoints(n, has[key]), false)
		}
		p.group(g)
	}
	p.group(openingsFor(who, w))
	return p
}

// openingsFor are the occupations of vacancies that count for somebody.
func openingsFor(who Profile, w Weights) Group {
	var g Group
	occupations, groups := who.held()
	for _, t := range traits() {
		worth := func(field, key string, r Relation, s stint) {
			g.add(field, compound(key, t.term()), w.occupationPoints(r, s, t.asks), r.weak() && !t.bare)
		}
		for id, s := range occupations {
			worth(fieldOccupation, string(id), SameOccupation, s)
			worth(fieldNeighbour, string(id), Neighbour, s)
		}
		for code, s := range groups {
			switch {
			case code[0] == '=':
				worth(fieldOpenGroup, code[1:], UnitGroupOnly, s)
			case len(code) == unitDigits:
				worth(fieldOpenGroup, code, UnitGroup, s)
				worth(fieldOpenGroup, loose(code), UnitGroupOnly, s)
			default:
				worth(fieldOpenGroup, code, groupRelation(len(code)), s)
			}
		}
		for _, wish := range who.Wishes {
			if wish.Occupation != "" {
				worth(fieldOccupation, string(wish.Occupation), Wished, stint{})
			}
			if len(wish.ISCO) == unitDigits {
				worth(fieldOpenGroup, wish.ISCO, Wished, stint{})
				worth(fieldOpenGroup, loose(wish.ISCO), Wished, stint{})
			}
		}
	}
	return g
}

// OpenFilters passes the vacancies that take people on the day.
func OpenFilters(day domain.Date) []Filter {
	var p Plan
	p.anyOf(ConditionOpen, fieldPostsLeft, postsLeft)
	p.between(ConditionOpen, fieldOpenFrom, "", day.String())
	p.between(ConditionOpen, fieldOpenUntil, day.String(), "")
	return p.Filters
}

// ConsentFilters passes the people whose consent to be matched lasts until the day.
func ConsentFilters(day domain.Date) []Filter {
	var p Plan
	p.between(ConditionConsent, fieldMatchable, day.String(), "")
	return p.Filters
}

// Evaluate answers the plan for the terms of one record: what an engine must compute.
func (p Plan) Evaluate(t Terms) (points int, passes bool) {
	if p.Never {
		return 0, false
	}
	missed := p.Missed == ""
	for _, f := range p.Filters {
		if f.passes(t[f.Field]) {
			continue
		}
		if f.Condition != p.Missed {
			return 0, false
		}
		missed = true
	}
	if !missed {
		return 0, false
	}
	for _, g := range p.Groups {
		for _, a := range g.Alternatives {
			if slices.Contains(t[a.Field], a.Term) && (!a.Weak || points > 0) {
				points += a.Points
				break
			}
		}
	}
	return points, true
}

func (f Filter) passes(terms []string) bool {
	switch f.Kind {
	case AnyOf:
		return meet(terms, f.Terms)
	case Between:
		return slices.ContainsFunc(terms, func(s string) bool { return s >= f.Min && (f.Max == "" || s <= f.Max) })
	default:
		return contains(f.Terms, terms)
	}
}

func (p *Plan) anyOf(c Condition, field string, terms ...string) {
	p.Filters = append(p.Filters, Filter{Condition: c, Field: field, Kind: AnyOf, Terms: unique(terms)})
}

func (p *Plan) between(c Condition, field, from, to string) {
	p.Filters = append(p.Filters, Filter{Condition: c, Field: field, Kind: Between, Min: from, Max: to})
}

func (p *Plan) onlyFrom(c Condition, field string, terms []string) {
	p.Filters = append(p.Filters, Filter{Condition: c, Field: field, Kind: OnlyFrom, Terms: unique(terms)})
}

func (g *Group) add(field, term string, points int, weak bool) {
	if points > 0 {
		g.Alternatives = append(g.Alternatives, Alternative{field, term, points, weak})
	}
}

// group adds g with its alternatives in a stated order: the weak last, the heaviest first, then by name; of a term named twice the first
// stays.
func (p *Plan) group(g Group) {
	slices.SortFunc(g.Alternatives, compareAlternatives)
	type name struct{ field, term string }
	seen := map[name]bool{}
	kept := g.Alternatives[:0]
	for _, a := range g.Alternatives {
		if n := (name{a.Field, a.Term}); !seen[n] {
			seen[n] = true
			kept = append(kept, a)
		}
	}
	if len(kept) > 0 {
		p.Groups = append(p.Groups, Group{kept})
	}
}
