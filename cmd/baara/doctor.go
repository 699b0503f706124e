package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/baara-platform/baara/search/index"
)

type doctorCmd struct {
	Part string `arg:"" optional:"" enum:"all,search" default:"all" help:"What to look at: all, or search to compare the index with the database, record by record."`
}

// errUnwell ends the command with a failing exit code; what is wrong was printed.
var errUnwell = errors.New("not everything is as it must be, see above")

// Run looks at the installation without changing it and says a line for
// everything it looked at.
func (c doctorCmd) Run(ctx context.Context, s *Settings) (err error) {
	if c.Part == "search" {
		return searchDoctor(ctx, s)
	}
	dir, err := s.dataDir()
	if err != nil {
		return err
	}
	db, err := openDatabase(ctx, s, s.logger(os.Stderr))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.stop(context.WithoutCancel(ctx))) }()
	patient, err := newPatient(db.appURL, db.systemURL, filepath.Join(dir, "index"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, patient.close()) }()
	return report(os.Stdout, append(patient.examine(ctx), examineKeys(ctx, s, db)...))
}

// finding is one thing that was looked at.
type finding struct {
	what string
	said string // what is so, when it is well
	err  error  // what is wrong
}

func report(w io.Writer, findings []finding) error {
	unwell := false
	for _, f := range findings {
		if f.err != nil {
			unwell = true
			fmt.Fprintf(w, "WRONG  %s: %s\n", f.what, f.err)
			continue
		}
		fmt.Fprintf(w, "ok     %s: %s\n", f.what, f.said)
	}
	if unwell {
		return errUnwell
	}
	return nil
}

// patient is what the doctor looks at.
type patient struct {
	app, system *sql.DB // as the two roles that serve
	index       string  // directory
}

func newPatient(appURL, systemURL, index string) (*patient, error) {
	p := &patient{index: index}
	var err error
	if p.app, err = sql.Open("pgx", appURL); err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	p.app.SetMaxOpenConns(1)
	if p.system, err = sql.Open("pgx", systemURL); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), p.app.Close())
	}
	p.system.SetMaxOpenConns(1)
	return p, nil
}

func (p *patient) close() error { return errors.Join(p.app.Close(), p.system.Close()) }

// examine makes every check. One that cannot be made is a finding of its own.
func (p *patient) examine(ctx context.Context) []finding {
	var out []finding
	for _, c := range []struct {
		what  string
		check func(context.Context) (string, error)
	}{
		{"schema", p.schema},
		{"connection", p.connection},
		{"durability", p.durability},
		{"roles", p.roles},
		{"ownership", p.ownership},
		{"row-level security", p.protection},
		{"rules", p.rules},
		{"empty context", p.emptyContext},
		{"added to, never rewritten", p.insertOnly},
		{"audit trail", p.trail},
		{"search index", p.searchIndex},
	} {
		said, err := c.check(ctx)
		out = append(out, finding{c.what, said, err})
	}
	return out
}

// searchIndex looks whether this machine has an index of this database.
func (p *patient) searchIndex(ctx context.Context) (string, error) {
	var epoch string
	if err := p.system.QueryRowContext(ctx, `SELECT epoch::text FROM database_epoch`).Scan(&epoch); err != nil {
		return "", err
	}
	state, err := index.Inspect(p.index, epoch)
	switch {
	case err != nil:
		return "", fmt.Errorf("%w: it is rebuilt at the next start, or by baara reindex", err)
	case state.Generation == "":
		return "", fmt.Errorf("there is none in %s: it is built at the next start, or by baara reindex", p.index)
	case state.InUse:
		return fmt.Sprintf("%s, held by a running server, which serves none that is incomplete", state.Generation), nil
	}
	return fmt.Sprintf("%s, complete, %d documents", state.Generation, state.Documents), nil
}
