package v1

import (
	"github.com/baara-platform/baara/domain/person"
)

func (i Identity) toDomain() person.Identity {
	out := person.Identity{
		Given: i.Given, Family: i.Family, Father: i.Father, Mother: i.Mother, Sex: person.Sex(i.Sex),
		Nationalities: i.Nationalities, BirthCountry: i.BirthCountry, NINA: i.NINA, Guardian: i.Guardian, GuardianPhone: i.GuardianPhone,
		Aliases: each(i.Aliases, func(a Alias) person.Alias { return person.Alias{Kind: person.AliasKind(a.Kind), Name: a.Name} }),
	}
	if i.Birth != nil {
		out.Birth = person.Birth{Precision: person.Precision(i.Birth.Precision), Year: i.Birth.Year, Date: day(i.Birth.Date)}
	}
	return out
}

func identityOut(i person.Identity) Identity {
	return Identity{
		Given: i.Given, Family: i.Family, Father: i.Father, Mother: i.Mother, Sex: string(i.Sex), Birth: pointer(birthOut(i.Birth)),
		Nationalities: i.Nationalities, BirthCountry: i.BirthCountry, NINA: i.NINA, Guardian: i.Guardian, GuardianPhone: i.GuardianPhone,
		Aliases: each(i.Aliases, aliasOut),
	}
}

func aliasOut(a person.Alias) Alias { return Alias{Kind: string(a.Kind), Name: a.Name} }

func birthOut(b person.Birth) Birth {
	return Birth{Precision: string(b.Precision), Year: b.Year, Date: b.Date.String()}
}

func (c Contact) toDomain() person.Contact {
	out := person.Contact{
		Email: c.Email, Language: c.Language, Channel: person.Channel(c.Channel), Reading: person.Reading(c.Reading), Accommodation: c.Accommodation,
		Phones: each(c.Phones, func(p Phone) person.Phone {
			return person.Phone{
				Number: p.Number, Owner: person.PhoneOwner(p.Owner), HelperName: p.HelperName, NeverSMS: p.NeverSMS,
				SafeFrom: p.SafeFrom, SafeUntil: p.SafeUntil,
			}
		}),
	}
	if r := c.Residence; r != nil {
		out.Residence = person.Residence{Kind: person.ResidenceKind(r.Kind), Country: r.Country, Place: r.Place, Detail: r.Detail}
	}
	return out
}

func contactOut(c person.Contact) Contact {
	r := c.Residence
	return Contact{
		Residence: &Residence{Kind: string(r.Kind), Country: r.Country, Place: r.Place, Region: r.Region, Detail: r.Detail},
		Email:     c.Email, Language: c.Language, Channel: string(c.Channel), Reading: string(c.Reading), Accommodation: c.Accommodation,
		Phones: each(c.Phones, func(p person.Phone) Phone {
			return Phone{
				Number: p.Number, Owner: string(p.Owner), HelperName: p.HelperName, NeverSMS: p.NeverSMS,
				SafeFrom: p.SafeFrom, SafeUntil: p.SafeUntil, VerifiedAt: timeOut(p.VerifiedAt),
			}
		}),
	}
}

func (p Population) toDomain() person.Population {
	return person.Population{Groups: codes[string, person.Group](p.Groups), WorkedAbroad: person.Answer(p.WorkedAbroad)}
}

func populationOut(p person.Population) Population {
	return Population{Groups: codes[person.Group, string](p.Groups), WorkedAbroad: string(p.WorkedAbroad)}
}
