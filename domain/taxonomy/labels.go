package taxonomy

import (
	"slices"
	"strings"
)

// precedence orders sources: the lower wins.
func (s Source) precedence() int { return slices.Index([]Source{FromStaff, FromStarter, FromESCO}, s) }

type labelKey struct{ lang, text string }

// mergeLabels gives all labels a concept should have once a source's labels in
// some languages are replaced by incoming. The same words from two sources
// are one label of the stronger source; in each language the strongest
// source's preferred label stays preferred. The result is in a stable order.
func mergeLabels(existing []Label, source Source, langs []string, incoming []Label) []Label {
	best := map[labelKey]Label{}
	claims := map[string]Label{} // by language, the label preferred so far
	put := func(l Label) {
		if c, ok := claims[l.Lang]; l.Preferred && (!ok || l.Source.precedence() < c.Source.precedence()) {
			claims[l.Lang] = l
		}
		k := labelKey{l.Lang, l.Text}
		old, seen := best[k]
		if !seen || l.Source.precedence() < old.Source.precedence() {
			best[k] = l
		}
	}
	for _, l := range existing {
		if l.Source != source || !slices.Contains(langs, l.Lang) {
			put(l)
		}
	}
	for _, l := range incoming {
		l.Source = source
		put(l)
	}
	out := make([]Label, 0, len(best))
	for _, l := range best {
		l.Preferred = claims[l.Lang].Text == l.Text
		out = append(out, l)
	}
	slices.SortFunc(out, compareLabels)
	return out
}

// compareLabels orders by language, then preferred first, stronger source
// first, and by the words.
func compareLabels(a, b Label) int {
	preferred := func(l Label) int {
		if l.Preferred {
			return 0
		}
		return 1
	}
	switch {
	case a.Lang != b.Lang:
		return strings.Compare(a.Lang, b.Lang)
	case a.Preferred != b.Preferred:
		return preferred(a) - preferred(b)
	case a.Source != b.Source:
		return a.Source.precedence() - b.Source.precedence()
	}
	return strings.Compare(a.Text, b.Text)
}

// labelChanges says what turns the stored labels into the wanted ones.
func labelChanges(stored, wanted []Label) (remove, save []Label) {
	have := make(map[labelKey]Label, len(stored))
	for _, l := range stored {
		have[labelKey{l.Lang, l.Text}] = l
	}
	for _, l := range wanted {
		k := labelKey{l.Lang, l.Text}
		if old, ok := have[k]; !ok || old != l {
			save = append(save, l)
		}
		delete(have, k)
	}
	for _, l := range stored {
		if _, left := have[labelKey{l.Lang, l.Text}]; left {
			remove = append(remove, l)
		}
	}
	return remove, save
}
