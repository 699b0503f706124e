package profile

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/web/ui"
)

// trade is a picture people touch instead of writing a word. Words are the French name of the occupation, by which the
// taxonomy knows it; the tile's label is the message public.ask.trade.<code>.
type trade struct{ code, icon, words string }

// otherTrade is the tile of somebody whose trade has no picture; it asks for the word.
const otherTrade = "other"

// trades lists the pictures: the trades most people who register have, most frequent first.
func trades() []trade {
	return []trade{
		{"mason", "hard-hat", "maçon"}, {"crops", "sprout", "agriculteur"}, {"herding", "beef", "éleveur"},
		{"tailor", "scissors", "couturier"}, {"shop", "store", "vendeur"}, {"cook", "cooking-pot", "cuisinier"},
		{"driver", "truck", "chauffeur"}, {"mechanic", "wrench", "mécanicien automobile"},
		{"carpenter", "hammer", "menuisier"}, {"electrician", "zap", "électricien"}, {"welder", "flame", "soudeur"},
		{"painter", "paint-roller", "peintre en bâtiment"}, {"hair", "sparkles", "coiffeur"},
		{"household", "house", "employé de maison"}, {"guard", "shield", "gardien"}, {"office", "laptop", "employé de bureau"},
		{"teacher", "graduation-cap", "enseignant"}, {"health", "stethoscope", "aide-soignant"},
	}
}

// Bounds of what is asked: other trades in words, and trades in all.
const (
	maxOwnTrades = 3
	maxTrades    = 6
	maxWords     = 120 // characters of a trade
)

// Trades asks what somebody can do: pictures, and words for what has none.
func Trades() Question {
	return Question{
		Name: "trades",
		Fill: func(a *Asked) error {
			var tiles, own []string
			for _, w := range a.Answers.Wishes {
				if i := slices.IndexFunc(trades(), func(t trade) bool { return t.words == w.Words }); i >= 0 {
					tiles = append(tiles, trades()[i].code)
				} else {
					own = append(own, w.Words)
				}
			}
			if len(own) > 0 {
				tiles = append(tiles, otherTrade)
			}
			a.Form.Set("trades", tiles...)
			a.Form.Set("own_trades", strings.Join(own, "\n"))
			return nil
		},
		Read: readTrades,
		View: func(a *Asked) (any, error) {
			var out []ui.Option
			for _, t := range trades() {
				out = append(out, ui.Option{Value: t.code, Icon: t.icon, Label: a.T("public.ask.trade." + t.code)})
			}
			return append(out, ui.Option{Value: otherTrade, Icon: "circle-question-mark", Label: a.T("public.ask.trade.other")}), nil
		},
	}
}

func readTrades(a *Asked) error {
	allowed := []string{otherTrade}
	for _, t := range trades() {
		allowed = append(allowed, t.code)
	}
	chosen := a.Form.Choices("trades", maxTrades+1, allowed...)
	own := lines(a.Form.Paragraph("own_trades", maxOwnTrades*maxWords))
	var words []string
	for _, t := range trades() {
		if slices.Contains(chosen, t.code) {
			words = append(words, t.words)
		}
	}
	words = append(words, own...)
	switch {
	case a.Form.Failed():
		return nil
	case len(words) == 0 && slices.Contains(chosen, otherTrade):
		a.Form.Fail("own_trades", "public.ask.own_trade_missing")
	case len(words) == 0:
		a.Form.Fail("trades", "public.ask.trades_missing")
	case len(words) > maxTrades:
		a.Form.Fail("trades", "error.too_many_choices", "Max", maxTrades)
	}
	if a.Form.Failed() {
		return nil
	}
	return a.wish(words)
}

// wish replaces the trades looked for. What was linked before stays so; new words are linked where that is sure. The
// experience in a trade goes with the trade.
func (a *Asked) wish(words []string) error {
	var wishes []person.Wish
	for _, w := range words {
		if slices.ContainsFunc(wishes, func(o person.Wish) bool { return strings.EqualFold(o.Words, w) }) {
			continue
		}
		wish := person.Wish{Words: w}
		if i := slices.IndexFunc(a.Answers.Wishes, func(o person.Wish) bool { return o.Words == w }); i >= 0 {
			wish = a.Answers.Wishes[i]
		}
		if wish.OccupationID.IsZero() {
			guess, err := a.Kit.Linker.Link(a.Context.Context(), taxonomy.Occupation, string(a.Tag()), w)
			if err != nil {
				return err
			}
			if guess.Sure() {
				wish.OccupationID, wish.LinkScore = guess.ConceptID, guess.Score
			}
		}
		wishes = append(wishes, wish)
	}
	dropped := slices.DeleteFunc(slices.Clone(a.Answers.Wishes), func(w person.Wish) bool { return slices.Contains(words, w.Words) })
	a.Answers.Experience = slices.DeleteFunc(slices.Clone(a.Answers.Experience), func(e person.Experience) bool {
		return slices.ContainsFunc(dropped, func(w person.Wish) bool { return w.Words == e.Title })
	})
	a.Answers.Wishes = wishes
	return nil
}

// lines splits what was typed into one entry a line or comma.
func lines(s string) []string {
	var out []string
	for _, line := range strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == ',' || r == ';' }) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}
