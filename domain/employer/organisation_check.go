package employer

import (
	"regexp"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
)

// MaxName bounds names and titles, in runes.
const MaxName = 200

var (
	isicCode = regexp.MustCompile(`^([A-U]|[0-9]{2})$`)
	e164     = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
)

// tidied trims what was typed and fills what has a neutral answer.
func (in OrganisationFields) tidied() OrganisationFields {
	for _, s := range []*string{
		&in.LegalName, &in.TradeName, &in.RCCM, &in.NIF, &in.ISIC, &in.Address, &in.ContactName, &in.Phone, &in.Email,
	} {
		*s = strings.TrimSpace(*s)
	}
	if in.Size == "" {
		in.Size = SizeUnknown
	}
	return in
}

// check says by field what is wrong. An employer must be reachable: a phone or
// an e-mail address.
func (in OrganisationFields) check(f *domain.Fields, places Places) {
	f.Check(slices.Contains(OrganisationKinds(), in.Kind), "kind", "error.choice")
	f.Check(in.LegalName != "", "legal_name", "error.required")
	f.Check(len([]rune(in.LegalName)) <= MaxName, "legal_name", "error.too_long", "Max", MaxName)
	f.Check(len([]rune(in.TradeName)) <= MaxName, "trade_name", "error.too_long", "Max", MaxName)
	f.Check(in.ISIC == "" || isicCode.MatchString(in.ISIC), "isic", "error.choice")
	f.Check(slices.Contains(Sizes(), in.Size), "size", "error.choice")
	f.Check(in.Phone != "" || in.Email != "", "phone", "error.required")
	f.Check(in.Phone == "" || e164.MatchString(in.Phone), "phone", "error.phone")
	f.Check(in.Email == "" || strings.Contains(in.Email, "@"), "email", "error.email")
	if in.PlaceCode != "" {
		_, known := places.Present().Area(in.PlaceCode)
		f.Check(known, "place", "error.choice")
	}
}
