// Package migrations is the append-only history of the schema: numbered SQL
// files, embedded, and the runner that applies them together with the job
// queue's own tables.
//
// Files expand first and contract in a later release, so that the previous
// release runs on the new schema. They run under the owner's role, never the
// application's.
package migrations

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed *.sql
var files embed.FS

// Up brings the database to the newest schema. It is safe to run from several
// processes at once: one works, the others wait.
func Up(ctx context.Context, db *sql.DB) error {
	provider, err := newProvider(db)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrations: up: %w", err)
	}
	return queue(ctx, db, rivermigrate.DirectionUp, nil)
}

// Down takes the schema back to the given version; 0 leaves an empty database.
func Down(ctx context.Context, db *sql.DB, version int64) error {
	if version == 0 {
		if err := queue(ctx, db, rivermigrate.DirectionDown, &rivermigrate.MigrateOpts{TargetVersion: -1}); err != nil {
			return err
		}
	}
	provider, err := newProvider(db)
	if err != nil {
		return err
	}
	if _, err := provider.DownTo(ctx, version); err != nil {
		return fmt.Errorf("migrations: down to %d: %w", version, err)
	}
	return nil
}

// Version gives the schema version the database is at.
func Version(ctx context.Context, db *sql.DB) (int64, error) {
	provider, err := newProvider(db)
	if err != nil {
		return 0, err
	}
	v, err := provider.GetDBVersion(ctx)
	if err != nil {
		return 0, fmt.Errorf("migrations: version: %w", err)
	}
	return v, nil
}

// Hash identifies the content of all files, for caches of migrated databases.
func Hash() (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := files.ReadFile(path)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s %d\n", path, len(body))
		sum.Write(body)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("migrations: hash: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func newProvider(db *sql.DB) (*goose.Provider, error) {
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, fmt.Errorf("migrations: locker: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithSessionLocker(locker))
	if err != nil {
		return nil, fmt.Errorf("migrations: provider: %w", err)
	}
	return provider, nil
}

func queue(ctx context.Context, db *sql.DB, direction rivermigrate.Direction, opts *rivermigrate.MigrateOpts) error {
	migrator, err := rivermigrate.New(riverdatabasesql.New(db), nil)
	if err != nil {
		return fmt.Errorf("migrations: job queue: %w", err)
	}
	if _, err := migrator.Migrate(ctx, direction, opts); err != nil {
		return fmt.Errorf("migrations: job queue: %w", err)
	}
	return nil
}

// Newest is the schema version this program brings a database to.
func Newest() (int64, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return 0, fmt.Errorf("migrations: newest: %w", err)
	}
	newest, err := goose.NumericComponent(slices.Max(names))
	if err != nil {
		return 0, fmt.Errorf("migrations: newest: %w", err)
	}
	return newest, nil
}
