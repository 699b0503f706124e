package place_test

import (
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/place"
)

func day(t *testing.T, s string) domain.Date {
	t.Helper()
	if s == "" {
		return domain.Date{}
	}
	d, err := domain.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSpanHoldsBothItsDays(t *testing.T) {
	for _, c := range []struct {
		from, to, on string
		want         bool
	}{
		{"2020-01-01", "2020-12-31", "2020-01-01", true},
		{"2020-01-01", "2020-12-31", "2020-12-31", true},
		{"2020-01-01", "2020-12-31", "2019-12-31", false},
		{"2020-01-01", "2020-12-31", "2021-01-01", false},
		{"", "2020-12-31", "1900-01-01", true},
		{"2020-01-01", "", "2999-01-01", true},
		{"2020-01-01", "", "", true},
		{"2020-01-01", "2020-12-31", "", false}, // what has a last day is not the present
	} {
		span := place.Span{From: day(t, c.from), To: day(t, c.to)}
		if got := span.Holds(day(t, c.on)); got != c.want {
			t.Errorf("%s…%s on %q: %v, want %v", c.from, c.to, c.on, got, c.want)
		}
	}
	if (place.Span{From: day(t, "2020-01-02"), To: day(t, "2020-01-01")}).Ordered() {
		t.Error("a span that ends before it starts is ordered")
	}
}

func area(code string, kind place.Kind, parent, name string) place.Area {
	return place.Area{Code: code, Kind: kind, Parent: parent, Country: "AAA", Names: domain.Names{"fr": name}}
}

func TestGazetteerRefusesContradictions(t *testing.T) {
	region := area("R", place.KindRegion, "", "Nord")
	late := region
	late.From, late.To = day(t, "2020-01-02"), day(t, "2020-01-01")
	for name, c := range map[string]struct {
		areas []place.Area
		walks []place.Crosswalk
		word  string
	}{
		"a code used twice":       {[]place.Area{region, region}, nil, "twice"},
		"no code":                 {[]place.Area{area("", place.KindRegion, "", "x")}, nil, "empty"},
		"an unknown parent":       {[]place.Area{area("C", place.KindCercle, "R", "x")}, nil, "unknown"},
		"areas inside each other": {[]place.Area{area("A", place.KindCercle, "B", "a"), area("B", place.KindCercle, "A", "b")}, nil, "larger"},
		"a region in a commune":   {[]place.Area{area("C", place.KindCommune, "", "x"), area("D", place.KindRegion, "C", "y")}, nil, "larger"},
		"an unknown kind":         {[]place.Area{area("C", "parish", "", "x")}, nil, "kind"},
		"dates in disorder":       {[]place.Area{late}, nil, "ends"},
		"a crosswalk to nobody":   {[]place.Area{region}, []place.Crosswalk{{Code: "R", Former: "Q"}}, "crosswalk"},
	} {
		_, err := place.NewGazetteer(place.World{}, place.Pack{Areas: c.areas, Crosswalk: c.walks})
		if err == nil || !strings.Contains(err.Error(), c.word) {
			t.Errorf("%s: %v, want an error that says %q", name, err, c.word)
		}
	}
}

func TestResolvingPrefersTheLargeAndThePresent(t *testing.T) {
	old := area("R0", place.KindRegion, "", "Nord")
	old.To = day(t, "2020-12-31")
	g, err := place.NewGazetteer(place.World{}, place.Pack{Areas: []place.Area{
		old, area("C", place.KindCercle, "R", "Nord"), area("R", place.KindRegion, "", "Nord"), area("S", place.KindSite, "C", "Mine d’Or"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]string{"nord": "R", " NORD ": "R", "r0": "R0", "c": "C", "mine d'or": "S"} {
		if a, ok := g.ResolveArea(words); !ok || a.Code != want {
			t.Errorf("%q is %q, want %s", words, a.Code, want)
		}
	}
	for _, words := range []string{"", "sud", "nor"} {
		if a, ok := g.ResolveArea(words); ok {
			t.Errorf("%q is taken for %s", words, a.Code)
		}
	}
	if path := g.Path("S"); len(path) != 3 || path[0].Code != "R" {
		t.Errorf("path %v", path)
	}
	if g.Path("nowhere") != nil {
		t.Error("an unknown code has a path")
	}
}
