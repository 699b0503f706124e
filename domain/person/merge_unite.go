package person

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/text"
)

// mergeField is a part of a record two files answer once: where they differ,
// somebody chooses.
type mergeField struct {
	name  string
	empty func(Person) bool
	value func(Person) any
	take  func(to *Person, from Person)
}

func field[T comparable](name string, at func(*Person) *T, none ...T) mergeField {
	return mergeField{
		name: name,
		empty: func(p Person) bool {
			var zero T
			return *at(&p) == zero || slices.Contains(none, *at(&p))
		},
		value: func(p Person) any { return *at(&p) },
		take:  func(to *Person, from Person) { *at(to) = *at(&from) },
	}
}

// mergeFields are the parts in the order pages show them.
func mergeFields() []mergeField {
	return []mergeField{
		{
			name:  "name",
			empty: func(p Person) bool { return p.FullName() == "" },
			value: func(p Person) any { return p.Given + "\n" + p.Family },
			take:  func(to *Person, from Person) { to.Given, to.Family = from.Given, from.Family },
		},
		field("father", func(p *Person) *string { return &p.Father }),
		field("mother", func(p *Person) *string { return &p.Mother }),
		field("sex", func(p *Person) *Sex { return &p.Sex }, SexUnknown),
		field("birth", func(p *Person) *Birth { return &p.Birth }, Birth{Precision: BirthUnknown}),
		field("birth_country", func(p *Person) *string { return &p.BirthCountry }),
		field("nina", func(p *Person) *string { return &p.NINA }),
		field("guardian", func(p *Person) *string { return &p.Guardian }),
		field("guardian_phone", func(p *Person) *string { return &p.GuardianPhone }),
		field("residence", func(p *Person) *Residence { return &p.Residence }),
		field("email", func(p *Person) *string { return &p.Email }),
		field("language", func(p *Person) *string { return &p.Contact.Language }),
		field("channel", func(p *Person) *Channel { return &p.Channel }),
		field("reading", func(p *Person) *Reading { return &p.Reading }, ReadingNotSet),
		field("accommodation", func(p *Person) *string { return &p.Accommodation }),
		field("worked_abroad", func(p *Person) *Answer { return &p.WorkedAbroad }, NotSaid),
		{
			name:  "isced",
			empty: func(p Person) bool { return p.ISCED == nil },
			value: func(p Person) any { return p.ISCED },
			take:  func(to *Person, from Person) { to.ISCED = from.ISCED },
		},
		field("anywhere", func(p *Person) *bool { return &p.Mobility.Anywhere }),
		field("available_from", func(p *Person) *domain.Date { return &p.Mobility.AvailableFrom }),
		field("absent_until", func(p *Person) *domain.Date { return &p.Mobility.AbsentUntil }),
	}
}

// MergeFields names the parts of a record that are answered once, in the order
// pages show them.
func MergeFields() []string {
	var out []string
	for _, f := range mergeFields() {
		out = append(out, f.name)
	}
	return out
}

// exact tells whether two values are the same in everything.
func exact(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("person: a record that is no JSON: " + err.Error())
	}
	return string(b)
}

// Differences lists the parts both files answer, and not alike: those somebody
// has to choose of. The names are those of Unite.
func Differences(survivor, absorbed Person) []string {
	var out []string
	for _, f := range mergeFields() {
		if !f.empty(survivor) && !f.empty(absorbed) && exact(f.value(survivor)) != exact(f.value(absorbed)) {
			out = append(out, f.name)
		}
	}
	return out
}

// Unite gives the survivor's record with what both files say: an answer only
// one has, the absorbed file's of the parts named in theirs, and the lists of
// both. A name that was not chosen becomes an alias. Of one phone number the
// stricter wishes hold; of one skill the better evidence.
func Unite(survivor, absorbed Person, theirs []string) Person {
	out := survivor.clone()
	for _, f := range mergeFields() {
		if !f.empty(absorbed) && (f.empty(survivor) || slices.Contains(theirs, f.name)) {
			f.take(&out, absorbed)
		}
	}
	out.Aliases = unite(unite(survivor.Aliases, absorbed.Aliases, aliasKey, first), otherNames(out, survivor, absorbed), aliasKey, first)
	out.Nationalities = unite(survivor.Nationalities, absorbed.Nationalities, itself, first)
	out.Phones = unite(survivor.Phones, absorbed.Phones, phoneKey, strictest)
	out.Phones = out.Phones[:min(len(out.Phones), maxPhones)]
	out.Groups = unite(survivor.Groups, absorbed.Groups, itself, first)
	out.Educations = upTo(unite(survivor.Educations, absorbed.Educations, educationKey, first))
	out.Experience = upTo(unite(survivor.Experience, absorbed.Experience, experienceKey, first))
	out.Skills = upTo(unite(survivor.Skills, absorbed.Skills, skillKey, provenBest))
	out.Languages = upTo(unite(survivor.Languages, absorbed.Languages, languageKey, spokenBest))
	out.Licences = upTo(unite(survivor.Licences, absorbed.Licences, licenceKey, longest))
	out.Mobility.Places = upTo(unite(survivor.Mobility.Places, absorbed.Mobility.Places, itself, first))
	out.Wishes = upTo(unite(survivor.Wishes, absorbed.Wishes, wishKey, first))
	return out
}

