package domain

import "strings"

// ID identifies a record: a UUIDv7 in its lower-case text form, so that ids
// sort by creation. The zero value means "none".
//
// An ID is an identifier, not a secret: knowing it grants nothing. People are
// shown short references (see Reference) instead.
type ID string

// IDs makes new identifiers. It is injected so that tests can predict them.
type IDs interface{ New() ID }

// IDFunc adapts a function to IDs.
type IDFunc func() ID

// New calls f.
func (f IDFunc) New() ID { return f() }

// ParseID accepts the canonical 36-character form in either case and returns
// it lower-cased. Anything else is NotFound: an identifier that cannot exist
// answers like one that does not.
func ParseID(s string) (ID, error) {
	if len(s) != 36 {
		return "", NotFound("domain.ParseID")
	}
	s = strings.ToLower(s)
	for i := range len(s) {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return "", NotFound("domain.ParseID")
			}
		default:
			if !strings.ContainsRune("0123456789abcdef", rune(s[i])) {
				return "", NotFound("domain.ParseID")
			}
		}
	}
	return ID(s), nil
}

// IsZero reports whether the identifier is missing.
func (id ID) IsZero() bool { return id == "" }
