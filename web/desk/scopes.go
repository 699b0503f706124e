package desk

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
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

// RunsAt says where the program of a token runs, and that it is given nothing
// about people where none of the agreements in force allows it.
func RunsAt(c *web.Context, t identity.Token, standing []ui.Option) any {
	switch {
	case t.Recipient == "":
		return ui.Tag{Text: c.T("myaccount.token.nowhere"), Tone: ui.Quiet}
	case t.Agreement == "":
		return ui.Data(t.Recipient)
	case slices.Contains(Values(standing), string(t.Agreement)):
		return c.T("export.abroad", "Recipient", t.Recipient)
	}
	return ui.Tag{Text: c.T("myaccount.token.stopped", "Recipient", t.Recipient), Tone: ui.Quiet}
}
