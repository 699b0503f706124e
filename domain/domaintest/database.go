package domaintest

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgtestdb opens
	"github.com/peterldowns/pgtestdb"

	"github.com/baara-platform/baara/domain/store/localpg"
	"github.com/baara-platform/baara/migrations"
)

// DB is a migrated database that belongs to one test and is dropped after it.
// The database of a failed test is not dropped, but goes with the process.
type DB struct {
	SQL       *sql.DB // a pool that no rule binds: sees and may do everything in this database
	Owner     *sql.DB // a pool under the owner's role, for migrations: row-level security hides the rows from it too
	OwnerURL  string
	AppURL    string // the application's role: what store.Open is given
	SystemURL string // the role of Baara's own acts
}

// Database gives the test a database of its own, empty but for the schema.
func Database(t testing.TB) DB {
	t.Helper()
	return database(t, shared(t).Address, schema{})
}

// Filled gives the test a database of its own that begins with what fill put
// in, under the application's role: once for all tests that name it so. fill
// must let go of every connection.
func Filled(t testing.TB, name string, fill func(ctx context.Context, appURL string) error) DB {
	t.Helper()
	at := shared(t).Address
	return database(t, at, filled{name: name, fill: func(ctx context.Context, database string) error {
		return fill(ctx, at.URL(localpg.AppRole, database))
	}})
}

// EmptyDatabase gives a database without the schema, to test migrations on.
func EmptyDatabase(t testing.TB) DB {
	t.Helper()
	return database(t, shared(t).Address, pgtestdb.NoopMigrator{})
}

// DatabaseAlone gives a database in a cluster of its own, for tests of what is
// cluster-wide: the snapshot horizon of the change feed, roles, restarts. It
// costs about half a second.
func DatabaseAlone(t testing.TB) DB {
	t.Helper()
	dir, err := newRun()
	if err != nil {
		t.Fatal(err)
	}
	cluster, err := dir.start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(context.Background()); err != nil {
			t.Error(err)
		}
		dir.remove()
	})
	// Not by pgtestdb: it remembers for the whole process where its template is.
	db := open(t, cluster.Address, localpg.Database)
	if err := migrations.Up(context.Background(), db.Owner); err != nil {
		t.Fatal(err)
	}
	return db
}

// DurableDatabase gives a database in a cluster of its own, on disk and with
// every commit synced, as in service: for benchmarks, and for looking at what
// only a durable one has.
func DurableDatabase(b testing.TB) DB {
	b.Helper()
	dir, err := os.MkdirTemp("", "baara-bench-")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.RemoveAll(dir) })
	cluster, err := localpg.Start(context.Background(), localpg.Options{DataDir: dir, Durable: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := cluster.Stop(context.Background()); err != nil {
			b.Error(err)
		}
	})
	db := open(b, cluster.Address, localpg.Database)
	if err := migrations.Up(context.Background(), db.Owner); err != nil {
		b.Fatal(err)
	}
	return db
}

func database(t testing.TB, at localpg.Address, migrator pgtestdb.Migrator) DB {
	t.Helper()
	config := pgtestdb.Custom(t, pgtestdb.Config{
		DriverName:                "pgx",
		User:                      localpg.SuperuserRole,
		Database:                  "postgres",
		Options:                   options(at),
		TestRole:                  &pgtestdb.Role{Username: localpg.OwnerRole},
		ForceTerminateConnections: true, // a test may forget a pool; the next one must not pay
	}, migrator)
	return open(t, at, config.Database)
}

func open(t testing.TB, at localpg.Address, name string) DB {
	t.Helper()
	pool := func(role string) *sql.DB {
		db, err := sql.Open("pgx", at.URL(role, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db
	}
	return DB{
		SQL: pool(localpg.SuperuserRole), Owner: pool(localpg.OwnerRole),
		OwnerURL: at.URL(localpg.OwnerRole, name), AppURL: at.URL(localpg.AppRole, name), SystemURL: at.URL(localpg.SystemRole, name),
	}
}

// options are the parameters that lead pgtestdb to the private socket.
func options(at localpg.Address) string {
	return url.Values{"host": {at.SocketDir()}, "sslmode": {"disable"}}.Encode()
}

// schema lets pgtestdb build its template with the product's own migrations.
type schema struct{}

// Hash names the template.
func (schema) Hash() (string, error) { return migrations.Hash() }

// Migrate fills the template.
func (schema) Migrate(ctx context.Context, db *sql.DB, _ pgtestdb.Config) error {
	return migrations.Up(ctx, db)
}

// filled is the schema with records in it.
type filled struct {
	schema
	name string
	fill func(ctx context.Context, database string) error
}

// Hash names the template.
func (f filled) Hash() (string, error) {
	hash, err := f.schema.Hash()
	return hash + f.name, err
}

// Migrate fills the template.
func (f filled) Migrate(ctx context.Context, db *sql.DB, config pgtestdb.Config) error {
	if err := f.schema.Migrate(ctx, db, config); err != nil {
		return err
	}
	return f.fill(ctx, config.Database)
}
