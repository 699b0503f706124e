package collection

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// Mapping says what the columns of a CSV file are. The zero value is a file
// whose header has the fields' own names.
type Mapping struct {
	// Columns names the column of each field: id = "Matricule".
	Columns map[string]string `toml:"columns"`
	// Separator stands between the entries of a list; "|" when empty.
	Separator string `toml:"separator"`
	// Values turns the file's words into codes, by field:
	// [values.region] "Koulikoro ville" = "KLK".
	Values map[string]map[string]string `toml:"values"`
}

// ReadMapping reads a mapping, a TOML file. Keys nobody knows are an error: a
// slip of the pen would else lose a column.
func ReadMapping(in io.Reader) (Mapping, error) {
	var m Mapping
	if err := toml.NewDecoder(in).DisallowUnknownFields().Decode(&m); err != nil {
		return Mapping{}, fmt.Errorf("mapping: %w", err)
	}
	for field := range m.Columns {
		if !known(field) {
			return Mapping{}, fmt.Errorf("mapping: there is no field %q", field)
		}
	}
	return m, nil
}

// kind is what a CSV field holds.
type kind int

const (
	unknown kind = iota
	word
	number
	truth
	words  // a list of texts
	skills // a list of skills, with what each entry is
)

// fieldKind tells what a field holds. Indexes of lists count as one field.
func fieldKind(field string) kind {
	parts := strings.Split(field, ".")
	if len(parts) == 3 && (parts[0] == "experience" || parts[0] == "education") && digits(parts[1]) {
		field = parts[0] + ".N." + parts[2]
	}
	for k, names := range fieldNames() {
		if slices.Contains(names, field) {
			return k
		}
	}
	return unknown
}

func fieldNames() map[kind][]string {
	return map[kind][]string{
		word: {
			"id", "given", "family", "sex", "born", "guardian", "email", "language", "country", "region", "place", "detail",
			"available_from", "worked_abroad", "experience.N.title", "experience.N.country", "experience.N.isco", "experience.N.employer",
			"experience.N.kind", "education.N.diploma", "education.N.field", "education.N.country", "education.N.kind",
			"title", "description", "employer", "isco", "contract", "wage_period", "starts_on", "open_until",
		},
		number: {
			"isced", "experience.N.years", "experience.N.months", "experience.N.from", "experience.N.until", "education.N.isced",
			"education.N.year", "isced_min", "experience_min", "posts", "wage_min", "wage_max",
		},
		truth:  {"fee_free"},
		words:  {"nationalities", "phones", "mobility", "languages", "licences", "wishes", "groups"},
		skills: {"skills", "skills.uri", "skills.optional", "skills.optional.uri"},
	}
}

func known(field string) bool { return fieldKind(field) != unknown }

func digits(s string) bool { return s != "" && len(s) <= 2 && strings.Trim(s, "0123456789") == "" }
