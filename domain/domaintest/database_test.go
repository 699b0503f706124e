package domaintest_test

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain/domaintest"
)

func count(t *testing.T, db *sql.DB, query string) int {
	t.Helper()
	var n int
	if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestDatabasesAreMigratedAndApart(t *testing.T) {
	for i := range 3 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			db := domaintest.Database(t)
			if n := count(t, db.SQL, `SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename IN ('users', 'river_job')`); n != 2 {
				t.Errorf("%d of the tables users and river_job are there", n)
			}
			if _, err := db.SQL.ExecContext(t.Context(), `CREATE TABLE mine (n int)`); err != nil {
				t.Error(err) // a database shared with the other two would have the table
			}
		})
	}
}

func TestApplicationURLHasTheNarrowRole(t *testing.T) {
	db := domaintest.Database(t)
	app, err := sql.Open("pgx", db.AppURL)
	if err != nil {
		t.Fatal(err)
	}
	defer app.Close()
	if n := count(t, app, `SELECT count(*) FROM users`); n != 0 {
		t.Errorf("%d users in a new database", n)
	}
	if _, err := app.ExecContext(t.Context(), `DROP TABLE users`); err == nil {
		t.Error("the application's role dropped a table")
	}
}

func TestEmptyDatabase(t *testing.T) {
	db := domaintest.EmptyDatabase(t)
	if n := count(t, db.SQL, `SELECT count(*) FROM pg_tables WHERE schemaname = 'public'`); n != 0 {
		t.Errorf("%d tables in a database without the schema", n)
	}
}

func TestDatabaseAloneSharesNoCluster(t *testing.T) {
	shared, alone := domaintest.Database(t), domaintest.DatabaseAlone(t)
	// A transaction that stays open holds back the horizon of its whole cluster.
	tx, err := shared.SQL.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(t.Context(), `SELECT pg_current_xact_id()`); err != nil {
		t.Fatal(err)
	}
	if n := count(t, alone.SQL, `SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'`); n != 0 {
		t.Errorf("%d foreign transactions in the cluster", n)
	}
}

// childEnv says how the process that plays the child ends.
const childEnv = "DOMAINTEST_CHILD"

func TestChild(t *testing.T) {
	if os.Getenv(childEnv) == "" {
		t.Skip("runs only as the child of TestNothingIsLeftBehind")
	}
	domaintest.Database(t)
	process, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv(childEnv) == "killed" {
		_ = process.Kill()
		<-t.Context().Done()
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	for _, end := range []string{"killed", "passed"} {
		t.Run(end, func(t *testing.T) {
			cmd := exec.Command(os.Args[0], "-test.run=^TestChild$", "-test.v")
			cmd.Env = append(os.Environ(), childEnv+"="+end)
			out, err := cmd.Output()
			if (err != nil) != (end == "killed") {
				t.Fatalf("the child ended with %v: %s", err, out)
			}
			var runs []string
			for _, base := range []string{"/dev/shm", os.TempDir()} {
				found, err := filepath.Glob(fmt.Sprintf("%s/baara-tests-%d/run-%d-*", base, os.Geteuid(), cmd.Process.Pid))
				if err != nil {
					t.Fatal(err)
				}
				runs = append(runs, found...)
			}
			deadline := time.After(40 * time.Second)
			for _, dir := range runs {
				for exists(dir) {
					select {
					case <-deadline:
						t.Fatalf("%s is still there", dir)
					case <-time.After(10 * time.Millisecond):
					}
				}
			}
			for { // what removes the directory ends a moment after it is gone
				processes, err := exec.Command("ps", "-eo", "args").Output()
				if err != nil {
					t.Skip("no ps on this machine")
				}
				if !strings.Contains(string(processes), fmt.Sprintf("/run-%d-", cmd.Process.Pid)) {
					return
				}
				select {
				case <-deadline:
					t.Fatal("a process of the child is still running")
				case <-time.After(10 * time.Millisecond):
				}
			}
		})
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
