package store

import (
	"database/sql/driver"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/baara-platform/baara/domain"
)

// textArray is a PostgreSQL text[] or uuid[] column or argument. A plain
// []string would be spread by GORM into a list of arguments.
type textArray []string

// Value writes the array's text form. Thousands of ids go this way at a time, so it is written byte by byte.
func (a textArray) Value() (driver.Value, error) {
	size := 2
	for _, s := range a {
		size += len(s) + 3
	}
	var b strings.Builder
	b.Grow(size)
	b.WriteByte('{')
	for i, s := range a {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('"')
		for _, c := range []byte(s) {
			if c == '\\' || c == '"' {
				b.WriteByte('\\')
			}
			b.WriteByte(c)
		}
		b.WriteByte('"')
	}
	b.WriteByte('}')
	return b.String(), nil
}

// Scan reads the array's text form; NULL is the empty array.
func (a *textArray) Scan(src any) error {
	*a = textArray{}
	if src == nil {
		return nil
	}
	var out []string
	if err := pgtype.NewMap().SQLScanner(&out).Scan(src); err != nil {
		return fmt.Errorf("store: text array: %w", err)
	}
	*a = out
	return nil
}

func idArray(ids []domain.ID) textArray {
	out := make(textArray, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}
