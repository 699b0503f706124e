package person

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/text"
)

// FindFilter narrows a search of the name register. Empty fields do not narrow.
type FindFilter struct {
	AgencyID  domain.ID
	Region    string // area code of a region or district
	State     domain.State
	YearFrom  int // birth years, both included; people of unknown birth stay in
	YearUntil int
}

// Found is a line of the name register. Of people the actor may not read, the
// agency is all there is: ask there.
type Found struct {
	Hidden    bool // only AgencyID is filled
	AgencyID  domain.ID
	PersonID  domain.ID
	Reference string
	Given     string
	Family    string
	Aliases   []Alias
	Birth     Birth
	Place     string
	Detail    string
}

// Bounds of a search: how many people are compared by name, and from which
// similarity somebody who only sounds alike is shown.
const (
	maxCompared   = 200
	minSimilarity = 0.75
)

// Find looks somebody up by name, alias, village, phone, reference or
// identity number, whatever the spelling. Everybody with a file is found,
// matched or not. At most the 200 best are given, the best first.
func (s *Jobseekers) Find(ctx context.Context, actor domain.Actor, words string, filter FindFilter, cursor domain.Cursor) (domain.Listing[Found], error) {
	const op = "person.Find"
	var out domain.Listing[Found]
	question := ask(words)
	if len(question) == 0 {
		return out, domain.Invalid(op, domain.Field("words", "error.required"))
	}
	start := 0
	if cursor.After != "" {
		n, err := strconv.Atoi(cursor.After)
		if err != nil || n < 0 || n > maxCompared {
			return out, domain.Invalid(op, domain.Field("after", "error.cursor"))
		}
		start = n
	}
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.PersonFind, access.Facts{}); err != nil {
			return err
		}
		ranked, err := s.rank(ctx, question, filter)
		if err != nil {
			return err
		}
		ranked = ranked[min(start, len(ranked)):]
		if len(ranked) > cursor.Size() {
			ranked = ranked[:cursor.Size()]
			out.Next = strconv.Itoa(start + cursor.Size())
		}
		out.Items, err = s.show(ctx, tx, actor, ranked)
		return err
	})
	return out, err
}

// rank orders the people under the asked keys: what matched first, then how
// alike the names are, then the oldest record.
func (s *Jobseekers) rank(ctx context.Context, question []asked, filter FindFilter) ([]Person, error) {
	var keys []WeightedKey
	var names []string
	for _, word := range question {
		keys = append(keys, word.keys...)
		if word.name {
			names = append(names, word.text)
		}
	}
	hits, err := s.d.People.ByKeys(ctx, keys, filter, maxCompared)
	if err != nil {
		return nil, err
	}
	people, err := s.d.People.Named(ctx, idsOf(hits))
	if err != nil {
		return nil, err
	}
	weight := make(map[domain.ID]float64, len(hits))
	for _, h := range hits {
		weight[h.PersonID] = float64(h.Weight)
	}
	name := strings.Join(names, " ")
	people = slices.DeleteFunc(people, func(p Person) bool {
		likeness := likeness(name, p)
		weight[p.ID] += 2 * likeness
		return len(names) == len(question) && likeness < minSimilarity && !spelt(p, names)
	})
	slices.SortStableFunc(people, func(a, b Person) int {
		return cmp.Or(cmp.Compare(weight[b.ID], weight[a.ID]), cmp.Compare(a.ID, b.ID))
	})
	return people, nil
}

// spelt reports whether a word stands in the name or the village as it was
// asked. Keys of sound alone are too wide to show somebody for.
func spelt(p Person, words []string) bool {
	return slices.ContainsFunc(KeysOf(p), func(k Key) bool {
		return (k.Kind == KeyWord || k.Kind == KeyVillage) && slices.Contains(words, k.Value)
	})
}

// likeness compares what was asked with the name, or the closest alias.
func likeness(asked string, p Person) float64 {
	if asked == "" {
		return 0
	}
	best := max(text.NameSimilarity(asked, p.FullName()), text.NameSimilarity(asked, p.Family), text.NameSimilarity(asked, p.Given))
	for _, a := range p.Aliases {
		best = max(best, text.NameSimilarity(asked, a.Name), text.NameSimilarity(asked, a.Name+" "+p.Family))
	}
	return best
}

// show narrows people to what the actor may see of each.
func (s *Jobseekers) show(ctx context.Context, tx domain.Tx, actor domain.Actor, people []Person) ([]Found, error) {
	ids := make([]domain.ID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	facts, err := s.d.People.Facts(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Found, len(people))
	for i, p := range people {
		out[i] = Found{Hidden: true, AgencyID: facts[p.ID].AgencyID}
		if s.d.Policy.Allows(actor, access.PersonRead, facts[p.ID]) {
			out[i] = Found{
				AgencyID: facts[p.ID].AgencyID, PersonID: p.ID, Reference: p.Reference, Given: p.Given, Family: p.Family,
				Aliases: p.Aliases, Birth: p.Birth, Place: p.Residence.Place, Detail: p.Residence.Detail,
			}
		}
	}
	return out, nil
}

func idsOf(hits []Keyed) []domain.ID {
	ids := make([]domain.ID, len(hits))
	for i, h := range hits {
		ids[i] = h.PersonID
	}
	return ids
}
