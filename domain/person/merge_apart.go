package person

import "slices"

// TakeApart takes two files apart: the survivor's record as it was before the
// merge, with what was changed since. What was changed tells the parts of which
// something stays with the survivor: a part answered anew, an entry added,
// changed or removed.
func TakeApart(before, after, now Snapshot) (out Snapshot, changed []string) {
	out = Snapshot{Person: now.Person.clone()}
	p := &out.Person
	for _, f := range mergeFields() {
		if exact(f.value(now.Person)) == exact(f.value(after.Person)) {
			f.take(p, before.Person)
		} else {
			changed = append(changed, f.name)
		}
	}
	b, a, n := before.Person, after.Person, now.Person
	note := func(name string, differs bool) {
		if differs {
			changed = append(changed, name)
		}
	}
	var differs bool
	p.Aliases, differs = apart(b.Aliases, a.Aliases, n.Aliases, aliasKey)
	note("aliases", differs)
	p.Nationalities, differs = apart(b.Nationalities, a.Nationalities, n.Nationalities, itself)
	note("nationalities", differs)
	p.Phones, differs = apart(b.Phones, a.Phones, n.Phones, phoneKey)
	note("phones", differs)
	p.Groups, differs = apart(b.Groups, a.Groups, n.Groups, itself)
	note("groups", differs)
	p.Educations, differs = apart(b.Educations, a.Educations, n.Educations, educationKey)
	note("education", differs)
	p.Experience, differs = apart(b.Experience, a.Experience, n.Experience, experienceKey)
	note("experience", differs)
	p.Skills, differs = apart(b.Skills, a.Skills, n.Skills, skillKey)
	note("skills", differs)
	p.Languages, differs = apart(b.Languages, a.Languages, n.Languages, languageKey)
	note("languages", differs)
	p.Licences, differs = apart(b.Licences, a.Licences, n.Licences, licenceKey)
	note("licences", differs)
	p.Mobility.Places, differs = apart(b.Mobility.Places, a.Mobility.Places, n.Mobility.Places, itself)
	note("mobility", differs)
	p.Wishes, differs = apart(b.Wishes, a.Wishes, n.Wishes, wishKey)
	note("wishes", differs)
	var flights bool
	out.Journey.Episodes, differs = apart(before.Journey.Episodes, after.Journey.Episodes, now.Journey.Episodes, func(e Episode) string { return string(e.ID) })
	out.Journey.Displacements, flights = apart(before.Journey.Displacements, after.Journey.Displacements, now.Journey.Displacements,
		func(d Displacement) string { return string(d.ID) })
	note("journey", differs || flights)
	return out, changed
}

// apart gives a list as it was before, without what was removed or changed
// since and with what was added or changed since.
func apart[T any](before, after, now []T, key func(T) string) ([]T, bool) {
	without := func(list, other []T) []T {
		return slices.DeleteFunc(slices.Clone(list), func(x T) bool {
			return slices.ContainsFunc(other, func(y T) bool { return exact(x) == exact(y) })
		})
	}
	gone, added := without(after, now), without(now, after)
	out := slices.DeleteFunc(slices.Clone(before), func(x T) bool {
		same := func(y T) bool { return key(x) == key(y) }
		return slices.ContainsFunc(gone, same) || slices.ContainsFunc(added, same)
	})
	return append(out, added...), len(gone)+len(added) > 0
}