// TooMany lists the lists of which a record cannot hold what both files have.
func TooMany(survivor, absorbed Person) []string {
	united := Unite(survivor, absorbed, nil)
	var out []string
	check := func(name string, have, limit int) {
		if have > limit {
			out = append(out, name)
		}
	}
	check("phones", len(unite(survivor.Phones, absorbed.Phones, phoneKey, first)), len(united.Phones))
	check("skills", len(unite(survivor.Skills, absorbed.Skills, skillKey, first)), len(united.Skills))
	check("experience", len(unite(survivor.Experience, absorbed.Experience, experienceKey, first)), len(united.Experience))
	return out
}

// otherNames are the names of the two files that are not the chosen one.
func otherNames(chosen, survivor, absorbed Person) []Alias {
	var out []Alias
	for _, p := range []Person{survivor, absorbed} {
		if name := p.FullName(); name != "" && text.Fold(name) != text.Fold(chosen.FullName()) {
			out = append(out, Alias{AliasOther, name})
		}
	}
	return out
}

// unite appends what only the second list has; entries under one key are joined.
func unite[T any](ours, theirs []T, key func(T) string, join func(ours, theirs T) T) []T {
	out := slices.Clone(ours)
	for _, t := range theirs {
		if i := slices.IndexFunc(out, func(o T) bool { return key(o) == key(t) }); i >= 0 {
			out[i] = join(out[i], t)
		} else {
			out = append(out, t)
		}
	}
	return out
}

func upTo[T any](list []T) []T { return list[:min(len(list), maxList)] }

func first[T any](ours, _ T) T { return ours }

func itself[T ~string](s T) string { return string(s) }

func aliasKey(a Alias) string { return text.Fold(a.Name) }

func phoneKey(p Phone) string { return p.Number }

func educationKey(e Education) string {
	e.Diploma, e.Recognition = text.Fold(e.Diploma), ""
	return exact(e)
}

func experienceKey(e Experience) string {
	return exact([]any{text.Fold(e.Title), text.Fold(e.Employer), e.Country, e.Kind, e.FromYear, e.UntilYear})
}

func skillKey(s Skill) string { return cmp.Or(s.Folded, text.Fold(s.Words)) }

func languageKey(l Language) string { return l.Code }

func licenceKey(l Licence) string { return l.Category }

func wishKey(w Wish) string { return cmp.Or(string(w.OccupationID), text.Fold(w.Words)) }

// strictest keeps every wish either file has about a number.
func strictest(ours, theirs Phone) Phone {
	ours.NeverSMS = ours.NeverSMS || theirs.NeverSMS
	if ours.SafeFrom == "" {
		ours.SafeFrom, ours.SafeUntil = theirs.SafeFrom, theirs.SafeUntil
	}
	owners := []PhoneOwner{OwnPhone, SharedPhone, HelperPhone} // who else may read it counts
	if slices.Index(owners, theirs.Owner) > slices.Index(owners, ours.Owner) {
		ours.Owner, ours.HelperName = theirs.Owner, theirs.HelperName
	}
	if ours.VerifiedAt.IsZero() {
		ours.VerifiedAt = theirs.VerifiedAt
	}
	return ours
}

func provenBest(ours, theirs Skill) Skill {
	levels := []Evidence{Declared, Documented, Assessed, Certified}
	if slices.Index(levels, theirs.Evidence) > slices.Index(levels, ours.Evidence) {
		ours.Evidence = theirs.Evidence
	}
	return ours
}

func spokenBest(ours, theirs Language) Language {
	levels := []Speaking{SpeaksSome, SpeaksWell, SpeaksNative}
	if slices.Index(levels, theirs.Speaking) > slices.Index(levels, ours.Speaking) {
		ours.Speaking = theirs.Speaking
	}
	ours.Reads = ours.Reads || theirs.Reads
	return ours
}

func longest(ours, theirs Licence) Licence {
	if strings.Compare(ours.Until.String(), theirs.Until.String()) < 0 && !ours.Until.IsZero() {
		ours.Until = theirs.Until
	}
	return ours
}
