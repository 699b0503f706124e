package person_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

var today = domain.Date{Year: 2026, Month: time.November, Day: 24}

// canary fills every text of a record with a word that must not come out.
func canary(p person.Person) person.Person {
	p.Given, p.Family, p.Father, p.Mother, p.NINA, p.Guardian, p.Email = "CANARY", "CANARY", "CANARY", "CANARY", "CANARY", "CANARY", "CANARY"
	p.Residence.Detail, p.Residence.Place, p.Accommodation = "CANARY", "CANARY", "CANARY"
	p.Aliases = []person.Alias{{Name: "CANARY"}}
	p.Phones = []person.Phone{{Number: "CANARY", HelperName: "CANARY"}}
	p.Groups, p.WorkedAbroad = []person.Group{"CANARY"}, "CANARY"
	p.Sex, p.Reference, p.BirthCountry, p.Nationalities = "CANARY", "CANARY", "CANARY", []string{"CANARY"}
	p.Experience = []person.Experience{{Title: "CANARY", Employer: "CANARY", Country: "CANARY", OccupationID: "occ", ISCO: "7112", Months: 30}}
	p.Skills = []person.Skill{{Words: "CANARY", Folded: "CANARY", ConceptID: "skill"}, {Words: "CANARY"}}
	p.Entry = person.Entry{HelperName: "CANARY", ExternalID: "CANARY"}
	p.Wishes = []person.Wish{{Words: "CANARY"}}
	return p
}

func TestCardHoldsNothingToRecogniseSomebodyBy(t *testing.T) {
	p := canary(person.Person{ID: "01900000-0000-7000-8000-00000000000a"})
	p.Birth = person.BornIn(1971, false)
	p.Residence.Region = "KAY"
	text := dump(person.CardOf(p, today))
	for _, secret := range []string{"CANARY", "1971", string(p.ID)} {
		if strings.Contains(text, secret) {
			t.Errorf("the card holds %s: %s", secret, text)
		}
	}
}

func TestCardIgnoresWhatMustNotCount(t *testing.T) {
	p := person.Person{ID: "01900000-0000-7000-8000-00000000000a", Skills: []person.Skill{{ConceptID: "b"}, {ConceptID: "a"}}}
	q := canary(p)
	q.Skills = []person.Skill{{ConceptID: "a", Words: "coordonnatrice"}, {ConceptID: "b", Words: "chantier Libye"}}
	q.Experience = nil
	if a, b := person.CardOf(p, today), person.CardOf(q, today); !reflect.DeepEqual(a, b) {
		t.Errorf("cards differ:\n%+v\n%+v", a, b)
	}
}

func TestCardSumsUp(t *testing.T) {
	level := 4
	p := person.Person{
		ID: "01900000-0000-7000-8000-00000000000a", Schooling: person.Schooling{ISCED: &level},
		Experience: []person.Experience{
			{OccupationID: "mason", ISCO: "7112", Months: 20}, {OccupationID: "cook", ISCO: "5120", Months: 6},
			{OccupationID: "mason", ISCO: "7112", FromYear: 2010, UntilYear: 2012, Country: "LBY"}, {Title: "unlinked", Months: 90},
		},
		Skills:   []person.Skill{{ConceptID: "bricks", Evidence: person.Declared}, {ConceptID: "bricks", Evidence: person.Assessed}},
		Licences: []person.Licence{{Category: "C"}, {Category: "B", Until: today.AddDays(-1)}},
		Mobility: person.Mobility{AvailableFrom: today.AddDays(-3), Anywhere: true},
	}
	c := person.CardOf(p, today)
	if want := []person.CardExperience{{"cook", "5120", 0}, {"mason", "7112", 3}}; !reflect.DeepEqual(c.Experience, want) {
		t.Errorf("experience %+v, want %+v", c.Experience, want)
	}
	if want := []person.CardSkill{{"bricks", person.Assessed}}; !reflect.DeepEqual(c.Skills, want) {
		t.Errorf("skills %+v, want %+v", c.Skills, want)
	}
	if !reflect.DeepEqual(c.Licences, []string{"C"}) || !c.AvailableFrom.IsZero() || !c.Anywhere || *c.ISCED != 4 {
		t.Errorf("card %+v, want licence C, available now, anywhere, level 4", c)
	}
}
