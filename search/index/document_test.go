package index

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// TestOnlyListedFieldsCanBeIndexed pins the list. Whoever adds a field decides in public what enters the index: never a name, a phone, a note, a
// title as typed, sex, age, origin, migration or protection.
func TestOnlyListedFieldsCanBeIndexed(t *testing.T) {
	allowed := []string{
		"kind", "since", "region", "group", "contract", "title", "text", "print",
		"p.skill", "p.held", "p.group", "p.wish", "p.place", "p.isced", "p.months", "p.lang", "p.licence", "p.from", "p.until", "p.adult",
		"o.need", "o.want", "o.occupation", "o.near", "o.group", "o.place", "o.isced", "o.months", "o.lang", "o.licence", "o.start", "o.from",
		"o.until", "o.left", "o.hazard",
	}
	for _, field := range allowed {
		if field != FieldPrint && !slices.Contains(allFields(), field) {
			t.Errorf("%s is refused", field)
		}
	}
	if n := len(matching.Fields()) + 8; n != len(allowed) {
		t.Errorf("%d fields exist, %d are listed here", n, len(allowed))
	}
	for _, field := range []string{"name", "p.name", "phone", "note", "sex", "p.sex", "birth", "migration", ""} {
		d := Document{id: "x", terms: matching.Terms{field: {"value"}}}
		if _, err := d.build(); err == nil {
			t.Errorf("%q was indexed", field)
		}
	}
}

// TestPersonHasNoPlaceForPersonalData fails when a field is added to what the index takes of a person.
func TestPersonHasNoPlaceForPersonalData(t *testing.T) {
	want := map[string][]string{
		"PersonRecord": {"Profile", "Region", "Skills", "Occupations"},
		"Profile":      {"ID", "Mobility", "Anywhere", "ISCED", "Experiences", "Wishes", "Skills", "Languages", "Licences", "AvailableFrom", "AdultOn", "MatchableUntil", "WaitingSince"},
		"Experience":   {"Occupation", "ISCO", "Months", "Recency", "Skills"},
		"Wish":         {"Occupation", "ISCO"},
		"Skill":        {"Concept", "Words", "Evidence"},
	}
	for _, v := range []any{matching.PersonRecord{}, matching.Profile{}, matching.Experience{}, matching.Wish{}, matching.Skill{}} {
		typ := reflect.TypeOf(v)
		var fields []string
		for i := range typ.NumField() {
			fields = append(fields, typ.Field(i).Name)
		}
		if !slices.Equal(fields, want[typ.Name()]) {
			t.Errorf("%s has %v", typ.Name(), fields)
		}
	}
}

func TestIdentifiersSurvive(t *testing.T) {
	for _, id := range []domain.ID{"0192f0c1-2b3a-7c4d-8e5f-0123456789ab", "C000001", "", "fifteen letters", "sixteen letters!", "V00000"} {
		if got := UnpackID(packID(id)); got != id {
			t.Errorf("%q became %q", id, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		id := domain.ID(rapid.StringMatching(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`).Draw(t, "id"))
		if got := UnpackID(packID(id)); got != id || len(packID(id)) != 16 {
			t.Fatalf("%q became %q", id, got)
		}
	})
}
