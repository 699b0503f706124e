package collection

import (
	"errors"
	"strings"

	"github.com/baara-platform/baara/domain"
)

// Problem is something wrong with a record: where, and a stable word for why,
// never what the file said. A field that was left out does not stop its record.
type Problem struct {
	Line    int    // from 1, of the file as a text
	Field   string // as in docs/import.md: "experience.0.country"; "" for the whole record
	Reason  string
	LeftOut bool // only the field; the record was imported without it
}

// Reasons besides those of the use-cases, which are the ends of message keys:
// "required" for "error.required".
const (
	ReasonNotJSON        = "not_json"
	ReasonType           = "type" // a text where a number belongs, and the like
	ReasonTooLong        = "too_long"
	ReasonTwice          = "twice" // the id came before in the same file
	ReasonMissing        = "required"
	ReasonNotANumber     = "not_a_number"
	ReasonDate           = "date"
	ReasonUnknownPlace   = "unknown_place"
	ReasonUnknownCode    = "unknown_code"
	ReasonUnknownConcept = "unknown_concept"
)

// problemsOf turns a use-case's refusal into problems; nil when the error is
// not about the record.
func problemsOf(err error) []Problem {
	var refused *domain.Error
	if !errors.As(err, &refused) || refused.Kind != domain.KindInvalid && refused.Kind != domain.KindConflict {
		return nil
	}
	var out []Problem
	for _, f := range refused.Fields {
		out = append(out, Problem{Field: f.Name, Reason: strings.TrimPrefix(f.Key, "error.")})
	}
	if len(out) == 0 {
		out = append(out, Problem{Reason: strings.TrimPrefix(refused.Key, "error.")})
	}
	return out
}

// refused reports whether any of the problems stops the record.
func refused(problems []Problem) bool {
	for _, p := range problems {
		if !p.LeftOut {
			return true
		}
	}
	return false
}
