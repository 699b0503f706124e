package starter_test

import (
	"testing"

	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/taxonomy"
)

func TestClassificationsAreWhole(t *testing.T) {
	c, err := starter.Classifications()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		of     *taxonomy.Classification
		levels []int
	}{
		{c.ISCO, []int{10, 43, 130, 436}},
		{c.ISCED, []int{9}},
		{c.ISCEDF, []int{11, 29}},
		{c.ISIC, []int{21, 88}},
	} {
		for i, n := range append(want.levels, 0) {
			classes := want.of.Level(i + 1)
			if len(classes) != n {
				t.Errorf("%s level %d has %d classes, want %d", want.of.Name, i+1, len(classes), n)
			}
			for _, class := range classes {
				if class.Names["fr"] == "" || class.Names["en"] == "" {
					t.Errorf("%s %s lacks a title", want.of.Name, class.Code)
				}
				if i < len(want.levels)-1 && len(want.of.Under(class.Code)) == 0 {
					t.Errorf("%s %s has nothing under it", want.of.Name, class.Code)
				}
			}
		}
	}
}

func TestClassificationTitlesAndTree(t *testing.T) {
	c, err := starter.Classifications()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		of         *taxonomy.Classification
		code, lang string
		title      string
		parent     string
	}{
		{c.ISCO, "7112", "fr", "Maçons", "711"},
		{c.ISCO, "8332", "en", "Heavy truck and lorry drivers", "833"},
		{c.ISCO, "0110", "en", "Commissioned armed forces officers", "011"},
		{c.ISIC, "41", "fr", "Construction de bâtiments", "F"},
		{c.ISIC, "98", "en", "Undifferentiated goods- and services-producing activities of private households for own use", "T"},
		{c.ISCEDF, "073", "fr", "Architecture et bâtiment", "07"},
		{c.ISCED, "6", "fr", "Niveau licence ou équivalent", ""},
	} {
		class, ok := want.of.Get(want.code)
		if title, used := want.of.Title(want.code, want.lang); !ok || title != want.title || used != want.lang || class.Parent != want.parent {
			t.Errorf("%s %s: %q (%s) under %q, want %q under %q", want.of.Name, want.code, title, used, class.Parent, want.title, want.parent)
		}
	}
	if path := c.ISCO.Path("7112"); len(path) != 4 || path[0].Code != "7" || path[3].Code != "7112" {
		t.Errorf("path of 7112 is %v", path)
	}
	if title, used := c.ISCO.Title("7112", "bm"); title != "Maçons" || used != "fr" {
		t.Errorf("without a Bambara title the French one is marked French, got %q (%s)", title, used)
	}
}
