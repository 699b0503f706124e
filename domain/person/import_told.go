package person

import "slices"

// told gives the record with what a row of an import says put on it. What the
// row leaves out stays: another system rarely knows everything.
func (p Person) told(row Person) Person {
	if row.Given != "" || row.Family != "" {
		p.Given, p.Family = row.Given, row.Family
	}
	value(&p.Father, row.Father)
	value(&p.Mother, row.Mother)
	value(&p.NINA, row.NINA)
	value(&p.Guardian, row.Guardian)
	value(&p.GuardianPhone, row.GuardianPhone)
	value(&p.BirthCountry, row.BirthCountry)
	if row.Sex != SexUnknown {
		p.Sex = row.Sex
	}
	if row.Birth.Precision != BirthUnknown {
		p.Birth = row.Birth
	}
	list(&p.Aliases, row.Aliases)
	list(&p.Nationalities, row.Nationalities)
	list(&p.Phones, row.Phones)
	value(&p.Email, row.Email)
	value(&p.Accommodation, row.Accommodation)
	if row.Residence.Place != "" || row.Residence.Detail != "" {
		p.Residence = row.Residence
	}
	list(&p.Groups, row.Groups)
	if row.WorkedAbroad != NotSaid {
		p.WorkedAbroad = row.WorkedAbroad
	}
	if row.ISCED != nil {
		p.ISCED = row.ISCED
	}
	list(&p.Educations, row.Educations)
	list(&p.Experience, row.Experience)
	list(&p.Skills, proven(row.Skills, p.Skills))
	list(&p.Languages, row.Languages)
	list(&p.Licences, row.Licences)
	list(&p.Wishes, row.Wishes)
	if row.Mobility.Anywhere || len(row.Mobility.Places) > 0 {
		p.Mobility.Anywhere, p.Mobility.Places = row.Mobility.Anywhere, row.Mobility.Places
	}
	value(&p.Mobility.AvailableFrom, row.Mobility.AvailableFrom)
	value(&p.Mobility.AbsentUntil, row.Mobility.AbsentUntil)
	return p
}

// proven keeps the evidence staff gave a skill that is only declared now.
func proven(told, known []Skill) []Skill {
	out := slices.Clone(told)
	for i := range out {
		same := func(k Skill) bool { return k.Folded == out[i].Folded }
		if n := slices.IndexFunc(known, same); n >= 0 && out[i].Evidence == Declared {
			out[i].Evidence = known[n].Evidence
		}
	}
	return out
}

func value[T comparable](into *T, told T) {
	var nothing T
	if told != nothing {
		*into = told
	}
}

func list[T any](into *[]T, told []T) {
	if len(told) > 0 {
		*into = told
	}
}
