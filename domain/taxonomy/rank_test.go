package taxonomy

import (
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/text"
)

func hit(id, lang, words string, preferred bool) Hit {
	return Hit{
		ConceptID: domain.ID(id), Kind: Occupation, Folded: text.Fold(words),
		Label: Label{Lang: lang, Text: words, Preferred: preferred},
	}
}

func TestRank(t *testing.T) {
	hits := []Hit{
		hit("foreman", "fr", "chef d’équipe maçon", true), hit("mason", "fr", "maçon/maçonne", true), hit("mason", "fr", "maçon coffreur", false),
		hit("stone", "fr", "maçon de pierre", true), hit("tiler", "fr", "maçon", false), hit("lodge", "en", "macon", true),
	}
	for _, c := range []struct {
		name, words, lang string
		limit             int
		want              string
	}{
		{"equal words first, a pair of genders counts as equal, then other words, then longer labels", "maçon", "fr", 10, "mason lodge tiler stone foreman"},
		{"the reader's language decides between equals", "maçon", "en", 10, "lodge mason tiler stone foreman"},
		{"the feminine finds the same", "maçonne", "fr", 1, "mason"},
		{"no more than asked for", "maçon", "fr", 2, "mason lodge"},
	} {
		var got []string
		for _, h := range rank(hits, text.Fold(c.words), Query{Words: c.words, Lang: c.lang, Limit: c.limit}) {
			got = append(got, string(h.ConceptID))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}
