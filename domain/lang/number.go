package lang

import (
	"strconv"
	"strings"
)

// Spaces that keep a number and its unit on one line.
const (
	narrowSpace = "\u202f"
	fixedSpace  = "\u00a0"
)

// separators returns how a language groups thousands and marks decimals. Bambara writes numbers as French does;
// Arabic pages use Western digits, as printed matter in the Sahel does.
func (l *Localizer) separators() (group, decimal string) {
	switch l.Tag() {
	case English, Arabic:
		return ",", "."
	case Portuguese:
		return fixedSpace, ","
	}
	return narrowSpace, ","
}

// Number formats a whole number: 4 812.
func (l *Localizer) Number(n int64) string {
	group, _ := l.separators()
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "\u2212", digits[1:]
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

// Decimal formats a number with a fixed count of decimals: 12,5.
func (l *Localizer) Decimal(v float64, decimals int) string {
	_, mark := l.separators()
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(v, 'f', decimals, 64), ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return whole // infinite, not a number or beyond what a count can be
	}
	text := l.Number(n)
	if n == 0 && strings.HasPrefix(whole, "-") {
		text = "\u2212" + text
	}
	if fraction == "" {
		return text
	}
	return text + mark + fraction
}

// Percent formats a share between 0 and 1 as a whole percentage: 31 %.
func (l *Localizer) Percent(share float64) string {
	text := l.Decimal(100*share, 0)
	if l.Tag() == French || l.Tag() == Bambara || l.Tag() == Pseudo {
		return text + fixedSpace + "%"
	}
	return text + "%"
}

// Money formats an amount in francs CFA, which have no decimals: 150 000 FCFA.
func (l *Localizer) Money(xof int64) string { return l.Number(xof) + fixedSpace + "FCFA" }

// Kilometres formats a distance, rounded to whole kilometres: 12 km.
func (l *Localizer) Kilometres(km float64) string { return l.Decimal(km, 0) + fixedSpace + "km" }

// Bytes formats a file's size in kilo- or megabytes, rounded up so that nobody pays for more than we said: 24 Ko.
func (l *Localizer) Bytes(n int64) string {
	const kilo = 1000
	if n < kilo*kilo {
		return l.T("common.size_kb", "N", (n+kilo-1)/kilo)
	}
	return l.T("common.size_mb", "Size", l.Decimal(float64(n)/(kilo*kilo), 1))
}

// List joins words as a sentence does: "français, bamanankan et soninké".
func (l *Localizer) List(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	comma := ", "
	if l.Tag() == Arabic {
		comma = "، "
	}
	last := len(words) - 1
	return l.T("common.list_and", "First", strings.Join(words[:last], comma), "Last", words[last])
}
