package person

import (
	"cmp"
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/text"
)

// DuplicateReason says why two records may be one person.
type DuplicateReason string

// The reasons, surest first. Twins who share a phone differ in the given
// name, so their records come under phone, which says the least.
const (
	SameNINA       DuplicateReason = "nina"
	SameNamePhone  DuplicateReason = "name_phone"
	SameNameBirth  DuplicateReason = "name_birth_region"
	SameParents    DuplicateReason = "parents" // alike names, the same parents: a brother, a sister, or the same person
	SamePhoneAlone DuplicateReason = "phone"
)

// Likely is a record that may be the candidate's own.
type Likely struct {
	Person Person
	Reason DuplicateReason
}

// Duplicate is a likely duplicate as an actor may see it: somebody of the own
// agency, or no more than the agency to ask.
type Duplicate struct {
	Found
	Reason DuplicateReason
}

// Duplicates are the likely duplicates an actor is warned of. OwnOnly says that
// other agencies' are left out, whether there are any or not: see Findings.
type Duplicates struct {
	List    []Duplicate
	OwnOnly bool
}

// Bounds of the search for duplicates.
const (
	sameName      = 0.9
	similarName   = 0.72
	maxDuplicates = 10
	yearsApart    = 1
)

// Duplicates lists likely duplicates of somebody about to be registered. It
// is a warning for staff; the public learns nothing, and nobody is refused.
// Asked by the repeat of a registration that is done, it is a replay: nobody
// is a duplicate of themselves.
func (s *Jobseekers) Duplicates(ctx context.Context, actor domain.Actor, candidate Person) (Duplicates, error) {
	p := candidate.clone()
	check := s.d.checker()
	check.all(&p) // a candidate that is half typed is compared as far as it goes
	var out Duplicates
	var err error
	if out.OwnOnly, err = s.ownOnly(ctx, actor, "duplicates", DuplicatesPerDay); err != nil {
		return out, err
	}
	read := s.d.Tx.View
	if actor.Once.Key != "" {
		read = s.d.Tx.InTx // a view does not look for what was done before
	}
	err = read(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.PersonCreate, access.Facts{}); err != nil {
			return err
		}
		likely, err := s.Likely(ctx, tx, p)
		if err != nil {
			return err
		}
		people := make([]Person, len(likely))
		reasons := make(map[domain.ID]DuplicateReason, len(likely))
		for i, l := range likely {
			people[i], reasons[l.Person.ID] = l.Person, l.Reason
		}
		if out.OwnOnly {
			if people, err = s.readable(ctx, tx, actor, people); err != nil {
				return err
			}
		}
		found, err := s.show(ctx, tx, actor, people)
		for i, f := range found {
			out.List = append(out.List, Duplicate{f, reasons[people[i].ID]})
		}
		return err
	})
	return out, err
}

// Likely ranks the records that may be the candidate's: the surest reason
// first, then the more similar name. The candidate's own record is left out.
func (s *Jobseekers) Likely(ctx context.Context, tx domain.Tx, candidate Person) ([]Likely, error) {
	people, err := s.suspects(ctx, candidate)
	if err != nil {
		return nil, err
	}
	type ranked struct {
		Likely
		alike float64
	}
	var found []ranked
	for _, p := range people {
		alike := text.NameSimilarity(candidate.FullName(), p.FullName())
		if reason, ok := compare(candidate, p, alike); ok && p.ID != candidate.ID {
			found = append(found, ranked{Likely{p, reason}, alike})
		}
	}
	order := []DuplicateReason{SameNINA, SameNamePhone, SameNameBirth, SameParents, SamePhoneAlone}
	slices.SortStableFunc(found, func(a, b ranked) int {
		return cmp.Or(slices.Index(order, a.Reason)-slices.Index(order, b.Reason), cmp.Compare(b.alike, a.alike), cmp.Compare(a.Person.ID, b.Person.ID))
	})
	var out []Likely
	for _, r := range found[:min(len(found), maxDuplicates)] {
		out = append(out, r.Likely)
	}
	return out, nil
}

// suspects reads who shares an identity number or a phone with the candidate,
// and who sounds alike, was born about then and lives in the region.
func (s *Jobseekers) suspects(ctx context.Context, candidate Person) ([]Person, error) {
	var sure, names []WeightedKey
	for i, k := range KeysOf(candidate) {
		switch k.Kind {
		case KeyNINA, KeyPhone:
			sure = append(sure, WeightedKey{Key: k, Word: i, Weight: 1})
		case KeySound:
			names = append(names, WeightedKey{Key: k, Word: i, Weight: 1})
		}
	}
	hits, err := s.d.People.ByKeys(ctx, sure, FindFilter{}, maxCompared)
	if err != nil {
		return nil, err
	}
	if year := candidate.Birth.Year; year != 0 && candidate.Residence.Region != "" {
		around := FindFilter{Region: candidate.Residence.Region, YearFrom: year - yearsApart, YearUntil: year + yearsApart}
		more, err := s.d.People.ByKeys(ctx, names, around, maxCompared)
		if err != nil {
			return nil, err
		}
		hits = append(hits, more...)
	}
	if hits, err = s.d.standing(ctx, hits); err != nil {
		return nil, err
	}
	return s.d.People.Named(ctx, unique(idsOf(hits)))
}

// compare gives the surest reason why two records may be one person.
func compare(a, b Person, alike float64) (DuplicateReason, bool) {
	samePhone := slices.ContainsFunc(a.Phones, func(n Phone) bool {
		return slices.ContainsFunc(b.Phones, func(o Phone) bool { return o.Number == n.Number })
	})
	sameBirth := a.Birth.Year != 0 && b.Birth.Year != 0 && abs(a.Birth.Year-b.Birth.Year) <= yearsApart
	sameRegion := a.Residence.Region != "" && a.Residence.Region == b.Residence.Region
	parents := text.NameSimilarity(a.Father, b.Father) >= sameName && text.NameSimilarity(a.Mother, b.Mother) >= sameName
	switch {
	case a.NINA != "" && compact(a.NINA) == compact(b.NINA):
		return SameNINA, true
	case samePhone && alike >= sameName:
		return SameNamePhone, true
	case alike >= sameName && sameBirth && sameRegion:
		return SameNameBirth, true
	case alike >= similarName && sameBirth && sameRegion && parents:
		return SameParents, true
	}
	return SamePhoneAlone, samePhone
}

func abs(n int) int { return max(n, -n) }
