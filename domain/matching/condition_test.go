package matching_test

import (
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain/matching"
)

// TestHardConditions changes one thing at a time about a mason and a vacancy that fit.
func TestHardConditions(t *testing.T) {
	type (
		profile = matching.Profile
		opening = matching.Opening
	)
	for name, c := range map[string]struct {
		change func(*profile, *opening)
		missed matching.Condition // "" when they still fit
	}{
		"they fit":                           {func(*profile, *opening) {}, ""},
		"would not work there":               {func(p *profile, _ *opening) { p.Mobility = []string{"SIK"} }, matching.ConditionPlace},
		"mobile in the whole country":        {func(p *profile, _ *opening) { p.Mobility = []string{"ML"} }, ""},
		"works anywhere":                     {func(p *profile, _ *opening) { p.Mobility, p.Anywhere = nil, true }, ""},
		"said no place":                      {func(p *profile, _ *opening) { p.Mobility = nil }, matching.ConditionPlace},
		"work without a place":               {func(p *profile, o *opening) { p.Mobility, o.Places = nil, nil }, ""},
		"education one level short":          {func(p *profile, _ *opening) { p.ISCED = 0 }, matching.ConditionEducation},
		"education exactly enough":           {func(p *profile, _ *opening) { p.ISCED = 1 }, ""},
		"a month of experience short":        {func(p *profile, _ *opening) { p.Experiences[0].Months = 11 }, matching.ConditionExperience},
		"experience exactly enough":          {func(p *profile, _ *opening) { p.Experiences[0].Months = 12 }, ""},
		"experience in another trade counts": {func(p *profile, _ *opening) { p.Experiences = []matching.Experience{{Months: 12}} }, ""},
		"one language of two missing":        {func(_ *profile, o *opening) { o.Languages = []string{"fr", "en"} }, matching.ConditionLanguages},
		"licence missing":                    {func(p *profile, _ *opening) { p.Licences = []string{"C"} }, matching.ConditionLicences},
		"free tomorrow, work begins now":     {func(p *profile, _ *opening) { p.AvailableFrom = today.AddDays(1) }, matching.ConditionAvailability},
		"free tomorrow, work begins then":    {func(p *profile, o *opening) { p.AvailableFrom, o.StartsOn = today.AddDays(1), today.AddDays(1) }, ""},
		"free today, work began yesterday":   {func(p *profile, o *opening) { p.AvailableFrom, o.StartsOn = today, today.AddDays(-1) }, ""},
		"no post left":                       {func(_ *profile, o *opening) { o.PostsLeft = 0 }, matching.ConditionOpen},
		"closes today":                       {func(_ *profile, o *opening) { o.OpenUntil = today }, ""},
		"closed yesterday":                   {func(_ *profile, o *opening) { o.OpenUntil = today.AddDays(-1) }, matching.ConditionOpen},
		"opens tomorrow":                     {func(_ *profile, o *opening) { o.OpenFrom = today.AddDays(1) }, matching.ConditionOpen},
		"consent ends today":                 {func(p *profile, _ *opening) { p.MatchableUntil = today }, ""},
		"consent ended yesterday":            {func(p *profile, _ *opening) { p.MatchableUntil = today.AddDays(-1) }, matching.ConditionConsent},
		"under 18, hazardous work":           {func(p *profile, o *opening) { p.AdultOn, o.ISCO = today.AddDays(1), "8111" }, matching.ConditionHazard},
		"18 today, hazardous work":           {func(p *profile, o *opening) { p.AdultOn, o.ISCO = today, "8111" }, ""},
		"under 18, a group with hazards":     {func(p *profile, o *opening) { p.AdultOn, o.ISCO = today.AddDays(1), "71" }, matching.ConditionHazard},
		"under 18, other work":               {func(p *profile, o *opening) { p.AdultOn, o.ISCO = today.AddDays(1), "5223" }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, o := aMason(), aVacancy()
			c.change(&p, &o)
			_, why := matching.Score(p, o, today, matching.DefaultWeights())
			var want []matching.Condition
			if c.missed != "" {
				want = []matching.Condition{c.missed}
			}
			if got := why.Missed(); !slices.Equal(got, want) {
				t.Errorf("missed %v, want %v", got, want)
			}
			if why.Eligible() != (c.missed == "") {
				t.Error("Eligible disagrees with Missed")
			}
		})
	}
}
