package store_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain/domaintest"
)

// TestEveryColumnIsDecidedAbout holds testdata/columns.txt, which people write,
// against the database: a column of words, days or documents in a table with
// personal data that nobody decided about fails.
func TestEveryColumnIsDecidedAbout(t *testing.T) {
	file, err := os.Open("testdata/columns.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	decided := map[string]string{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.SplitN(line, " ", 3)
		if len(f) < 2 || !strings.Contains(" sealed hash code readable secret ", " "+f[1]+" ") || f[1] == "readable" && len(f) < 3 {
			t.Fatalf("not a decision: %q", line)
		}
		if decided[f[0]] != "" {
			t.Errorf("%s is decided twice", f[0])
		}
		decided[f[0]] = f[1]
	}
	rows, err := domaintest.Database(t).SQL.QueryContext(t.Context(), `SELECT c.relname || '.' || a.attname, format_type(a.atttypid, NULL)
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
			AND a.atttypid IN ('text'::regtype, 'text[]'::regtype, 'date'::regtype, 'json'::regtype, 'jsonb'::regtype, 'bytea'::regtype) ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var column, kind string
		if err := rows.Scan(&column, &kind); err != nil {
			t.Fatal(err)
		}
		how, ok := decided[column]
		if !ok {
			t.Errorf("%s %s: nobody decided whether it is sealed: see testdata/columns.txt", column, kind)
		}
		closed := kind == "bytea" && (strings.HasPrefix(column[strings.Index(column, ".")+1:], "sealed") || strings.HasPrefix(column, "documents."))
		if (how == "sealed") != closed {
			t.Errorf("%s is %s, and said to be %s", column, kind, how)
		}
		delete(decided, column)
	}
	for column := range decided {
		t.Errorf("%s is decided about, and is not there", column)
	}
}
