package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

type migrateCmd struct{}

// Run brings the schema up, seals what was kept readably before, and says so.
func (migrateCmd) Run(ctx context.Context, s *Settings) (err error) {
	log := s.logger(os.Stderr)
	db, err := openDatabase(ctx, s, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.stop(context.WithoutCancel(ctx))) }()
	start := time.Now()
	if err := db.migrate(ctx); err != nil {
		return err
	}
	keys, _, err := openKeys(ctx, s, db)
	if err != nil {
		return err
	}
	if err := db.sealOld(ctx, keys, log); err != nil {
		return err
	}
	fmt.Printf("The schema is up to date (%d ms).\n", time.Since(start).Milliseconds())
	return nil
}
