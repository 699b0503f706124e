package domain

import (
	"maps"
	"slices"
)

// Names are one thing's names by language: "fr" → "Ségou".
type Names map[string]string

// In gives the name in a language and the language it is really in. Where the
// asked one is missing it falls back to French, then English, then the first
// language in order, so that a page can mark the words with the true language.
func (n Names) In(lang string) (name, used string) {
	for _, l := range []string{lang, "fr", "en"} {
		if name := n[l]; name != "" {
			return name, l
		}
	}
	for _, l := range slices.Sorted(maps.Keys(n)) {
		if n[l] != "" {
			return n[l], l
		}
	}
	return "", ""
}
