package person_test

import (
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// register stores people of Bamako by a short name for the test.
func (w *world) register(people map[string]person.Newcomer) {
	w.t.Helper()
	var all []person.Newcomer
	for _, n := range people {
		all = append(all, n)
	}
	w.stored(all...)
}

func TestFindForgivesSpelling(t *testing.T) {
	w := newWorld(t)
	people := map[string]person.Newcomer{
		"coulibaly": w.aPerson().Named("Awa", "Coulibaly").Phoned("+22370123456").In("KAY-BAFOULABE", "KAY", "Mahina").At(w.bamako),
		"diarra":    w.aPerson().Named("Bakary", "Diarra").At(w.bamako),
		"keita":     w.aPerson().Named("Salif", "Keïta").Dit("Vieux").At(w.bamako),
		"traore":    w.aPerson().Named("Ɲɛba", "Traoré").Unmatched().At(w.bamako),
		"oumou":     w.aPerson().Named("Oumou", "").Waiting().At(w.bamako),
		"arabic":    w.aPerson().Named("فاطمة", "كيتا").At(w.bamako),
		"nko":       w.aPerson().Named("", "ߞߎߟߎߓߊߟߌ").At(w.bamako),
	}
	w.register(people)
	tests := []struct{ words, want string }{
		{"Coulibaly", "coulibaly"},
		{"Kulubali Awa", "coulibaly"},
		{"COULIBALI", "coulibaly"},
		{"awa koulibaly", "coulibaly"},
		{"Jara Bakari", "diarra"},
		{"diara", "diarra"},
		{"KEITA salif", "keita"},
		{"Vieux", "keita"},
		{"vieux keita", "keita"},
		{"Traore", "traore"}, // refuses matching, has a file all the same
		{"Tarawele", "traore"},
		{"gneba traoré", "traore"},
		{"Umu", "oumou"},
		{"70 12 34 56", "coulibaly"},
		{"+223 70123456", "coulibaly"},
		{"0022370123456", "coulibaly"},
		{"Mahina", "coulibaly"},
		{"Coulibaly Mahina", "coulibaly"},
		{"فاطمة", "arabic"},
		{people["diarra"].Person.Reference, "diarra"},
	}
	for _, test := range tests {
		t.Run(test.words, func(t *testing.T) {
			got, err := w.people.Find(w.ctx, w.awa, test.words, person.FindFilter{}, domain.Cursor{})
			w.must(err)
			if len(got.Items) == 0 {
				t.Fatal("nobody found")
			}
			if first := got.Items[0]; first.PersonID != people[test.want].Person.ID {
				t.Errorf("first is %s %s, want %s", first.Given, first.Family, test.want)
			}
		})
	}
	for _, words := range []string{"Zoungrana", "70 99 99 99", "ML-2026-99999"} {
		got, err := w.people.Find(w.ctx, w.awa, words, person.FindFilter{}, domain.Cursor{})
		w.must(err)
		if len(got.Items) != 0 {
			t.Errorf("%s finds %+v", words, got.Items)
		}
	}
}

func TestFindShowsOthersAgenciesOnly(t *testing.T) {
	w := newWorld(t)
	here, there := w.aPerson().Named("Awa", "Coulibaly").At(w.bamako), w.aPerson().Named("Awa", "Koulibaly").At(w.kayes)
	w.stored(here, there)
	got, err := w.people.Find(w.ctx, w.awa, "Coulibaly", person.FindFilter{}, domain.Cursor{})
	w.must(err)
	if len(got.Items) != 2 {
		t.Fatalf("%d found, want 2", len(got.Items))
	}
	for _, f := range got.Items {
		switch f.AgencyID {
		case w.bamako:
			if f.Hidden || f.PersonID != here.Person.ID {
				t.Errorf("own: %+v", f)
			}
		case w.kayes:
			if want := (person.Found{Hidden: true, AgencyID: w.kayes}); dump(f) != dump(want) {
				t.Errorf("another agency's: %+v, want the agency alone", f)
			}
		}
	}
	_, err = w.people.Find(w.ctx, w.jobseeker(here.Person.ID), "Coulibaly", person.FindFilter{}, domain.Cursor{})
	refused(t, err, domain.KindNotFound)
	_, err = w.people.Find(w.ctx, domain.Anonymous(), "Coulibaly", person.FindFilter{}, domain.Cursor{})
	refused(t, err, domain.KindUnauthenticated)
	_, err = w.people.Find(w.ctx, w.awa, " - ", person.FindFilter{}, domain.Cursor{})
	refused(t, err, domain.KindInvalid)
}

func TestFindFiltersAndPages(t *testing.T) {
	w := newWorld(t)
	var all []person.Newcomer
	for i := range 5 {
		all = append(all, w.aPerson().Named("Moussa", "Traoré").Born(1980+i).At(w.bamako))
	}
	all = append(all, w.aPerson().Named("Moussa", "Traoré").In("GAO", "GAO", "").At(w.kayes), w.aPerson().Named("Moussa", "Traoré").Waiting().At(w.bamako))
	w.stored(all...)
	find := func(f person.FindFilter, c domain.Cursor) domain.Listing[person.Found] {
		t.Helper()
		got, err := w.people.Find(w.ctx, w.awa, "moussa traore", f, c)
		w.must(err)
		return got.Listing
	}
	for name, test := range map[string]struct {
		filter person.FindFilter
		want   int
	}{
		"everybody":     {person.FindFilter{}, 7},
		"of an agency":  {person.FindFilter{AgencyID: w.kayes}, 1},
		"of a region":   {person.FindFilter{Region: "GAO"}, 1},
		"in the queue":  {person.FindFilter{State: person.Intake}, 1},
		"by birth year": {person.FindFilter{YearFrom: 1981, YearUntil: 1983}, 3},
	} {
		if got := len(find(test.filter, domain.Cursor{}).Items); got != test.want {
			t.Errorf("%s: %d found, want %d", name, got, test.want)
		}
	}
	first := find(person.FindFilter{}, domain.Cursor{Limit: 4})
	second := find(person.FindFilter{}, domain.Cursor{Limit: 4, After: first.Next})
	if len(first.Items) != 4 || len(second.Items) != 3 || second.Next != "" {
		t.Errorf("pages of %d and %d, then %q", len(first.Items), len(second.Items), second.Next)
	}
	_, err := w.people.Find(w.ctx, w.awa, "moussa", person.FindFilter{}, domain.Cursor{After: "-3"})
	refused(t, err, domain.KindInvalid)
}
