package main

import (
	"context"
	"errors"
	"os"
	"runtime/debug"

	"github.com/baara-platform/baara/cmd/wire"
)

type importCmd struct {
	ESCO       importESCOCmd       `cmd:"" name:"esco" help:"Occupations and skills of ESCO, from its CSV download."`
	Places     importPlacesCmd     `cmd:"" help:"Cercles, communes and sites, from a CSV list."`
	Candidates importCandidatesCmd `cmd:"" help:"People of another system."`
	Vacancies  importVacanciesCmd  `cmd:"" help:"Vacancies of another system."`
}

// withCore opens the database, of a running server or by itself, brings schema
// and starter data up to date, and lends the use-cases.
func withCore(ctx context.Context, s *Settings, do func(*wire.Core) error) (err error) {
	// A command lives for seconds: memory is cheaper than tidying it up.
	debug.SetGCPercent(400)
	db, err := openDatabase(ctx, s, s.logger(os.Stderr))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.stop(context.WithoutCancel(ctx))) }()
	if err := db.migrate(ctx); err != nil {
		return err
	}
	core, err := newCore(ctx, s, db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, core.Close()) }()
	if err := core.LoadStarter(ctx); err != nil {
		return err
	}
	if err := do(core); err != nil {
		return err
	}
	return db.analyse(ctx)
}
