package person

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Card is what somebody outside the agency may see: nothing by which a person
// could be recognised or found. It has no field for names, phones, village,
// sex, age, groups or journey, and skills and experience appear only where
// they are linked to the taxonomy: free words can say anything.
type Card struct {
	Code          string // a pseudonym: the same on every card of the person, unlike the reference
	Region        string // region or district
	ISCED         *int   // highest level; nil: not said
	Skills        []CardSkill
	Experience    []CardExperience
	Languages     []Language
	Licences      []string    // categories
	Anywhere      bool        // would work in any region
	AvailableFrom domain.Date // zero: now
}

// CardSkill is a linked skill.
type CardSkill struct {
	ConceptID domain.ID
	Evidence  Evidence
}

// CardExperience is a linked occupation with the years in it, all employers
// and countries together.
type CardExperience struct {
	OccupationID domain.ID
	ISCO         string
	Years        int // full years
}

// CardOf makes a person's card. Lists are in the order of their identifiers,
// so that the order in which somebody wrote says nothing either.
func CardOf(p Person, today domain.Date) Card {
	c := Card{
		Code: Pseudonym(p.ID), Region: p.Residence.Region, ISCED: p.ISCED, Anywhere: p.Mobility.Anywhere,
		Languages: slices.SortedFunc(slices.Values(p.Languages), func(a, b Language) int { return cmp.Compare(a.Code, b.Code) }),
	}
	if today.Before(p.Mobility.AvailableFrom) {
		c.AvailableFrom = p.Mobility.AvailableFrom
	}
	for _, s := range p.Skills {
		same := func(o CardSkill) bool { return o.ConceptID == s.ConceptID }
		if i := slices.IndexFunc(c.Skills, same); i >= 0 {
			c.Skills[i].Evidence = stronger(c.Skills[i].Evidence, s.Evidence)
		} else if !s.ConceptID.IsZero() {
			c.Skills = append(c.Skills, CardSkill{s.ConceptID, s.Evidence})
		}
	}
	months := map[domain.ID]int{}
	for _, e := range p.Experience {
		if e.OccupationID.IsZero() {
			continue
		}
		if _, known := months[e.OccupationID]; !known {
			c.Experience = append(c.Experience, CardExperience{OccupationID: e.OccupationID, ISCO: e.ISCO})
		}
		months[e.OccupationID] += e.Length(today)
	}
	for i := range c.Experience {
		c.Experience[i].Years = months[c.Experience[i].OccupationID] / 12
	}
	for _, l := range p.Licences {
		if l.Until.IsZero() || !l.Until.Before(today) {
			c.Licences = append(c.Licences, l.Category)
		}
	}
	slices.Sort(c.Licences)
	slices.SortFunc(c.Skills, func(a, b CardSkill) int { return cmp.Compare(a.ConceptID, b.ConceptID) })
	slices.SortFunc(c.Experience, func(a, b CardExperience) int { return cmp.Compare(a.OccupationID, b.OccupationID) })
	return c
}

// Pseudonym names somebody to people outside: "P-7K2M-4QXA". It is not a
// secret and cannot be turned into a reference.
func Pseudonym(id domain.ID) string {
	sum := sha256.Sum256([]byte("baara pseudonym " + string(id)))
	code := base32.StdEncoding.EncodeToString(sum[:5])
	return "P-" + code[:4] + "-" + code[4:]
}

func stronger(a, b Evidence) Evidence {
	order := []Evidence{Declared, Documented, Assessed, Certified}
	if slices.Index(order, b) > slices.Index(order, a) {
		return b
	}
	return a
}
