package demo

import "github.com/baara-platform/baara/domain/person"

// journey gives times abroad and displacement: what a private interview told.
func (s *someone) journey() {
	p := s.p
	returned := 11
	if p.Sex == person.Male {
		returned = 24
	}
	p.WorkedAbroad = person.NotSaid
	if s.chance(75) {
		p.WorkedAbroad = person.No
	}
	if p.BirthCountry == "MLI" && s.age >= 20 && s.chance(returned) {
		s.abroad()
	}
	if s.fled != "" {
		d := person.Displacement{
			OriginPlace: s.g.place(s.dice, s.fled), Date: s.ago(s.g.Today, 60, 2200),
			Cause: choose(s.dice, one[string]{64, "conflict"}, one[string]{20, "violence"}, one[string]{10, "disaster"}, one[string]{6, "not_said"}),
		}
		if s.chance(40) {
			d.IntendedPlace = s.fled
		}
		s.row.Journey.Displacements = append(s.row.Journey.Displacements, d)
	}
}

func (s *someone) abroad() {
	p, g := s.p, s.g
	p.Groups = append(p.Groups, person.ReturnMigrant)
	p.WorkedAbroad = person.Yes
	where := weighted(s.dice, g.countries, func(c country) int { return c.weight })
	months := s.between(4, min(96, 12*(s.age-17)))
	back := s.ago(g.Today, 30, 1500)
	status := "irregular"
	if s.chance(where.regular) {
		status = "regular"
	} else if s.chance(15) {
		status = "not_said"
	}
	e := person.Episode{
		Country: where.code, Role: person.Destination, Status: status, Months: months, ReturnDate: back,
		FromYear: back.AddMonths(-months).Year, UntilYear: back.Year,
		Reason: choose(s.dice, one[string]{72, "work"}, one[string]{9, "family"}, one[string]{7, "study"}, one[string]{6, "climate"}, one[string]{6, "not_said"}),
		ReturnMode: choose(s.dice, one[string]{46, "voluntary"}, one[string]{26, "assisted"}, one[string]{12, "forced"},
			one[string]{6, "humanitarian"}, one[string]{5, "expulsion"}, one[string]{5, "not_said"}),
	}
	if t := s.pickTrade(); e.Reason == "work" {
		e.Occupation, e.ISCO, e.ISIC = s.title(t), t.isco, t.isic
	}
	if e.ReturnMode == "assisted" {
		e.Programme = "Programme de retour (démo)"
	}
	s.row.Journey.Episodes = append(s.row.Journey.Episodes, e)
	for _, code := range where.through {
		if s.chance(60) {
			s.row.Journey.Episodes = append(s.row.Journey.Episodes, person.Episode{
				Country: code, Role: person.Transit, Reason: e.Reason, Status: "not_said", FromYear: e.FromYear, UntilYear: e.FromYear,
				Months: s.between(1, 5),
			})
		}
	}
	switch {
	case e.ReturnMode == "humanitarian" && s.chance(50):
		p.Groups = append(p.Groups, person.Repatriated)
	case s.chance(2):
		p.Groups = append(p.Groups, person.StrandedInTransit)
	}
}
