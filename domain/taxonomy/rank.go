package taxonomy

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/text"
)

type rankedHit struct {
	Hit
	score int
}

// rank keeps the best label of each concept and orders the concepts: equal
// words before a label that starts with them, that before words inside a
// longer label; then the reader's language, then the shorter label.
func rank(hits []Hit, folded string, q Query) []rankedHit {
	best := map[domain.ID]rankedHit{}
	neutral := text.Neutral(q.Words)
	for _, h := range hits {
		r := rankedHit{h, score(h, folded, neutral)}
		if old, seen := best[h.ConceptID]; !seen || better(r, old, q.Lang) < 0 {
			best[h.ConceptID] = r
		}
	}
	out := make([]rankedHit, 0, len(best))
	for _, r := range best {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b rankedHit) int { return better(a, b, q.Lang) })
	return out[:min(len(out), q.Limit)]
}

// score grades one label: 100 equal, gender aside ("maçonne" is
// "maçon/maçonne"), 80–90 starting with the words, below by
// the share of the label that the words cover. An alternative label costs 5.
func score(h Hit, folded, neutral string) int {
	s := 0
	length := max(len(h.Folded), 1)
	switch {
	case h.Folded == folded || text.Neutral(h.Label.Text) == neutral:
		s = 100
	case strings.HasPrefix(h.Folded, folded):
		s = 80 + 10*len(folded)/length
	default:
		s = 40 + 30*min(len(folded), length)/length
	}
	if !h.Label.Preferred {
		s -= 5
	}
	return s
}

func better(a, b rankedHit, lang string) int {
	if a.score != b.score {
		return b.score - a.score
	}
	if (a.Label.Lang == lang) != (b.Label.Lang == lang) {
		if a.Label.Lang == lang {
			return -1
		}
		return 1
	}
	if len(a.Folded) != len(b.Folded) {
		return len(a.Folded) - len(b.Folded)
	}
	if a.Folded != b.Folded {
		return strings.Compare(a.Folded, b.Folded)
	}
	return strings.Compare(string(a.ConceptID), string(b.ConceptID))
}
