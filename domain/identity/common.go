package identity

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/baara-platform/baara/domain"
)

// commonList holds what a guesser tries first among passwords that are long
// enough: of the 19,640 that Royce Williams gathered from published breaches
// (https://gist.github.com/roycewilliams/226886fd01572964e1431ac8afc999ce, as
// Django ships them), those of MinPassword characters or more, in order.
//
//go:embed common-passwords.txt
var commonList string

var common = sync.OnceValue(func() []string { return strings.Split(strings.TrimSpace(commonList), "\n") })

// CheckPassword notes what is wrong with a new password: its length, or that a
// guesser would try it soon. About is what everybody knows of its holder: name
// and e-mail address.
func CheckPassword(f *domain.Fields, field, password string, about ...string) {
	n := len([]rune(password))
	if n < MinPassword || n > MaxPassword {
		f.Add(field, "error.password.length", "Min", MinPassword)
		return
	}
	f.Check(!guessable(strings.ToLower(password), about), field, "error.password.common")
}

// minContext is the shortest word worth taking out, in bytes.
const minContext = 3

// contextWords are what somebody who knows the service would try in every
// order, with a year behind.
func contextWords() []string {
	return []string{
		"administrateur", "administrator", "conseillere", "conseiller", "counsellor", "employment", "motdepasse", "password", "admin",
		"bienvenue", "welcome", "travail", "emplois", "emploi", "agence", "bamako", "baara", "mali", "anpe", "onef",
	}
}

// ofContext reports whether a password, in small letters, says nothing beside
// the context's words, those about its holder, digits and signs.
func ofContext(password string, about []string) bool {
	rest := strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return r
	}, password)
	if rest == "" {
		return false // digits alone may be as good as words
	}
	words := contextWords()
	for _, a := range about {
		words = append(words, strings.FieldsFunc(strings.ToLower(a), func(r rune) bool { return !unicode.IsLetter(r) })...)
	}
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	for _, w := range words {
		if len(w) >= minContext {
			rest = strings.ReplaceAll(rest, w, "")
		}
	}
	return rest == ""
}

func guessable(password string, about []string) bool {
	if _, found := slices.BinarySearch(common(), password); found {
		return true
	}
	if ofContext(password, about) {
		return true
	}
	for _, a := range about {
		if a = strings.ToLower(strings.TrimSpace(a)); len(a) >= MinPassword && strings.Contains(password, a) {
			return true
		}
	}
	runes := []rune(password)
	return strings.Count(password, string(runes[0])) == len(runes)
}
