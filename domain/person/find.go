package person

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

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
	Hidden    bool // only AgencyID and Hint are filled
	AgencyID  domain.ID
	Hint      string // names somebody hidden to a request for a transfer, from this account and for HintLife
	PersonID  domain.ID
	Reference string
	Given     string
	Family    string
	Aliases   []Alias
	Birth     Birth
	Place     string
	Detail    string
}

// Findings are a page of the name register. OwnOnly says that the actor has
// learnt about other agencies' people as often as one may in a day: theirs are
// left out, whether there are any or not.
type Findings struct {
	domain.Listing[Found]
	OwnOnly bool
}

// What staff may learn of other agencies: how often in a day the register is
// asked across agencies, and how long a hint is good for.
const (
	FindsPerDay      = 300
	DuplicatesPerDay = 300
	HintLife         = time.Hour
)

// Bounds of a search: how many people are compared by name, and from which
// similarity somebody who only sounds alike is shown.
const (
	maxCompared   = 200
	minSimilarity = 0.75
)

// Find looks somebody up by name, alias, village, phone, reference or
// identity number, whatever the spelling. Everybody with a file is found,
// // matched or not. At most the 200 best are given, the best first. Of whom the
// actor only learns the agency to ask, the audit trail has an entry each.
func (s *Jobseekers) Find(ctx context.Context, actor domain.Actor, words string, filter FindFilter, cursor domain.Cursor) (Findings, error) {
	const op = "person.Find"
	var out Findings
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
	var err error
	if out.OwnOnly, err = s.ownOnly(ctx, actor, "find", FindsPerDay); err != nil {
		return out, err
	}
	err = s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.PersonFind, access.Facts{}); err != nil {
			return err
		}
		ranked, err := s.rank(ctx, question, filter)
		if err == nil && out.OwnOnly {
			ranked, err = s.readable(ctx, tx, actor, ranked)
		}
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
	if err == nil {
		hits, err = s.d.standing(ctx, hits)
	}
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

// ownOnly counts one question across agencies, and reports whether the day's
// are used up.
func (s *Jobseekers) ownOnly(ctx context.Context, actor domain.Actor, what string, perDay int) (bool, error) {
	if s.d.Allowance == nil || !s.d.Policy.Allows(actor, access.PersonHint, access.Facts{}) {
		return false, nil
	}
	err := s.d.Allowance.Spend(ctx, what, actor.UserID, perDay, s.d.Clock.Now())
	if domain.KindOf(err) == domain.KindTooMany {
		return true, nil
	}
	return false, err
}

// readable keeps the people the actor may read.
func (s *Jobseekers) readable(ctx context.Context, tx domain.Tx, actor domain.Actor, people []Person) ([]Person, error) {
	facts, err := s.factsOfAll(ctx, tx, people)
	return slices.DeleteFunc(people, func(p Person) bool { return !s.d.Policy.Allows(actor, access.PersonRead, facts[p.ID]) }), err
}

func (s *Jobseekers) factsOfAll(ctx context.Context, tx domain.Tx, people []Person) (map[domain.ID]access.Facts, error) {
	ids := make([]domain.ID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	return s.d.People.Facts(ctx, tx, ids)
}

// show narrows people to what the actor may see of each. Who is hidden is
// told of by the agency alone, and that is an entry of the audit trail.
func (s *Jobseekers) show(ctx context.Context, tx domain.Tx, actor domain.Actor, people []Person) ([]Found, error) {
	facts, err := s.factsOfAll(ctx, tx, people)
	if err != nil {
		return nil, err
	}
	out := make([]Found, len(people))
	for i, p := range people {
		if s.d.Policy.Allows(actor, access.PersonRead, facts[p.ID]) {
			out[i] = Found{
				AgencyID: facts[p.ID].AgencyID, PersonID: p.ID, Reference: p.Reference, Given: p.Given, Family: p.Family,
				Aliases: p.Aliases, Birth: p.Birth, Place: p.Residence.Place, Detail: p.Residence.Detail,
			}
			continue
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PersonHint, facts[p.ID]); err != nil {
			return nil, err
		}
		out[i] = Found{Hidden: true, AgencyID: facts[p.ID].AgencyID}
		if s.d.Hints != nil {
			out[i].Hint = s.d.Hints.Give(p.ID, actor.UserID, s.d.Clock.Now().Add(HintLife))
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
