// Package text is the one place that decides when two written words are the same.
//
// Everything that compares what people typed goes through it: the name register, the taxonomy's type-ahead, imports, the search
// index and matching. They must agree to the byte, otherwise a record found in one place is missed in another. In particular
// PostgreSQL's unaccent is never used: it does not know ɔ.
//
// Four levels, each built on the one before:
//
//   - [Fold] forgives case, accents, special letters and punctuation; [Tokens] splits it into words.
//   - [Neutral] also forgives the grammatical gender of French (and some English and Portuguese) occupation words. It stays
//     readable, so it may be shown where sex must not be.
//   - [Stem] and [Stems] also forgive number and light endings. Stems are for comparing, not for showing.
//   - [NameKeys] and [NameSimilarity] forgive the spellings of West African names, in Latin, Arabic and N'Ko script.
//
// All functions are pure, safe for concurrent use, and accept any input, invalid UTF-8 included.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in the form in which words are compared: lower case, compatibility-decomposed without marks, the special letters of
// French, Bambara, Fulfulde, Soninke and German spelt in plain Latin (ɛ→e, ɔ→o, ŋ→n, ɲ→n, œ→oe, ß→ss…), Arabic without
// tatweel and vowel marks, digits of every script as 0–9. Everything that is neither letter nor digit becomes a space; spaces are
// single and trimmed. A plus or hash that ends a word stays ("c++", "c#"). Other scripts keep their letters.
//
// Fold is idempotent.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	return strings.Join(strings.Fields(closeWords(foldLetters(s), false)), " ")
}

// Tokens returns the words of Fold(s), in order; nil when there is none.
func Tokens(s string) []string {
	f := Fold(s)
	if f == "" {
		return nil
	}
	return strings.Split(f, " ")
}

// isFolded recognises the frequent case of plain lower-case words, which need no work.
func isFolded(s string) bool {
	space := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			space = false
		case c == ' ':
			if space {
				return false
			}
			space = true
		default:
			return false
		}
	}
	return !space || s == ""
}

// foldLetters folds letters and digits and leaves punctuation where it is, so that "auditeur·rice" can still be read as a pair.
func foldLetters(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, " ")
	}
	if !isASCII(s) {
		s = norm.NFKD.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if r < utf8.RuneSelf {
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			b.WriteByte(byte(r))
			continue
		}
		writeFolded(&b, r)
	}
	return b.String()
}

func writeFolded(b *strings.Builder, r rune) {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf), r == tatweel:
		return // marks, joiners and directional controls
	case unicode.Is(unicode.Nd, r):
		b.WriteByte(byte('0' + decimalValue(r)))
		return
	}
	r = unicode.ToLower(r)
	if plain, ok := plainLetter(r); ok {
		b.WriteString(plain)
		return
	}
	// Lower-casing can yield a composed letter (U+1E9E and the Kelvin sign's cousins): decompose once more.
	if d := norm.NFKD.PropertiesString(string(r)).Decomposition(); d != nil {
		for _, c := range string(d) {
			if !unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf) {
				b.WriteRune(unicode.ToLower(c))
			}
		}
		return
	}
	b.WriteRune(r)
}

const tatweel = 'ـ'

// decimalValue relies on the ten digits of a script being contiguous and on no two such sets touching (the mathematical ones do, but NFKD
// has already replaced those).
func decimalValue(r rune) rune {
	zero := r
	for zero > r-9 && unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return r - zero
}

// plainLetter spells letters that Unicode does not decompose.
func plainLetter(r rune) (string, bool) {
	switch r {
	case 'ɛ', 'ǝ', 'ə':
		return "e", true
	case 'ɔ', 'ø':
		return "o", true
	case 'ŋ', 'ɲ', 'ƞ':
		return "n", true
	case 'ɓ':
		return "b", true
	case 'ɗ', 'đ', 'ð', 'ɖ':
		return "d", true
	case 'ƴ':
		return "y", true
	case 'ɠ', 'ɣ':
		return "g", true
	case 'ƙ':
		return "k", true
	case 'ƒ':
		return "f", true
	case 'ʋ':
		return "v", true
	case 'ɩ', 'ı':
		return "i", true
	case 'ʊ':
		return "u", true
	case 'ł':
		return "l", true
	case 'œ':
		return "oe", true
	case 'æ':
		return "ae", true
	case 'ß':
		return "ss", true
	case 'þ':
		return "th", true
	}
	return "", false
}

// closeWords replaces what separates words by spaces. With keepPairs the marks that write both genders in one word survive:
// slash, brackets, middle dot, full stop, hyphen.
func closeWords(s string, keepPairs bool) string {
	rs := []rune(s)
	for i, r := range rs {
		switch {
		case inWord(r), r == ' ':
		case (r == '+' || r == '#') && endsWord(rs, i):
		case keepPairs:
			rs[i] = pairMark(r)
		default:
			rs[i] = ' '
		}
	}
	return string(rs)
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mc, r)
}

// endsWord reports whether the run of + and # around i follows a word and is followed by none.
func endsWord(rs []rune, i int) bool {
	from, to := i, i
	for from > 0 && (rs[from-1] == '+' || rs[from-1] == '#') {
		from--
	}
	for to < len(rs) && (rs[to] == '+' || rs[to] == '#') {
		to++
	}
	return from > 0 && inWord(rs[from-1]) && (to == len(rs) || !inWord(rs[to]))
}

// pairMarks are all characters that pairMark keeps.
const pairMarks = "/().-|·•∙⋅‧・‐‑–—−"

func pairMark(r rune) rune {
	switch r {
	case '/', '(', ')', '.', '-', '|':
		return r
	case '·', '•', '∙', '⋅', '‧', '・':
		return '·'
	case '‐', '‑', '–', '—', '−':
		return '-'
	}
	return ' '
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
