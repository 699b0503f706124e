package linker

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain/text"
)

// writings gives the neutral forms that a written name stands for, the fullest first; none when it has no words. A pair of genders is one form.
// Alternatives that a stroke joins share what stands around them: "agent de production/fabrication en usine" is also "agent de fabrication
// en usine", "steward / hôtesse au sol" also "hôtesse au sol".
func writings(name string) []string {
	name = withoutExceptions(name)
	var out []string
	add := func(words []string) {
		if s := text.Neutral(strings.Join(words, " ")); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	add([]string{name})
	if len(out) == 0 {
		return nil
	}
	left, right, ok := strings.Cut(name, "/")
	a, b := strings.Fields(left), strings.Fields(right)
	if !ok || len(a) == 0 || len(b) == 0 || strings.Contains(right, "/") || len([]rune(b[0])) < shortestHalf {
		return out
	}
	if i := slices.IndexFunc(a, func(w string) bool { return pair(w, b[0]) }); i >= 0 {
		add(append(slices.Clone(a[:i]), b...))
		add(append(slices.Clone(a), b[min(len(b), len(a)-i):]...))
		return out
	}
	add(append(slices.Clone(a), b[1:]...))
	add(append(slices.Clone(a[:len(a)-1]), b...))
	return out
}

// shortestHalf is the length from which what follows a stroke is a word, not an ending.
const shortestHalf = 4

// pair reports whether two words may be the genders of one: they begin alike.
func pair(a, b string) bool {
	x, y := []rune(text.Fold(a)), []rune(text.Fold(b))
	same := 0
	for same < min(len(x), len(y)) && x[same] == y[same] {
		same++
	}
	return same >= 3 && 2*same >= min(len(x), len(y))
}
