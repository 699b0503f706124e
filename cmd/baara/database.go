package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver of database/sql

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/domain/store/localpg"
	"github.com/baara-platform/baara/migrations"
)

// database is where the records are: a private cluster or a server of the
// operator's own.
type database struct {
	cluster   *localpg.Cluster // nil for an external server
	appURL    string
	systemURL string
	ownerURL  string
}

// startDatabase starts the private cluster, failing if another process holds
// it; openDatabase attaches instead.
func startDatabase(ctx context.Context, s *Settings, log *slog.Logger) (*database, error) {
	return reachDatabase(ctx, s, log, localpg.Start)
}

func openDatabase(ctx context.Context, s *Settings, log *slog.Logger) (*database, error) {
	return reachDatabase(ctx, s, log, localpg.Open)
}

func reachDatabase(ctx context.Context, s *Settings, log *slog.Logger,
	reach func(context.Context, localpg.Options) (*localpg.Cluster, error)) (*database, error) {
	if s.DatabaseURL != "" {
		owner := s.OwnerURL
		if owner == "" {
			owner = s.DatabaseURL
		}
		system, err := store.SystemURL(s.DatabaseURL, s.SystemURL)
		if err != nil {
			return nil, err
		}
		return &database{appURL: s.DatabaseURL, systemURL: system, ownerURL: owner}, nil
	}
	dir, err := s.dataDir()
	if err != nil {
		return nil, err
	}
	cluster, err := reach(ctx, localpg.Options{DataDir: dir, Durable: true, Log: log})
	if err != nil {
		return nil, err
	}
	return &database{cluster: cluster, appURL: cluster.AppURL(), systemURL: cluster.SystemURL(), ownerURL: cluster.OwnerURL()}, nil
}

// stop ends a private cluster this process started.
func (d *database) stop(ctx context.Context) error {
	if d.cluster == nil {
		return nil
	}
	return d.cluster.Stop(ctx)
}

// died is closed when a private cluster ended by itself.
func (d *database) died() <-chan struct{} {
	if d.cluster == nil {
		return nil
	}
	return d.cluster.Done()
}

// migrate brings the schema up under the owner's role.
func (d *database) migrate(ctx context.Context) (err error) {
	db, err := sql.Open("pgx", d.ownerURL)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return migrations.Up(ctx, db)
}

// sealOld seals what a database from before sealing still keeps readably, under
// the owner's role. It is part of bringing the schema up.
func (d *database) sealOld(ctx context.Context, keys store.Keys, log *slog.Logger) error {
	n, err := store.SealOld(ctx, d.ownerURL, keys)
	if n > 0 {
		log.Info("what this database kept readably was sealed; remove backups of it from before, and make a new one", "rows", n)
	}
	return err
}

// analyse brings PostgreSQL's statistics up to date after much was written:
// without them the next queries are planned for empty tables.
func (d *database) analyse(ctx context.Context) (err error) {
	db, err := sql.Open("pgx", d.ownerURL)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "ANALYZE"); err != nil {
		return fmt.Errorf("statistics: %w", err)
	}
	return nil
}

// withUseCases opens the database and lends the use-cases to a command that
// brings nothing up to date.
func withUseCases(ctx context.Context, s *Settings, do func(*wire.Core) error) (err error) {
	db, err := openDatabase(ctx, s, s.logger(os.Stderr))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.stop(context.WithoutCancel(ctx))) }()
	core, err := newCore(ctx, s, db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, core.Close()) }()
	return do(core)
}
