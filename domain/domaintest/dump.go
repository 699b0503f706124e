package domaintest

import (
	"net/url"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/baara-platform/baara/domain/store/localpg"
)

// AsOperator is the address of a database as the account no rule binds.
func (d DB) AsOperator(t testing.TB) string {
	t.Helper()
	u, err := url.Parse(d.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.User(localpg.SuperuserRole)
	return u.String()
}

// Dump writes what the database holds to a file, as pg_dump does.
func (d DB) Dump(t testing.TB) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "dump.sql")
	program(t, "pg_dump", "--file", file, d.AsOperator(t))
	return file
}

// Restored is another database with what a dump holds.
func Restored(t testing.TB, dump string) DB {
	t.Helper()
	d := EmptyDatabase(t)
	program(t, "psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--output", "/dev/null", "--file", dump, d.AsOperator(t))
	return d
}

func program(t testing.TB, name string, args ...string) {
	t.Helper()
	path, err := localpg.Program(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), path, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}
