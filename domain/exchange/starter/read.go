package starter

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/table"
	"github.com/baara-platform/baara/domain/place"
)

// each reads a shipped table and calls fn for its rows; any problem is an error.
func each(from fs.FS, name string, columns string, fn func(table.Row) error) error {
	file, err := from.Open(name)
	if err != nil {
		return fmt.Errorf("starter: %w", err)
	}
	defer func() { _ = file.Close() }()
	rows, err := table.Open(name, file, strings.Split(columns, ","), table.WithComments())
	if err != nil {
		return fmt.Errorf("starter: %w", err)
	}
	var failed error
	problems, err := rows.Each(func(row table.Row) *table.Problem {
		if err := fn(row); err != nil && failed == nil {
			failed = fmt.Errorf("starter: %s line %d: %w", name, row.Line, err)
		}
		return nil
	})
	if err != nil || failed != nil {
		return errors.Join(err, failed)
	}
	if len(problems) > 0 {
		return fmt.Errorf("starter: %w", &table.Error{Problem: problems[0]})
	}
	return nil
}

var errRequired = errors.New("a required field is empty")

// names reads the columns fr and en, and what the row has of other interface languages.
func names(row table.Row) (domain.Names, error) {
	out := domain.Names{}
	for _, lang := range []string{"fr", "en", "pt", "ar", "bm"} {
		if name := row.Get(lang); name != "" {
			out[lang] = name
		}
	}
	if out["fr"] == "" || out["en"] == "" {
		return nil, errRequired
	}
	return out, nil
}

// span reads valid_from and valid_to; both days belong to it.
func span(row table.Row) (place.Span, error) {
	var s place.Span
	for column, day := range map[string]*domain.Date{"valid_from": &s.From, "valid_to": &s.To} {
		if words := row.Get(column); words != "" {
			read, err := domain.ParseDate(words)
			if err != nil {
				return s, err
			}
			*day = read
		}
	}
	if !s.Ordered() {
		return s, errors.New("ends before it starts")
	}
	return s, nil
}
