package employer

import (
	"strconv"

	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

type profileView struct{ Levels, Experience, Languages, Licences []ui.Option }

// profileStep asks what somebody must have besides skills. Each answer excludes
// people, and the page says so.
func profileStep() step {
	return step{
		name: stepProfile,
		fill: func(_ *pages, a *asked, into *form.Form) error {
			into.Set("isced_min", strconv.Itoa(a.fields.ISCEDMin))
			into.Set("experience_months", strconv.Itoa(a.fields.ExperienceMonths))
			into.Set("languages", a.fields.Languages...)
			into.Set("licences", a.fields.Licences...)
			return nil
		},
		read: func(p *pages, a *asked) error {
			v := p.profile(a)
			a.fields.ISCEDMin = number(a.form.Choice("isced_min", desk.Values(v.Levels)...))
			a.fields.ExperienceMonths = number(a.form.Choice("experience_months", desk.Values(v.Experience)...))
			a.fields.Languages = a.form.Choices("languages", len(v.Languages), desk.Values(v.Languages)...)
			a.fields.Licences = a.form.Choices("licences", len(v.Licences), desk.Values(v.Licences)...)
			return nil
		},
		view: func(p *pages, a *asked) (any, error) { return p.profile(a), nil },
		compare: func(p *pages, a *asked) []desk.Compared {
			v := p.profile(a)
			return []desk.Compared{
				{Name: "isced_min", Label: a.T("employer.vacancy.education"), Options: v.Levels},
				{Name: "experience_months", Label: a.T("employer.vacancy.experience"), Options: v.Experience},
				{Name: "languages", Label: a.T("employer.vacancy.languages"), Options: v.Languages},
				{Name: "licences", Label: a.T("employer.vacancy.licences"), Options: v.Licences},
			}
		},
	}
}

func (p *pages) profile(a *asked) profileView {
	w := p.words(a.Context)
	return profileView{
		Levels: vacancy.Levels(a.Context), Experience: vacancy.Experiences(a.Context, a.vacancy.ExperienceMonths),
		Languages: w.LanguageOptions(), Licences: w.LicenceOptions(),
	}
}

// number reads a choice of digits.
func number(chosen string) int {
	n, err := strconv.Atoi(chosen)
	if err != nil {
		return 0 // nothing chosen
	}
	return n
}
