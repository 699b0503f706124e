package domaintest

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

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

// BaseBackup copies the whole cluster to a folder, as pg_basebackup does. The
// cluster lets its operator copy it from then on: it has to be the test's own.
func (d DB) BaseBackup(t testing.TB) (folder string) {
	t.Helper()
	var rules string
	if err := d.SQL.QueryRowContext(t.Context(), `SELECT current_setting('hba_file')`).Scan(&rules); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(rules)
	if err == nil {
		err = os.WriteFile(rules, append(text, "\nlocal replication "+localpg.SuperuserRole+" trust\n"...), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	d.reload(t)
	folder = filepath.Join(t.TempDir(), "backup")
	program(t, "pg_basebackup", "--pgdata", folder, "--checkpoint", "fast", "--wal-method", "fetch", "--dbname", d.AsOperator(t))
	return folder
}

// reload has the cluster read its settings, and waits until a session has: the
// postmaster has before.
func (d DB) reload(t testing.TB) {
	t.Helper()
	one, err := d.SQL.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = one.Close() }()
	var before time.Time
	if err := one.QueryRowContext(t.Context(), `SELECT pg_conf_load_time() FROM pg_reload_conf()`).Scan(&before); err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		var read bool
		if err := one.QueryRowContext(t.Context(), `SELECT pg_conf_load_time() > $1 FROM pg_sleep(0.01)`, before).Scan(&read); err != nil {
			t.Fatal(err)
		}
		if read {
			return
		}
	}
	t.Fatal("the cluster does not read its settings again")
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
