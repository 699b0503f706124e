package lang

import (
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// PseudoOpen and PseudoClose surround every text of the pseudo-locale: a word on a page outside of them did not come
// from the catalogue.
const (
	PseudoOpen  = "⟦"
	PseudoClose = "⟧"
)

func pseudoMessages(french map[string]*i18n.Message) map[string]*i18n.Message {
	out := make(map[string]*i18n.Message, len(french))
	for key, m := range french {
		out[key] = &i18n.Message{
			ID: key, Zero: pseudo(m.Zero), One: pseudo(m.One), Two: pseudo(m.Two),
			Few: pseudo(m.Few), Many: pseudo(m.Many), Other: pseudo(m.Other),
		}
	}
	return out
}

// pseudo changes the letters of a text, lengthens it by about a third as a longer language would, and keeps
// {{placeholders}} as they are.
func pseudo(text string) string {
	if text == "" {
		return ""
	}
	swap := strings.NewReplacer(
		"a", "á", "e", "ë", "i", "ï", "o", "ö", "u", "ü", "c", "ç", "n", "ñ", "A", "Å", "E", "Ë", "O", "Ø",
	)
	var b strings.Builder
	b.WriteString(PseudoOpen)
	rest := text
	for rest != "" {
		before, after, open := strings.Cut(rest, "{{")
		b.WriteString(swap.Replace(before))
		if !open {
			break
		}
		action, tail, _ := strings.Cut(after, "}}")
		b.WriteString("{{" + action + "}}")
		rest = tail
	}
	b.WriteString(strings.Repeat("~", len([]rune(text))/3))
	b.WriteString(PseudoClose)
	return b.String()
}
