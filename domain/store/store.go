// Package store keeps Baara's records in PostgreSQL. It is the only package
// that imports GORM, and it implements the ports the contexts declare.
//
// Rows are private structs with their own mapping to and from the contexts'
// types; no hook, no AutoMigrate, no association magic. One file a noun, its
// rows beside it in NOUN_rows.go.
//
// What it promises: a method that takes a domain.Tx works inside that
// transaction only; not-found is a domain error; a constraint of the schema
// comes back as Conflict or Invalid with a message key. What it does not do:
// decide who may see a record. Lists take the relations the policy gave and
// turn them into WHERE clauses (see scope.go).
package store

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/baara-platform/baara/domain"
)

// Options bound what the store takes from the database.
type Options struct {
	MaxOpen int             // connections at most; 0 means 16
	Timeout time.Duration   // for one statement; 0 means 15 s
	Tracer  pgx.QueryTracer // is told of every statement; nil for none
	Clock   domain.Clock    // dates the audit trail; nil means the wall clock
}

// DB is the open database. One value serves the whole process.
type DB struct {
	gorm  *gorm.DB
	sql   *sql.DB
	ids   domain.IDs
	url   string
	clock domain.Clock
}

// Open connects under the application's role and checks that the database answers.
func Open(ctx context.Context, url string, ids domain.IDs, opt Options) (*DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("store: database URL: %w", redact(err))
	}
	if opt.MaxOpen == 0 {
		opt.MaxOpen = 16
	}
	if opt.Clock == nil {
		opt.Clock = domain.SystemClock()
	}
	if opt.Timeout == 0 {
		opt.Timeout = 15 * time.Second
	}
	config.RuntimeParams["statement_timeout"] = fmt.Sprint(opt.Timeout.Milliseconds())
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "30000"
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["application_name"] = "baara"
	config.Tracer = opt.Tracer
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(opt.MaxOpen)
	pool.SetMaxIdleConns(opt.MaxOpen)
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		return nil, domain.Unavailable("store.Open", err)
	}
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: pool}), &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         false, // translate in errors.go, which keeps the constraint's name
		Logger:                 logger.Discard,
		NowFunc:                func() time.Time { return time.Now().UTC() },
	})
	if err != nil {
		_ = pool.Close()
		return nil, fmt.Errorf("store: open: %w", err)
	}
	return &DB{gorm: g, sql: pool, ids: ids, url: url, clock: opt.Clock}, nil
}

// Close gives the connections back.
func (d *DB) Close() error { return d.sql.Close() }

// SQL is the plain pool, for the job queue and for health checks.
func (d *DB) SQL() *sql.DB { return d.sql }

// Ping reports whether the database answers.
func (d *DB) Ping(ctx context.Context) error {
	if err := d.sql.PingContext(ctx); err != nil {
		return domain.Unavailable("store.Ping", err)
	}
	return nil
}

// LogPoolStats writes how many connections are in use, for the operator.
func (d *DB) LogPoolStats(log *slog.Logger) {
	s := d.sql.Stats()
	log.Info("database pool", "open", s.OpenConnections, "in_use", s.InUse, "waited", s.WaitCount)
}
