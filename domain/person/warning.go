package person

import (
	"regexp"
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Warning is something odd that is kept all the same. Field is the input's
// name, Key a message key.
type Warning struct {
	Field string
	Key   string
}

var ninaShape = regexp.MustCompile(`^\d{14}[A-Z]$`)

// Warnings lists what staff should look at again. None of it ever refuses a
// record: temporary identity numbers exist, and people without phones.
func Warnings(p Person, today domain.Date) []Warning {
	var out []Warning
	warn := func(odd bool, field, key string) {
		if odd {
			out = append(out, Warning{field, key})
		}
	}
	warn(p.NINA != "" && !ninaShape.MatchString(p.NINA), "nina", "warning.nina")
	age, known := p.Birth.Age(today)
	warn(known && age < 15, "birth", "warning.too_young")
	warn(known && age > 80, "birth", "warning.too_old")
	warn(len(p.Phones) == 0 && p.Email == "", "phones", "warning.no_contact")
	warn(len(p.Phones) > 0 && !slices.ContainsFunc(p.Phones, func(n Phone) bool { return n.Owner != HelperPhone }),
		"phones", "warning.helper_phone_only")
	warn(p.Birth.Minor(today) && p.GuardianPhone == "", "guardian_phone", "warning.guardian_phone")
	return out
}
