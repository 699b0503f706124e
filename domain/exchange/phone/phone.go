// Package phone reads phone numbers as people write them and gives them in
// E.164, by the numbering plans of libphonenumber. A country's pack may be
// stricter than the library: Mali's numbers have exactly eight digits.
//
// It does not know whether a number is in service.
package phone

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/text"
)

// Parser reads numbers. The zero value is ready.
type Parser struct{}

// maxTyped bounds what is looked at: a number, its code and spaces.
const maxTyped = 40

// mostDigits of a number with its country's code, by E.164. The library also lets through some longer ones (parts of Germany's plan).
const mostDigits = 15

// Parse gives the E.164 form of a number. Country (ISO 3166 alpha-3 or
// alpha-2) is assumed where the number names none. What its country's plan
// does not allow is Invalid; the error never holds the number.
func (Parser) Parse(number, country string) (string, error) {
	const op = "phone.Parse"
	wrong := domain.Invalid(op, domain.Field("phone", "error.phone"))
	if len(number) > maxTyped {
		return "", wrong
	}
	n, err := phonenumbers.Parse(plain(number), region(country))
	if err != nil || !phonenumbers.IsValidNumber(n) || n.GetExtension() != "" {
		return "", wrong
	}
	e164 := phonenumbers.Format(n, phonenumbers.E164)
	if len(e164) > len("+")+mostDigits {
		return "", wrong
	}
	if national, mali := strings.CutPrefix(e164, "+223"); mali && len(national) != 8 {
		return "", wrong
	}
	return e164, nil
}

// Landline reports whether the number certainly cannot get an SMS. In plans
// that do not tell landlines from mobiles it is false.
func (Parser) Landline(e164 string) bool {
	n, err := phonenumbers.Parse(e164, "")
	return err == nil && phonenumbers.GetNumberType(n) == phonenumbers.FIXED_LINE
}

// plain turns digits of any script into 0–9 and 00 at the start into a plus.
// Letters are refused by leaving them in: the library would read "70 CALL ME"
// as a number.
func plain(number string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(number) {
		switch {
		case r == '+' || r == '＋':
			b.WriteByte('+')
		case strings.ContainsRune(" \u00a0\u202f.-/()‐‑–", r):
		default:
			b.WriteString(text.Fold(string(r)))
		}
	}
	s := b.String()
	if strings.Trim(strings.TrimPrefix(s, "+"), "0123456789") != "" {
		return ""
	}
	if rest, ok := strings.CutPrefix(s, "00"); ok {
		return "+" + rest
	}
	return s
}

// region gives the alpha-2 code the library knows countries by.
func region(country string) string {
	r, err := language.ParseRegion(country)
	if err != nil {
		return ""
	}
	return r.String()
}
