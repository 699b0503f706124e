package profile

import (
	"slices"

	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/person/wording"
	"github.com/baara-platform/baara/web/ui"
)

// Consents asks for each purpose whether somebody agrees. Refusing takes nothing away from the service itself.
func Consents() Question {
	return Question{
		Name: "consents",
		Fill: func(a *Asked) error {
			for _, p := range person.Asked() {
				switch {
				case slices.Contains(a.Answers.Consents, p):
					a.Form.Set(consentField(p), string(person.Yes))
				case a.Answers.TextVersion != "":
					a.Form.Set(consentField(p), string(person.No))
				}
			}
			return nil
		},
		Read: func(a *Asked) error {
			var given []person.Purpose
			for _, p := range person.Asked() {
				if a.Form.Choice(consentField(p), string(person.Yes), string(person.No)) == string(person.Yes) {
					given = append(given, p)
				}
				a.Form.Require("error.required", consentField(p))
			}
			if !a.Form.Failed() {
				a.Answers.Consents, a.Answers.TextVersion = given, wording.Current
			}
			return nil
		},
		View: func(a *Asked) (any, error) {
			var out []consentView
			for _, p := range person.Asked() {
				text := Ask(a.Context, p)
				out = append(out, consentView{
					Field: consentField(p), Title: text.Title, Text: text.Body,
					Options: []ui.Option{
						{Value: string(person.Yes), Label: a.T("public.ask.agree")}, {Value: string(person.No), Label: a.T("public.ask.refuse")},
					},
				})
			}
			return out, nil
		},
	}
}

type consentView struct {
	Field, Title, Text string
	Options            []ui.Option
}

func consentField(p person.Purpose) string { return "consent." + string(p) }
