package demo

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
)

// Vacancy invents the nth vacancy, from 0, without an agency. It is made for
// one of the people (see MadeFor). Organisation is the number of the employer.
func (g *Generator) Vacancy(n int) (out employer.Imported, organisation int) {
	d := newDice(g.Seed, ofVacancy, n)
	row, t, _ := g.anchor(d, n)
	p := row.Person
	f := employer.VacancyFields{
		Title: capital(t.label), Lang: "fr", OccupationID: t.occupation, ISCO: t.isco, FeeFree: true,
		Posts: choose(d, one[int]{60, 1}, one[int]{22, 2}, one[int]{10, 3}, one[int]{6, 5}, one[int]{2, 12}), PlaceCode: p.Residence.Place,
		Contract: contract(d, t), WagePeriod: employer.PerMonth,
	}
	f.WageMin = int64(d.between(t.wageMin, t.wageMax-5000) / 5000 * 5000)
	f.WageMax = f.WageMin + int64(d.between(1, 6)*5000)
	if f.Contract == employer.ContractDaily {
		f.WagePeriod, f.WageMin, f.WageMax = "day", f.WageMin/25/100*100, f.WageMax/22/100*100
	}
	if level := min(*p.ISCED, t.iscedMax); level >= 3 || d.chance(30) {
		f.ISCEDMin = min(level, t.iscedMin)
	}
	if months := worked(p); months >= 12 && d.chance(60) {
		f.ExperienceMonths = 12 * d.between(1, min(months/12, 3))
	}
	for _, l := range p.Languages {
		if l.Code == "fr" && (t.iscedMin >= 3 || d.chance(25)) || l.Code == "bm" && d.chance(12) {
			f.Languages = append(f.Languages, l.Code)
		}
	}
	for _, l := range p.Licences {
		if l.Category == t.licence {
			f.Licences = append(f.Licences, l.Category)
		}
	}
	if d.chance(40) {
		f.StartsOn = g.Today.AddDays(d.between(7, 45))
	}
	if d.chance(75) {
		f.OpenUntil = g.Today.AddDays(d.between(14, 75))
	}
	out = employer.Imported{ExternalID: g.externalID("v", n), Source: employer.SourceSeed, Demo: true, LinkScore: 100}
	g.asks(d, &f, t, p)
	for range f.Skills {
		out.SkillScore = append(out.SkillScore, 100)
	}
	out.SourceDetail = "Offre inventée"
	out.PublishedAt = d.ago(g.Today, 1, 80).Time().Add(9 * time.Hour)
	f.Description = g.describe(f, t)
	out.Fields = f
	return out, g.employerOf(d, t)
}

// MadeFor gives the number of the person the nth vacancy was made for, who
// meets its hard conditions today.
func (g *Generator) MadeFor(n int) int {
	_, _, person := g.anchor(newDice(g.Seed, ofVacancy, n), n)
	return person
}

// anchor finds somebody who may be matched for the nth vacancy, with trade and
// number: first in the vacancy's own part of the people, so that vacancies
// differ. There is nobody only where nobody was invented.
func (g *Generator) anchor(d dice, n int) (row person.Imported, t trade, number int) {
	from, width := 0, max(1, g.People)
	if part := g.People / max(1, g.Vacancies); part > 0 {
		from, width = n*part, part
	}
	for try := range 400 {
		if try == 4*width {
			from, width = 0, max(1, g.People)
		}
		number = from + d.IntN(width)
		if row, t = g.person(number); matchable(row, g.Today) {
			break
		}
	}
	return row, t, number
}

// asks takes most of the trade's skills, one of the person's among them.
func (g *Generator) asks(d dice, f *employer.VacancyFields, t trade, p person.Person) {
	add := func(s skill, importance employer.Importance) {
		f.Skills = append(f.Skills, employer.SkillField{Words: s.words, ConceptID: s.concept, Importance: importance})
	}
	has := map[domain.ID]bool{}
	for _, s := range p.Skills {
		has[s.ConceptID] = true
	}
	met := false
	for _, s := range some(d, t.essential, max(3, len(t.essential)-d.between(0, 2))) {
		add(s, employer.Essential)
		met = met || has[s.concept]
	}
	for _, s := range t.essential {
		if !met && has[s.concept] {
			add(s, employer.Essential)
			met = true
		}
	}
	for _, s := range some(d, t.optional, d.between(0, 2)) {
		add(s, employer.Optional)
	}
}

func worked(p person.Person) int {
	sum := 0
	for _, e := range p.Experience {
		sum += e.Months
	}
	return sum
}

func contract(d dice, t trade) employer.ContractKind {
	switch t.isic {
	case "A":
		return choose(d, one[employer.ContractKind]{60, employer.ContractSeasonal}, one[employer.ContractKind]{20, employer.ContractDaily}, one[employer.ContractKind]{20, employer.ContractFixedTerm})
	case "F", "B", "E":
		return choose(d, one[employer.ContractKind]{60, employer.ContractFixedTerm}, one[employer.ContractKind]{20, employer.ContractDaily}, one[employer.ContractKind]{20, employer.ContractPermanent})
	}
	return choose(d, one[employer.ContractKind]{40, employer.ContractFixedTerm}, one[employer.ContractKind]{34, employer.ContractPermanent},
		one[employer.ContractKind]{14, employer.ContractInternship}, one[employer.ContractKind]{12, employer.ContractApprenticeship})
}

// describe writes the text of an advertisement.
func (g *Generator) describe(f employer.VacancyFields, t trade) string {
	var words []string
	for _, s := range f.Skills[:min(3, len(f.Skills))] {
		words = append(words, s.Words)
	}
	area, _ := g.Places.Area(f.PlaceCode)
	where, _ := area.Names.In("fr")
	posts := "Un poste"
	if f.Posts > 1 {
		posts = fmt.Sprintf("%d postes", f.Posts)
	}
	return fmt.Sprintf("%s à %s. Le travail : %s. Offre inventée pour la démonstration.", posts, where, strings.Join(words, ", "))
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
