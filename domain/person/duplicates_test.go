package person_test

import (
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

func TestDuplicates(t *testing.T) {
	w := newWorld(t)
	known := w.aPerson().Named("Awa", "Coulibaly").ChildOf("Moussa Coulibaly", "Fanta Keïta").Born(1998).
		In("KAY-BAFOULABE", "KAY", "Mahina").Phoned("+22370123456").At(w.bamako)
	known.Person.NINA = "12345678901234A"
	w.stored(known)
	tests := map[string]struct {
		candidate person.Person
		want      person.DuplicateReason // "" for no warning
	}{
		"the same identity number": {w.aPerson().Named("A.", "Somebody").Born(1950).Person(), person.SameNINA},
		"name and phone":           {w.aPerson().Named("Awa", "Koulibali").Phoned("+22370123456").Born(1960).Person(), person.SameNamePhone},
		"name, year, region":       {w.aPerson().Named("Awa", "Kulubali").In("KAY", "KAY", "").Born(1997).Person(), person.SameNameBirth},
		"names the other way":      {w.aPerson().Named("Coulibaly", "Awa").In("KAY", "KAY", "").Born(1998).Person(), person.SameNameBirth},
		"her twin, same parents": {w.aPerson().Named("Adama", "Coulibaly").ChildOf("Moussa Coulibaly", "Fanta Keita").
			In("KAY", "KAY", "").Born(1998).Person(), person.SameParents},
		"her twin with the cousin's phone": {w.aPerson().Named("Bintou", "Coulibaly").Phoned("+22370123456").Born(1998).Person(), person.SamePhoneAlone},
		"only the phone":                   {w.aPerson().Named("Zan", "Dembélé").Phoned("+22370123456").Person(), person.SamePhoneAlone},
		"another region":                   {w.aPerson().Named("Awa", "Coulibaly").In("GAO", "GAO", "").Born(1998).Person(), ""},
		"another generation":               {w.aPerson().Named("Awa", "Coulibaly").In("KAY", "KAY", "").Born(1970).Person(), ""},
		"a namesake of the family alone":   {w.aPerson().Named("Salif", "Coulibaly").In("KAY", "KAY", "").Born(1998).Person(), ""},
		"half typed":                       {person.Person{}, ""},
	}
	withNINA := tests["the same identity number"]
	withNINA.candidate.NINA = "12345678901234 a"
	tests["the same identity number"] = withNINA
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			warned, err := w.people.Duplicates(w.ctx, w.awa, test.candidate)
			w.must(err)
			own := warned.List
			if test.want == "" {
				if len(own) != 0 {
					t.Errorf("warned: %+v", own)
				}
				return
			}
			if len(own) != 1 || own[0].Reason != test.want || own[0].PersonID != known.Person.ID {
				t.Fatalf("warning is %+v, want %s", own, test.want)
			}
			warned, err = w.people.Duplicates(w.ctx, w.binta, test.candidate)
			w.must(err)
			elsewhere := warned.List
			want := person.Duplicate{Found: person.Found{Hidden: true, AgencyID: w.bamako}, Reason: test.want}
			if len(elsewhere) != 1 || dump(elsewhere[0]) != dump(want) {
				t.Errorf("another agency sees %+v, want only the agency", elsewhere)
			}
		})
	}
	_, err := w.people.Duplicates(w.ctx, domain.Anonymous(), known.Person)
	refused(t, err, domain.KindUnauthenticated)
	_, err = w.people.Duplicates(w.ctx, w.jobseeker(known.Person.ID), known.Person)
	refused(t, err, domain.KindNotFound)
}

// Twins with one phone and one birth date both register, warned about and
// never blocked, and each is found.
func TestTwinsBothRegister(t *testing.T) {
	w := newWorld(t)
	var twins []person.Person
	for _, given := range []string{"Fousseyni", "Lassana"} {
		twin := person.Person{
			Identity: person.Identity{Given: given, Family: "Diarra", Father: "Bakary", Mother: "Sitan",
				Birth: person.BornOn(domain.Date{Year: 2001, Month: 1, Day: 1})},
			Contact: person.Contact{Residence: person.Residence{Place: "BKO"}, Phones: []person.Phone{{Number: "70123456", Owner: person.SharedPhone}}},
		}
		if warned, err := w.people.Duplicates(w.ctx, w.awa, twin); err != nil || len(warned.List) != len(twins) {
			t.Errorf("%s: %d warnings (%v), want %d", given, len(warned.List), err, len(twins))
		}
		p, err := w.people.Create(w.ctx, w.awa, person.CreatePerson{Person: twin})
		w.must(err)
		if p.Birth.Precision != person.BirthYear {
			t.Errorf("1 January is kept as %q, want a year", p.Birth.Precision)
		}
		twins = append(twins, p)
	}
	for i, words := range []string{"Fuseini Jara", "Lasana Diara"} {
		got, err := w.people.Find(w.ctx, w.awa, words, person.FindFilter{}, domain.Cursor{})
		w.must(err)
		if len(got.Items) == 0 || got.Items[0].PersonID != twins[i].ID {
			t.Errorf("%s finds %+v", words, got.Items)
		}
	}
}
