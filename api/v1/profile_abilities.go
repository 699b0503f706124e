package v1

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

func (e Education) toDomain() person.Schooling {
	return person.Schooling{ISCED: e.ISCED, Educations: each(e.Educations, func(l Learned) person.Education {
		return person.Education{
			Kind: person.EducationKind(l.Kind), ISCED: l.ISCED, Field: l.Field, Diploma: l.Diploma, Year: l.Year, Country: l.Country,
			Recognition: person.Recognition(l.Recognition),
		}
	})}
}

func educationOut(s person.Schooling) Education {
	return Education{ISCED: s.ISCED, Educations: each(s.Educations, func(e person.Education) Learned {
		return Learned{
			Kind: string(e.Kind), ISCED: e.ISCED, Field: e.Field, Diploma: e.Diploma, Year: e.Year, Country: e.Country,
			Recognition: string(e.Recognition),
		}
	})}
}

// chosenScore is how sure a link is that somebody chose.
const chosenScore = 100

func scoreOf(concept domain.ID) int {
	if concept.IsZero() {
		return 0
	}
	return chosenScore
}

func (e Experience) toDomain() person.Experience {
	return person.Experience{
		Title: e.Title, OccupationID: id(e.Occupation), LinkScore: scoreOf(id(e.Occupation)), ISCO: e.ISCO, ISIC: e.ISIC,
		Employer: e.Employer, Country: e.Country, Kind: person.WorkKind(e.Kind),
		FromYear: e.FromYear, UntilYear: e.UntilYear, Ongoing: e.Ongoing, Months: e.Months,
	}
}

func (n names) experience(e person.Experience) Experience {
	return Experience{
		Title: e.Title, Occupation: string(e.OccupationID), OccupationName: n.name(e.OccupationID), ISCO: e.ISCO, ISIC: e.ISIC,
		Employer: e.Employer, Country: e.Country, Kind: string(e.Kind),
		FromYear: e.FromYear, UntilYear: e.UntilYear, Ongoing: e.Ongoing, Months: e.Months,
	}
}

func (s Skill) toDomain() person.Skill {
	return person.Skill{
		Words: s.Words, ConceptID: id(s.Concept), LinkScore: scoreOf(id(s.Concept)),
		Evidence: person.Evidence(s.Evidence), Acquired: person.Acquired(s.Acquired),
	}
}

func (n names) skill(s person.Skill) Skill {
	return Skill{
		Words: s.Words, Concept: string(s.ConceptID), ConceptName: n.name(s.ConceptID),
		Evidence: string(s.Evidence), Acquired: string(s.Acquired),
	}
}

func (s Spoken) toDomain() person.Language {
	return person.Language{Code: s.Code, Speaking: person.Speaking(s.Speaking), Reads: s.Reads}
}

func spokenOut(l person.Language) Spoken {
	return Spoken{Code: l.Code, Speaking: string(l.Speaking), Reads: l.Reads}
}

func (l Licence) toDomain() person.Licence {
	return person.Licence{Category: l.Category, Country: l.Country, Until: day(l.Until)}
}

func licenceOut(l person.Licence) Licence {
	return Licence{Category: l.Category, Country: l.Country, Until: l.Until.String()}
}

func (m Mobility) toDomain() person.Mobility {
	return person.Mobility{Anywhere: m.Anywhere, Places: m.Places, AvailableFrom: day(m.AvailableFrom), AbsentUntil: day(m.AbsentUntil)}
}

func mobilityOut(m person.Mobility) Mobility {
	return Mobility{Anywhere: m.Anywhere, Places: m.Places, AvailableFrom: m.AvailableFrom.String(), AbsentUntil: m.AbsentUntil.String()}
}

func (w Wish) toDomain() person.Wish {
	return person.Wish{Words: w.Words, OccupationID: id(w.Occupation), LinkScore: scoreOf(id(w.Occupation))}
}

func (n names) wish(w person.Wish) Wish {
	return Wish{Words: w.Words, Occupation: string(w.OccupationID), OccupationName: n.name(w.OccupationID)}
}

// conceptsOf lists the concepts a record mentions.
func conceptsOf(p person.Person) []domain.ID {
	var out []domain.ID
	for _, e := range p.Experience {
		out = append(out, e.OccupationID)
	}
	for _, s := range p.Skills {
		out = append(out, s.ConceptID)
	}
	for _, w := range p.Wishes {
		out = append(out, w.OccupationID)
	}
	return out
}
