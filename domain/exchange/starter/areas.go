package starter

import (
	"io"
	"slices"

	"github.com/baara-platform/baara/domain/exchange/table"
	"github.com/baara-platform/baara/domain/place"
)

// Reasons a row of an area list is refused, besides those of table.
const (
	ReasonUnknownKind = "unknown_kind"
	ReasonBadDates    = "bad_dates"
	ReasonTwice       = "twice"
)

// ReadAreas reads a list of cercles, communes or sites: columns code, level
// (region, district, cercle, commune, site), parent, fr and en, and, where the
// list has them, iso, number, valid_from and valid_to. English may be empty
// and is then the French name. Whether parents exist is checked when the list
// is imported with place.Directory.
func ReadAreas(name string, in io.Reader, country, source string) ([]place.Area, []table.Problem, error) {
	rows, err := table.Open(name, in, []string{"code", "level", "parent", "fr"}, table.WithComments())
	if err != nil {
		return nil, nil, err
	}
	var out []place.Area
	seen := map[string]bool{}
	problems, err := rows.Each(func(row table.Row) *table.Problem {
		a := place.Area{
			Code: row.Get("code"), Kind: place.Kind(row.Get("level")), Parent: row.Get("parent"), Country: country,
			ISO: row.Get("iso"), National: row.Get("number"), Source: source,
		}
		var bad error
		a.Span, bad = span(row)
		n, _ := names(row)
		if n == nil && row.Get("fr") != "" {
			n = map[string]string{"fr": row.Get("fr"), "en": row.Get("fr")}
		}
		a.Names = n
		switch {
		case a.Code == "":
			return &table.Problem{Field: "code", Reason: table.ReasonMissing}
		case n == nil:
			return &table.Problem{Field: "fr", Reason: table.ReasonMissing}
		case !slices.Contains(place.Kinds(), a.Kind):
			return &table.Problem{Field: "level", Reason: ReasonUnknownKind}
		case bad != nil:
			return &table.Problem{Field: "valid_from", Reason: ReasonBadDates}
		case seen[a.Code]:
			return &table.Problem{Field: "code", Reason: ReasonTwice}
		}
		seen[a.Code] = true
		out = append(out, a)
		return nil
	})
	return out, problems, err
}
