package employer

import (
	"slices"
	"strconv"

	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
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
		Levels: levels(a.Context), Experience: experiences(a.Context, a.vacancy.ExperienceMonths),
		Languages: w.LanguageOptions(), Licences: w.LicenceOptions(),
	}
}

// levels lists the levels of ISCED that can be asked for; 0 asks for none.
func levels(c *web.Context) []ui.Option {
	out := []ui.Option{{Value: "0", Label: c.T("employer.education.any")}}
	for _, level := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
		out = append(out, ui.Option{Value: level, Label: c.T("reference.isced." + level)})
	}
	return out
}

// experiences lists usual times in months, and the one the vacancy has.
func experiences(c *web.Context, present int) []ui.Option {
	months := []int{0, 6, 12, 24, 36, 60, 120}
	if !slices.Contains(months, present) {
		months = append(months, present)
		slices.Sort(months)
	}
	out := make([]ui.Option, len(months))
	for i, n := range months {
		out[i] = ui.Option{Value: strconv.Itoa(n), Label: experience(c, n)}
	}
	return out
}

// experience says a time in years where it is whole years.
func experience(c *web.Context, months int) string {
	switch {
	case months == 0:
		return c.T("employer.experience.none")
	case months%12 == 0:
		return c.N("employer.experience.years", months/12)
	}
	return c.N("employer.experience.months", months)
}

// number reads a choice of digits.
func number(chosen string) int {
	n, err := strconv.Atoi(chosen)
	if err != nil {
		return 0 // nothing chosen
	}
	return n
}
