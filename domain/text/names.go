package text

import (
	"slices"
	"strings"

	"github.com/antzucaro/matchr"
)

// NameKeys returns the phonetic keys of a person's name, one a word, sorted and without repetition: names that sound alike in
// West Africa share a key (Coulibaly/Kulubali, Diarra/Jara, Keïta/Keita, Traoré/Tarawele), in Latin, Arabic and N'Ko script. Two
// people are worth comparing when their sets meet; keys are far too wide to conclude anything. "dit", "née" and their like are left out.
//
// The keys may be stored: they change only with a migration of what was stored.
func NameKeys(name string) []string {
	var keys []string
	for _, w := range nameWords(name) {
		key, _ := matchr.DoubleMetaphone(w)
		if key == "" {
			key = strings.ToUpper(w) // no consonant, or a script without a rule
		}
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// NameSimilarity compares two names: 1 means the same words up to spelling, whatever their order; 0 nothing in common. A word that only one name has
// (a second forename, "dit Vieux") costs less than a word that differs. It is symmetric. 0.9 and more is worth a human look.
func NameSimilarity(a, b string) float64 {
	wa, wb := nameWords(a), nameWords(b)
	if len(wa) == 0 || len(wb) == 0 {
		return 0
	}
	if len(wa) > len(wb) {
		wa, wb = wb, wa
	}
	paired := bestPairing(wa, wb)
	extra := float64(len(wb) - len(wa))
	return paired / (float64(len(wa)) + 0.4*extra)
}

// maxNameWords bounds the pairing, which is exponential in it. Longer names are cut.
const maxNameWords = 8

// bestPairing returns the largest sum of similarities over pairings of every word of a with a word of its own in b. len(a) ≤ len(b).
func bestPairing(a, b []string) float64 {
	best := make([]float64, 1<<len(b)) // by the set of words of b already paired
	for i := range best {
		best[i] = -1
	}
	best[0] = 0
	for _, word := range a {
		next := make([]float64, len(best))
		for i := range next {
			next[i] = -1
		}
		for used, sum := range best {
			if sum < 0 {
				continue
			}
			for j := range b {
				if used&(1<<j) == 0 {
					next[used|1<<j] = max(next[used|1<<j], sum+wordSimilarity(word, b[j]))
				}
			}
		}
		best = next
	}
	return slices.Max(best)
}

func wordSimilarity(a, b string) float64 {
	if a == b {
		return 1
	}
	if a > b {
		a, b = b, a // Jaro-Winkler is symmetric but for rounding
	}
	return min(1, matchr.JaroWinkler(a, b, false))
}

// nameWords returns the words of a name in one spelling of their sound.
func nameWords(name string) []string {
	var words []string
	for _, w := range Tokens(name) {
		if nameParticles[w] {
			continue
		}
		if s := spellSound(romanise(w)); s != "" {
			words = append(words, s)
		}
	}
	return words[:min(len(words), maxNameWords)]
}

var nameParticles = set("dit", "dite", "alias", "ne", "nee", "epouse", "epse", "ep", "veuve", "vve", "feu", "dr", "mme", "mr", "mlle", "el", "al", "ould", "bint", "ben", "ag", "bin")
