package desk

import (
	"strings"

	"github.com/baara-platform/baara/web"
)

// ScopeWords says in words what a token may do.
func ScopeWords(c *web.Context, scopes []string) []string {
	out := make([]string, len(scopes))
	for i, scope := range scopes {
		noun, verb, _ := strings.Cut(scope, ".")
		out[i] = scope
		if key := "myaccount.noun." + noun; c.Has(key) {
			switch verb {
			case "read":
				out[i] = c.T("myaccount.scope.read", "What", c.T(key))
			case "*":
				out[i] = c.T("myaccount.scope.all", "What", c.T(key))
			}
		}
	}
	return out
}
