package profile

import (
	"slices"

	"github.com/baara-platform/baara/domain/person"
)

// maxName bounds a name, in characters.
const maxName = 120

// Names asks what somebody is called. One name is enough, and so is either of the two.
func Names() Question {
	return Question{
		Name: "names",
		Fill: func(a *Asked) error {
			a.Form.Set("given", a.Answers.Given)
			a.Form.Set("family", a.Answers.Family)
			a.Form.Set("alias", dit(a.Answers.Aliases))
			return nil
		},
		Read: func(a *Asked) error {
			a.Answers.Given, a.Answers.Family = a.Form.Text("given", maxName), a.Form.Text("family", maxName)
			a.Answers.Aliases = withDit(a.Answers.Aliases, a.Form.Text("alias", maxName))
			if a.Answers.Given == "" && a.Answers.Family == "" && !a.Form.Failed() {
				a.Form.Fail("given", "error.person.name")
			}
			return nil
		},
	}
}

// dit gives the everyday name: "dit Vieux".
func dit(aliases []person.Alias) string {
	i := slices.IndexFunc(aliases, func(n person.Alias) bool { return n.Kind == person.AliasDit })
	if i < 0 {
		return ""
	}
	return aliases[i].Name
}

// withDit replaces the first everyday name and keeps the other names.
func withDit(aliases []person.Alias, name string) []person.Alias {
	out := slices.Clone(aliases)
	i := slices.IndexFunc(out, func(n person.Alias) bool { return n.Kind == person.AliasDit })
	switch {
	case i < 0 && name == "":
	case i < 0:
		out = append(out, person.Alias{Kind: person.AliasDit, Name: name})
	case name == "":
		out = slices.Delete(out, i, i+1)
	default:
		out[i].Name = name
	}
	return out
}
