// Package jobposting describes a published vacancy to search engines, as a
// schema.org JobPosting (https://schema.org/JobPosting) in JSON-LD: on the
// vacancy's page and by the API. It says what the vacancy says and no more.
package jobposting

import (
	"strings"

	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/place"
)

// MediaType is that of JSON-LD.
const MediaType = "application/ld+json"

// Of describes a vacancy. employerName is its public name, "" where it is not
// to be named.
func Of(v employer.Vacancy, employerName string, g *place.Gazetteer) map[string]any {
	out := map[string]any{
		"@context": "https://schema.org", "@type": "JobPosting", "title": v.Title, "description": description(v),
		"identifier":       map[string]any{"@type": "PropertyValue", "name": "Baara", "value": v.Reference},
		"datePosted":       v.PublishedAt.UTC().Format("2006-01-02"),
		"employmentType":   employmentTypes()[v.Contract],
		"totalJobOpenings": v.PostsLeft(), "directApply": true, "jobLocation": location(v, g),
	}
	if employerName != "" {
		out["hiringOrganization"] = map[string]any{"@type": "Organization", "name": employerName}
	}
	if !v.OpenUntil.IsZero() {
		out["validThrough"] = v.OpenUntil.String()
	}
	if v.WageMin > 0 || v.WageMax > 0 {
		out["baseSalary"] = salary(v, g.Pack().Currency)
	}
	if v.ExperienceMonths > 0 {
		out["experienceRequirements"] = map[string]any{
			"@type": "OccupationalExperienceRequirements", "monthsOfExperience": v.ExperienceMonths,
		}
	}
	var skills []string
	for _, s := range v.Skills {
		skills = append(skills, s.Words)
	}
	if len(skills) > 0 {
		out["skills"] = strings.Join(skills, ", ")
	}
	return out
}

func description(v employer.Vacancy) string {
	if v.Description != "" {
		return v.Description
	}
	return v.Title
}

// employmentTypes are schema.org's words for the kinds of contract.
func employmentTypes() map[employer.ContractKind]string {
	return map[employer.ContractKind]string{
		employer.ContractPermanent: "FULL_TIME", employer.ContractFixedTerm: "TEMPORARY", employer.ContractDaily: "PER_DIEM",
		employer.ContractSeasonal: "TEMPORARY", employer.ContractInternship: "INTERN", employer.ContractApprenticeship: "INTERN",
		employer.ContractPublicWorks: "TEMPORARY", employer.ContractSelfEmployment: "CONTRACTOR", employer.ContractAbroad: "FULL_TIME",
	}
}

func location(v employer.Vacancy, g *place.Gazetteer) map[string]any {
	country := g.Pack().Country
	if v.AbroadCountry != "" {
		country = v.AbroadCountry
	}
	address := map[string]any{"@type": "PostalAddress"}
	if found, ok := g.Country(country); ok {
		address["addressCountry"] = found.Alpha2
	}
	path := g.Path(v.PlaceCode)
	if len(path) > 0 {
		address["addressRegion"], _ = path[0].Names.In("fr")
		address["addressLocality"], _ = path[len(path)-1].Names.In("fr")
	}
	return map[string]any{"@type": "Place", "address": address}
}

func salary(v employer.Vacancy, currency string) map[string]any {
	units := map[employer.WagePeriod]string{"month": "MONTH", "day": "DAY", "week": "WEEK", "hour": "HOUR", "year": "YEAR"}
	value := map[string]any{"@type": "QuantitativeValue"}
	if unit := units[v.WagePeriod]; unit != "" {
		value["unitText"] = unit
	}
	if v.WageMin > 0 {
		value["minValue"] = v.WageMin
	}
	if v.WageMax > 0 {
		value["maxValue"] = v.WageMax
	}
	return map[string]any{"@type": "MonetaryAmount", "currency": currency, "value": value}
}
