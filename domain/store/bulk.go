package store

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/baara-platform/baara/domain"
)

// insertMany writes any number of rows with one statement. The rows travel as
// one JSON document, which PostgreSQL takes apart by the table's own types: far
// fewer parameters and round trips than a VALUES list. R's json tags name the
// columns; columns without a field get the table's default.
func insertMany[R any](ctx context.Context, t domain.Tx, table string, rows []R) error {
	if len(rows) == 0 {
		return nil
	}
	body, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("store: rows of %s: %w", table, err)
	}
	names := strings.Join(jsonColumns(reflect.TypeFor[R]()), ", ")
	statement := fmt.Sprintf(`INSERT INTO %s (%s) SELECT %s FROM json_populate_recordset(NULL::%s, ?::json)`, table, names, names, table)
	return fault("store.insertMany", on(ctx, t).Exec(statement, string(body)).Error)
}

func jsonColumns(row reflect.Type) []string {
	var names []string
	for i := range row.NumField() {
		name, _, _ := strings.Cut(row.Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// byExternal is the query for the ids of records of another system; it takes
// the external ids and the source. They are looked up one by one, by the index:
// a table that is just being filled has no statistics yet, and a plan made
// without them reads all of it for every batch.
func byExternal(table, column string) string {
	return `SELECT w.id AS external_id, r.id::text AS id FROM unnest(?::text[]) AS w(id)
		CROSS JOIN LATERAL (SELECT id FROM ` + table + ` WHERE external_source = ? AND ` + column + ` = w.id LIMIT 1) AS r`
}
