package person

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain/text"
)

// Key is one way to look somebody up: a folded word of a name, its sound, the
// end of a phone number… The store keeps what a NameKeyer makes of it.
type Key struct {
	Kind  KeyKind
	Value string
}

// KeyKind says what a key is made of.
type KeyKind string

// The kinds of key.
const (
	KeyWord      KeyKind = "w" // a folded word of a name or alias
	KeySound     KeyKind = "s" // how it sounds in West Africa
	KeyPhone     KeyKind = "p" // the last eight digits
	KeyReference KeyKind = "r" // letters and digits of the reference
	KeyVillage   KeyKind = "v" // a folded word of the village, quarter or camp
	KeyNINA      KeyKind = "n" // letters and digits of the identity number
)

// NameKeyer turns keys into what is stored and looked up. Equal keys give
// equal texts, different ones different texts.
type NameKeyer interface{ StoredKey(Key) string }

// KeysOf lists every key a person is found under, without repetition.
func KeysOf(p Person) []Key {
	seen := map[Key]bool{}
	var keys []Key
	add := func(kind KeyKind, values ...string) {
		for _, v := range values {
			if k := (Key{kind, v}); v != "" && !seen[k] {
				seen[k] = true
				keys = append(keys, k)
			}
		}
	}
	names := []string{p.Given, p.Family}
	for _, a := range p.Aliases {
		names = append(names, a.Name)
	}
	for _, name := range names {
		add(KeyWord, text.Tokens(name)...)
		add(KeySound, text.NameKeys(name)...)
	}
	for _, phone := range p.Phones {
		add(KeyPhone, lastDigits(phone.Number))
	}
	add(KeyReference, compact(p.Reference))
	add(KeyVillage, text.Tokens(p.Residence.Detail)...)
	add(KeyNINA, compact(p.NINA))
	return keys
}

// phoneDigits is how much of a number people remember: Mali's have eight.
const phoneDigits = 8

// lastDigits gives the end of a number, "" when it is too short to tell people apart.
func lastDigits(number string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
	if len(digits) < phoneDigits {
		return ""
	}
	return digits[len(digits)-phoneDigits:]
}

// compact keeps the folded letters and digits.
func compact(s string) string { return strings.ReplaceAll(text.Fold(s), " ", "") }

// asked is one word of a search of the name register.
type asked struct {
	text string
	keys []WeightedKey
	name bool // may be part of a name
}

// maxAsked bounds a search; further words are not looked at.
const maxAsked = 8

// ask reads what staff typed: names in any spelling, a village, a phone with
// or without spaces, a reference.
func ask(words string) []asked {
	var out []asked
	for _, token := range telling(joinNumbers(text.Tokens(words))) {
		if len(out) == maxAsked {
			break
		}
		a := asked{text: token}
		put := func(kind KeyKind, value string, weight int) {
			if value != "" {
				a.keys = append(a.keys, WeightedKey{Key: Key{kind, value}, Word: len(out), Weight: weight})
			}
		}
		if strings.ContainsAny(token, "0123456789") {
			put(KeyPhone, lastDigits(token), 8)
			put(KeyReference, token, 10)
			put(KeyNINA, token, 10)
		} else {
			a.name = true
			put(KeyWord, token, 4)
			for _, sound := range text.NameKeys(token) {
				put(KeySound, sound, 3)
			}
			put(KeyVillage, token, 2)
		}
		out = append(out, a)
	}
	return out
}

// generic reports whether a folded word only says what kind of place, or stands
// between names. Half of a register may live in a "village".
func generic(token string) bool {
	switch token {
	case "village", "quartier", "camp", "site", "rue", "porte", "secteur", "hameau", "commune", "pres", "derriere", "marche", "carrefour", "route",
		"du", "de", "des", "la", "le", "les", "au", "a", "near", "street", "market", "behind", "road":
		return true
	}
	return false
}

// telling leaves generic words out, which tell nobody apart beside others,
// unless they are all there is.
func telling(tokens []string) []string {
	rest := slices.DeleteFunc(slices.Clone(tokens), generic)
	if len(rest) == 0 {
		return tokens
	}
	return rest
}

// joinNumbers puts the parts of a number written with spaces together, and
// the parts of a reference: "70 00 00 01", "ML-2026-00317".
func joinNumbers(tokens []string) []string {
	var out []string
	number := false
	for i, t := range tokens {
		switch {
		case digits(t) && number:
			out[len(out)-1] += t
		case startsReference(tokens, i) && !number:
			out[len(out)-1] += t
			number = true
		default:
			out = append(out, t)
			number = digits(t)
		}
	}
	return out
}

// startsReference reports whether the word is the year between a reference's
// country and its number. "Ba 1998" is a name and a year.
func startsReference(tokens []string, i int) bool {
	return i > 0 && i+1 < len(tokens) && len(tokens[i-1]) == 2 && len(tokens[i]) == 4 &&
		!digits(tokens[i-1]) && digits(tokens[i]) && digits(tokens[i+1])
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
