package text

import (
	"regexp"
	"strings"
)

// Neutral returns the folded words of an occupation or skill without the grammatical gender in which they were written:
//
//	"Coordonnatrice", "coordonnateur"                  coordonnateur
//	"Analyste financier / financière"                  analyste financier
//	"auditeur interne/auditrice interne"               auditeur interne
//	"Serveur-euse (h/f/x)", "serveur·euse"             serveur
//
// It is what employers may see and ranking may use of free words: the bytes say nothing of the writer's sex. The tail of a pair belongs to
// both halves ("assistant / assistante de direction"). Alternatives that are not a pair are kept ("tourneur / fraiseur").
// Gender is recognised by endings, so an uncommon noun that looks feminine may be respelt; it is respelt everywhere alike.
//
// Neutral is idempotent.
func Neutral(s string) string {
	prev := neutralOnce(s)
	if prev == s {
		return s
	}
	for range len(prev) { // folding one pair can bring another together; the words only get fewer or shorter
		next := neutralOnce(prev)
		if next == prev {
			break
		}
		prev = next
	}
	return prev
}

func neutralOnce(s string) string {
	s = foldLetters(s)
	if !strings.ContainsAny(s, pairMarks) {
		return strings.Join(neutralWords(s), " ")
	}
	s = closeWords(s, true)
	s = sexNote.ReplaceAllString(s, " ")
	s = writtenEnding.ReplaceAllString(s, "$1 ")
	var words []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '|' }) {
		words = joinHalves(words, neutralWords(part))
	}
	return strings.Join(words, " ")
}

// sexNote matches what advertisements add for "men and women": (h/f), H/F/X, m/w/d, f-h.
var sexNote = regexp.MustCompile(`(?:^|[\s(/])(?:[hm] ?[/|·.-] ?[fwv]|[fwv] ?[/|·.-] ?[hm])(?: ?[/|·.-] ?[xdn])?(?:$|[\s)/])`)

// writtenEnding matches a feminine (or Portuguese a) ending appended to a masculine word: serveur-euse, auditeur·rice, chargé(e),
// infirmier/ère, agent.e.s. The ending must close the word.
var writtenEnding = regexp.MustCompile(`([a-z]{2,})(?: ?\(-?| ?/ ?-?|[·.-])(?:e|ee|ne|se|le|te|fe|he|a|euse|rice|trice|drice|atrice|teuse|ere|iere|gere|chere|enne|ienne|onne|ante|ente|ive|ve|elle|ale|esse|sse|eure|ure)(?:[·.-]?s)?\)?(?:$|[ )])`)

func neutralWords(part string) []string {
	words := strings.Fields(closeWords(part, false))
	out := words[:0]
	for i, w := range words {
		if i == 0 && w == "femme" && len(words) > 1 && (words[1] == "de" || words[1] == "d") {
			w = "homme" // "femme de ménage"; but never "sage-femme" or "santé des femmes"
		}
		w = neutralWord(w)
		switch n := len(out); {
		case n > 0 && out[n-1] == w && i > 0:
			continue // "coiffeur coiffeuse"
		case n > 1 && out[n-2] == w && (out[n-1] == "ou" || out[n-1] == "et" || out[n-1] == "or" || out[n-1] == "and"):
			out = out[:n-1] // "coiffeur ou coiffeuse"
			continue
		}
		out = append(out, w)
	}
	return out
}

// joinHalves appends the second half of a pair to the first: an overlap of the first's end with the second's beginning is written
// once, and a second half that repeats the beginning of the first adds nothing.
func joinHalves(first, second []string) []string {
	if len(first) == 0 || len(second) == 0 {
		return append(first, second...)
	}
	if startsWith(first, second) {
		return first
	}
	for i := range first {
		if startsWith(second, first[i:]) {
			return append(first[:i:i], second...)
		}
	}
	return append(first, second...)
}

func startsWith(words, prefix []string) bool {
	if len(prefix) > len(words) {
		return false
	}
	for i, w := range prefix {
		if words[i] != w {
			return false
		}
	}
	return true
}

// neutralWord maps one folded word to its masculine spelling when its ending says that it is feminine, singular or plural; what that brings to
// light is read again ("eee" at the end of a word that is none).
func neutralWord(w string) string {
	for range len(w) {
		next := masculine(w)
		if next == w {
			break
		}
		w = next
	}
	return w
}

func masculine(w string) string {
	if len(w) < 5 {
		return w
	}
	if m, ok := irregularFeminine[w]; ok {
		return m
	}
	singular, plural := w, ""
	if strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		singular, plural = w[:len(w)-1], "s"
	}
	if m, ok := irregularFeminine[singular]; ok {
		return m + plural
	}
	if notFeminine[singular] {
		return w
	}
	for _, e := range feminineEndings {
		stem, ok := strings.CutSuffix(singular, e.feminine)
		if !ok || len(stem) < e.minStem {
			continue
		}
		if plural != "" && e.plural != "" {
			return stem + e.plural
		}
		return stem + e.masculine + plural
	}
	return w
}
