package demo_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/exchange/demo"
	"github.com/baara-platform/baara/domain/exchange/phone"
	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/place"
)

var today = domain.Date{Year: 2026, Month: time.November, Day: 24}

// generator invents without a database: concepts are named by their address.
func generator(t *testing.T, seed uint64, people, vacancies int) *demo.Generator {
	t.Helper()
	world, err := starter.World()
	must(t, err)
	pack, err := starter.Pack(starter.DefaultCountry)
	must(t, err)
	places, err := place.NewGazetteer(world, pack)
	must(t, err)
	release, err := starter.Taxonomy()
	must(t, err)
	concepts := map[string]domain.ID{}
	for _, c := range release.Concepts {
		concepts[c.URI] = domain.ID(c.URI)
	}
	g, err := demo.New(demo.Setting{
		Seed: seed, People: people, Vacancies: vacancies, Today: today, Places: places, Release: release, Concepts: concepts,
	})
	must(t, err)
	return g
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheSameSeedInventsTheSame(t *testing.T) {
	a, b, other := generator(t, 7, 500, 60), generator(t, 7, 500, 60), generator(t, 8, 500, 60)
	same := 0
	for n := range 500 {
		if !reflect.DeepEqual(a.Person(n), b.Person(n)) {
			t.Fatalf("person %d of the same seed differs", n)
		}
		if reflect.DeepEqual(a.Person(n).Person.Identity, other.Person(n).Person.Identity) {
			same++
		}
	}
	if same > 5 {
		t.Errorf("%d of 500 people are the same with another seed", same)
	}
	for n := range 60 {
		v, org := a.Vacancy(n)
		if again, orgAgain := b.Vacancy(n); !reflect.DeepEqual(v, again) || org != orgAgain {
			t.Fatalf("vacancy %d of the same seed differs", n)
		}
	}
	if !reflect.DeepEqual(a.Organisation(3), b.Organisation(3)) || reflect.DeepEqual(a.Organisation(3), other.Organisation(3)) {
		t.Error("employers do not follow the seed")
	}
}

func TestInventedPeopleLookLikeTheCountry(t *testing.T) {
	const n = 5000
	g := generator(t, 1, n, 0)
	count := map[string]int{}
	phones := map[string]bool{}
	for i := range n {
		row := g.Person(i)
		p := row.Person
		if !p.Demo || p.Entry.Mode != person.EntrySeed {
			t.Fatalf("person %d is not marked as invented", i)
		}
		region, _ := g.Places.RegionOf(p.Residence.Place)
		count[region.Code]++
		count[string(p.Sex)]++
		if age, _ := p.Birth.Age(today); age >= 15 && age <= 35 {
			count["young"]++
		}
		if len(p.Groups) > 1 {
			count["groups overlap"]++
		}
		for _, group := range p.Groups {
			count[string(group)]++
		}
		for _, k := range p.Skills {
			count[string(k.Evidence)]++
		}
		if slices.Contains(p.Groups, person.ReturnMigrant) != (len(row.Journey.Episodes) > 0) {
			t.Fatalf("person %d: a return migrant has been abroad, and nobody else", i)
		}
		if slices.Contains(p.Groups, person.InternallyDisplaced) != (len(row.Journey.Displacements) > 0) {
			t.Fatalf("person %d: a displaced person fled, and nobody else", i)
		}
		for _, number := range p.Phones {
			if phones[number.Number] {
				t.Fatalf("%s is given twice", number.Number)
			}
			phones[number.Number] = true
			if e164, err := (phone.Parser{}).Parse(number.Number, "MLI"); err != nil || e164 != number.Number {
				t.Fatalf("%s is no Malian number", number.Number)
			}
		}
		for _, step := range row.Steps {
			if !domain.DateOf(step.At).Before(today) {
				t.Fatalf("person %d: %s lies in the future", i, step.Transition)
			}
		}
	}
	for what, bounds := range map[string][2]int{
		"BKO": {14, 26}, "SEG": {7, 14}, "KID": {0, 2}, "female": {42, 52}, "young": {50, 85}, "groups overlap": {1, 12},
		"young_graduate": {8, 30}, "return_migrant": {10, 25}, "internally_displaced": {6, 13}, "international_migrant": {1, 8},
	} {
		if share := 100 * count[what] / n; share < bounds[0] || share > bounds[1] {
			t.Errorf("%s: %d of %d, want %d to %d percent", what, count[what], n, bounds[0], bounds[1])
		}
	}
	for _, level := range []person.Evidence{person.Declared, person.Documented, person.Assessed, person.Certified} {
		if count[string(level)] == 0 {
			t.Errorf("no skill is %s", level)
		}
	}
}

// TestEveryVacancyHasSomebody compares the hard conditions with the person a
// vacancy was made for, as the domain words them.
func TestEveryVacancyHasSomebody(t *testing.T) {
	g := generator(t, 3, 80, 150)
	for n := range 150 {
		v, org := g.Vacancy(n)
		row := g.Person(g.MadeFor(n))
		p, f := row.Person, v.Fields
		if !v.Demo || v.Source != employer.SourceSeed || org >= g.Organisations() || !f.FeeFree {
			t.Fatalf("vacancy %d: demo %v, source %s, employer %d", n, v.Demo, v.Source, org)
		}
		months := 0
		for _, e := range p.Experience {
			months += e.Months
		}
		speaks := func(code string) bool {
			return slices.ContainsFunc(p.Languages, func(l person.Language) bool { return l.Code == code })
		}
		drives := func(c string) bool {
			return slices.ContainsFunc(p.Licences, func(l person.Licence) bool { return l.Category == c })
		}
		essential := 0
		for _, s := range f.Skills {
			if s.Importance == employer.Essential && slices.ContainsFunc(p.Skills, func(k person.Skill) bool { return k.ConceptID == s.ConceptID }) {
				essential++
			}
		}
		switch {
		case p.Residence.Place != f.PlaceCode:
			t.Errorf("vacancy %d is somewhere else", n)
		case *p.ISCED < f.ISCEDMin, months < f.ExperienceMonths:
			t.Errorf("vacancy %d asks for too much", n)
		case slices.ContainsFunc(f.Languages, func(c string) bool { return !speaks(c) }), slices.ContainsFunc(f.Licences, func(c string) bool { return !drives(c) }):
			t.Errorf("vacancy %d asks for a language or licence the person has not", n)
		case essential == 0:
			t.Errorf("vacancy %d asks for no skill the person has", n)
		case p.Mobility.Absent(today), p.Birth.Minor(today):
			t.Errorf("vacancy %d was made for somebody who may not be matched", n)
		}
	}
}

func TestSourcesNameEveryRecordOnce(t *testing.T) {
	g := generator(t, 5, 120, 0)
	seen := map[string]bool{}
	source := g.PeopleSource()
	for {
		r, err := source.Next()
		if err != nil {
			break
		}
		seen[r.ID] = true
	}
	if len(seen) != 120 {
		t.Errorf("%d ids for 120 people", len(seen))
	}
}
