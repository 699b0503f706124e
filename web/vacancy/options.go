package vacancy

import (
	"slices"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// Contracts lists the kinds of contract.
func Contracts(c *web.Context) []ui.Option {
	return desk.Coded(c, "reference.contract.", employer.ContractKinds()...)
}

// Periods lists the times a wage is paid for.
func Periods(c *web.Context) []ui.Option {
	return desk.Coded(c, "reference.wage_unit.", employer.WagePeriods()...)
}

// Levels lists the levels of ISCED that can be asked for; 0 asks for none.
func Levels(c *web.Context) []ui.Option {
	out := []ui.Option{{Value: "0", Label: c.T("employer.education.any")}}
	for _, level := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
		out = append(out, ui.Option{Value: level, Label: c.T("reference.isced." + level)})
	}
	return out
}

// Experiences lists usual times in months, and the one the vacancy has.
func Experiences(c *web.Context, present int) []ui.Option {
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

// maxWage bounds an amount, in whole francs.
const maxWage = 1_000_000_000

// SetAmount fills a field with an amount of whole francs; 0 was not said.
func SetAmount(f *form.Form, name string, xof int64) {
	if xof > 0 {
		f.Set(name, strconv.FormatInt(xof, 10))
	}
}

// Amount reads an amount of whole francs.
func Amount(f *form.Form, name string) int64 {
	n, _ := f.Int(name, 0, maxWage)
	return int64(n)
}

// Lines splits what was typed into one entry a line.
func Lines(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, line)
		}
	}
	return out
}
