package profile

import (
	"slices"

	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web/ui"
)

// ConsentText is the version of the consent texts (public.consent.*). Change it with them: a consent is given to a text.
const ConsentText = "2026-11"

// Consents asks for each purpose whether somebody agrees. Refusing takes nothing away from the service itself.
func Consents() Question {
	return Question{
		Name: "consents",
		Fill: func(a *Asked) error {
			for _, p := range person.Purposes() {
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
			for _, p := range person.Purposes() {
				if a.Form.Choice(consentField(p), string(person.Yes), string(person.No)) == string(person.Yes) {
					given = append(given, p)
				}
				a.Form.Require("error.required", consentField(p))
			}
			if !a.Form.Failed() {
				a.Answers.Consents, a.Answers.TextVersion = given, ConsentText
			}
			return nil
		},
		View: func(a *Asked) (any, error) {
			var out []consentView
			for _, p := range person.Purposes() {
				out = append(out, consentView{
					Field: consentField(p), Title: a.T("public.consent." + string(p) + ".title"), Text: a.T("public.consent." + string(p) + ".text"),
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
