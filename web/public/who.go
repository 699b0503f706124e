package public

import (
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

// whoStep is the first page: who fills in the form.
const whoStep = "who"

const (
	myself = "self"
	helper = "helper"
)

// who asks whether somebody fills in the form for another person; the helper's name is kept with the record.
func who() profile.Question {
	return profile.Question{
		Name: whoStep,
		Fill: func(a *profile.Asked) error {
			if a.Answers.HelperName != "" {
				a.Form.Set("who", helper)
				a.Form.Set("helper_name", a.Answers.HelperName)
			} else if a.Answers.FullName() != "" {
				a.Form.Set("who", myself)
			}
			return nil
		},
		Read: func(a *profile.Asked) error {
			const maxName = 120
			chosen := a.Form.Choice("who", myself, helper)
			name := a.Form.Text("helper_name", maxName)
			a.Form.Require("error.required", "who")
			if chosen == helper && name == "" && a.Form.ErrorFor("helper_name") == nil {
				a.Form.Fail("helper_name", "public.ask.helper_missing")
			}
			a.Answers.HelperName = ""
			if chosen == helper {
				a.Answers.HelperName = name
			}
			return nil
		},
		View: func(a *profile.Asked) (any, error) {
			return []ui.Option{
				{Value: myself, Label: a.T("public.ask.myself")},
				{Value: helper, Label: a.T("public.ask.helper"), Hint: a.T("public.ask.helper_hint")},
			}, nil
		},
	}
}

// remaining tells whether the form can be sent: its answers are complete.
func (p *pages) remaining(a person.Answers) bool { return len(p.Drafts.Missing(a)) > 0 }
