package employer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
)

// Bounds of a vacancy's texts (in runes), lists and numbers.
const (
	MaxDescription = 6000
	MaxSkills      = 60
	MaxPosts       = 10000
	MaxExperience  = 600 // months
)

var (
	iscoCode = regexp.MustCompile(`^[0-9]{1,4}$`)
	langCode = regexp.MustCompile(`^[a-z]{2,3}$`)
)

// tidied trims what was typed, drops empty list entries and fills what has a
// neutral answer.
func (in VacancyFields) tidied() VacancyFields {
	in.Title, in.ClientName = strings.TrimSpace(in.Title), strings.TrimSpace(in.ClientName)
	in.Description = strings.TrimSpace(in.Description)
	if in.Lang == "" {
		in.Lang = "fr"
	}
	if in.Posts == 0 {
		in.Posts = 1
	}
	if in.WagePeriod == "" {
		in.WagePeriod = PerMonth
	}
	in.Languages, in.Licences = distinct(in.Languages), distinct(in.Licences)
	var skills []SkillField
	for _, s := range in.Skills {
		s.Words = strings.TrimSpace(s.Words)
		if s.Importance == "" {
			s.Importance = Essential
		}
		if s.Words != "" {
			skills = append(skills, s)
		}
	}
	in.Skills = skills
	return in
}

func distinct(codes []string) []string {
	out := slices.Clone(codes)
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(s string) bool { return s == "" })
}

// check says by field what cannot be stored. What may still be missing in a
// draft is ready's business.
func (in VacancyFields) check(f *domain.Fields, places Places) {
	g := places.Present()
	f.Check(in.Title != "", "title", "error.required")
	f.Check(len([]rune(in.Title)) <= MaxName, "title", "error.too_long", "Max", MaxName)
	f.Check(len([]rune(in.ClientName)) <= MaxName, "client_name", "error.too_long", "Max", MaxName)
	f.Check(len([]rune(in.Description)) <= MaxDescription, "description", "error.too_long", "Max", MaxDescription)
	f.Check(langCode.MatchString(in.Lang), "lang", "error.choice")
	f.Check(in.ISCO == "" || iscoCode.MatchString(in.ISCO), "isco", "error.choice")
	f.Check(in.Posts >= 1 && in.Posts <= MaxPosts, "posts", "error.range", "Min", 1, "Max", MaxPosts)
	f.Check(in.Contract == "" || slices.Contains(ContractKinds(), in.Contract), "contract", "error.choice")
	f.Check(in.Contract != ContractAbroad || in.AbroadCountry != "", "abroad_country", "error.required")
	f.Check(in.WageMin >= 0, "wage_min", "error.amount")
	f.Check(in.WageMax >= 0, "wage_max", "error.amount")
	f.Check(in.WageMax == 0 || in.WageMin <= in.WageMax, "wage_max", "error.wage.order")
	f.Check(slices.Contains(WagePeriods(), in.WagePeriod), "wage_period", "error.choice")
	if in.PlaceCode != "" {
		_, known := g.Area(in.PlaceCode)
		f.Check(known, "place", "error.choice")
	}
	if in.AbroadCountry != "" {
		country, known := g.Country(in.AbroadCountry)
		f.Check(known && country.Code == in.AbroadCountry, "abroad_country", "error.choice")
		f.Check(in.PlaceCode == "", "place", "error.vacancy.place_or_abroad")
	}
	f.Check(in.ISCEDMin >= 0 && in.ISCEDMin <= 8, "isced_min", "error.choice")
	f.Check(in.ExperienceMonths >= 0 && in.ExperienceMonths <= MaxExperience,
		"experience_months", "error.range", "Min", 0, "Max", MaxExperience)
	f.Check(len(in.Skills) <= MaxSkills, "skills", "error.too_many_choices", "Max", MaxSkills)
	for i, s := range in.Skills {
		f.Check(len([]rune(s.Words)) <= MaxName, skillName(i, "words"), "error.too_long", "Max", MaxName)
		f.Check(s.Importance == Essential || s.Importance == Optional, skillName(i, "importance"), "error.choice")
	}
	for i, code := range in.Languages {
		_, known := g.Language(code)
		f.Check(known, fmt.Sprintf("languages.%d", i), "error.choice")
	}
	for i, code := range in.Licences {
		_, known := g.Licence(code)
		f.Check(known, fmt.Sprintf("licences.%d", i), "error.choice")
	}
}

// ready says what a vacancy lacks before anybody but its author may see it.
func (v Vacancy) ready(f *domain.Fields, today domain.Date) {
	f.Check(v.Contract != "", "contract", "error.required")
	f.Check(v.PlaceCode != "" || v.AbroadCountry != "", "place", "error.required")
	v.named(f)
	f.Check(v.FeeFree, "fee_free", "error.vacancy.fee_free")
	f.Check(v.OpenUntil.IsZero() || !v.OpenUntil.Before(today), "open_until", "error.date.past")
}

// named says when nobody knows whose vacancy it is, which not even a draft may be.
func (v Vacancy) named(f *domain.Fields) {
	f.Check(v.OrganisationID != "" || v.ClientName != "", "client_name", "error.required")
}

func skillName(i int, field string) string { return fmt.Sprintf("skills.%d.%s", i, field) }
