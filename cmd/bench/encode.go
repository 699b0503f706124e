package bench

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain/matching"
)

// register gives terms numbers, the same to both rivals: they compare integers,
// as a specialist would store them, not strings.
type register struct {
	numbers map[string]int32
	scalar  map[string]int // fields of one value a person, by column
}

// scalars are the fields that hold exactly one term: rivals keep them as numbers.
func scalars() []string { return []string{"p.isced", "p.months", "p.from", "p.until", "p.adult"} }

func newRegister() *register {
	r := &register{numbers: map[string]int32{}, scalar: map[string]int{}}
	for i, field := range scalars() {
		r.scalar[field] = i
	}
	return r
}

func (r *register) number(field, term string) int32 {
	key := field + "\x00" + term
	n, ok := r.numbers[key]
	if !ok {
		n = int32(len(r.numbers)) + 1
		r.numbers[key] = n
	}
	return n
}

// value turns a level, months or a day into a number that sorts like it.
func value(term string) int32 {
	n, err := strconv.ParseInt(strings.ReplaceAll(term, "-", ""), 10, 32)
	if err != nil {
		panic("bench: not a number: " + term) // the mapping has changed: so must this
	}
	return int32(n)
}

// row is a person as the rivals hold her.
type row struct {
	terms  []int32 // sorted
	values [5]int32
	since  int32
}

func (r *register) row(p matching.Profile) row {
	out := row{since: value(p.WaitingSince.String())}
	all := matching.ProfileTerms(p)
	for _, field := range slices.Sorted(maps.Keys(all)) { // numbers are the same again in another run
		terms := all[field]
		if column, ok := r.scalar[field]; ok {
			out.values[column] = value(terms[0])
			continue
		}
		for _, t := range terms {
			out.terms = append(out.terms, r.number(field, t))
		}
	}
	slices.Sort(out.terms)
	return out
}

// question is a plan in numbers.
type question struct {
	groups []group
	any    [][]int32 // one of each must be there
	ranges []between
}

// group is a list of alternatives of which the first counts that a person has.
type group struct {
	alternatives []alternative // the weak last, the heaviest first
	one          bool          // nobody has two of them: a skill in its levels of proof
}

// alternative is a term and its worth; a weak one counts only beside something else.
type alternative struct {
	term, points int32
	weak         bool
}

type between struct {
	column   int
	min, max int32
}

func (r *register) question(p matching.Plan) question {
	var q question
	for _, f := range p.Filters {
		column, scalar := r.scalar[f.Field]
		switch {
		case f.Kind == matching.Between && scalar:
			b := between{column: column, min: -1, max: 1<<31 - 1}
			if f.Min != "" {
				b.min = value(f.Min)
			}
			if f.Max != "" {
				b.max = value(f.Max)
			}
			q.ranges = append(q.ranges, b)
		case f.Kind == matching.AnyOf && !scalar:
			var terms []int32
			for _, t := range f.Terms {
				terms = append(terms, r.number(f.Field, t))
			}
			q.any = append(q.any, terms)
		default:
			panic("bench: a filter that rivals do not know: " + f.Field)
		}
	}
	for _, g := range p.Groups {
		out := group{one: true}
		for _, a := range g.Alternatives {
			out.one = out.one && a.Field == "p.skill"
			out.alternatives = append(out.alternatives, alternative{r.number(a.Field, a.Term), int32(a.Points), a.Weak})
		}
		q.groups = append(q.groups, out)
	}
	return q
}
