package person

import (
	"slices"
	"testing"
)

func TestAskJoinsWhatBelongsTogether(t *testing.T) {
	tests := map[string][]string{
		"Awa Coulibaly":           {"awa", "coulibaly"},
		"70 12 34 56":             {"70123456"},
		"Awa 70.12.34.56":         {"awa", "70123456"},
		"ML-2026-00317":           {"ml202600317"},
		"ml 2026 00317":           {"ml202600317"},
		"Ba 1998":                 {"ba", "1998"},
		"Ɲɛba  TRAORÉ":            {"neba", "traore"},
		"Oumou, village de Kati":  {"oumou", "kati"}, // everybody lives in a village
		"De Souza":                {"souza"},
		"Village":                 {"village"},
		"":                        nil,
		" - ":                     nil,
		"b c d e f g h i j k l m": {"b", "c", "d", "e", "f", "g", "h", "i"},
	}
	for words, want := range tests {
		var got []string
		for _, a := range ask(words) {
			got = append(got, a.text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q is read as %q, want %q", words, got, want)
		}
	}
}

func FuzzAsk(f *testing.F) {
	for _, seed := range []string{"Awa Coulibaly", "70 12 34 56", "ML-2026-00317", "فاطمة", "\xff 1 2", "ߞߎߟߎ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, words string) {
		question := ask(words)
		if len(question) > maxAsked {
			t.Errorf("%d words", len(question))
		}
		for i, a := range question {
			for _, k := range a.keys {
				if k.Key.Value == "" || k.Word != i || k.Weight <= 0 {
					t.Errorf("%q makes the key %+v at word %d", words, k, i)
				}
			}
		}
	})
}
