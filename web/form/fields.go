package form

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/baara-platform/baara/domain"
)

// Text reads one line of at most limit characters: spaces around it dropped, runs of spaces made one, composed form.
// A longer one or one with control characters is an error and gives "".
func (f *Form) Text(name string, limit int) string {
	typed := f.read(name)
	if !readable(typed, "") {
		f.Fail(name, "error.not_text")
		return ""
	}
	return f.limited(name, strings.Join(strings.Fields(typed), " "), limit)
}

// Paragraph is Text for several lines, which it keeps.
func (f *Form) Paragraph(name string, limit int) string {
	typed := strings.ReplaceAll(f.read(name), "\r\n", "\n")
	if !readable(typed, "\n\t") {
		f.Fail(name, "error.not_text")
		return ""
	}
	return f.limited(name, strings.TrimSpace(typed), limit)
}

// Secret reads a password or a code as it was typed; it is not shown again.
func (f *Form) Secret(name string, limit int) string {
	typed := f.read(name)
	f.values.Del(name)
	if !readable(typed, "") {
		f.Fail(name, "error.not_text")
		return ""
	}
	return f.limited(name, typed, limit)
}

// Choice reads one of the allowed values, "" when nothing was chosen. Any other value is an error.
func (f *Form) Choice(name string, allowed ...string) string {
	value := f.read(name)
	if value != "" && !slices.Contains(allowed, value) {
		f.Fail(name, "error.choice")
		return ""
	}
	return value
}

// Choices reads the ticked values, at most limit of them, each once and each allowed.
func (f *Form) Choices(name string, limit int, allowed ...string) []string {
	f.read(name)
	var out []string
	for _, value := range f.values[name] {
		if !slices.Contains(allowed, value) {
			f.Fail(name, "error.choice")
			return nil
		}
		if !slices.Contains(out, value) {
			out = append(out, value)
		}
	}
	if len(out) > limit {
		f.Fail(name, "error.too_many_choices", "Max", limit)
		return nil
	}
	return out
}

// Ticked reads a single checkbox.
func (f *Form) Ticked(name string) bool { return f.read(name) != "" }

// Int reads a whole number from lowest to highest; spaces between groups of digits are accepted. given is false when
// the field is empty or wrong.
func (f *Form) Int(name string, lowest, highest int) (n int, given bool) {
	typed := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, f.read(name))
	if typed == "" {
		return 0, false
	}
	n, err := strconv.Atoi(typed)
	switch {
	case err != nil:
		f.Fail(name, "error.number")
	case n < lowest || n > highest:
		f.Fail(name, "error.number_range", "Min", lowest, "Max", highest)
	default:
		return n, true
	}
	return 0, false
}

// Precisions of a date somebody may not know to the day.
const (
	PrecisionDay   = "day"
	PrecisionYear  = "year"
	PrecisionAbout = "about"
)

// Date reads the three parts name-day, name-month and name-year. It gives the zero date when all are empty or when
// they do not make a day that exists, which is an error.
func (f *Form) Date(name string) domain.Date {
	d, m, y, empty := f.dateParts(name)
	if empty {
		return domain.Date{}
	}
	return f.day(name, y, m, d)
}

// PartialDate reads a date with its precision from name-precision. With only a year the date is its 1 January, and
// "day" becomes "year": somebody who does not know the day leaves it empty.
func (f *Form) PartialDate(name string) (date domain.Date, precision string) {
	d, m, y, empty := f.dateParts(name)
	precision = f.Choice(name+"-precision", PrecisionDay, PrecisionYear, PrecisionAbout)
	if empty {
		return domain.Date{}, ""
	}
	if precision == "" {
		precision = PrecisionDay
	}
	if d == "" && m == "" {
		d, m = "1", "1"
		if precision == PrecisionDay {
			precision = PrecisionYear
		}
	}
	date = f.day(name, y, m, d)
	if date.IsZero() {
		return date, ""
	}
	return date, precision
}

// SetDate fills the parts of a date before the form is shown; precision is "" for a field without one.
func (f *Form) SetDate(name string, date domain.Date, precision string) {
	if date.IsZero() {
		return
	}
	f.Set(name+"-year", strconv.Itoa(date.Year))
	if precision == "" || precision == PrecisionDay {
		f.Set(name+"-month", strconv.Itoa(int(date.Month)))
		f.Set(name+"-day", strconv.Itoa(date.Day))
	}
	f.Set(name+"-precision", precision)
}

func (f *Form) dateParts(name string) (d, m, y string, empty bool) {
	f.read(name)
	d = strings.TrimSpace(f.Value(name + "-day"))
	m = strings.TrimSpace(f.Value(name + "-month"))
	y = strings.TrimSpace(f.Value(name + "-year"))
	return d, m, y, d+m+y == ""
}

func (f *Form) day(name, y, m, d string) domain.Date {
	year, errY := strconv.Atoi(y)
	month, errM := strconv.Atoi(m)
	day, errD := strconv.Atoi(d)
	date := domain.Date{Year: year, Month: time.Month(month), Day: day}
	const firstYear, lastYear = 1900, 2199
	if errY != nil || errM != nil || errD != nil || year < firstYear || year > lastYear ||
		domain.DateOf(date.Time()) != date {
		f.Fail(name, "error.date.invalid")
		return domain.Date{}
	}
	return date
}

func (f *Form) limited(name, value string, limit int) string {
	value = norm.NFC.String(value)
	if utf8.RuneCountInString(value) > limit {
		f.Fail(name, "error.too_long", "Max", limit)
		return ""
	}
	return value
}

// readable refuses broken UTF-8 and control characters other than the allowed ones.
func readable(s, allowed string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && !strings.ContainsRune(allowed, r)
	}) < 0
}
