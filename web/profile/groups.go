package profile

import (
	"slices"

	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web/ui"
)

// askedGroups are the groups the service was made for. The others, and everything about a journey, are spoken about in
// a private interview.
func askedGroups() []string {
	return []string{
		string(person.YoungGraduate), string(person.ReturnMigrant), string(person.InternationalMigrant), string(person.InternallyDisplaced),
	}
}

// Groups asks which groups somebody belongs to and whether they have worked abroad. Nobody has to answer.
func Groups() Question {
	return Question{
		Name: "groups",
		Fill: func(a *Asked) error {
			var groups []string
			for _, g := range a.Answers.Groups {
				groups = append(groups, string(g))
			}
			a.Form.Set("groups", groups...)
			a.Form.Set("worked_abroad", string(a.Answers.WorkedAbroad))
			return nil
		},
		Read: func(a *Asked) error {
			chosen := a.Form.Choices("groups", len(askedGroups()), askedGroups()...)
			abroad := a.Form.Choice("worked_abroad", string(person.Yes), string(person.No), string(person.NotSaid))
			if a.Form.Failed() {
				return nil
			}
			groups := slices.DeleteFunc(slices.Clone(a.Answers.Groups), func(g person.Group) bool {
				return slices.Contains(askedGroups(), string(g))
			})
			for _, g := range chosen {
				groups = append(groups, person.Group(g))
			}
			if abroad == "" {
				abroad = string(person.NotSaid)
			}
			a.Answers.Groups, a.Answers.WorkedAbroad = groups, person.Answer(abroad)
			return nil
		},
		View: func(a *Asked) (any, error) {
			v := groupsView{}
			for _, g := range askedGroups() {
				v.Groups = append(v.Groups, ui.Option{Value: g, Label: a.T("reference.group." + g)})
			}
			for _, answer := range []person.Answer{person.Yes, person.No} {
				v.Abroad = append(v.Abroad, ui.Option{Value: string(answer), Label: a.T("public.ask.answer." + string(answer))})
			}
			v.Abroad = append(v.Abroad, ui.Option{Value: string(person.NotSaid), Label: a.T("public.ask.rather_not")})
			return v, nil
		},
	}
}

type groupsView struct{ Groups, Abroad []ui.Option }
