package text_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/baara-platform/baara/domain/text"
)

// TestNamesThatSoundAlike: each pair shares every key and is close enough to be shown as a likely duplicate.
func TestNamesThatSoundAlike(t *testing.T) {
	for _, pair := range [][2]string{
		{"Coulibaly", "Kulubali"}, {"Coulibaly", "Koulibaly"}, {"Diarra", "Jara"}, {"Keïta", "Keita"}, {"Keita", "Kéïta"},
		{"Traoré", "Tarawele"}, {"Diallo", "Jallo"}, {"Diallo", "Djalo"}, {"Cissé", "Sise"}, {"Sissoko", "Cissoko"}, {"Ouattara", "Wattara"},
		{"Touré", "Turé"}, {"Kouyaté", "Kuyate"}, {"Dembélé", "Denbele"}, {"Bah", "Ba"}, {"Sow", "So"}, {"Thiam", "Tiam"},
		{"Mohamed", "Mouhamed"}, {"Mohammed", "Muhammad"}, {"Aïssata", "Aissata"}, {"Djénéba", "Jeneba"}, {"Konaté", "Konate"},
		{"Sangaré", "Sangare"}, {"Guindo", "Gindo"}, {"Cheick", "Cheikh"}, {"Fatoumata Coulibaly", "KULUBALI Fatumata"},
		{"ߖߊߙߊ", "Jara"}, {"Moussa dit Vieux", "Moussa Vieux"}, {"Awa Diarra épouse Traoré", "Awa Jara Traore"},
	} {
		t.Run(pair[0]+" "+pair[1], func(t *testing.T) {
			if a, b := text.NameKeys(pair[0]), text.NameKeys(pair[1]); !slices.Equal(a, b) || len(a) == 0 {
				t.Errorf("keys %q and %q", a, b)
			}
			if s := text.NameSimilarity(pair[0], pair[1]); s < 0.9 {
				t.Errorf("similarity %.2f", s)
			}
		})
	}
}

func TestArabicNameMeetsItsLatinSpelling(t *testing.T) {
	if a, b := text.NameKeys("محمد"), text.NameKeys("Mohamed"); !slices.Equal(a, b) {
		t.Errorf("keys %q and %q", a, b)
	}
}

func TestNamesThatDiffer(t *testing.T) {
	for _, pair := range [][2]string{
		{"Moussa Traoré", "Awa Coulibaly"}, {"Fatoumata Diarra", "Oumar Keïta"}, {"Ba", "Sow"}, {"Aminata Touré", "Seydou Dembélé"},
	} {
		if s := text.NameSimilarity(pair[0], pair[1]); s >= 0.75 {
			t.Errorf("%q and %q: %.2f", pair[0], pair[1], s)
		}
	}
}

func TestNameWithoutWords(t *testing.T) {
	if k := text.NameKeys("’ –"); len(k) != 0 {
		t.Errorf("keys %q", k)
	}
	if s := text.NameSimilarity("", "Awa"); s != 0 {
		t.Errorf("similarity %v", s)
	}
}

func TestOneMoreForenameCostsLessThanAnotherName(t *testing.T) {
	more := text.NameSimilarity("Awa Traoré", "Awa Mariam Traoré")
	other := text.NameSimilarity("Awa Traoré", "Mariam Traoré")
	if more <= other || more >= 1 {
		t.Errorf("one more %.2f, other %.2f", more, other)
	}
}

func TestNameSimilarityIsSymmetricAndBounded(t *testing.T) {
	name := rapid.OneOf(rapid.String(), rapid.StringMatching(`([A-Z][a-zïéè]{1,8} ?){1,4}`))
	rapid.Check(t, func(t *rapid.T) {
		a, b := name.Draw(t, "a"), name.Draw(t, "b")
		ab, ba := text.NameSimilarity(a, b), text.NameSimilarity(b, a)
		if math.Abs(ab-ba) > 1e-12 || ab < 0 || ab > 1 {
			t.Fatalf("%v and %v", ab, ba)
		}
		if len(text.NameKeys(a)) > 0 && text.NameSimilarity(a, a) != 1 {
			t.Fatalf("%q is not itself: %v", a, text.NameSimilarity(a, a))
		}
	})
}

func FuzzNameKeys(f *testing.F) {
	for _, s := range []string{"Coulibaly", "Ñandé", "x", "ghwcc", "محمد", "ߖߊߙߊ", "\xff", "sch zz"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if k := text.NameKeys(s); !slices.IsSorted(k) {
			t.Fatalf("%q", k)
		}
		text.NameSimilarity(s, "Awa Traoré")
	})
}
