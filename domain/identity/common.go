package identity

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

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

func guessable(password string, about []string) bool {
	if _, found := slices.BinarySearch(common(), password); found {
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
