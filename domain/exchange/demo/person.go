package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/text"
)

// someone is a person being invented.
type someone struct {
	dice
	g     *Generator
	row   person.Imported
	p     *person.Person
	age   int
	home  region
	trade trade
	fled  string // region a displaced person comes from
}

// Person invents the nth person, from 0, without an agency.
func (g *Generator) Person(n int) person.Imported {
	row, _ := g.person(n)
	return row
}

func (g *Generator) person(n int) (person.Imported, trade) {
	s := &someone{dice: newDice(g.Seed, ofPerson, n), g: g}
	s.p = &s.row.Person
	s.p.Demo = true
	s.p.Entry = person.Entry{Mode: person.EntrySeed, ExternalID: g.externalID("p", n)}
	s.identity()
	s.settle()
	s.trade = s.pickTrade()
	s.schooling()
	s.journey()
	s.work()
	s.abilities()
	s.contact(n)
	s.registration()
	return s.row, s.trade
}

func (s *someone) identity() {
	p, names := s.p, s.g.names
	kind := "man"
	p.Sex = person.Male
	if s.chance(47) {
		kind, p.Sex = "woman", person.Female
	}
	p.Given, p.Family = pick(s.dice, names[kind]), pick(s.dice, names["family"])
	if s.chance(2) { // people with one name exist
		p.Family = ""
	} else {
		p.Father = pick(s.dice, names["man"]) + " " + p.Family
		p.Mother = pick(s.dice, names["woman"]) + " " + pick(s.dice, names["family"])
	}
	if s.chance(5) {
		p.Aliases = []person.Alias{{Kind: person.AliasDit, Name: pick(s.dice, names["dit"])}}
	}
	s.age = s.between(18, 26) + s.IntN(1+s.between(0, 32))
	if s.chance(1) {
		s.age = 17
		p.Guardian = p.Father
		if p.Guardian == "" {
			p.Guardian = pick(s.dice, names["man"]) + " " + pick(s.dice, names["family"])
		}
	}
	year := s.g.Today.Year - s.age
	switch {
	case s.chance(55):
		born := s.g.Today.AddMonths(-12 * s.age).AddDays(-s.between(1, 300))
		if born.Month == time.January && born.Day == 1 {
			born = born.AddDays(1)
		}
		p.Birth = person.BornOn(born)
	default:
		p.Birth = person.BornIn(year-1, s.chance(25))
	}
	p.Nationalities, p.BirthCountry = []string{"MLI"}, "MLI"
}

// settle decides on displacement and where somebody lives.
func (s *someone) settle() {
	regions := s.g.regions
	s.home = weighted(s.dice, regions, func(r region) int { return r.weight })
	switch {
	case s.chance(9):
		s.p.Groups = append(s.p.Groups, person.InternallyDisplaced)
		s.home = weighted(s.dice, regions, func(r region) int { return r.received })
		s.fled = weighted(s.dice, regions, func(r region) int {
			if r.code == s.home.code {
				return 0
			}
			return r.fled
		}).code
	case s.chance(2):
		s.p.Groups = append(s.p.Groups, person.ReturnedDisplaced)
		s.home = weighted(s.dice, regions, func(r region) int { return r.fled })
	case s.chance(5):
		s.foreign()
	}
	r := &s.p.Residence
	r.Kind, r.Country, r.Place = person.LivesInPlace, "MLI", s.g.place(s.dice, s.home.code)
	r.Detail = pick(s.dice, s.g.names["quarter"])
	if s.fled != "" && s.chance(30) {
		r.Kind, r.Detail = person.LivesInSite, "Site de déplacés"
	}
}

func (s *someone) foreign() {
	group := person.InternationalMigrant
	if s.chance(20) {
		group = person.Refugee
	}
	s.p.Groups = append(s.p.Groups, group)
	s.p.BirthCountry = pick(s.dice, []string{"BFA", "NER", "CIV", "GIN", "SEN", "TGO", "BEN", "MRT", "CMR", "NGA"})
	s.p.Nationalities = []string{s.p.BirthCountry}
}

// pickTrade chooses by sex; there are few farmers in the capital.
func (s *someone) pickTrade() trade {
	weight := func(t trade) int {
		share := 100 - t.women
		if s.p.Sex == person.Female {
			share = t.women
		}
		if s.home.code == "BKO" && t.isic == "A" || s.age < 20 && t.iscedMin > 4 {
			share /= 6
		}
		return t.weight * share
	}
	return weighted(s.dice, s.g.trades, weight)
}

func (s *someone) title(t trade) string {
	if s.p.Sex == person.Female {
		return t.woman
	}
	return t.man
}

func (s *someone) contact(n int) {
	p := s.p
	p.Language, p.Channel, p.Reading = "fr", person.BySMS, person.ReadsAlone
	if level := *p.ISCED; level <= 1 {
		p.Reading = choose(s.dice, one[person.Reading]{50, person.WantsVoice}, one[person.Reading]{30, person.ReadsWithHelp}, one[person.Reading]{20, person.ReadsAlone})
	}
	if p.Reading == person.WantsVoice || s.chance(8) {
		p.Channel = person.ByVoice
	}
	switch {
	case s.chance(3):
		p.Channel = person.ByVisit
	case s.chance(6):
		p.Phones = []person.Phone{{Number: s.g.phone(n), Owner: person.SharedPhone, SafeFrom: "17:00", SafeUntil: "20:30"}}
	case s.chance(4):
		helper := pick(s.dice, s.g.names["man"]) + " " + pick(s.dice, s.g.names["family"])
		p.Phones = []person.Phone{{Number: s.g.phone(n), Owner: person.HelperPhone, HelperName: helper}}
	default:
		p.Phones = []person.Phone{{Number: s.g.phone(n), Owner: person.OwnPhone, NeverSMS: s.chance(2)}}
	}
	if *p.ISCED >= 4 && s.chance(45) {
		p.Email = fmt.Sprintf("%s.%d@demo.invalid", strings.ReplaceAll(text.Fold(p.Given), " ", "."), n)
	}
	if s.chance(2) {
		p.Accommodation = pick(s.dice, []string{"Rez-de-chaussée ou ascenseur", "Poste assis", "Parler lentement, de face", "Documents en gros caractères"})
	}
}
