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
// turn them into WHERE clauses (see scope.go); behind them the database holds
// the same for every row, under the role the transaction runs as (roles.go).
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// Options bound what the store takes from the database.
type Options struct {
	System  string          // the database as Baara's own role; "" derives it where no password is needed
	MaxOpen int             // connections at most, for people and for Baara's own acts each; 0 means 16
	Timeout time.Duration   // for one statement; 0 means 15 s
	Tracer  pgx.QueryTracer // is told of every statement; nil for none
	Clock   domain.Clock    // dates the audit trail; nil means the wall clock
	Keys    Keys            // open the sealed columns; the zero value means keys that are lost at the end
}

// DB is the open database. One value serves the whole process.
type DB struct {
	people pool // acts of people: row-level security leaves each what is theirs
	system pool // Baara's own acts
	ids    domain.IDs
	url    string // of the system's role
	clock  domain.Clock
	vault  *vault
}

// pool is the connections of one role.
type pool struct {
	gorm *gorm.DB
	sql  *sql.DB
}

// Open connects under the application's two roles and checks that the database
// answers. url is for acts of people.
func Open(ctx context.Context, url string, ids domain.IDs, opt Options) (*DB, error) {
	if opt.MaxOpen == 0 {
		opt.MaxOpen = 16
	}
	if opt.Clock == nil {
		opt.Clock = domain.SystemClock()
	}
	if opt.Timeout == 0 {
		opt.Timeout = 15 * time.Second
	}
	var err error
	if opt.System, err = SystemURL(url, opt.System); err != nil {
		return nil, err
	}
	if opt.Keys.Wrapper == nil {
		opt.Keys = Keys{Wrapper: seal.NewMemoryKeys(), Lookup: seal.NewLookup(seal.RandomBox().Derive("look-ups"))}
	}
	d := &DB{ids: ids, url: opt.System, clock: opt.Clock, vault: newVault(opt.Keys)}
	if d.people, err = connect(ctx, url, opt); err != nil {
		return nil, err
	}
	if d.system, err = connect(ctx, opt.System, opt); err != nil {
		return nil, errors.Join(err, d.people.sql.Close())
	}
	d.vault.outside = d.system.gorm
	return d, nil
}

func connect(ctx context.Context, url string, opt Options) (pool, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return pool{}, fmt.Errorf("store: database URL: %w", redact(err))
	}
	config.RuntimeParams["statement_timeout"] = fmt.Sprint(opt.Timeout.Milliseconds())
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "30000"
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["jit"] = "off" // rules make short queries look dear, and compiling them takes longer than running them
	config.RuntimeParams["application_name"] = "baara"
	config.Tracer = opt.Tracer
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(opt.MaxOpen)
	db.SetMaxIdleConns(opt.MaxOpen)
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return pool{}, domain.Unavailable("store.Open", err)
	}
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: db}), &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         false, // translate in errors.go, which keeps the constraint's name
		Logger:                 logger.Discard,
		NowFunc:                func() time.Time { return time.Now().UTC() },
	})
	if err != nil {
		_ = db.Close()
		return pool{}, fmt.Errorf("store: open: %w", err)
	}
	return pool{gorm: g, sql: db}, nil
}

// Close gives the connections back.
func (d *DB) Close() error { return errors.Join(d.people.sql.Close(), d.system.sql.Close()) }

// SQL is the plain pool of people's acts, without an actor: it shows nothing
// that is protected.
func (d *DB) SQL() *sql.DB { return d.people.sql }

// Ping reports whether the database answers.
func (d *DB) Ping(ctx context.Context) error {
	for _, p := range []pool{d.people, d.system} {
		if err := p.sql.PingContext(ctx); err != nil {
			return domain.Unavailable("store.Ping", err)
		}
	}
	return nil
}

// LogPoolStats writes how many connections are in use, for the operator.
func (d *DB) LogPoolStats(log *slog.Logger) {
	for name, p := range map[string]pool{"people": d.people, "system": d.system} {
		s := p.sql.Stats()
		log.Info("database pool", "of", name, "open", s.OpenConnections, "in_use", s.InUse, "waited", s.WaitCount)
	}
}
