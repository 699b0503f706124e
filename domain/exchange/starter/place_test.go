package starter_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/place"
)

func gazetteer(t *testing.T) *place.Gazetteer {
	t.Helper()
	world, err := starter.World()
	if err != nil {
		t.Fatal(err)
	}
	pack, err := starter.Pack(starter.DefaultCountry)
	if err != nil {
		t.Fatal(err)
	}
	g, err := place.NewGazetteer(world, pack)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func day(t *testing.T, s string) domain.Date {
	t.Helper()
	d, err := domain.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCountriesAgreeWithTheLibraryAndAreNamed(t *testing.T) {
	world, err := starter.World()
	if err != nil {
		t.Fatal(err)
	}
	if len(world.Countries) != 249 {
		t.Errorf("%d countries, ISO 3166-1 has 249", len(world.Countries))
	}
	for _, c := range world.Countries {
		region := language.MustParseRegion(c.Alpha2)
		if region.ISO3() != c.Code || language.MustParseRegion(c.M49).String() != c.Alpha2 {
			t.Errorf("%s: %s %s, the library says %s %d", c.Alpha2, c.Code, c.M49, region.ISO3(), region.M49())
		}
		for _, lang := range []string{"fr", "en", "pt", "ar"} {
			if c.Names[lang] == "" {
				t.Errorf("%s has no name in %s", c.Code, lang)
			}
		}
	}
	g := gazetteer(t)
	for words, want := range map[string]string{
		"ML": "MLI", "mli": "MLI", "466": "MLI", "Libye": "LBY", "côte d’ivoire": "CIV", "Algeria": "DZA", "ليبيا": "LBY", "Alemanha": "DEU",
	} {
		if c, ok := g.Country(words); !ok || c.Code != want {
			t.Errorf("%q is %q, want %s", words, c.Code, want)
		}
	}
	if _, ok := g.Country("XX"); ok {
		t.Error("XX is no country")
	}
	mali := slices.IndexFunc(g.Countries("bm"), func(c place.Choice) bool { return c.Code == "MLI" })
	if c := g.Countries("bm")[mali]; c.Name != "Mali" || c.Lang != "fr" {
		t.Errorf("without a Bambara name the French one is shown and marked: %+v", c)
	}
	list := g.Countries("fr")
	at := func(code string) int {
		return slices.IndexFunc(list, func(c place.Choice) bool { return c.Code == code })
	}
	if at("EGY") > at("ESP") || at("ESP") < at("ECU") {
		t.Error("É sorts with E: Égypte stands between Équateur's neighbours and Espagne")
	}
}

func TestGroupsAreDated(t *testing.T) {
	g := gazetteer(t)
	for _, want := range []struct {
		group, day string
		members    string
	}{
		{"ECOWAS15", "2025-01-28", "BEN BFA CIV CPV GHA GIN GMB GNB LBR MLI NER NGA SEN SLE TGO"},
		{"ECOWAS15", "2025-01-29", ""},
		{"ECOWAS12", "2025-01-28", ""},
		{"ECOWAS12", "2025-01-29", "BEN CIV CPV GHA GIN GMB GNB LBR NGA SEN SLE TGO"},
		{"AES3", "2024-01-01", "BFA MLI NER"},
		{"UEMOA", "1996-01-01", "BEN BFA CIV MLI NER SEN TGO"},
		{"UEMOA", "2020-01-01", "BEN BFA CIV GNB MLI NER SEN TGO"},
		{"MAGHREB", "2020-01-01", "DZA LBY MAR MRT TUN"},
		{"GULF", "2020-01-01", "ARE BHR KWT OMN QAT SAU"},
		{"EU", "1960-01-01", "BEL DEU FRA ITA LUX NLD"},
	} {
		group, ok := g.Group(want.group)
		if got := strings.Join(group.On(day(t, want.day)), " "); !ok || got != want.members {
			t.Errorf("%s on %s: %s, want %s", want.group, want.day, got, want.members)
		}
	}
	for code, n := range map[string]int{"FMM16": 16, "EU": 27, "SCHENGEN": 29, "ECOWAS15": 0} {
		group, _ := g.Group(code)
		if got := len(group.On(domain.Date{})); got != n {
			t.Errorf("%s has %d members now, want %d", code, got, n)
		}
	}
	eu, _ := g.Group("EU")
	if !eu.Has("GBR", day(t, "2020-01-31")) || eu.Has("GBR", day(t, "2020-02-01")) {
		t.Error("the United Kingdom left at the end of 31 January 2020")
	}
}

func TestTerritoryOfMali(t *testing.T) {
	g := gazetteer(t)
	codes := func(areas []place.Area) string {
		var out []string
		for _, a := range areas {
			out = append(out, a.Code)
		}
		return strings.Join(out, " ")
	}
	if got, want := codes(g.Regions(domain.Date{})), "BKO KAY KLK SIK SEG MOP TOM GAO KID TAO MEN NIO KIT DIO NAR BOU KTL SAN DOU BAN"; got != want {
		t.Errorf("regions now\n%s, want\n%s", got, want)
	}
	if got, want := len(g.Regions(day(t, "2010-06-30"))), 8; got != want {
		t.Errorf("%d regions in 2010, want %d", got, want)
	}
	cercles := 0
	for _, region := range g.Regions(domain.Date{}) {
		inside := g.Within(region.Code, domain.Date{})
		if len(inside) == 0 {
			t.Errorf("%s has nothing inside", region.Code)
		}
		for _, a := range inside {
			if a.Kind == place.KindCercle {
				cercles++
			}
		}
	}
	if cercles != 159 {
		t.Errorf("%d cercles, the law of 2023 has 159", cercles)
	}
	if got := len(g.Within("BKO", domain.Date{})); got != 6 {
		t.Errorf("Bamako has %d communes, want 6", got)
	}
	for words, want := range map[string]string{
		"segou": "SEG", "Ségou": "SEG", "SEG": "SEG", "ML-4": "SEG", "ML-BKO": "BKO", "Timbuktu": "TOM", "kay": "KAY",
		"ML-9": "MEN", "ML-10": "TAO", "Bafoulabé": "KAY-BAFOULABE", "n'tillit": "GAO-NTILLIT",
	} {
		if a, ok := g.ResolveArea(words); !ok || a.Code != want {
			t.Errorf("%q is %q, want %s", words, a.Code, want)
		}
	}
	if region, ok := g.RegionOf("KAY-BAFOULABE"); !ok || region.Code != "KAY" {
		t.Errorf("Bafoulabé lies in %q, want KAY", region.Code)
	}
	for _, c := range g.RegionChoices("bm") {
		if c.Name == "" || c.Lang == "" {
			t.Errorf("%s has no name to show", c.Code)
		}
	}
}

func TestOldRegionsCompareWithNewOnes(t *testing.T) {
	g := gazetteer(t)
	for _, want := range []struct {
		code, former string
		whole        bool
	}{
		{"KAY", "KAY-1991", true}, {"NIO", "KAY-1991", true}, {"KIT", "KAY-1991", true}, {"DIO", "KLK-1991", true}, {"NAR", "KLK-1991", true},
		{"KTL", "SIK-1991", true}, {"SAN", "SEG-1991", true}, {"DOU", "MOP-1991", true}, {"BAN", "MOP-1991", true},
		{"TAO", "TOM-1991", true}, {"MEN", "GAO-1991", true}, {"KID", "KID-1991", true},
		{"BOU", "SIK-1991", false}, {"BOU-OUELESSEBOUGOU", "KLK-1991", true},
	} {
		former, whole, ok := g.Former(want.code)
		if !ok || former.Code != want.former || whole != want.whole {
			t.Errorf("%s lay in %q (wholly %v), want %s (%v)", want.code, former.Code, whole, want.former, want.whole)
		}
	}
	if _, _, ok := g.Former("BKO"); ok {
		t.Error("Bamako did not change")
	}
}

func TestLanguagesLicencesAndMinimumWage(t *testing.T) {
	g := gazetteer(t)
	for _, code := range []string{"fr", "bm", "snk", "en", "tmh", "ar", "ff", "pt", "bmq", "dts", "mey", "myk", "mwk", "son", "shz", "kao", "bze"} {
		if _, ok := g.Language(code); !ok {
			t.Errorf("language %s is unknown", code)
		}
	}
	national := 0
	for _, c := range g.Languages("fr") {
		if l, _ := g.Language(c.Code); l.National {
			national++
		}
	}
	if national != 13 {
		t.Errorf("%d national languages, want 13", national)
	}
	for _, code := range []string{"A", "B", "C", "D"} {
		if _, ok := g.Licence(code); !ok {
			t.Errorf("licence %s is unknown", code)
		}
	}
	for on, want := range map[string]int{"2014-12-31": 0, "2015-06-01": 35000, "2015-12-31": 35000, "2016-01-01": 40000, "2026-01-01": 40000} {
		if wage, _ := g.MinimumWage(day(t, on)); wage.Monthly != want {
			t.Errorf("minimum wage on %s is %d, want %d", on, wage.Monthly, want)
		}
	}
	if p := g.Pack(); p.Country != "MLI" || p.Currency != "XOF" || p.CallingCode != "223" || p.PhoneDigits != 8 || p.ReferencePrefix != "ML" {
		t.Errorf("pack %+v", p)
	}
}

func TestAreaCodesNeverMeanACountry(t *testing.T) {
	g := gazetteer(t)
	for _, a := range g.Pack().Areas {
		if c, ok := g.Country(a.Code); ok && len(a.Code) == 3 {
			t.Errorf("area %s reads like the country %s", a.Code, c.Code)
		}
	}
}
