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

// escapes writes an element between quotation marks.
var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// Value writes the array's text form.
func (a textArray) Value() (driver.Value, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, s := range a {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('"')
		b.WriteString(escapes.Replace(s))
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
