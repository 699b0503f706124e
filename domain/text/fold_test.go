package text_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/baara-platform/baara/domain/text"
)

func TestFold(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"empty":                     {"", ""},
		"only punctuation":          {" –'’ .", ""},
		"case and spaces":           {"  Maçon\t COFFREUR ", "macon coffreur"},
		"decomposed accent":         {"me\u0301canicien", "mecanicien"},
		"bambara":                   {"Fɛn dɔ ŋɛ ɲɛ", "fen do ne ne"},
		"bambara capitals":          {"ƐƆŊƝ", "eonn"},
		"fulfulde":                  {"Ɓiɗɗo ƴi", "biddo yi"},
		"french ligatures":          {"Œuvre, ŒUF, cæcum", "oeuvre oeuf caecum"},
		"german":                    {"Straße STRAẞE", "strasse strasse"},
		"portuguese":                {"Construção", "construcao"},
		"typographic apostrophe":    {"chef d’équipe / chef d'équipe", "chef d equipe chef d equipe"},
		"dashes":                    {"porte-à-porte – sous—traitance", "porte a porte sous traitance"},
		"arabic keeps its letters":  {"مُحَمَّد", "محمد"},
		"arabic tatweel":            {"محـــمد", "محمد"},
		"arabic hamza carriers":     {"أحمد", "احمد"},
		"nko without tone":          {"ߞߊ߲ߞߊ߲", "ߞߊߞߊ"},
		"digits of every script":    {"٣ ۳ ߃ 3", "3 3 3 3"},
		"full width and ligature":   {"Ｂａ ﬁn", "ba fin"},
		"c++ and c#":                {"C++, C# (.NET)", "c++ c# net"},
		"plus between words":        {"CV+lettre # 3", "cv lettre 3"},
		"zero width joiner dropped": {"ma\u200dçon", "macon"},
		"invalid utf-8":             {"ma\xffcon", "ma con"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := text.Fold(c.in); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	if got := text.Tokens("L’Ouvrier, béton armé!"); !slices.Equal(got, []string{"l", "ouvrier", "beton", "arme"}) {
		t.Errorf("got %q", got)
	}
	if got := text.Tokens("—"); got != nil {
		t.Errorf("no words: got %q", got)
	}
}

func TestFoldIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := text.Fold(s)
		if twice := text.Fold(once); twice != once {
			t.Fatalf("Fold(%q) = %q, again %q", s, once, twice)
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Maçon", "ǅ İ ẞ ", "a\u0345", "\xff", "Ⅷ ½", "ﷺ", "c++#"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := text.Fold(s)
		if twice := text.Fold(once); twice != once {
			t.Fatalf("Fold(%q) = %q, again %q", s, once, twice)
		}
	})
}
