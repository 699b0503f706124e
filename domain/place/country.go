package place

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Country is a country or territory of ISO 3166-1.
type Country struct {
	Code   string       // alpha-3, the code Baara stores: "MLI"
	Alpha2 string       // "ML"
	M49    string       // three digits, United Nations: "466"
	Names  domain.Names // fr, en, pt, ar
}

// Group is a group of countries with dated membership: ECOWAS, the Gulf…
type Group struct {
	Code    string
	Names   domain.Names
	Members []Membership
}

// Membership is one country's time in a group.
type Membership struct {
	Country string // alpha-3
	Span
}

// On lists the group's countries on a day, in alphabetical order of codes.
func (g Group) On(day domain.Date) []string {
	var out []string
	for _, m := range g.Members {
		if m.Holds(day) {
			out = append(out, m.Country)
		}
	}
	slices.Sort(out)
	return out
}

// Has reports whether the country belonged to the group on that day.
func (g Group) Has(country string, day domain.Date) bool {
	return slices.ContainsFunc(g.Members, func(m Membership) bool { return m.Country == country && m.Holds(day) })
}

// Span is a time of validity. Both days belong to it; a zero day is open.
type Span struct{ From, To domain.Date }

// Holds reports whether the span covers the day. The zero day asks for what
// holds now without an end.
func (s Span) Holds(day domain.Date) bool {
	if day.IsZero() {
		return s.To.IsZero()
	}
	return (s.From.IsZero() || !day.Before(s.From)) && (s.To.IsZero() || !s.To.Before(day))
}

// Ordered reports whether the span does not end before it starts; one day is a span.
func (s Span) Ordered() bool { return s.From.IsZero() || s.To.IsZero() || !s.To.Before(s.From) }
