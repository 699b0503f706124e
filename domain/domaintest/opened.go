package domaintest

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// Opened gives what stands in the sealed columns of every table, as lines
// "table.column subject text" in order: whoever has the database and its keys
// reads as much. What no key opens is a line "table.column closed".
func Opened(t testing.TB, db *sql.DB) []string {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	keys := subjectKeys(t, db)
	columns, err := db.QueryContext(t.Context(), `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'
		AND (column_name LIKE 'sealed%' OR table_name = 'documents' AND column_name IN ('title', 'body')) ORDER BY 1, 2`)
	must(err)
	defer func() { _ = columns.Close() }()
	var out []string
	for columns.Next() {
		var table, column string
		must(columns.Scan(&table, &column))
		rows, err := db.QueryContext(t.Context(), `SELECT `+column+` FROM `+table+` WHERE octet_length(`+column+`) > 1`) // tests put one byte where it does not matter
		must(err)
		for rows.Next() {
			var closed []byte
			must(rows.Scan(&closed))
			out = append(out, table+"."+column+" "+openedBy(keys, closed, table+"."+column))
		}
		must(rows.Err())
		must(rows.Close())
	}
	must(columns.Err())
	slices.Sort(out)
	return out
}

// openedBy tries every key: which is the right one is not to be taken from the code.
func openedBy(keys map[domain.ID]seal.SubjectKey, closed []byte, column string) string {
	for subject, key := range keys {
		if plain, err := key.Open(closed, subject, column); err == nil {
			return string(subject) + " " + strings.TrimRight(string(plain), " ")
		}
	}
	return "closed"
}

func subjectKeys(t testing.TB, db *sql.DB) map[domain.ID]seal.SubjectKey {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `SELECT subject_id::text, wrapping_id, wrapped FROM subject_keys`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	out := map[domain.ID]seal.SubjectKey{}
	for rows.Next() {
		var subject domain.ID
		var wrapping string
		var wrapped []byte
		if err := rows.Scan(&subject, &wrapping, &wrapped); err != nil {
			t.Fatal(err)
		}
		key, err := Keys().Wrapper.Unwrap(t.Context(), wrapping, subject, wrapped)
		if err != nil {
			t.Fatal(err)
		}
		out[subject] = key
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
