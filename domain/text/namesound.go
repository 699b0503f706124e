package text

import (
	"strings"
	"unicode"
)

// spellSound rewrites one romanised, folded name word so that the spellings which registrars, schools and families use for one sound
// in Mali and around it become one: French (ou, dj, gn, qu), Bambara (u, j, ny, w) and English ones.
func spellSound(w string) string {
	w = soundSpellings.Replace(w)
	w = strings.ReplaceAll(w, "c", "k") // what is left: the Bambara c of Cɛmɔgɔ, a final c
	w = dropDoubles(dropInnerH(w))
	w = lipNasals.Replace(w)
	if n := len(w); n > 2 && w[n-1] == 'w' {
		w = w[:n-1] // Sow
	}
	if n := len(w); n > 2 && w[n-1] == 'y' {
		w = w[:n-1] + "i" // Coulibaly
	}
	if same, ok := sameName[w]; ok {
		return same
	}
	return w
}

// soundSpellings is tried at each place in this order; the longer spelling of a sound stands before the shorter.
var soundSpellings = strings.NewReplacer(
	"oua", "wa", "oue", "we", "oui", "wi", "ouo", "wo", "ou", "u", "oo", "u",
	"dia", "ja", "die", "je", "dio", "jo", "diu", "ju", "dj", "j",
	"tch", "c", "thia", "ca", "thie", "ce", "thio", "co", "tia", "ca", "tie", "ce", "tio", "co", "th", "t",
	"gn", "ny", "gue", "ge", "gui", "gi", "qu", "k", "q", "k", "ck", "k", "kh", "k", "ch", "sh", "ph", "f", "x", "k",
	"ca", "ka", "co", "ko", "cu", "ku", "cl", "kl", "cr", "kr", "ce", "se", "ci", "si", "cy", "si",
	"ai", "e", "ay", "e", "ei", "e", "ey", "e", "ya", "ia", "z", "s",
)

var lipNasals = strings.NewReplacer("nb", "mb", "np", "mp") // Denbele, Dembélé

// dropInnerH removes the h that is rarely heard: Ahmadou, Bah, Mohamed. The one of sh stays.
func dropInnerH(w string) string {
	var b strings.Builder
	for i := 0; i < len(w); i++ {
		if w[i] != 'h' || i == 0 || w[i-1] == 's' {
			b.WriteByte(w[i])
		}
	}
	return b.String()
}

func dropDoubles(w string) string {
	var b strings.Builder
	for i := 0; i < len(w); i++ {
		if i == 0 || w[i] != w[i-1] || w[i] >= 0x80 {
			b.WriteByte(w[i])
		}
	}
	return b.String()
}

// sameName lists family names whose French and Bambara forms no rule brings together. Only pairs in public use are here.
var sameName = map[string]string{
	"tarawele": "traore", "tarawali": "traore", "tarawale": "traore", "tarore": "traore", "dumbuia": "dumbia",
	"kulubali": "kulibali", "kurubari": "kulibali", "kulibari": "kulibali",
	"muamad": "moamed", "moamad": "moamed", "muamed": "moamed", "moamet": "moamed", "maamed": "moamed", "maamad": "moamed",
}

// romanise spells a word in Arabic or N'Ko letters with Latin ones. Arabic writes few vowels: an a stands between two consonants. Other
// words come back unchanged.
func romanise(w string) string {
	if isASCII(w) {
		return w
	}
	var b strings.Builder
	var before rune
	for _, r := range w {
		if unwrittenVowel(before, r) {
			b.WriteByte('a')
		}
		before = r
		if latin, ok := latinLetter[r]; ok {
			b.WriteString(latin)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unwrittenVowel(before, r rune) bool {
	const vowels = "اويىةءع"
	return unicode.Is(unicode.Arabic, before) && unicode.Is(unicode.Arabic, r) &&
		!strings.ContainsRune(vowels, before) && !strings.ContainsRune(vowels, r)
}

var latinLetter = map[rune]string{
	'ا': "a", 'ب': "b", 'ت': "t", 'ث': "s", 'ج': "j", 'ح': "h", 'خ': "k", 'د': "d", 'ذ': "s", 'ر': "r", 'ز': "s", 'س': "s", 'ش': "sh",
	'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "s", 'ع': "a", 'غ': "g", 'ف': "f", 'ق': "k", 'ك': "k", 'ل': "l", 'م': "m", 'ن': "n", 'ه': "h",
	'و': "u", 'ي': "i", 'ى': "a", 'ة': "a", 'ء': "",
	'ߊ': "a", 'ߋ': "e", 'ߌ': "i", 'ߍ': "e", 'ߎ': "u", 'ߏ': "o", 'ߐ': "o", 'ߒ': "n", 'ߓ': "b", 'ߔ': "p", 'ߕ': "t", 'ߖ': "j", 'ߗ': "c",
	'ߘ': "d", 'ߙ': "r", 'ߚ': "r", 'ߛ': "s", 'ߜ': "gb", 'ߝ': "f", 'ߞ': "k", 'ߟ': "l", 'ߠ': "n", 'ߡ': "m", 'ߢ': "ny", 'ߣ': "n", 'ߤ': "h",
	'ߥ': "w", 'ߦ': "y", 'ߧ': "ny",
}
