package localpg_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/baara-platform/baara/domain/store/localpg"
)

// home gives a data directory with a name that is short enough for a socket.
func home(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "localpg-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "data")
}

func start(t *testing.T, opt localpg.Options) *localpg.Cluster {
	t.Helper()
	cluster, err := localpg.Start(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(context.Background()); err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	return cluster
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func ask[T any](t *testing.T, conn *pgx.Conn, sql string, args ...any) T {
	t.Helper()
	var v T
	if err := conn.QueryRow(t.Context(), sql, args...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

func TestDurableClusterIsSafeAndPrivate(t *testing.T) {
	cluster := start(t, localpg.Options{DataDir: home(t), Durable: true})
	conn := connect(t, cluster.URL(localpg.SuperuserRole, "postgres"))
	for name, want := range map[string]string{
		"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "data_checksums": "on",
		"listen_addresses": "", "server_encoding": "UTF8", "TimeZone": "UTC", "log_statement": "none",
	} {
		if got := ask[string](t, conn, `SELECT current_setting($1)`, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	info, err := os.Stat(cluster.SocketDir())
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o700 {
		t.Errorf("socket directory is %v, want 0700", info.Mode().Perm())
	}
	if len(cluster.SocketDir()) >= 100 { // with the file's name the kernel takes 107 bytes
		t.Errorf("socket directory %s is too long for a socket", cluster.SocketDir())
	}
}

func TestNothingChangesTheDurableSettings(t *testing.T) {
	dir := home(t)
	cluster := start(t, localpg.Options{DataDir: dir, Durable: true})
	conn := connect(t, cluster.URL(localpg.SuperuserRole, "postgres"))
	if _, err := conn.Exec(t.Context(), `ALTER SYSTEM SET fsync = off`); err != nil {
		t.Fatal(err)
	}
	if err := cluster.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	again := start(t, localpg.Options{DataDir: dir, Durable: true})
	if got := ask[string](t, connect(t, again.OwnerURL()), `SHOW fsync`); got != "on" {
		t.Errorf("fsync is %q after ALTER SYSTEM, want on", got)
	}
}

func TestApplicationRoleOwnsNothing(t *testing.T) {
	cluster := start(t, localpg.Options{DataDir: home(t)})
	conn := connect(t, cluster.AppURL())
	if ask[bool](t, conn, `SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user`) {
		t.Error("the application's role has an attribute it must not have")
	}
	if _, err := conn.Exec(t.Context(), `CREATE TABLE t (n int)`); err == nil {
		t.Error("the application's role made a table")
	}
	owner := connect(t, cluster.OwnerURL())
	if _, err := owner.Exec(t.Context(), `CREATE TABLE t (n int)`); err != nil {
		t.Errorf("the owner's role cannot migrate: %v", err)
	}
	if ask[bool](t, owner, `SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user`) {
		t.Error("the owner's role passes by row-level security")
	}
}

func TestWidenedRoleIsNarrowedAtTheNextStart(t *testing.T) {
	dir := home(t)
	cluster := start(t, localpg.Options{DataDir: dir})
	super := connect(t, cluster.URL(localpg.SuperuserRole, "postgres"))
	if _, err := super.Exec(t.Context(), `ALTER ROLE baara_app BYPASSRLS`); err != nil {
		t.Fatal(err)
	}
	if err := cluster.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	again := start(t, localpg.Options{DataDir: dir})
	if ask[bool](t, connect(t, again.AppURL()), `SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user`) {
		t.Error("baara_app still has BYPASSRLS")
	}
}

func TestSecondStartNamesTheHolder(t *testing.T) {
	dir := home(t)
	start(t, localpg.Options{DataDir: dir})
	_, err := localpg.Start(t.Context(), localpg.Options{DataDir: dir})
	var held *localpg.HeldError
	if !errors.As(err, &held) {
		t.Fatalf("got %v, want a HeldError", err)
	}
	if held.PID != os.Getpid() {
		t.Errorf("the holder is said to be %d, want %d", held.PID, os.Getpid())
	}
	if !strings.Contains(err.Error(), strconv.Itoa(os.Getpid())) {
		t.Errorf("the message %q does not name the process", err)
	}
}

func TestAttach(t *testing.T) {
	dir := home(t)
	if _, err := localpg.Attach(t.Context(), dir); !errors.Is(err, localpg.ErrNotRunning) {
		t.Fatalf("without a cluster: got %v, want ErrNotRunning", err)
	}
	owner := start(t, localpg.Options{DataDir: dir})
	guest, err := localpg.Attach(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if guest.AppURL() != owner.AppURL() || !guest.Attached() {
		t.Errorf("attached to %s, want %s", guest.AppURL(), owner.AppURL())
	}
	if err := guest.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	connect(t, owner.AppURL()) // the guest's Stop left it running
	if err := owner.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := localpg.Attach(t.Context(), dir); !errors.Is(err, localpg.ErrNotRunning) {
		t.Fatalf("after the end: got %v, want ErrNotRunning", err)
	}
}

func TestOpenTogether(t *testing.T) {
	dir := home(t)
	const users = 4
	clusters := make(chan *localpg.Cluster, users)
	for range users {
		go func() {
			cluster, err := localpg.Open(t.Context(), localpg.Options{DataDir: dir})
			if err != nil {
				t.Error(err)
			}
			clusters <- cluster
		}()
	}
	owners := 0
	var owner *localpg.Cluster
	for range users {
		cluster := <-clusters
		if cluster != nil && !cluster.Attached() {
			owners++
			owner = cluster
		}
	}
	if owners != 1 {
		t.Fatalf("%d of %d started a cluster, want 1", owners, users)
	}
	if err := owner.Stop(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestStaleLeftovers(t *testing.T) {
	// A process that lives and is nothing of ours: PostgreSQL alone would refuse to start beside it.
	stranger := strconv.Itoa(os.Getpid())
	for name, spoil := range map[string]func(t *testing.T, dir string){
		"postmaster.pid of a process number in use": func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "cluster", "postmaster.pid"), stranger+"\n"+filepath.Join(dir, "cluster")+"\n0\n5432\n/nowhere\n")
		},
		"postmaster.pid cut short": func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "cluster", "postmaster.pid"), "")
		},
		"half-made cluster beside": func(t *testing.T, dir string) {
			if err := os.MkdirAll(filepath.Join(dir, "cluster.new", "base"), 0o700); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := home(t)
			first := start(t, localpg.Options{DataDir: dir})
			if err := first.Stop(t.Context()); err != nil {
				t.Fatal(err)
			}
			spoil(t, dir)
			connect(t, start(t, localpg.Options{DataDir: dir}).AppURL())
		})
	}
}

func write(t *testing.T, path, body string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestInterruptedInitialisationLeavesNoCluster(t *testing.T) {
	dir := home(t)
	if err := os.MkdirAll(filepath.Join(dir, "cluster.new", "global"), 0o711); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "cluster.new", "PG_VERSION"), "15\n")
	connect(t, start(t, localpg.Options{DataDir: dir}).AppURL())
	if _, err := os.Stat(filepath.Join(dir, "cluster.new")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the half-made cluster is still there: %v", err)
	}
}

func TestStopCutsSessionsAndKeepsData(t *testing.T) {
	dir := home(t)
	cluster := start(t, localpg.Options{DataDir: dir, Durable: true})
	conn := connect(t, cluster.OwnerURL())
	if _, err := conn.Exec(t.Context(), `CREATE TABLE kept AS SELECT 7 AS n`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := cluster.Stop(ctx); err != nil { // with the session still open
		t.Fatal(err)
	}
	select {
	case <-cluster.Done():
	default:
		t.Error("Done is not closed after Stop")
	}
	again := start(t, localpg.Options{DataDir: dir, Durable: true})
	if got := ask[int](t, connect(t, again.AppURL()), `SELECT 1 FROM pg_tables WHERE tablename = 'kept'`); got != 1 {
		t.Error("the table is gone")
	}
}

func TestStopAtOnceWhenTimeIsUp(t *testing.T) {
	dir := home(t)
	cluster := start(t, localpg.Options{DataDir: dir})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := cluster.Stop(ended); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want to hear that time was up", err)
	}
	connect(t, start(t, localpg.Options{DataDir: dir}).AppURL()) // it recovers
}

func TestLogHoldsNoValues(t *testing.T) {
	var out strings.Builder
	log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	cluster := start(t, localpg.Options{DataDir: home(t), Log: log})
	conn := connect(t, cluster.OwnerURL())
	const canary = "canary-70-12-34-56"
	_, err := conn.Exec(t.Context(), `SELECT $1::text::uuid`, canary)
	if err == nil || !strings.Contains(err.Error(), canary) {
		t.Fatalf("the caller should hear the reason, got %v", err)
	}
	if err := cluster.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "database system is shut down") {
		t.Error("PostgreSQL's own messages are missing from the log")
	}
	if strings.Contains(out.String(), canary) {
		t.Error("the log holds a value that somebody typed")
	}
}
