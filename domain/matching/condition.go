package matching

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Condition names a hard condition. One that is not met excludes the match, whatever the points.
type Condition string

// The hard conditions. Their codes are stable: they are message keys and part of the API.
const (
	ConditionOpen         Condition = "open"         // the vacancy takes people today and has posts left
	ConditionConsent      Condition = "consent"      // the person's consent to be matched lasts until today at least
	ConditionPlace        Condition = "place"        // the person would work there
	ConditionEducation    Condition = "education"    // the level asked for, or higher
	ConditionExperience   Condition = "experience"   // the months asked for, over all experiences
	ConditionLanguages    Condition = "languages"    // all of them
	ConditionLicences     Condition = "licences"     // all of them
	ConditionAvailability Condition = "availability" // free when the work begins, or today if it begins at once
	ConditionHazard       Condition = "hazard"       // the law lets the person do it: no hazardous work under 18
)

// ConditionResult tells whether a hard condition is met.
type ConditionResult struct {
	Condition Condition
	Met       bool
}

// conditions checks every hard condition on the day.
func conditions(p Profile, o Opening, day domain.Date) []ConditionResult {
	return []ConditionResult{
		{ConditionOpen, o.open(day)},
		{ConditionConsent, p.MatchableUntil.IsZero() || !p.MatchableUntil.Before(day)},
		{ConditionPlace, p.Anywhere || len(o.Places) == 0 || meet(p.Mobility, o.Places)},
		{ConditionEducation, p.ISCED >= o.ISCEDMin},
		{ConditionExperience, p.months() >= o.monthsAsked()},
		{ConditionLanguages, contains(p.Languages, o.Languages)},
		{ConditionLicences, contains(p.Licences, o.Licences)},
		{ConditionAvailability, p.AvailableFrom.IsZero() || !o.start(day).Before(p.AvailableFrom)},
		{ConditionHazard, !Hazardous(o.ISCO) || p.adult(day)},
	}
}

func (o Opening) monthsAsked() int { return min(max(0, o.ExperienceMonths), maxMonths) }

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

func contains(has, asked []string) bool {
	return !slices.ContainsFunc(asked, func(s string) bool { return !slices.Contains(has, s) })
}
